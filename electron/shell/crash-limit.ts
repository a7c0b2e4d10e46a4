import type { Clock } from '../support/clock.ts';

/** A page that goes so often in so short a time would go again: a person is asked first. */
const mostCrashes = 3;
const withinMs = 60_000;

/** Tells a page that went once from one that goes again and again. */
export function createCrashLimit(clock: Clock) {
  let crashedAt: readonly number[] = [];
  return {
    /** @returns whether the page may be opened again without asking */
    admits(): boolean {
      const now = clock.now();
      // A clock that was set back must not keep old ones for ever.
      crashedAt = [...crashedAt.filter((at) => Math.abs(now - at) < withinMs), now];
      return crashedAt.length < mostCrashes;
    },
    /** A person has decided to try again. */
    forgive(): void {
      crashedAt = [];
    },
  };
}
