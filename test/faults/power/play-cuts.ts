import { join } from 'node:path';
import type { Random } from '../../../scripts/samples/random.ts';
import { chanceOf } from '../network/chance.ts';
import { createDisk, type FilesOfDisk } from './disk.ts';
import { type Facts, type ImageProblem, judgeImage } from './judge-image.ts';
import { type Outside, outsideAt } from './outside.ts';
import { type SurvivalName, survivalNames, survivalOf } from './survivals.ts';
import type { TracedRun } from './traced-run.ts';

export interface PlayedCut {
  /** How many events of the run had happened. */
  readonly cut: number;
  readonly survival: SurvivalName;
  readonly problems: readonly ImageProblem[];
}

/** `learning`: when somebody outside has just learnt something, and nothing but what was synced survives. */
export type CutPlaces = 'everywhere' | 'learning';

interface CutsOptions {
  readonly name: string;
  readonly run: TracedRun;
  readonly seed: number;
  readonly images: number;
  readonly folder: string;
  /** What was seen of the program before this run. */
  readonly before: Outside;
  readonly facts: Omit<Facts, 'outside'>;
  readonly places: CutPlaces;
  readonly onPlayed: (played: PlayedCut) => void;
}

/** The disk as only the synced left it after so many events. */
export function syncedAt({ initial, events }: TracedRun, cut: number): FilesOfDisk {
  const disk = createDisk(initial);
  for (const event of events.slice(0, cut)) disk.apply(event);
  return disk.after(survivalOf('synced', chanceOf(0, '')));
}

/** Events after which something is known outside that was not before: a first byte left, somebody was told. */
function learningCuts({ events, inserts }: TracedRun): number[] {
  const told = [...events.keys()].filter((index) => events[index]?.kind === 'tell');
  return [...inserts.map(({ event }) => event + 1), ...told.map((index) => index + 1)];
}

/** Events after which a file other than the log waits for its sync: checkpoints, seals, first starts. */
function unsyncedCuts({ initial, events }: TracedRun): { readonly any: number[]; readonly database: number[] } {
  const disk = createDisk(initial);
  const any: number[] = [];
  const database: number[] = [];
  for (const [index, event] of events.entries()) {
    disk.apply(event);
    if (disk.hasPending()) any.push(index + 1);
    if (disk.pendingIn('fapiao-desk.db') > 0) database.push(index + 1);
  }
  return { any, database };
}

function shuffled(numbers: readonly number[], random: Random): number[] {
  return numbers
    .map((number) => ({ number, place: random.below(2 ** 30) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ number }) => number);
}

/** Half of the cuts where somebody has just learnt something, the rest where the disk is behind, or anywhere. */
function chooseCuts({ name, run, seed, images, places }: CutsOptions) {
  const random = chanceOf(seed, `cuts of ${name}`);
  const anywhere = Array.from(run.events.keys(), (index) => index + 1);
  const learning = shuffled(learningCuts(run), random);
  const { any, database } = unsyncedCuts(run);
  const others = [any, database, anywhere].map((cuts) => (cuts.length > 0 ? cuts : anywhere));
  const chosen = Array.from({ length: images }, (_, number) => {
    const isLearning = places === 'learning' || number % 2 === 0;
    const turn = places === 'learning' ? number : number / 2;
    const cut = isLearning ? learning[turn % learning.length] : random.pick(others[number % others.length] ?? anywhere);
    return { cut: cut ?? random.pick(anywhere), number };
  });
  return chosen.toSorted((one, other) => one.cut - other.cut);
}

/** Cuts the power at chosen moments of a run, and judges what is found on the disk. */
export function playCuts(options: CutsOptions): void {
  const { name, run, seed, folder, before, facts, places, onPlayed } = options;
  const disk = createDisk(run.initial);
  let applied = 0;
  for (const { cut, number } of chooseCuts(options)) {
    for (; applied < cut; applied += 1) {
      const event = run.events[applied];
      if (event) disk.apply(event);
    }
    const random = chanceOf(seed, `${name} ${number} after ${cut}`);
    const survival = places === 'everywhere' && disk.hasPending() ? random.pick(survivalNames) : 'synced';
    const outside = outsideAt(before, run.events, run.inserts, cut);
    const files = disk.after(survivalOf(survival, random));
    onPlayed({ cut, survival, problems: judgeImage(join(folder, 'image'), files, { ...facts, outside }) });
  }
}
