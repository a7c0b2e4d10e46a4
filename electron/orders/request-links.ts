import type { OutputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createProgressGate } from '../support/progress.ts';
import { sleep } from '../support/sleep.ts';
import type { OrderParts } from './order-parts.ts';
import { requestLink } from './request-link.ts';

/** Links got at once. */
const atOnce = 4;
/** Waits before a repeat where WeChat is busy, in milliseconds. */
const repeatWaits: readonly number[] = [1000, 4000];

/** What is wrong with the account, or with the way to WeChat, is wrong for every order: said once. */
function concernsAll({ class: kind }: AppError): boolean {
  return kind === 'fix-account' || kind === 'fix-computer';
}

interface RequestParts extends OrderParts {
  /** Aborted when the program ends. */
  readonly ending: AbortSignal;
}

interface Run {
  readonly accountId: number;
  readonly ids: readonly number[];
  readonly signal: AbortSignal;
}

/** Getting the same link twice is harmless, so what may pass is tried again. */
async function requestPatiently(parts: OrderParts, id: number, signal: AbortSignal): Promise<AppError | undefined> {
  for (let repeats = 0; ; repeats += 1) {
    const answer = await requestLink(parts, id);
    if (answer.ok) return undefined;
    const pause = repeatWaits[repeats];
    if (answer.error.class !== 'wait-and-retry' || pause === undefined || signal.aborted) return answer.error;
    await sleep(pause, signal);
  }
}

/** Tells how far it is, the first and the last in any case. */
function createTold({ emit, clock }: RequestParts, { accountId, ids }: Run) {
  const isDue = createProgressGate(clock);
  return (running: boolean, done: number, failed: number) => {
    if (!isDue(!running || done === 0)) return;
    emit('order.requesting', { accountId, running, done, total: ids.length, failed });
  };
}

async function requestAll(parts: RequestParts, run: Run): Promise<Result<OutputOf<'order.requestLinks'>, AppError>> {
  const { ids, signal } = run;
  const tell = createTold(parts, run);
  const next = ids.values();
  let done = 0;
  let failed = 0;
  let stopper: AppError | undefined;
  const requestSome = async () => {
    for (const id of next) {
      if (signal.aborted || stopper) return;
      const error = await requestPatiently(parts, id, signal);
      if (error && concernsAll(error)) stopper = error;
      done += 1;
      if (error) failed += 1;
      tell(true, done, failed);
    }
  };
  tell(true, 0, 0);
  await Promise.all(Array.from({ length: atOnce }, requestSome));
  tell(false, done, failed);
  return stopper ? fail(stopper) : ok({ obtained: done - failed, failed, left: ids.length - done });
}

/** The getting of many links: one such work an account, with progress, which can be stopped. */
export function createLinkRequests(parts: RequestParts) {
  const running = new Map<number, AbortController>();
  return {
    /**
     * Gets the links of all orders of the account that have none. Stops at what is wrong with the account, and answers it.
     * Those that are left can be got later.
     */
    async request(accountId: number): Promise<Result<OutputOf<'order.requestLinks'>, AppError>> {
      if (running.has(accountId)) return fail(appError('order.requesting'));
      const stop = new AbortController();
      running.set(accountId, stop);
      try {
        const ids = parts.records.orders.idsWithoutLink(accountId);
        return await requestAll(parts, { accountId, ids, signal: AbortSignal.any([stop.signal, parts.ending]) });
      } finally {
        running.delete(accountId);
      }
    },
    /** @returns whether there was any under way */
    cancel(accountId: number): boolean {
      running.get(accountId)?.abort();
      return running.has(accountId);
    },
  };
}
