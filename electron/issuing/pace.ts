const firstWaitMs = 1000;
const longestWaitMs = 60_000;

export type Pace = ReturnType<typeof createPace>;

/**
 * How fast a batch may go: halves when WeChat pushes back and waits, with jitter, twice as long each time in a row;
 * grows by one after as many successes as it allows at once.
 * @param random 0 … 1, for the jitter
 */
export function createPace(most: number, now: () => number, random: () => number) {
  let limit = most;
  let successes = 0;
  let pushesInARow = 0;
  let waitUntilMs = 0;

  return {
    /** How many calls may be under way at once. */
    limit: (): number => limit,
    /** Milliseconds until the next call may begin. */
    waitMs: (): number => Math.max(0, waitUntilMs - now()),
    succeeded(): void {
      pushesInARow = 0;
      successes += 1;
      if (successes < limit || limit === most) return;
      limit += 1;
      successes = 0;
    },
    pushedBack(): void {
      // Calls that were under way together are pushed back together; that is one push, not many.
      if (now() < waitUntilMs) return;
      limit = Math.max(1, Math.floor(limit / 2));
      successes = 0;
      const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** pushesInARow);
      pushesInARow += 1;
      waitUntilMs = now() + Math.round(longest * (0.5 + random() / 2));
    },
  };
}
