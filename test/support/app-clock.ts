import type { Clock } from '../../electron/support/clock.ts';

export interface ManualClock extends Clock {
  advance(seconds: number): void;
}

/** A clock that stands still until it is moved. It begins on 23 November 2026, 10:00 in Beijing. */
export function createManualClock(startMs = Date.UTC(2026, 10, 23, 2)): ManualClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (seconds) => {
      nowMs += seconds * 1000;
    },
  };
}

/** A clock that moves on by `stepMs` each time somebody looks at it; `last` looks without moving it. */
export function createSteppingClock(stepMs: number): Clock & { last(): number } {
  let nowMs = Date.UTC(2026, 10, 23, 2);
  return {
    now: () => {
      nowMs += stepMs;
      return nowMs;
    },
    last: () => nowMs,
  };
}
