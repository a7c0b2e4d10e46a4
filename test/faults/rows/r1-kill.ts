import { killPoints } from '../kill/kill-points.ts';
import { type NextCase, openWorkshop, type PlayedKill, playKills, type Workshop } from '../kill/play-kills.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { each: 3, anyTime: 30, longestMs: 10 * 60_000 };
const longForm = { each: 150, anyTime: 5000, longestMs: 270_000 };
/** Failures beyond these say nothing new. */
const mostSaid = 20;

/** Points in turn with kills at any time spread evenly between them, so that a run that is cut short has had both. */
function pointOf(number: number, { each, anyTime }: { readonly each: number; readonly anyTime: number }) {
  const count = each * killPoints.length + anyTime;
  const before = Math.floor((number * anyTime) / count);
  const isAnyTime = Math.floor(((number + 1) * anyTime) / count) > before;
  return isAnyTime ? undefined : killPoints[(number - before) % killPoints.length];
}

function casesOf(only: string | undefined, form: typeof shortForm, count: number): NextCase {
  const endsAt = Date.now() + form.longestMs;
  let number = only === undefined ? 0 : Number(only);
  return () => {
    if (only === undefined ? number >= count || Date.now() > endsAt : number > Number(only)) return undefined;
    const one = { number, point: pointOf(number, form) };
    number += 1;
    return one;
  };
}

async function run({ long, seed, say }: FaultOptions): Promise<FaultResult> {
  const form = long ? longForm : shortForm;
  const count = form.each * killPoints.length + form.anyTime;
  const only = process.env['FAULT_CASE'];
  const workshop = await openWorkshop();
  try {
    const played: PlayedKill[] = [];
    const failed: PlayedKill[] = [];
    const onPlayed = (one: PlayedKill) => {
      played.push(one);
      if (one.problems.length === 0) return;
      failed.push(one);
      if (failed.length > mostSaid) return;
      const { number, name, work } = one.plan;
      for (const problem of one.problems) say(`case ${number} (${work}; ${name}): ${problem}`);
      say(`  again: FAULT_CASE=${number} npm run test:faults -- R1 --seed ${seed}${long ? ' --long' : ''}`);
    };
    const startedAt = Date.now();
    await playKills({ workshop, seed, next: casesOf(only, form, count), onPlayed });
    const seconds = (Date.now() - startedAt) / 1000;
    const restarts = played.map(({ restartMs }) => restartMs).toSorted((one, other) => one - other);
    const atPoints = played.filter(({ plan }) => plan.point).length;
    const cut = only === undefined && played.length < count ? ` of ${count}: the time was up` : '';
    const unknown = played.reduce((sum, one) => sum + one.unknown, 0);
    say(`${(played.length / seconds).toFixed(1)} kills a second`);
    return {
      figure: `${played.length} kills${cut} (${atPoints} at ${killPoints.length} steps, ${played.length - atPoints} at any time), ${failed.length} contradict the books, ${unknown} unknown settled by a person; restart median ${median(restarts)} ms, longest ${Math.round(restarts.at(-1) ?? 0)} ms`,
      ok: failed.length === 0 && played.length > 0,
      bites: only === undefined ? await biteAll(workshop, seed, say) : [],
    };
  } finally {
    await workshop.close();
  }
}

const median = (sorted: readonly number[]) => Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);

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

async function biteAll(workshop: Workshop, seed: number, say: FaultOptions['say']): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const { name, plant, points } of defects) {
    const wanted = killPoints.filter((point) => points.some((one) => one === point.name));
    const cases = wanted.map((point, index) => ({ number: 800_000 + bites.length * 10 + index, point }));
    const problems: string[] = [];
    await playKills({
      workshop,
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
