import { mkdir, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { readPairingCode } from '../../electron/accounts/pairing-code.ts';
import { createEnvironmentSecretStore } from '../../electron/accounts/secret-store.ts';
import { createApp } from '../../electron/app.ts';
import { createRelayClient } from '../../electron/feed/relay-client.ts';
import { encryptPush, signPush } from '../../electron/practice/push-crypto.ts';
import { systemClock } from '../../electron/support/clock.ts';
import { createMemoryLog } from '../../electron/support/log.ts';
import { against, alone, type Bench, median } from '../measure.ts';
import { startChild } from '../support/child.ts';
import type { RelayAnswer, RelayTask } from '../support/relay-task.ts';

const pushes = 10_000;
const lanes = 64;
const rounds = 3;
const perSecond = 500;
const pacedSeconds = 10;
const streams = 200;
const appid = 'wx0123456789abcdef';

interface Push {
  readonly path: string;
  readonly body: string;
}

/** Pushes that are all different, made before the clock runs. */
function composePushes(words: RelayAnswer, count: number, from: number): readonly Push[] {
  const { pathname } = new URL(words.pushUrl);
  const key = words.encodingAesKey || 'a'.repeat(43);
  return Array.from({ length: count }, (_, index) => {
    const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), String(from + index)];
    const message = `<xml><ToUserName>gh_1</ToUserName><FromUserName>oOPENID</FromUserName><CreateTime>${timestamp}</CreateTime><MsgType>event</MsgType><Event>update_invoice_status</Event><Status>INVOICE_REIMBURSE_LOCK</Status><CardId>pCARD</CardId><Code>${nonce.padStart(12, '0')}</Code></xml>`;
    const encrypt = encryptPush(message, key, appid);
    const query = new URLSearchParams({
      timestamp,
      nonce,
      msg_signature: signPush(words.token, timestamp, nonce, encrypt),
    });
    return {
      path: `${pathname}?${query}`,
      body: `<xml><ToUserName>gh_1</ToUserName><Encrypt>${encrypt}</Encrypt></xml>`,
    };
  });
}

async function post(pool: Pool, { path, body }: Push): Promise<void> {
  const answer = await pool.request({ method: 'POST', path, body });
  if ((await answer.body.text()) !== 'success') throw new Error('a push was not taken');
}

/** As fast as it goes. @returns pushes a second */
async function postAll(url: string, all: readonly Push[]): Promise<number> {
  const pool = new Pool(url, { connections: lanes });
  let next = 0;
  const startedAt = performance.now();
  const lane = async () => {
    for (let push = all[next]; push; push = all[next]) {
      next += 1;
      await post(pool, push);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  await pool.close();
  return all.length / seconds;
}

/** At an even pace, whether or not the ones before are answered. @returns the 99th percentile of the waits, in milliseconds */
async function postPaced(url: string, all: readonly Push[]): Promise<number> {
  const pool = new Pool(url, { connections: lanes });
  const startedAt = performance.now();
  const waits = await Promise.all(
    all.map(async (push, index) => {
      const due = (index * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, due));
      const sentAt = performance.now();
      await post(pool, push);
      // A generator that is late itself must not hide a wait.
      return performance.now() - Math.min(sentAt, startedAt + due + 1);
    }),
  );
  await pool.close();
  const sorted = waits.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

/** A new desktop takes what is there into its records. @returns events a second */
async function catchUp(dataFolder: string, pairingCode: string, wanted: number): Promise<number> {
  const created = createApp({
    dataFolder,
    version: '0.0.0-bench',
    program: 'bench',
    secrets: createEnvironmentSecretStore({}),
    clock: systemClock,
    log: createMemoryLog(),
    emit: () => undefined,
  });
  if (!created.ok) throw new Error(created.error.text.en);
  const { handlers, close } = created.value;
  const account = await handlers['account.create']({ name: '青禾', kind: 'wechat', appid });
  if (!account.ok) throw new Error(account.error.text.en);
  const startedAt = performance.now();
  const paired = await handlers['relay.pair']({ accountId: account.value.id, pairingCode });
  if (!paired.ok) throw new Error(paired.error.text.en);
  for (;;) {
    const page = await handlers['event.list']({ limit: 1 });
    if (page.ok && (page.value.events[0]?.id ?? 0) >= wanted) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await close();
  return wanted / seconds;
}

/** Desktops that are connected and hear nothing. @returns resident bytes of the relay for each */
async function weighStreams(
  product: { readonly ask: (task: RelayTask) => Promise<RelayAnswer> },
  { url, pairingCode }: RelayAnswer,
): Promise<number> {
  const pairing = readPairingCode(pairingCode);
  if (!pairing.ok) throw new Error(pairing.error);
  const before = (await product.ask({ kind: 'memory' })).rss;
  const stop = new AbortController();
  const clients = Array.from({ length: streams }, () => createRelayClient({ url, key: pairing.value.key }));
  const ended: Promise<unknown>[] = [];
  await Promise.all(
    clients.map(
      (client) =>
        new Promise<void>((opened) => {
          ended.push(client.stream('', { opened, pushed: () => undefined }, stop.signal));
        }),
    ),
  );
  const after = (await product.ask({ kind: 'memory' })).rss;
  stop.abort();
  await Promise.all(ended);
  await Promise.all(clients.map((client) => client.close()));
  return (after - before) / streams;
}

/** The relay against a server that only answers, and the way from it into the records. */
export const bench: Bench = {
  name: 'relay',
  title: `${pushes} pushes over ${lanes} connections; ${perSecond} a second; ${streams} idle desktops`,
  async run(say) {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const raw = startChild<RelayTask, RelayAnswer>('relay-raw.ts');
    const product = startChild<RelayTask, RelayAnswer>('relay-product.ts');
    const rawWords = await raw.ask({ kind: 'start', folder: folder.path });
    const words = await product.ask({ kind: 'start', folder: folder.path });
    const rates: { readonly raw: number; readonly product: number }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const rate = {
        raw: await postAll(rawWords.url, composePushes(rawWords, pushes, 0)),
        product: await postAll(words.url, composePushes(words, pushes, round * pushes)),
      };
      say(
        `${round === 0 ? 'warm-up' : `round ${round}`}: raw ${rate.raw.toFixed(0)}/s, relay ${rate.product.toFixed(0)}/s`,
      );
      if (round > 0) rates.push(rate);
    }
    const p99 = await postPaced(words.url, composePushes(words, perSecond * pacedSeconds, 1_000_000));
    const stored = (rounds + 1) * pushes + perSecond * pacedSeconds;
    const eventRate = await catchUp(join(folder.path, 'data'), words.pairingCode, stored);
    // A process of its own: what the work above has left behind would hide what a stream takes.
    const idle = startChild<RelayTask, RelayAnswer>('relay-product.ts');
    const idleFolder = join(folder.path, 'idle');
    await mkdir(idleFolder);
    const perStream = await weighStreams(idle, await idle.ask({ kind: 'start', folder: idleFolder }));
    await idle.end();
    await Promise.all([raw.end(), product.end()]);
    const value = median(rates.map((rate) => rate.product));
    const baseline = median(rates.map((rate) => rate.raw));
    return [
      against('pushes stored and answered', 'pushes/s', { value, baseline }, { atLeast: 0.5 }),
      alone(`p99 at ${perSecond} pushes/s`, 'ms', p99, { atMost: 100 }),
      alone(`${stored} events into the records`, 'events/s', eventRate, { atLeast: 5000 }),
      alone('relay, for each idle stream', 'kB', perStream / 1000, { atMost: 100 }),
    ];
  },
};
