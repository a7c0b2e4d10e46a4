import type { Backups } from './backups.ts';

/** Something that comes again and again, handed in so that tests can move time. */
export interface Ticker {
  /** @returns what ends it */
  every(milliseconds: number, work: () => void): () => void;
}

/** The system's timer. It does not keep a program alive that has nothing else to do. */
export const systemTicker: Ticker = {
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

export const backupEveryMs = 15 * 60_000;

/**
 * Makes a backup every 15 minutes while something changes.
 * @returns what ends it; a backup under way is finished
 */
export function scheduleBackups(backups: Pick<Backups, 'makeIfChanged'>, ticker: Ticker): () => void {
  let isRunning = false;
  return ticker.every(backupEveryMs, () => {
    if (isRunning) return;
    isRunning = true;
    // A failure is in the log and in the doctor's findings; the work goes on.
    void backups.makeIfChanged('periodic').finally(() => {
      isRunning = false;
    });
  });
}
