import { setTimeout as wait } from 'node:timers/promises';

/** Fulfilled after so many milliseconds, or at once when the signal says so. Keeps no process from ending. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
