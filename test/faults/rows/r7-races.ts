import type { Random } from '../../../scripts/samples/random.ts';
import type { Child } from '../kill/children.ts';
import { type PlayedRace, playRace } from '../kill/play-race.ts';
import { planLateRace, planRace, type Race, racers } from '../kill/race-plan.ts';
import { type KillStage, openKillStage } from '../kill/stage.ts';
import { openWorkshop, type Workshop } from '../kill/workshop.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortRaces = 30;
const longRaces = 1000;
/** Races under way at once, each in a ring of its own. */
const ringCount = 3;
/** The books and the list of calls grow with every race, and each look into them with them. */
const racesOfStage = 100;
/** A defect that shows in none of so many races is not caught. */
const mostBiteRaces = 40;
const mostSaid = 20;

interface Ring {
  readonly workshop: Workshop;
  stage: KillStage;
  racesLeft: number;
  /** Races use the same processes again and again, as long as they live. */
  children: Child[];
}

const openStage = ({ bundle, root }: Workshop) => openKillStage({ bundle, root, ...racers });

async function openRing(workshop: Workshop): Promise<Ring> {
  return { workshop, stage: await openStage(workshop), racesLeft: racesOfStage, children: [] };
}

/** The ring with a stage that is not worn out and processes that live. */
async function readyRing(ring: Ring): Promise<Ring> {
  if (ring.racesLeft === 0) {
    await ring.stage.close();
    ring.stage = await openStage(ring.workshop);
    ring.racesLeft = racesOfStage;
  }
  ring.racesLeft -= 1;
  ring.children = ring.children.filter((child) => child.isAlive());
  while (ring.children.length < 2) ring.children.push(await ring.workshop.nursery.take());
  return ring;
}

async function race(ring: Ring, random: Random, number: number, plant?: (typeof defects)[number]) {
  const { stage, workshop, children } = await readyRing(ring);
  const [invoiceId = 0] = stage.invoiceIds;
  const ids = { invoiceId, rowIds: stage.rowIds, batchId: stage.batchId };
  const plan = (plant?.plan ?? planRace)(random, ids);
  const awakePlants = plant ? [plant.plant] : [];
  const parts = { bundle: workshop.bundle, stage, children, race: plan, number, awakePlants };
  const played = await playRace(parts);
  return { plan, played };
}

async function run({ long, seed, say, endsAt }: FaultOptions): Promise<FaultResult> {
  const only = process.env['FAULT_CASE'];
  const count = long ? longRaces : shortRaces;
  const workshop = await openWorkshop();
  const rings = await Promise.all(Array.from({ length: ringCount }, () => openRing(workshop)));
  try {
    const first = only === undefined ? 0 : Number(only);
    const end = only === undefined ? count : first + 1;
    const outcomes = new Map<string, number>();
    let failed = 0;
    let next = first;
    const fight = async (ring: Ring) => {
      while (next < end && Date.now() < endsAt) {
        const number = next;
        next += 1;
        const { plan, played } = await race(ring, chanceOf(seed, `race ${number}`), number);
        for (const outcome of played.outcomes) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (played.problems.length > 0) failed += 1;
        if (failed <= mostSaid) report(say, seed, number, plan, played);
      }
    };
    await Promise.all(rings.map(fight));
    const told = [...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(', ');
    const [ring] = rings;
    return {
      figure: `${next - first} races, ${failed} with two writers, a second request or a wrong outcome; told: ${told}`,
      ok: failed === 0,
      reached: { done: next - first, wanted: end - first },
      bites: only === undefined && ring ? await biteAll(ring, seed, say) : [],
    };
  } finally {
    await Promise.all(rings.map(({ stage }) => stage.close()));
    await workshop.close();
  }
}

function report(say: FaultOptions['say'], seed: number, number: number, plan: Race, { problems }: PlayedRace): void {
  if (problems.length === 0) return;
  for (const problem of problems) say(`race ${number} (${plan.name}): ${problem}`);
  say(`  again: FAULT_CASE=${number} npm run test:faults -- R7 --seed ${seed}`);
}

const defects = [
  { name: 'two processes may issue at once: no lock', plant: 'no-lock', plan: planLateRace },
  { name: 'a double click sends twice', plant: 'double-click', plan: planRace },
] as const;

async function biteAll(ring: Ring, seed: number, say: FaultOptions['say']): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const [index, defect] of defects.entries()) {
    const { name } = defect;
    let problem: string | undefined;
    for (let tried = 0; tried < mostBiteRaces && problem === undefined; tried += 1) {
      const number = 800_000 + index * 1000 + tried;
      problem = (await race(ring, chanceOf(seed, `race ${number}`), number, defect)).played.problems[0];
    }
    say(`planted: ${name}: ${problem ?? 'not caught'}`);
    bites.push({ name, caught: problem !== undefined });
  }
  return bites;
}

export const row: FaultRow = { id: 'R7', title: 'two processes, double clicks, double resumes: one writer', run };
