import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { backUpOnline, copyPlainly, playDrills } from '../disk/play-drills.ts';
import { createManualTicker, playSchedule } from '../disk/play-schedule.ts';
import { withQuickFolder } from '../disk/quick-folder.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortForm = { drills: 8, quarters: 10 };
/** Quarters of an hour in a day. */
const longForm = { drills: 200, quarters: 96 };

async function play(root: string, { long, seed, say }: FaultOptions): Promise<FaultResult> {
  const form = long ? longForm : shortForm;
  const again = `again: npm run test:faults -- D5 --seed ${seed}${long ? ' --long' : ''}`;
  const folderOf = async (name: string) => {
    await mkdir(join(root, name));
    return join(root, name);
  };
  const drills = await playDrills({ root: await folderOf('drills'), seed, count: form.drills }, backUpOnline);
  const schedule = await playSchedule(await folderOf('schedule'), {
    quarters: form.quarters,
    chance: chanceOf(seed, 'schedule'),
    ticker: createManualTicker(),
  });
  const problems = [...drills.failures, ...schedule.problems];
  for (const problem of problems) say(problem);
  if (problems.length > 0) say(`  ${again}`);
  const isDrilled = drills.done === form.drills && drills.writtenMeanwhile > form.drills;
  return {
    figure: `${drills.done} restores of backups made under ${drills.writtenMeanwhile} writes, ${drills.failures.length} not whole; ${schedule.made} backups of ${form.quarters} quarters of an hour, a batch, an end and a migration, ${schedule.problems.length} not as due`,
    ok: problems.length === 0 && isDrilled,
    bites: await biteAll(folderOf, seed, say),
  };
}

async function biteAll(
  folderOf: (name: string) => Promise<string>,
  seed: number,
  say: FaultOptions['say'],
): Promise<Bite[]> {
  const copied = await playDrills({ root: await folderOf('copied'), seed, count: 3 }, copyPlainly);
  const slow = await playSchedule(await folderOf('slow'), {
    quarters: 3,
    chance: chanceOf(seed, 'slow schedule'),
    ticker: createManualTicker(2),
    patienceMs: 300,
  });
  const bites = [
    { name: 'the file merely copied', problem: copied.failures[0] },
    { name: 'a backup each half hour', problem: slow.problems[0] },
  ];
  for (const { name, problem } of bites) say(`planted: ${name}: ${problem ?? 'not caught'}`);
  return bites.map(({ name, problem }) => ({ name, caught: problem !== undefined }));
}

export const row: FaultRow = {
  id: 'D5',
  title: 'backups: restored under live writes, and made when they are due',
  run: (options) => withQuickFolder((root) => play(root, options)),
};
