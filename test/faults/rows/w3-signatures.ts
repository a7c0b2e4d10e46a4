import { decodePush } from '../../../electron/wechat/push.ts';
import { checkPush, isHandshakeOf } from '../../../relay/check-push.ts';
import type { Channel } from '../../../relay/store/store.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import vectors from '../../fixtures/push-vectors.json' with { type: 'json' };
import { safePush } from '../../support/safe-push.ts';
import { cpuMs } from '../cpu-time.ts';
import { chanceOf } from '../network/chance.ts';
import { messageOf, statusOf } from '../relay/pusher.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { flips: 10_000, fuzzed: 20_000 };
const longForm = { flips: 100_000, fuzzed: 1_000_000 };
/** No input may take longer to be refused than this, in milliseconds: ten times the rule, for a busy machine. */
const longestMs = 500;

const { token, appid, encodingAESKey: encodingAesKey } = vectors;
const channel: Channel = { id: 'c', token, mode: 'safe', forwardUrl: null };

interface Signed {
  readonly query: URLSearchParams;
  readonly body: string;
}

const xmlOf = (encrypt: string) =>
  `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;

/** Published vectors: all have to pass. @returns the names of those that do not */
function failingVectors(): readonly string[] {
  const official = {
    name: 'official',
    token: 'AAAAA',
    appid: 'wxba5fad812f8e6fb9',
    key: 'A'.repeat(43),
    timestamp: '1714112445',
    nonce: '415670741',
    msg_signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
    encrypt:
      '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
  };
  const own = vectors.cases.map((one) => ({ ...one, token, appid, key: encodingAesKey }));
  return [official, ...own].flatMap((one) => {
    const query = new URLSearchParams({
      timestamp: one.timestamp,
      nonce: one.nonce,
      msg_signature: one.msg_signature,
    });
    const body = xmlOf(one.encrypt);
    const checked = checkPush({ ...channel, token: one.token }, query, body, 0);
    if (!checked.ok) return [`${one.name}: ${checked.error}`];
    const decoded = decodePush({
      body,
      query: checked.value.query,
      token: one.token,
      appid: one.appid,
      encodingAesKey: one.key,
    });
    // Vectors of single words open, and are then no message.
    const isOpened = decoded.ok || decoded.error.code === 'push.not-understood';
    return isOpened ? [] : [`${one.name}: ${decoded.error.code}`];
  });
}

/** One bit of what is signed is another; letters whose case only has changed are no other signature. */
function flipped({ query, body }: Signed, chance: Random): Signed | undefined {
  const [, encrypt = ''] = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(body) ?? [];
  const parts = { encrypt, ...Object.fromEntries(query) } as Record<string, string>; // strings only, all of them
  const name = chance.pick(['encrypt', 'encrypt', 'timestamp', 'nonce', 'msg_signature'] as const);
  const text = parts[name] ?? '';
  const at = chance.below(text.length);
  const letter = String.fromCharCode(text.charCodeAt(at) ^ (1 << chance.below(7)));
  const changed = text.slice(0, at) + letter + text.slice(at + 1);
  if (name === 'msg_signature' && changed.toLowerCase() === text.toLowerCase()) return undefined;
  if (changed.trim() === text) return undefined;
  if (name === 'encrypt') return { query, body: xmlOf(changed) };
  const other = new URLSearchParams(query);
  other.set(name, changed);
  return { query: other, body };
}

type Check = (signed: Signed) => boolean;
const check: Check = ({ query, body }) => checkPush(channel, query, body, 0).ok;
/** The defect: only the signature that does not cover the body is looked at. */
const checkSignatureOnly: Check = ({ query }) => isHandshakeOf(channel, query);

function countAccepted(accepts: Check, flips: number, chance: Random): number {
  let accepted = 0;
  for (let number = 0; number < flips; number += 1) {
    const signed = safePush({ token, encodingAesKey }, messageOf(statusOf(number)));
    const changed = flipped(signed, chance);
    if (changed && accepts(changed)) accepted += 1;
  }
  return accepted;
}

const pieces = [
  '<xml>',
  '</xml>',
  '<Encrypt>',
  '</Encrypt>',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE x>',
  '<!ENTITY a "b">',
  '&a;',
  '&#x41;',
  '<',
  '>',
  '"',
  '<__proto__>',
  '<constructor>',
  '{',
  '}',
  '"Encrypt":',
  '[',
  '\u0000',
  '\ufeff',
  '发票',
  '\ud800',
  '<?xml version="1.0"?>',
  '<a b="c"/>',
  '<!--',
  '-->',
  '<a>'.repeat(50),
];

/** Bytes that were once a push, or never. */
function fuzzedBody(chance: Random, seedBody: string): string {
  if (chance.below(2) === 0) return Array.from({ length: 1 + chance.below(12) }, () => chance.pick(pieces)).join('');
  const at = chance.below(seedBody.length);
  const cut = seedBody.slice(0, at) + chance.pick(pieces) + seedBody.slice(at + chance.below(40));
  return chance.below(4) === 0 ? cut.slice(0, chance.below(cut.length + 1)) : cut;
}

interface Fuzzed {
  readonly threw: readonly string[];
  readonly accepted: number;
  readonly slowestMs: number;
  readonly done: number;
}

function fuzz(count: number, chance: Random, endsAt: number): Fuzzed {
  const threw: string[] = [];
  let accepted = 0;
  let slowestMs = 0;
  let done = 0;
  const { query, body } = safePush({ token, encodingAesKey }, messageOf(statusOf(1)));
  const parts = Object.fromEntries(query);
  const read = {
    signature: '',
    timestamp: parts['timestamp'] ?? '',
    nonce: parts['nonce'] ?? '',
    msgSignature: parts['msg_signature'] ?? '',
  };
  const [closed] = /[A-Za-z0-9+/=]{100,}/.exec(body) ?? [];
  if (closed === undefined) throw new Error('the push has no closed part');
  for (; done < count && Date.now() < endsAt; done += 1) {
    const input = fuzzedBody(chance, body);
    const startedAt = cpuMs();
    try {
      const checked = checkPush(channel, query, input, 0);
      decodePush({ body: input, query: read, token, appid, encodingAesKey });
      // What stands around the closed part is covered by no signature, and is not believed: that part has to be whole.
      if (checked.ok && !input.includes(closed)) accepted += 1;
    } catch (error) {
      threw.push(`${String(error)}: ${JSON.stringify(input.slice(0, 200))}`);
    }
    slowestMs = Math.max(slowestMs, cpuMs() - startedAt);
  }
  return { threw, accepted, slowestMs, done };
}

async function run({ long, seed, say, endsAt }: FaultOptions): Promise<FaultResult> {
  const form = long ? longForm : shortForm;
  const failing = failingVectors();
  for (const one of failing) say(`vector ${one}`);
  const accepted = countAccepted(check, form.flips, chanceOf(seed, 'flips'));
  const fuzzed = fuzz(form.fuzzed, chanceOf(seed, 'fuzz'), endsAt);
  for (const one of fuzzed.threw.slice(0, 20)) say(`threw ${one}`);
  const planted = countAccepted(checkSignatureOnly, 200, chanceOf(seed, 'planted flips'));
  return {
    figure: `${vectors.cases.length + 1} vectors, ${failing.length} wrong; ${form.flips} bits flipped, ${accepted} accepted; ${fuzzed.done} inputs fuzzed, ${fuzzed.threw.length} threw, ${fuzzed.accepted} accepted, slowest ${fuzzed.slowestMs.toFixed(1)} ms`,
    ok: failing.length + accepted + fuzzed.threw.length + fuzzed.accepted === 0 && fuzzed.slowestMs < longestMs,
    reached: { done: fuzzed.done, wanted: form.fuzzed },
    bites: [{ name: 'only the signature that does not cover the body is checked', caught: planted > 0 }],
  };
}

export const row: FaultRow = { id: 'W3', title: 'signatures, and whatever else may be posted', run };
