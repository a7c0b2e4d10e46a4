import { join } from 'node:path';
import { createNursery } from '../kill/children.ts';
import type { ProgramBundle } from '../kill/program-bundle.ts';
import type { KillStage } from '../kill/stage.ts';
import { chanceOf } from '../network/chance.ts';
import type { Bite } from '../row.ts';
import { type Flow, flows } from './disk-flows.ts';
import {
  canShortenFiles,
  mountSmallDisk,
  openSmallDisk,
  playShortFiles,
  playSmallDisk,
  type RealDiskResult,
  type SmallDisk,
} from './real-disk.ts';

export interface RealDisks {
  readonly full: number;
  readonly short: number;
  readonly wrong: number;
  readonly bites: readonly Bite[];
}

interface RealPlan {
  readonly root: string;
  readonly bundle: ProgramBundle;
  readonly stage: KillStage;
  readonly long: boolean;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const kilobyte = 1024;
/** Beyond it every flow has the room it needs, the reserve included. */
const enoughBytes = 2048 * kilobyte;
/** From less than the log has at its beginning to more than any flow adds. */
const fileBytes = { least: 36 * kilobyte, most: 700 * kilobyte };

function say(plan: RealPlan, result: RealDiskResult, again: string): boolean {
  for (const problem of result.problems) plan.say(`${result.name}: ${problem}`);
  if (result.problems.length > 0) plan.say(`  again: npm run test:faults -- D4 --seed ${plan.seed}${again}`);
  return result.problems.length === 0;
}

const flowOf = (name: string): Flow => {
  const flow = flows.find((one) => one.name === name);
  if (!flow) throw new Error(`there is no flow ${name}`);
  return flow;
};

/** With the reserve, an answer that is under way when the last room goes can still be written. */
async function playAwaited(disk: SmallDisk, number: number, awakePlants: readonly string[]): Promise<RealDiskResult> {
  const flow = flowOf('issue');
  const result = await playSmallDisk(disk, {
    number,
    flow,
    leftBytes: 0,
    when: 'while an answer is awaited',
    awakePlants,
  });
  const [told] = result.told;
  if (told?.outcome === 'ok') return result;
  return { ...result, problems: [...result.problems, `the answer was not written: ${told?.outcome}`] };
}

async function playFull(plan: RealPlan): Promise<{ count: number; wrong: number; bites: readonly Bite[] }> {
  const folder = join(plan.root, 'small-disk');
  const mounted = await mountSmallDisk(folder, 64);
  if (!mounted) {
    plan.say('no file system of its own could be had here: a really full disk was not tried');
    return { count: 0, wrong: 0, bites: [] };
  }
  const disk = await openSmallDisk(plan.bundle, folder);
  try {
    const chance = chanceOf(plan.seed, 'small disk');
    const rooms = Array.from(
      { length: plan.long ? 150 : 3 },
      () => 4 * kilobyte * chance.below(enoughBytes / 4 / kilobyte),
    );
    const results = [await playAwaited(disk, 1, [])];
    for (const [index, leftBytes] of rooms.entries()) {
      const when = index % 3 === 0 ? 'while an answer is awaited' : 'before';
      const flow = when === 'before' ? chance.pick(flows) : flowOf('batch');
      results.push(await playSmallDisk(disk, { number: index + 2, flow, leftBytes, when, awakePlants: [] }));
    }
    const wrong = results.filter((one) => !say(plan, one, plan.long ? ' --long' : '')).length;
    const name = 'no room is kept for an answer under way';
    const [problem] = (await playAwaited(disk, 100_000, ['no-reserve'])).problems;
    plan.say(`planted: ${name}: ${problem ?? 'not caught'}`);
    return { count: results.length, wrong, bites: [{ name, caught: problem !== undefined }] };
  } finally {
    await disk.stage.close();
    mounted.unmount();
  }
}

async function playShort(plan: RealPlan): Promise<{ count: number; wrong: number }> {
  if (!canShortenFiles()) {
    plan.say('no process can be forbidden to let its files grow here: that was not tried');
    return { count: 0, wrong: 0 };
  }
  const nursery = createNursery(plan.bundle, 1);
  try {
    const chance = chanceOf(plan.seed, 'short files');
    const count = plan.long ? 120 : 2;
    let wrong = 0;
    for (let index = 0; index < count; index++) {
      const mostBytes = fileBytes.least + chance.below(fileBytes.most - fileBytes.least);
      const flow = flowOf(chance.pick(['issue', 'batch']));
      const result = await playShortFiles(
        { ...plan, take: nursery.take },
        { number: 500_000 + index, flow, mostBytes },
      );
      if (!say(plan, result, plan.long ? ' --long' : '')) wrong += 1;
    }
    return { count, wrong };
  } finally {
    await nursery.close();
  }
}

export async function playRealDisks(plan: RealPlan): Promise<RealDisks> {
  const full = await playFull(plan);
  const short = await playShort(plan);
  return { full: full.count, short: short.count, wrong: full.wrong + short.wrong, bites: full.bites };
}
