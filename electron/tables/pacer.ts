import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work done in one piece before others get their turn, in milliseconds; the window must not notice it. */
const turnMs = 8;

/** Lets the event loop turn when the work since the last turn has taken long enough; otherwise costs next to nothing. */
export function createPacer(): () => Promise<void> | undefined {
  let turnedAt = performance.now();
  return () => {
    if (performance.now() - turnedAt < turnMs) return undefined;
    return nextTurn().then(() => {
      turnedAt = performance.now();
    });
  };
}
