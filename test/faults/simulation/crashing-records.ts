import type { Records } from '../../../electron/records/records.ts';

/** Ends a program of the simulation: whatever it was doing is over, and its open transaction is rolled back. */
export class CrashSignal extends Error {}

// One for all: a stack for each of thousands costs more than the crash.
const theSignal = new CrashSignal('this life of the program is over');

/** Kills one life of the program, at once or at one of its next writes. */
export interface LifeLine {
  /** Throws where this life is over: nothing of it may touch the records any more. */
  assertAlive(): void;
  /** A moment before or after a write; throws where the crash was planned here. */
  writePoint(): void;
}

/** @param crashed told once, before the signal is thrown */
export function createLifeLine(crashed: () => void): LifeLine & {
  readonly isAlive: () => boolean;
  kill(): void;
  /** Plans a crash at the n-th write point from now, or takes the plan back. */
  killAtWritePoint(countdown: number | undefined): void;
} {
  let isAlive = true;
  let pointsLeft: number | undefined;

  const assertAlive = () => {
    if (!isAlive) throw theSignal;
  };
  const kill = () => {
    if (!isAlive) return;
    isAlive = false;
    crashed();
  };

  return {
    isAlive: () => isAlive,
    assertAlive,
    kill,
    killAtWritePoint(countdown) {
      pointsLeft = countdown;
    },
    writePoint() {
      assertAlive();
      if (pointsLeft === undefined) return;
      pointsLeft -= 1;
      if (pointsLeft > 0) return;
      kill();
      assertAlive();
    },
  };
}

const writes: ReadonlySet<string> = new Set([
  'create',
  'createDraft',
  'edit',
  'removeDraft',
  'apply',
  'addFacts',
  'noteError',
  'start',
  'startInsert',
  'finish',
  'abandonRunning',
  'addRow',
  'setState',
  'stopRunning',
  'record',
  'recordUpload',
  'removeDoubt',
  'adopt',
  'cancel',
]);

function mortal<Repository extends object>(repository: Repository, life: LifeLine): Repository {
  const methods = Object.entries(repository).map(([name, method]) => {
    if (typeof method !== 'function') return [name, method];
    const isWrite = writes.has(name);
    return [
      name,
      (...args: unknown[]) => {
        if (!isWrite) {
          life.assertAlive();
          return method(...args);
        }
        life.writePoint();
        const value: unknown = method(...args);
        life.writePoint();
        return value;
      },
    ];
  });
  // The same names with the same functions behind them.
  return Object.fromEntries(methods) as Repository;
}

/** The records as one life of the program sees them: each write may be its last. */
export function mortalRecords(records: Records, life: LifeLine): Records {
  return {
    ...records,
    pdfs: mortal(records.pdfs, life),
    invoices: mortal(records.invoices, life),
    attempts: mortal(records.attempts, life),
    batches: mortal(records.batches, life),
    events: mortal(records.events, life),
    inTransaction: (step) => writeBetween(life, () => records.inTransaction(step)),
    // Who shares a commit with whom hangs on real time, which a simulation must not; here each has its own.
    inSharedTransaction: async (step) => writeBetween(life, () => records.inTransaction(step)),
  };
}

function writeBetween<Value>(life: LifeLine, write: () => Value): Value {
  life.writePoint();
  const value = write();
  life.writePoint();
  return value;
}
