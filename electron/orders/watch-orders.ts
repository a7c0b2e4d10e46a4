import type { AppError } from '../../shared/errors/app-error.ts';
import { failedByStorage } from '../records/database.ts';
import type { Log } from '../support/log.ts';
import { sleep } from '../support/sleep.ts';
import { askOrder } from './ask-order.ts';
import type { OrderParts } from './order-parts.ts';

interface WatchParts extends OrderParts {
  readonly log: Log;
  /** Aborted when the program ends. */
  readonly ending: AbortSignal;
}

/** Between two looks at what is due. */
const lookEveryMs = 5000;
/** WeChat publishes no limit for getauthdata: five a second stay far below that of any other call. */
const betweenCallsMs = 200;
const mostAtOnce = 100;
const shortestPauseMs = 30_000;
const longestPauseMs = 30 * 60_000;

/** Where an account's questions are not answered, it is asked ever more seldom. */
function createPauses() {
  const pauses = new Map<number, { readonly until: number; readonly length: number }>();
  const pausedAt = (now: number) => [...pauses].flatMap(([id, { until }]) => (until > now ? [id] : []));
  return {
    pausedAt,
    isPaused: (accountId: number, now: number): boolean => pausedAt(now).includes(accountId),
    failed(accountId: number, now: number, { retryable }: AppError): void {
      const before = pauses.get(accountId)?.length ?? 0;
      const longer = Math.min(longestPauseMs, Math.max(shortestPauseMs, before * 2));
      // What a person has to settle is not settled in half a minute.
      const length = retryable ? longer : longestPauseMs;
      pauses.set(accountId, { until: now + length, length });
    },
    answered: (accountId: number): void => void pauses.delete(accountId),
  };
}

/**
 * Asks WeChat about the orders that wait, each when it is due, one after the other: the way for an account without a
 * relay, and the net under one that has it.
 */
export function watchOrders(parts: WatchParts) {
  const { records, clock, log, ending } = parts;
  const pauses = createPauses();
  let watching: Promise<void> | undefined;

  async function look(): Promise<void> {
    const now = clock.now();
    const due = records.orders.idsDue(new Date(now).toISOString(), pauses.pausedAt(now), mostAtOnce);
    for (const id of due) {
      const accountId = records.orders.find(id)?.accountId ?? 0;
      if (ending.aborted) return;
      if (pauses.isPaused(accountId, clock.now())) continue;
      const answer = await askOrder(parts, id);
      if (answer.ok) pauses.answered(accountId);
      else {
        log.warn('orders.ask', { account: accountId, code: answer.error.code });
        pauses.failed(accountId, clock.now(), answer.error);
      }
      await sleep(betweenCallsMs, ending);
    }
  }

  async function watch(): Promise<void> {
    while (!ending.aborted) {
      try {
        await look();
      } catch (error) {
        // What the disk does not take now, it may take later: it is asked again.
        const failure = failedByStorage(error);
        if (!failure.ok) log.warn('orders.look', { code: failure.error.code });
      }
      await sleep(lookEveryMs, ending);
    }
  }

  return {
    /** Begins, once. */
    start(): void {
      watching ??= watch();
    },
    /** Fulfilled when nothing is asked any more, after `ending`. */
    ended: async (): Promise<void> => watching,
  };
}
