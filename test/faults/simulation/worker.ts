import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Mutant } from './mutants.ts';
import type { SeedFailure } from './simulate.ts';

/** What a thread of the simulation is asked for; it posts one sum, or one a mutant. */
export interface SimulationTask {
  readonly firstSeed: number;
  /** The next of its seeds is so many further; threads share a range by it. */
  readonly stride: number;
  readonly seeds: number;
  readonly steps: number;
  /** Milliseconds since 1970; no seed is begun after it. */
  readonly deadlineMs: number;
  /** Plays the seeds once with each of them planted, until one breaks; absent: once with none. */
  readonly mutants?: readonly Mutant[];
}

export interface SimulationSum {
  readonly seeds: number;
  readonly steps: number;
  readonly inserts: number;
  readonly repeats: number;
  readonly crashes: number;
  readonly cards: number;
  readonly doubles: number;
  /** Of all seeds in their order. */
  readonly hash: number;
  readonly failure: SeedFailure | undefined;
}

const query = '?mutant=';

/** The source with the defect in it; a mutant whose text is gone proves nothing, so that is an error. */
function mutate(source: string, path: string, { name, replacements }: Mutant): string {
  return replacements
    .filter(({ file }) => path.endsWith(`/${file}`))
    .reduce((text, { file, find, put }) => {
      if (text.split(find).length !== 2) throw new Error(`mutant "${name}": its text is not once in ${file}: ${find}`);
      return text.replace(find, () => put);
    }, source);
}

/** Loads the project's own modules once a mutant, told apart by a query that is handed on from importer to imported. */
function plantIn(mutants: readonly Mutant[]): void {
  const isOurs = (url: string) => url.startsWith('file:') && !url.includes('/node_modules/') && url.endsWith('.ts');
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const [, index] = context.parentURL?.split(query) ?? [];
      return index !== undefined && isOurs(resolved.url)
        ? { ...resolved, url: `${resolved.url}${query}${index}` }
        : resolved;
    },
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const [path = '', index] = url.split(query);
      const mutant = index === undefined ? undefined : mutants[Number(index)];
      if (!mutant) return loaded;
      // A module's source, read from a file.
      return { ...loaded, source: mutate(Buffer.from(loaded.source as Uint8Array).toString(), path, mutant) };
    },
  });
}

async function run(
  task: SimulationTask,
  { openDisk, simulate }: typeof import('./simulate.ts'),
): Promise<SimulationSum> {
  const disk = openDisk();
  const sum = { seeds: 0, steps: 0, inserts: 0, repeats: 0, crashes: 0, cards: 0, doubles: 0, hash: 0 };
  for (let count = 0; count < task.seeds && Date.now() < task.deadlineMs; count += 1) {
    const outcome = await simulate(disk, task.firstSeed + count * task.stride, task.steps);
    sum.seeds += 1;
    if ('reason' in outcome) return { ...sum, failure: outcome };
    sum.steps += outcome.steps;
    sum.inserts += outcome.inserts;
    sum.repeats += outcome.repeats;
    sum.crashes += outcome.crashes;
    sum.cards += outcome.cards;
    sum.doubles += outcome.doubles;
    sum.hash = (Math.imul(sum.hash, 31) + outcome.hash) >>> 0;
  }
  return { ...sum, failure: undefined };
}

// Handed over by the row, which makes nothing else of it.
const task = workerData as SimulationTask;
if (task.mutants) {
  plantIn(task.mutants);
  for (const index of task.mutants.keys()) {
    // The very module, with a defect in what it imports.
    const module = (await import(`./simulate.ts${query}${index}`)) as typeof import('./simulate.ts');
    parentPort?.postMessage(await run(task, module));
  }
} else parentPort?.postMessage(await run(task, await import('./simulate.ts')));
