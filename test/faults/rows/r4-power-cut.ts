import { ensureStrace } from '../../../scripts/ensure-strace.ts';
import { chanceOf } from '../network/chance.ts';
import { type CutPlaces, type PlayedCut, playCuts } from '../power/play-cuts.ts';
import { openPowerRuns, type PowerRun, type PowerRuns } from '../power/power-runs.ts';
import { openPowerWorkshop } from '../power/traced-run.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

interface Form {
  readonly drafts: number;
  readonly rows: number;
  readonly images: Readonly<Record<'issue' | 'batch' | 'resume' | 'firstStart' | 'bite', number>>;
}

const shortForm: Form = {
  drafts: 8,
  rows: 12,
  images: { issue: 36, batch: 36, resume: 18, firstStart: 12, bite: 30 },
};
const longForm: Form = {
  drafts: 120,
  rows: 160,
  images: { issue: 750, batch: 750, resume: 400, firstStart: 150, bite: 100 },
};
const concurrency = 4;
const mostSaid = 20;

interface Cutter {
  readonly seed: number;
  readonly folder: string;
  readonly say: FaultOptions['say'];
}

function cutAll({ seed, folder }: Cutter, run: PowerRun, images: number, places: CutPlaces): PlayedCut[] {
  const played: PlayedCut[] = [];
  const { name, before, invoices, cards } = run;
  const facts = { invoices, cards };
  playCuts({ name, run, seed, images, folder, before, facts, places, onPlayed: (one) => played.push(one) });
  return played;
}

async function traceAll(runs: PowerRuns, seed: number, { images }: Form): Promise<(readonly [PowerRun, number])[]> {
  const batch = await runs.runBatch(concurrency);
  // In the middle, where a byte of an insert has just left.
  const sent = chanceOf(seed, 'resumed').pick(batch.inserts.slice(Math.floor(batch.inserts.length / 2)));
  return [
    [await runs.issue(seed, { losesAnswers: true }), images.issue],
    [batch, images.batch],
    [await runs.resume(batch, sent.event + 1, concurrency), images.resume],
    [await runs.firstStart(), images.firstStart],
  ];
}

function count(played: readonly PlayedCut[]): string {
  const by = Map.groupBy(played, ({ survival }) => survival);
  return [...by].map(([survival, cuts]) => `${cuts.length} ${survival}`).join(', ');
}

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const strace = ensureStrace();
  if (!strace.ok) return { figure: 'not run', ok: false, bites: [], notRun: strace.error };
  const form = long ? longForm : shortForm;
  const workshop = await openPowerWorkshop(strace.value);
  const runs = await openPowerRuns(workshop, form);
  try {
    const cutter = { seed, folder: workshop.root, say };
    const played: PlayedCut[] = [];
    let inserts = 0;
    let failed = 0;
    for (const [traced, images] of await traceAll(runs, seed, form)) {
      const cuts = cutAll(cutter, traced, images, 'everywhere');
      say(`${traced.name}: ${traced.inserts.length} inserts, ${traced.events.length} events; ${count(cuts)}`);
      for (const { cut, survival, problems } of cuts.filter((one) => one.problems.length > 0)) {
        failed += 1;
        if (failed > mostSaid) continue;
        say(`${traced.name}, after ${cut} events (${survival}): ${problems.map(({ text }) => text).join('; ')}`);
        say(`  again: npm run test:faults -- R4 --seed ${seed}${long ? ' --long' : ''}`);
      }
      inserts += traced.inserts.length;
      played.push(...cuts);
    }
    return {
      figure: `${played.length} power cuts (${count(played)}) in ${inserts} inserts, ${failed} lost what was known outside or were not whole`,
      ok: failed === 0 && played.length > 0,
      bites: await biteAll(runs, cutter, form),
    };
  } finally {
    await runs.close();
    await workshop.close();
  }
}

/** A planted defect, and more than what part of the images has to fail in which way. */
const defects = [
  {
    name: 'a commit does not wait for the disk: synchronous is NORMAL',
    plant: 'synchronous-normal',
    kinds: ['lost', 'refused', 'damaged'],
    part: 0.9,
    // Checkpoints and the program's end wait for the disk in any case, and make good what was missed.
    places: 'learning',
  },
  {
    name: 'nothing waits for the disk, not even a checkpoint: synchronous is OFF',
    plant: 'synchronous-off',
    kinds: ['refused', 'damaged'],
    part: 0,
    places: 'everywhere',
  },
  {
    name: 'sending is committed after the request was sent',
    plant: 'sending-after-send',
    kinds: ['lost'],
    part: 0,
    places: 'learning',
  },
] as const;

async function biteAll(runs: PowerRuns, cutter: Cutter, { images }: Form): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const { name, plant, kinds, part, places } of defects) {
    const bitten = await runs.issue(cutter.seed, { awakePlants: [plant] });
    const cuts = cutAll(cutter, bitten, images.bite, places);
    const caught = cuts.filter(({ problems }) => problems.some(({ kind }) => kinds.some((one) => one === kind)));
    cutter.say(
      `planted: ${name}: ${caught.length} of ${cuts.length} images; ${caught[0]?.problems[0]?.text ?? 'none'}`,
    );
    bites.push({ name, caught: caught.length > part * cuts.length });
  }
  return bites;
}

export const row: FaultRow = { id: 'R4', title: 'power cut: only what was synced survives', run };
