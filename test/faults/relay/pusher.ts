import { request } from 'undici';
import type { Random } from '../../../scripts/samples/random.ts';
import { safePush, statusMessage } from '../../support/safe-push.ts';

/** What a push is known by when it is looked for later. */
export interface PushedStatus {
  readonly code: string;
  readonly status: string;
  readonly createTime: number;
}

export interface Target {
  readonly url: string;
  readonly channel: string;
  readonly token: string;
  readonly encodingAesKey: string;
}

const statuses = ['INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_INIT', 'INVOICE_REIMBURSE_CLOSURE'] as const;

/** The n-th push: three cards of one customer change in the same second. */
export function statusOf(number: number): PushedStatus {
  const status = statuses[Math.floor(number / 3) % statuses.length] ?? statuses[0];
  return { code: String(number).padStart(12, '0'), status, createTime: 1_700_000_000 + Math.floor(number / 3) };
}

export const messageOf = ({ code, status, createTime }: PushedStatus): string =>
  statusMessage(code, status, createTime);

const tries = 3;
const betweenTriesMs = 250;

/** Sends as WeChat does: three tries, then never again. @returns whether it was answered with `success` */
async function pushOnce({ url, channel, ...words }: Target, message: string): Promise<boolean> {
  const { query, body } = safePush(words, message);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      const answer = await request(`${url}/wechat/${channel}?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body,
        reset: true,
        signal: AbortSignal.timeout(5000),
      });
      if ((await answer.body.text()) === 'success') return true;
    } catch {
      // Nobody there: the next try.
    }
    await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
  }
  return false;
}

export interface Pusher {
  /** Pushes that were answered with `success`: none of these may be lost. */
  readonly acknowledged: ReadonlySet<number>;
  /** Ends when all are sent, each at least once. */
  readonly done: Promise<void>;
}

/**
 * Sends different pushes, several at a time, some of them again although they were acknowledged.
 * @param isEnough asked before each push, with how many were begun
 */
export function startPusher(target: Target, isEnough: (begun: number) => boolean, chance: Random, lanes = 8): Pusher {
  const acknowledged = new Set<number>();
  let next = 0;
  const lane = async () => {
    while (!isEnough(next)) {
      const number = next;
      next += 1;
      const message = messageOf(statusOf(number));
      if (!(await pushOnce(target, message))) continue;
      acknowledged.add(number);
      if (chance.below(4) === 0) await pushOnce(target, message);
    }
  };
  const done = Promise.all(Array.from({ length: lanes }, lane)).then(() => undefined);
  return { acknowledged, done };
}
