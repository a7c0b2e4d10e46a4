import { join } from 'node:path';
import { type MigrationChildren, startMigrationChildren } from '../disk/migration-children.ts';
import { migrationPlans } from '../disk/migration-plans.ts';
import { type MigrationStart, makeStart, planStarts } from '../disk/migration-start.ts';
import { playFuture } from '../disk/play-future.ts';
import {
  type MigrationCase,
  type MigrationStage,
  type PlayedMigration,
  playMigrations,
  type Rehearsed,
  rehearse,
} from '../disk/play-migrations.ts';
import { withQuickFolder } from '../disk/quick-folder.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const spareChildren = 2;
/** In the long form every point of every start, each once, and then so many at any time. */
const shortForm = { atPoints: 14, anyTime: 4, invoices: 200 };
const longForm = { atPoints: Number.POSITIVE_INFINITY, anyTime: 200, invoices: 1200 };
/** Kills at any time come too late at times; more than this many for each one wanted are not tried. */
const mostTries = 4;
const mostSaid = 20;

/** All of them in the long form; in the short one the product's own, and one of the others. */
function chooseStarts({ long, seed }: FaultOptions, invoices: number) {
  const all = planStarts(invoices);
  if (long) return all;
  const other = chanceOf(seed, 'starts').pick(all.filter((one) => one.plan === 'everyStep' && one.invoices === 0));
  return [...all.filter(({ plan }) => plan === 'product'), other];
}

/** Points in an order of chance, so that a short run has some of each start; then as many at any time as are tried. */
function casesOf(rehearsed: readonly Rehearsed[], form: typeof shortForm, seed: number): MigrationCase[] {
  const chance = chanceOf(seed, 'migrations');
  // The large ones take long enough to be met in the middle; their points are those of the small ones.
  const small = rehearsed.filter(({ start }) => !start.isLarge);
  const large = rehearsed.filter(({ start }) => start.isLarge);
  const all = small.flatMap((one) => one.points.map((point) => ({ rehearsed: one, point })));
  const shuffled = all.map((one) => ({ one, place: chance.below(1_000_000) })).toSorted((a, b) => a.place - b.place);
  const atPoints = shuffled.slice(0, form.atPoints).map(({ one }) => one);
  const tries = form.anyTime * mostTries;
  const anyTime = Array.from({ length: tries }, () => ({ rehearsed: chance.pick(large), point: undefined }));
  return [...atPoints, ...anyTime].map((one, number) => ({ ...one, number }));
}

/** Plays the cases at points, and those at any time until enough of them were killed. */
async function playCases(
  stage: MigrationStage,
  cases: MigrationCase[],
  wanted: number,
  { long, seed, say }: FaultOptions,
): Promise<readonly PlayedMigration[]> {
  const played: PlayedMigration[] = [];
  const failed: PlayedMigration[] = [];
  let killed = 0;
  const next = () => (cases[0]?.point === undefined && killed >= wanted ? undefined : cases.shift());
  await playMigrations(stage, seed, next, (one) => {
    played.push(one);
    if (one.wasKilled && !one.isAtPoint) killed += 1;
    if (one.problems.length === 0) return;
    failed.push(one);
    if (failed.length > mostSaid) return;
    for (const problem of one.problems) say(`case ${one.number}: ${one.name}: ${problem}`);
    say(`  again: FAULT_CASE=${one.number} npm run test:faults -- D2 --seed ${seed}${long ? ' --long' : ''}`);
  });
  return played;
}

async function play(root: string, options: FaultOptions): Promise<FaultResult> {
  const { long, seed, say } = options;
  const form = long ? longForm : shortForm;
  const starts = chooseStarts(options, form.invoices).map((plan) => makeStart(root, plan));
  const children = await startMigrationChildren(root, spareChildren);
  try {
    const stage = { root, children, isCareless: false };
    const rehearsed: Rehearsed[] = [];
    for (const start of starts) rehearsed.push(await rehearse(stage, start));
    const only = process.env['FAULT_CASE'];
    const cases = casesOf(rehearsed, form, seed).filter(({ number }) => only === undefined || number === Number(only));
    const played = await playCases(stage, cases, form.anyTime, options);
    const future = await playFuture(join(root, 'future'));
    const problems = [
      ...starts.flatMap(({ name, faults }) => faults.map((one) => `${name}: ${one}`)),
      ...future.problems,
    ];
    for (const problem of problems) say(problem);
    const wrong = played.filter((one) => one.problems.length > 0).length;
    const kills = played.filter(({ wasKilled }) => wasKilled);
    const atPoints = kills.filter(({ isAtPoint }) => isAtPoint).length;
    return {
      figure: `${kills.length} kills (${atPoints} at statements, ${kills.length - atPoints} at any time) of migrations from ${starts.length} databases (the product's ${migrationPlans.product.length} versions, and ${migrationPlans.everyStep.length} with every kind of step), ${wrong} in between or without their backup; ${future.tried} newer databases and backups, ${problems.length} wrong`,
      ok: wrong === 0 && problems.length === 0 && kills.length > 0,
      bites: only === undefined ? await bite(root, children, starts, options) : [],
    };
  } finally {
    await children.close();
  }
}

async function bite(
  root: string,
  children: MigrationChildren,
  starts: readonly MigrationStart[],
  { seed, say }: FaultOptions,
): Promise<Bite[]> {
  const start = starts.find(({ plan }) => plan === 'everyStep');
  if (!start) throw new Error('there is no start');
  const stage = { root, children, isCareless: true };
  const rehearsed = await rehearse(stage, start);
  const chance = chanceOf(seed, 'careless migrations');
  let left = 12;
  let caught: string | undefined;
  const next = () => {
    left -= 1;
    if (caught !== undefined || left < 0) return undefined;
    return { number: 900_000 + left, rehearsed, point: chance.pick(rehearsed.points) };
  };
  await playMigrations(stage, seed, next, ({ name, problems }) => {
    const between = problems.find((problem) => problem.startsWith('in between'));
    if (between !== undefined) caught ??= `${name}: ${between}`;
  });
  const name = 'a migration that is not in one transaction';
  say(`planted: ${name}: ${caught ?? 'not caught'}`);
  return [{ name, caught: caught !== undefined }];
}

export const row: FaultRow = {
  id: 'D2',
  title: 'migrations of every version, killed at each statement; newer records refused untouched',
  run: (options) => withQuickFolder((root) => play(root, options)),
};
