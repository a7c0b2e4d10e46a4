import { killPoints } from '../kill/kill-points.ts';
import type { PlayedKill } from '../kill/lane-task.ts';
import { type Lanes, type NextCase, openLanes } from '../kill/lanes.ts';
import { openWorkshop } from '../kill/workshop.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { each: 3, anyTime: 30 };
const longForm = { each: 150, anyTime: 5000 };
/** Failures beyond these say nothing new. */
const mostSaid = 20;
/** A kill that never comes proves nothing; on a busy computer one in a hundred may not. */
const mostMissed = 0.01;

/** Points in turn with kills at any time spread evenly between them. */
function pointOf(number: number, { each, anyTime }: typeof shortForm) {
  const count = each * killPoints.length + anyTime;
  const before = Math.floor((number * anyTime) / count);
  const isAnyTime = Math.floor(((number + 1) * anyTime) / count) > before;
  return isAnyTime ? undefined : killPoints[(number - before) % killPoints.length];
}

function casesOf(form: typeof shortForm, first: number, end: number, endsAt: number): NextCase {
  let number = first;
  return () => {
    if (number >= end || Date.now() > endsAt) return undefined;
    const one = { number, point: pointOf(number, form) };
    number += 1;
    return one;
  };
}

/** Tells what went wrong as it goes, and keeps what the figure is made of. */
function createTally({ long, seed, say }: FaultOptions) {
  const played: PlayedKill[] = [];
  let contradictions = 0;
  return {
    played,
    contradictions: () => contradictions,
    add(one: PlayedKill): void {
      played.push(one);
      const faults = one.wasReached ? one.problems : ['it was not killed there', ...one.problems];
      if (one.problems.length > 0) contradictions += 1;
      if (faults.length === 0 || contradictions > mostSaid) return;
      const { number, name, work } = one.plan;
      for (const fault of faults) say(`case ${number} (${work}; ${name}): ${fault}`);
      say(`  again: FAULT_CASE=${number} npm run test:faults -- R1 --seed ${seed}${long ? ' --long' : ''}`);
    },
  };
}

const median = (sorted: readonly number[]) => Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);

function figureOf(played: readonly PlayedKill[], contradictions: number, missed: number): string {
  const restarts = played.map(({ restartMs }) => restartMs).toSorted((one, other) => one - other);
  const atPoints = played.filter(({ plan }) => plan.point).length;
  const over = played.filter(({ plan, wasOver }) => !plan.point && wasOver).length;
  const unknown = played.reduce((sum, one) => sum + one.unknown, 0);
  return [
    `${played.length} kills (${atPoints} at ${killPoints.length} steps, ${missed} missed theirs; ` +
      `${played.length - atPoints} at any time, ${over} of them when the work was over)`,
    `${contradictions} contradict the books`,
    `${unknown} unknown settled by a person; restart median ${median(restarts)} ms, longest ${Math.round(restarts.at(-1) ?? 0)} ms`,
  ].join(', ');
}

async function run(options: FaultOptions): Promise<FaultResult> {
  const { long, seed, say, endsAt } = options;
  const form = long ? longForm : shortForm;
  const only = process.env['FAULT_CASE'];
  const first = Number(only ?? 0);
  const end = only === undefined ? form.each * killPoints.length + form.anyTime : first + 1;
  const workshop = await openWorkshop();
  try {
    const lanes = await openLanes(workshop.bundle, workshop.root);
    const tally = createTally(options);
    const { played } = tally;
    let bites: readonly Bite[] = [];
    try {
      const startedAt = Date.now();
      await lanes.play({ seed, next: casesOf(form, first, end, endsAt), onPlayed: tally.add });
      say(`${((played.length * 1000) / (Date.now() - startedAt)).toFixed(1)} kills a second`);
      if (only === undefined) bites = await biteAll(lanes, seed, say);
    } finally {
      await lanes.close();
    }
    const missed = played.filter(({ wasReached }) => !wasReached).length;
    return {
      figure: figureOf(played, tally.contradictions(), missed),
      ok: tally.contradictions() === 0 && missed <= played.length * mostMissed,
      reached: { done: played.length, wanted: end - first },
      bites,
    };
  } finally {
    await workshop.close();
  }
}

/** A planted defect and the points at which it has to show. */
const defects = [
  {
    name: 'sending is committed after the request was sent',
    plant: 'sending-after-send',
    points: ['insert processed', 'half an answer sent'],
  },
  {
    name: 'an insert without an answer in time is sent again by the program',
    plant: 'repeat-after-timeout',
    points: ['no answer in time, and then a while'],
  },
  {
    name: 'what was under way at the end is taken for never sent at the next start',
    plant: 'sending-taken-for-unsent',
    points: ['insert processed', 'answer there, before it is parsed'],
  },
] as const;

async function biteAll(lanes: Lanes, seed: number, say: FaultOptions['say']): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const { name, plant, points } of defects) {
    const wanted = killPoints.filter((point) => points.some((one) => one === point.name));
    const cases = wanted.map((point, index) => ({ number: 800_000 + bites.length * 10 + index, point }));
    const problems: string[] = [];
    await lanes.play({
      seed,
      next: () => cases.shift(),
      awakePlants: [plant],
      onPlayed: (played) => problems.push(...played.problems),
    });
    say(`planted: ${name}: ${problems[0] ?? 'not caught'}`);
    bites.push({ name, caught: problems.length > 0 });
  }
  return bites;
}

export const row: FaultRow = { id: 'R1', title: 'kill -9 at each step of issuing, and at any time', run };
