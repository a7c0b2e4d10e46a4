import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chanceOf } from '../network/chance.ts';
import { createNursery } from './children.ts';
import { judge, type Verdict } from './judge.ts';
import { batchRows, drafts, type KillPlan, planCase, playUntilDeath } from './kill-case.ts';
import type { KillPoint } from './kill-points.ts';
import { bundleProgram, type ProgramBundle } from './program-bundle.ts';
import { type KillStage, openKillStage } from './stage.ts';

/** Cases under way at once; the computers that run this have two cores. */
const lanes = 2;
const spareChildren = 2;

export interface PlayedKill extends Verdict {
  readonly plan: KillPlan;
}

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** A bundle, processes of it, and a folder for everything. */
export async function openWorkshop() {
  const root = await mkdtemp(join(tmpdir(), 'fapiao-kill-'));
  const bundle = await bundleProgram(root);
  const nursery = createNursery(bundle, spareChildren);
  await nursery.warmUp();
  return {
    root,
    bundle,
    nursery,
    async close(): Promise<void> {
      await nursery.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** One more case, or undefined when there is none. */
export type NextCase = () => { readonly number: number; readonly point: KillPoint | undefined } | undefined;

export interface PlayOptions {
  readonly workshop: Workshop;
  readonly seed: number;
  readonly next: NextCase;
  readonly awakePlants?: readonly string[];
  readonly onPlayed: (played: PlayedKill) => void;
}

/** Plays cases in lanes of their own, each with its practice server, until there are no more. */
export async function playKills(options: PlayOptions): Promise<void> {
  await Promise.all(Array.from({ length: lanes }, () => playLane(options)));
}

async function playLane({ workshop, seed, next, awakePlants = [], onPlayed }: PlayOptions): Promise<void> {
  const { bundle, nursery, root } = workshop;
  const stage = await openKillStage({ bundle, root, drafts, batchRows });
  try {
    const usual = await rehearse(stage, workshop);
    for (let one = next(); one; one = next()) {
      const plan = planCase(chanceOf(seed, `kill ${one.number}`), one.number, one.point);
      const usualMs = plan.work === 'batch' ? usual.batch : usual.issue;
      await stage.control.settings({ duplicates: 'by-order-and-number' });
      const aftermath = await playUntilDeath({ stage, take: nursery.take, plan, awakePlants, usualMs });
      onPlayed({ plan, ...(await judgeSafely(bundle, stage, plan, awakePlants, aftermath)) });
      await stage.remove(aftermath.dataFolder);
    }
    const { faults } = stage.practice.books();
    if (faults.length > 0) throw new Error(`the practice server failed: ${JSON.stringify(faults)}`);
  } finally {
    await stage.close();
  }
}

async function judgeSafely(
  bundle: ProgramBundle,
  stage: KillStage,
  plan: KillPlan,
  awakePlants: readonly string[],
  aftermath: Awaited<ReturnType<typeof playUntilDeath>>,
): Promise<Verdict> {
  try {
    return await judge({ bundle, stage, plan, awakePlants }, aftermath);
  } catch (error) {
    // A start that fails is what this is about, not the end of it.
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [`the next start threw: ${reason}`], unknown: 0, restartMs: 0 };
  }
}

/** How long the work takes here and now when nobody disturbs it. */
async function rehearse(stage: KillStage, { nursery }: Workshop): Promise<{ issue: number; batch: number }> {
  const time = async (work: 'issue' | 'batch', number: number) => {
    const plan = planCase(chanceOf(0, 'rehearsal'), number, undefined);
    const rehearsal = { ...plan, work, fraction: 1 };
    const { tookMs, dataFolder } = await playUntilDeath({
      stage,
      take: nursery.take,
      plan: rehearsal,
      awakePlants: [],
      usualMs: 20_000,
    });
    await stage.remove(dataFolder);
    return tookMs;
  };
  return { issue: await time('issue', 900_001), batch: await time('batch', 900_002) };
}
