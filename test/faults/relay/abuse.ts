import { connect, type Socket } from 'node:net';
import { Agent, request } from 'undici';
import type { Random } from '../../../scripts/samples/random.ts';
import { safePush } from '../../support/safe-push.ts';
import { messageOf, statusOf, type Target } from './pusher.ts';

/** What may be answered to an abuse: the refusal that it deserves, or that its address asks too often. */
interface Abuse {
  readonly name: string;
  readonly refusals: readonly number[];
  request(target: Target, chance: Random): Parameters<typeof request>;
}

const body64 = 'x'.repeat(64 * 1024 + 1);

/** Ways to ask for what nobody may have, or for more than anybody may. */
export const abuses: readonly Abuse[] = [
  {
    name: 'a body of 64 KiB and a byte',
    refusals: [413],
    request: ({ url, channel }) => [`${url}/wechat/${channel}`, { method: 'POST', body: body64 }],
  },
  {
    name: 'a key that was guessed',
    refusals: [401],
    request: ({ url }, chance) => [
      `${url}/events?after=`,
      { method: 'GET', headers: { authorization: `Bearer ${chance.digits(43)}` } },
    ],
  },
  {
    name: 'a signature that was guessed',
    refusals: [403],
    request: ({ url, channel, ...words }, chance) => {
      const { query, body } = safePush(words, messageOf(statusOf(chance.below(1000))));
      query.set('msg_signature', '0'.repeat(40));
      return [`${url}/wechat/${channel}?${query}`, { method: 'POST', body }];
    },
  },
  {
    name: 'headers of 9 KB',
    refusals: [431],
    request: ({ url }) => [`${url}/healthz`, { method: 'GET', headers: { 'x-much': 'y'.repeat(9000) } }],
  },
  {
    name: 'a page to be echoed in our name',
    refusals: [403],
    request: ({ url, channel }) => [
      `${url}/wechat/${channel}?signature=${'0'.repeat(40)}&timestamp=1&nonce=2&echostr=%3Cscript%3Ealert(1)%3C%2Fscript%3E`,
      { method: 'GET' },
    ],
  },
];

const addressOf = (chance: Random) => `203.0.${chance.below(250)}.${chance.below(250)}`;

export interface Seen {
  /** How often each abuse was answered. */
  readonly counts: Map<string, number>;
  /** Answers that were no refusal, or the wrong one. */
  readonly wrong: string[];
}

/** Abuses a relay from ever new addresses, so many times a second, until told to stop. */
export async function abuse(
  target: Target,
  {
    perSecond,
    chance,
    isOver,
  }: { readonly perSecond: number; readonly chance: Random; readonly isOver: () => boolean },
): Promise<Seen> {
  const agent = new Agent({ connections: 32 });
  const seen: Seen = { counts: new Map(), wrong: [] };
  const under = new Set<Promise<void>>();
  const once = async (number: number) => {
    const one = abuses[number % abuses.length];
    if (!one) return;
    const [url, options] = one.request(target, chance);
    const headers = {
      ...(options?.headers as Record<string, string> | undefined),
      'x-forwarded-for': addressOf(chance),
    }; // written above
    try {
      const answer = await request(url, {
        ...options,
        headers,
        dispatcher: agent,
        signal: AbortSignal.timeout(20_000),
      });
      await answer.body.dump();
      seen.counts.set(one.name, (seen.counts.get(one.name) ?? 0) + 1);
      if (![...one.refusals, 429].includes(answer.statusCode)) seen.wrong.push(`${one.name}: ${answer.statusCode}`);
    } catch (error) {
      // A relay may hang up on what it refuses to read.
      if (!(error instanceof Error)) throw error;
    }
  };
  const startedAt = performance.now();
  for (let number = 0; !isOver(); number += 1) {
    const due = startedAt + (number * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1 || under.size > 500) await new Promise((resolve) => setTimeout(resolve, Math.max(1, wait)));
    const work = once(number).finally(() => under.delete(work));
    under.add(work);
  }
  await Promise.all(under);
  await agent.close();
  return seen;
}

/** Opens so many connections and says on each a letter now and then, never a whole request. */
export async function dawdle(
  { url }: Target,
  { sockets, isOver }: { readonly sockets: number; readonly isOver: () => boolean },
): Promise<number> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let cut = 0;
  const dial = () => {
    const socket = connect({ host: hostname, port: Number(port) });
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      cut += 1;
    });
    socket.write('POST /wechat/x HTTP/1.1\r\nhost: x\r\nx-slow: ');
  };
  while (!isOver()) {
    for (let missing = sockets - open.size; missing > 0; missing -= 1) dial();
    for (const socket of open) socket.write('y');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const cutOff = cut;
  for (const socket of open) socket.destroy();
  return cutOff;
}

export interface Good {
  readonly sent: number;
  readonly acknowledged: readonly number[];
  /** The 99th percentile of the waits for `success`, in milliseconds. */
  readonly p99: number;
}

/** Pushes at an even pace, as WeChat does from a few addresses. */
export async function pushEvenly(
  target: Target,
  { perSecond, isOver }: { readonly perSecond: number; readonly isOver: () => boolean },
): Promise<Good> {
  const { url, channel, ...words } = target;
  const waits: number[] = [];
  const acknowledged: number[] = [];
  const under: Promise<void>[] = [];
  let sent = 0;
  const push = async (number: number) => {
    const { query, body } = safePush(words, messageOf(statusOf(number)));
    const at = performance.now();
    const headers = { 'content-type': 'text/xml', 'x-forwarded-for': `198.51.100.${number % 40}` };
    const answer = await request(`${url}/wechat/${channel}?${query}`, { method: 'POST', headers, body });
    if ((await answer.body.text()) === 'success') acknowledged.push(number);
    waits.push(performance.now() - at);
  };
  const startedAt = performance.now();
  while (!isOver()) {
    const wait = startedAt + (sent * 1000) / perSecond - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(push(sent));
    sent += 1;
  }
  await Promise.all(under);
  waits.sort((one, other) => one - other);
  return { sent, acknowledged, p99: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN };
}
