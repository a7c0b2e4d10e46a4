import { Worker } from 'node:worker_threads';
import type { Bite, FaultOptions, FaultRow } from '../row.ts';
import { mutants } from '../simulation/mutants.ts';
import type { SeedFailure } from '../simulation/simulate.ts';
import type { SimulationSum, SimulationTask } from '../simulation/worker.ts';

const threads = 2;
const steps = 200;
/** The same seeds are played again, to see that they do the same again. */
const replayedSeeds = 10;
/** A planted defect has to be caught within so many seeds: the rarest shows in one of a hundred. */
const seedsOfMutant = 3000;

const seedsShort = 2000;
const seedsLong = 100_000;

/** Runs a thread to its end and hands on each sum as it comes. */
function simulateInThread(task: SimulationTask, take: (sum: SimulationSum) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../simulation/worker.ts', import.meta.url), { workerData: task });
    // The worker posts nothing else.
    worker.on('message', (sum: SimulationSum) => take(sum));
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

async function simulateOnce(task: SimulationTask): Promise<SimulationSum> {
  const sums: SimulationSum[] = [];
  await simulateInThread(task, (sum) => sums.push(sum));
  const [sum] = sums;
  if (!sum) throw new Error('a thread of the simulation ended without a word');
  return sum;
}

function explain({ seed, step, reason, trace }: SeedFailure, say: (line: string) => void): void {
  say(`seed ${seed} broke at step ${step}: ${reason}`);
  for (const line of trace.slice(-25)) say(`  ${line}`);
  say(`again: node scripts/faults.ts R3 --seed ${seed} plays it first`);
}

async function simulateRange({ seed, say, endsAt }: FaultOptions, seeds: number) {
  const startedAt = Date.now();
  const sums = await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      simulateOnce({
        firstSeed: seed + index,
        stride: threads,
        seeds: seeds / threads,
        steps,
        deadlineMs: endsAt,
      }),
    ),
  );
  const total = (pick: (sum: SimulationSum) => number) => sums.reduce((sum, one) => sum + pick(one), 0);
  const failures = sums.flatMap(({ failure }) => failure ?? []);
  for (const failure of failures) explain(failure, say);
  const played = total((sum) => sum.seeds);
  const seconds = (Date.now() - startedAt) / 1000;
  say(
    `${played} of ${seeds} seeds × ${steps} steps in ${seconds.toFixed(1)} s: ${total((sum) => sum.inserts)} inserts, ` +
      `${total((sum) => sum.repeats)} repeated by the program itself, ${total((sum) => sum.crashes)} crashes, ` +
      `${total((sum) => sum.cards)} cards`,
  );
  say(
    `${total((sum) => sum.doubles)} orders have two cards, all at a WeChat that accepts everything: of asking again, or ` +
      'of repeating after -1, which says "try later" and not "nothing was done"',
  );
  return { played, failures: failures.length };
}

async function replaysIdentically(seed: number): Promise<boolean> {
  const task = { firstSeed: seed, stride: 1, seeds: replayedSeeds, steps, deadlineMs: Number.POSITIVE_INFINITY };
  const [one, other] = await Promise.all([simulateOnce(task), simulateOnce(task)]);
  return one.hash === other.hash && one.seeds === other.seeds;
}

async function catchMutants({ seed, say }: FaultOptions): Promise<Bite[]> {
  const bites: Bite[] = [];
  await Promise.all(
    Array.from({ length: threads }, async (_, thread) => {
      const own = mutants.filter((_mutant, index) => index % threads === thread);
      const left = own.values();
      const deadlineMs = Number.POSITIVE_INFINITY;
      const task = { firstSeed: seed, stride: 1, seeds: seedsOfMutant, steps, deadlineMs, mutants: own };
      await simulateInThread(task, ({ seeds, failure }) => {
        const name = left.next().value?.name ?? '';
        bites.push({ name, caught: failure !== undefined });
        const how = failure
          ? `caught by seed ${seeds}, step ${failure.step}: ${failure.reason.split('\n')[0]}`
          : 'NOT caught';
        say(`mutant "${name}": ${how}`);
      });
      // A thread that broke off has caught nothing.
      for (const { name } of left) bites.push({ name, caught: false });
    }),
  );
  return bites;
}

/** The issuing core in a simulated world: real code over a model of WeChat, of the clock, of crashes and of people. */
export const row: FaultRow = {
  id: 'R3',
  title: 'Deterministic simulation of the issuing core',
  async run(options) {
    const seeds = options.long ? seedsLong : seedsShort;
    const { played, failures } = await simulateRange(options, seeds);
    const isSame = await replaysIdentically(options.seed);
    if (!isSame) options.say(`the ${replayedSeeds} seeds from ${options.seed} did not do the same again`);
    const bites = await catchMutants(options);
    return {
      figure: `${played} seeds × ${steps} steps, ${failures} broken rules, ${isSame ? 'replayed identically' : 'NOT replayed identically'}`,
      ok: failures === 0 && isSame,
      reached: { done: played, wanted: seeds },
      bites,
    };
  },
};
