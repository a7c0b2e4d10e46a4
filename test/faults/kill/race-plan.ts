import type { Random } from '../../../scripts/samples/random.ts';

export const racers = { drafts: 2, batchRows: 3 } as const;

/** Who does what at the same time. Each inner list is one process; its calls begin together. */
export interface Race {
  readonly name: string;
  readonly processes: readonly (readonly { readonly name: string; readonly input: object }[])[];
  /** Whether the invoice's first answer was lost before the race. */
  readonly beginsUnknown: boolean;
  /** Whether a process that finds another one at work tries until that one is gone. */
  readonly waitForLock: boolean;
  /** Whether the first process is killed on the way, at this part of the time it takes. */
  readonly killFirstAt: number | undefined;
  /** Milliseconds by which the second process begins later. */
  readonly lagMs: number;
  /** The ids that the race is about. */
  readonly invoiceIds: readonly number[];
  /** Clicks on "ask again", each of which a person made. */
  readonly asked: number;
}

export interface RaceIds {
  readonly invoiceId: number;
  readonly rowIds: readonly number[];
  readonly batchId: number;
}

type Kind = (random: Random, ids: RaceIds) => Omit<Race, 'lagMs' | 'waitForLock' | 'killFirstAt'>;

const issue = (invoiceId: number) => ({ name: 'invoice.issue', input: { invoiceId } });
const askAgain = (invoiceId: number) => ({ name: 'invoice.askAgain', input: { invoiceId } });
const run = (batchId: number, random: Random) => ({
  name: 'batch.run',
  input: { batchId, concurrency: 1 + random.below(3) },
});

const kinds: readonly Kind[] = [
  (_, { invoiceId }) => ({
    name: 'two processes issue one invoice',
    processes: [[issue(invoiceId)], [issue(invoiceId)]],
    beginsUnknown: false,
    invoiceIds: [invoiceId],
    asked: 0,
  }),
  (random, { batchId, rowIds }) => ({
    name: 'two processes run one batch',
    processes: [[run(batchId, random)], [run(batchId, random)]],
    beginsUnknown: false,
    invoiceIds: rowIds,
    asked: 0,
  }),
  (random, { batchId, rowIds }) => ({
    name: 'one process runs a batch, another issues a row of it',
    processes: [[run(batchId, random)], [issue(random.pick(rowIds))]],
    beginsUnknown: false,
    invoiceIds: rowIds,
    asked: 0,
  }),
  (random, { invoiceId }) => ({
    name: 'a double click on issue',
    processes: [Array.from({ length: 2 + random.below(4) }, () => issue(invoiceId))],
    beginsUnknown: false,
    invoiceIds: [invoiceId],
    asked: 0,
  }),
  (random, { batchId, rowIds }) => ({
    name: 'a double resume of a batch, with a click on a row',
    processes: [[run(batchId, random), run(batchId, random), issue(random.pick(rowIds))]],
    beginsUnknown: false,
    invoiceIds: rowIds,
    asked: 0,
  }),
  (random, { invoiceId }) => {
    const clicks = 2 + random.below(2);
    return {
      name: 'a double click on ask again',
      processes: [Array.from({ length: clicks }, () => askAgain(invoiceId))],
      beginsUnknown: true,
      invoiceIds: [invoiceId],
      asked: 1,
    };
  },
  (_, { invoiceId }) => ({
    name: 'two processes ask again',
    processes: [[askAgain(invoiceId)], [askAgain(invoiceId)]],
    beginsUnknown: true,
    invoiceIds: [invoiceId],
    // Whoever comes second finds it settled, unless the first one's answer told nothing.
    asked: 1,
  }),
];

/** A race in which the second process comes while the first one is sending: what only the lock prevents shows here. */
export function planLateRace(random: Random, ids: RaceIds): Race {
  const processes = [[run(ids.batchId, random)], [run(ids.batchId, random)]];
  return {
    name: 'another process runs the batch that one is running',
    processes,
    beginsUnknown: false,
    invoiceIds: ids.rowIds,
    asked: 0,
    waitForLock: false,
    killFirstAt: undefined,
    lagMs: random.below(100),
  };
}

export function planRace(random: Random, ids: RaceIds): Race {
  const race = random.pick(kinds)(random, ids);
  const isPair = race.processes.length === 2;
  const waitForLock = isPair && random.below(2) === 0;
  // Not while asking: the one who waits would ask a second time, as it was told to.
  const canDie = waitForLock && !race.beginsUnknown && random.below(3) === 0;
  return {
    ...race,
    waitForLock,
    killFirstAt: canDie ? random.below(100) / 100 : undefined,
    lagMs: random.below(3) === 0 ? random.below(30) : 0,
  };
}
