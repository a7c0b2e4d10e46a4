/** Plays cases in a process of its own: a WeChat, processes of the program that it kills, and the judge of each. */
import { chanceOf } from '../network/chance.ts';
import { createNursery } from './children.ts';
import { openDesk } from './desk.ts';
import { judge, type Verdict } from './judge.ts';
import { type Aftermath, batchRows, drafts, type KillPlan, planCase, playUntilDeath } from './kill-case.ts';
import type { LaneMessage, LaneTask, PlayedKill } from './lane-task.ts';
import { type KillStage, openKillStage } from './stage.ts';

/** The books and the list of calls grow with every case, and each look into them with them. */
const casesOfStage = 250;

// Given by lanes.ts.
const [, , root = '', childFile = '', compileCache = ''] = process.argv;
const nursery = createNursery({ childFile, compileCache }, 1);
const tell = (message: LaneMessage) => process.send?.(message);

interface Usual {
  readonly issue: number;
  readonly batch: number;
}

/** A stage, and how long its works take here and now when nobody disturbs them. */
interface Scene {
  readonly stage: KillStage;
  usual: Usual | undefined;
  casesLeft: number;
}

let scene: Scene | undefined;

async function leave({ stage }: Scene): Promise<void> {
  const { faults } = stage.practice.books();
  await stage.close();
  if (faults.length > 0) throw new Error(`the practice server failed: ${JSON.stringify(faults)}`);
}

async function enter(): Promise<Scene> {
  if (scene && scene.casesLeft > 0) return scene;
  if (scene) await leave(scene);
  Object.assign(globalThis, { awakePlants: ['no-backups'] });
  const stage = await openKillStage({ bundle: { openDesk }, root, drafts, batchRows });
  scene = { stage, usual: undefined, casesLeft: casesOfStage };
  return scene;
}

async function rehearse(stage: KillStage): Promise<Usual> {
  const time = async (work: 'issue' | 'batch', number: number) => {
    const plan = { ...planCase(chanceOf(0, 'rehearsal'), number, undefined), work, fraction: 1 };
    const { tookMs, dataFolder } = await playUntilDeath({
      stage,
      take: nursery.take,
      plan,
      awakePlants: [],
      usualMs: 20_000,
    });
    await stage.remove(dataFolder);
    return tookMs;
  };
  return { issue: await time('issue', 900_001), batch: await time('batch', 900_002) };
}

async function judgeSafely(
  stage: KillStage,
  plan: KillPlan,
  awakePlants: readonly string[],
  aftermath: Aftermath,
): Promise<Verdict> {
  try {
    return await judge({ openDesk, stage, plan, awakePlants }, aftermath);
  } catch (error) {
    // A start that fails is what this is about, not the end of it.
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [`the next start threw: ${reason}`], unknown: 0, restartMs: 0 };
  }
}

async function play({ seed, number, point, awakePlants }: LaneTask): Promise<PlayedKill> {
  const here = await enter();
  const { stage } = here;
  const plan = planCase(chanceOf(seed, `kill ${number}`), number, point);
  if (!point) here.usual ??= await rehearse(stage);
  const usualMs = plan.work === 'batch' ? here.usual?.batch : here.usual?.issue;
  await stage.control.settings({ duplicates: 'by-order-and-number' });
  const aftermath = await playUntilDeath({ stage, take: nursery.take, plan, awakePlants, usualMs: usualMs ?? 0 });
  const verdict = await judgeSafely(stage, plan, awakePlants, aftermath);
  await stage.remove(aftermath.dataFolder);
  here.casesLeft -= 1;
  const { wasReached, wasOver } = aftermath;
  return { ...verdict, plan, wasReached, wasOver };
}

async function end(): Promise<never> {
  await nursery.close();
  if (scene) await leave(scene);
  process.exit(0);
}

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('disconnect', () => void end().catch(fail));
process.on('message', (task) => {
  // lanes.ts sends nothing else, and one at a time.
  play(task as LaneTask).then((played) => tell({ kind: 'played', played }), fail);
});
tell({ kind: 'ready' });
