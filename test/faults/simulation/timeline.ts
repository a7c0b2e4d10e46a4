/** The virtual clock and what is to happen on it. Nothing in a simulation waits for real time. */
export interface Timeline {
  now(): number;
  /** What is to happen after so many milliseconds. */
  after(milliseconds: number, happen: () => void): Planned;
  /** Moves the clock to the next thing and lets it happen; false where nothing is planned. */
  step(): boolean;
  /** Milliseconds until the next thing, undefined where nothing is planned. */
  untilNext(): number | undefined;
}

export interface Planned {
  readonly atMs: number;
  cancelled: boolean;
  readonly happen: () => void;
}

// 23 November 2026, 10:00 in Beijing.
const startMs = Date.UTC(2026, 10, 23, 2);

export function createTimeline(): Timeline {
  let nowMs = startMs;
  const planned: Planned[] = [];

  function next(): Planned | undefined {
    while (planned[0]?.cancelled) planned.shift();
    return planned[0];
  }

  return {
    now: () => nowMs,
    after(milliseconds, happen) {
      const entry: Planned = { atMs: nowMs + milliseconds, cancelled: false, happen };
      // Behind everything of the same moment: what was planned first happens first.
      const index = planned.findLastIndex(({ atMs }) => atMs <= entry.atMs) + 1;
      planned.splice(index, 0, entry);
      return entry;
    },
    step() {
      const entry = next();
      if (!entry) return false;
      planned.shift();
      nowMs = Math.max(nowMs, entry.atMs);
      entry.happen();
      return true;
    },
    untilNext: () => {
      const entry = next();
      return entry && entry.atMs - nowMs;
    },
  };
}
