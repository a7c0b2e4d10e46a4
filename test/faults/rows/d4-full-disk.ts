import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { batchRows, drafts, flows } from '../disk/disk-flows.ts';
import { type DiskCase, type DiskParts, type PlayedDisk, planDiskCases, playDiskCase } from '../disk/play-disk.ts';
import { playRealDisks, type RealDisks } from '../disk/play-real-disks.ts';
import { withQuickFolder } from '../disk/quick-folder.ts';
import { faultKinds, installWriteFaults } from '../disk/write-faults.ts';
import { bundleProgram } from '../kill/program-bundle.ts';
import { openKillStage } from '../kill/stage.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite, FaultOptions, FaultResult, FaultRow } from '../row.ts';

const shortCases = 25;
const mostSaid = 20;

/** All of them in the long form; some of each flow in the short one. */
function choose(cases: readonly DiskCase[], { long, seed }: FaultOptions): readonly DiskCase[] {
  const only = process.env['FAULT_CASE'];
  if (only !== undefined) return cases.filter(({ number }) => number === Number(only));
  if (long) return cases;
  const chance = chanceOf(seed, 'full disk');
  return Array.from({ length: shortCases }, (_, index) => {
    const flow = flows[index % flows.length];
    return chance.pick(cases.filter((one) => one.flow === flow));
  });
}

const nameOf = ({ flow, kind, end, at }: DiskCase) => `${flow.name}, write ${at} ${kind}, ${end}`;

async function playAll(parts: DiskParts, cases: readonly DiskCase[], { long, seed, say, endsAt }: FaultOptions) {
  const played: PlayedDisk[] = [];
  let failed = 0;
  for (const one of cases) {
    if (Date.now() > endsAt) break;
    const result = await playDiskCase(parts, one);
    played.push(result);
    if (result.problems.length === 0) continue;
    failed += 1;
    if (failed > mostSaid) continue;
    for (const problem of result.problems) say(`case ${one.number}: ${nameOf(one)}: ${problem}`);
    say(`  again: FAULT_CASE=${one.number} npm run test:faults -- D4 --seed ${seed}${long ? ' --long' : ''}`);
  }
  return played;
}

async function play(root: string, options: FaultOptions): Promise<FaultResult> {
  const { long, seed, say } = options;
  const bundle = await bundleProgram(root);
  Object.assign(globalThis, { awakePlants: ['no-backups'] });
  await mkdir(join(root, 'stage'));
  const stage = await openKillStage({ bundle, root: join(root, 'stage'), drafts, batchRows });
  const faults = installWriteFaults();
  try {
    const parts = { bundle, stage, faults, awakePlants: [] };
    const cases = await planDiskCases(parts, flows);
    // Two of the same case in one run would have the same orders.
    const chosen = [...new Set(choose(cases, options))];
    const played = await playAll(parts, chosen, options);
    const isAlone = process.env['FAULT_CASE'] !== undefined;
    const bites = isAlone ? [] : await biteAll(parts, cases, say);
    faults.disarm();
    const real = isAlone ? undefined : await playRealDisks({ root, bundle, stage, long, seed, say });
    const wrong = played.filter(({ problems }) => problems.length > 0).length + (real?.wrong ?? 0);
    return {
      figure: `${played.filter(({ wasStruck }) => wasStruck).length} failures at the n-th write (${played.length} cases of ${cases.length}: ${flows.length} flows, ${faultKinds.length} kinds, 3 ends)${describeReal(real)}, ${wrong} lost, untold or unclear`,
      ok: wrong === 0 && played.some(({ wasStruck }) => wasStruck),
      reached: { done: played.length, wanted: chosen.length },
      bites: [...bites, ...(real?.bites ?? [])],
    };
  } finally {
    faults.uninstall();
    await stage.close();
  }
}

const describeReal = (real: RealDisks | undefined) =>
  real ? `, ${real.full} really full disks, ${real.short} processes with files that cannot grow` : '';

/** A planted defect and the case in which it has to show. */
const defects = [
  { name: 'what was under way at the end is taken for never sent', plant: 'sending-taken-for-unsent', end: 'quits' },
  { name: 'an answer that could not be saved is forgotten', plant: 'forgets-unsaved-answers', end: 'mends' },
  { name: 'a full disk is told as a fault of the program', plant: 'disk-taken-for-a-bug', end: 'quits' },
] as const;

async function biteAll(parts: DiskParts, cases: readonly DiskCase[], say: FaultOptions['say']): Promise<Bite[]> {
  const bites: Bite[] = [];
  for (const { name, plant, end } of defects) {
    // An answer is written last, so the later writes are the ones that matter.
    const later = cases
      .filter((one) => one.flow.name === 'issue' && one.kind === 'full' && one.end === end)
      .toReversed();
    let caught: string | undefined;
    for (const one of later.slice(0, 9)) {
      const number = one.number + 100_000 * (bites.length + 1);
      const { problems } = await playDiskCase({ ...parts, awakePlants: [plant] }, { ...one, number });
      caught = problems[0];
      if (caught !== undefined) break;
    }
    say(`planted: ${name}: ${caught ?? 'not caught'}`);
    bites.push({ name, caught: caught !== undefined });
  }
  return bites;
}

export const row: FaultRow = {
  id: 'D4',
  title: 'a disk that is full, fails, is read-only or locked, at every write',
  run: (options) => withQuickFolder((root) => play(root, options)),
};
