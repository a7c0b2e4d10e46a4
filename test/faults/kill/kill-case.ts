import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../scripts/samples/random.ts';
import type { Child } from './children.ts';
import type { KillPoint, Work } from './kill-points.ts';
import type { KillStage } from './stage.ts';
import type { Task, Told } from './task.ts';

export const batchRows = 4;
export const drafts = 3;

/** Everything that is decided about a case before it is played. */
export interface KillPlan {
  readonly number: number;
  readonly name: string;
  readonly work: Work;
  readonly point: KillPoint | undefined;
  /** At which time of coming by the point. */
  readonly occurrence: number;
  /** Where there is no point: part of the time that the work usually takes. */
  readonly fraction: number;
  readonly concurrency: number;
  readonly person: Person;
}

/** How WeChat treats a repeat, and so what a person does who wants to know: ask it again, or look. */
export type Person =
  | { readonly does: 'asks again'; readonly duplicates: 'by-order-and-number'; readonly errcode: 72056 | 72018 }
  | { readonly does: 'asks again'; readonly duplicates: 'by-number-only' }
  | { readonly does: 'looks'; readonly duplicates: 'accept-everything' };

const persons: readonly Person[] = [
  { does: 'asks again', duplicates: 'by-order-and-number', errcode: 72056 },
  { does: 'asks again', duplicates: 'by-order-and-number', errcode: 72018 },
  { does: 'asks again', duplicates: 'by-number-only' },
  { does: 'looks', duplicates: 'accept-everything' },
];

export function planCase(random: Random, number: number, point: KillPoint | undefined): KillPlan {
  const work = point ? random.pick(point.works) : random.pick<Work>(['issue', 'batch']);
  const concurrency = 1 + random.below(3);
  return {
    number,
    name: point?.name ?? 'any time',
    work,
    point,
    // The caller is told once, and a batch begins and ends once.
    occurrence: work === 'batch' && !point?.name.startsWith('batch') ? 1 + random.below(batchRows) : 1,
    fraction: random.below(1150) / 1000,
    concurrency,
    person: random.pick(persons),
  };
}

/** What the process left behind when it was gone. */
export interface Aftermath {
  readonly dataFolder: string;
  readonly invoiceIds: readonly number[];
  /** Requests that people asked for, by invoice. */
  readonly decisions: ReadonlyMap<number, number>;
  readonly told: readonly Told[];
  readonly steps: readonly string[];
  /** Whether the process was killed where it should have been. */
  readonly wasReached: boolean;
  /** Whether the work had ended before the kill came. */
  readonly wasOver: boolean;
  /** How long the work took until the end, in milliseconds. */
  readonly tookMs: number;
}

const hurry = { insertMs: 150, connectMs: 1000, headersMs: 20_000, bodyMs: 20_000, uploadMs: 20_000 };
const longestMs = 30_000;

interface CaseParts {
  readonly stage: KillStage;
  readonly take: () => Promise<Child>;
  readonly plan: KillPlan;
  readonly awakePlants: readonly string[];
  /** How long this work usually takes, in milliseconds. */
  readonly usualMs: number;
}

/** Plays a case up to the death of the process. */
export async function playUntilDeath(parts: CaseParts): Promise<Aftermath> {
  const { stage, plan } = parts;
  const dataFolder = await stage.copyFor(plan.number);
  const stepsFile = join(dataFolder, 'steps.txt');
  const [invoiceId = 0] = stage.invoiceIds;
  const decisions = new Map<number, number>();
  const decide = (id: number) => decisions.set(id, (decisions.get(id) ?? 0) + 1);
  const common = { dataFolder, stepsFile, program: 'child', awakePlants: ['no-backups', ...parts.awakePlants] };
  stage.wire.beginLedger();

  if (plan.work === 'recover' || plan.work === 'ask again') {
    decide(invoiceId);
    const lost: KillPoint = { name: '', works: [], by: { kind: 'wire', step: 'insert processed' } };
    const calls = [{ name: 'invoice.issue', input: { invoiceId } }];
    await runAndKill({ ...parts, plan: { ...plan, point: lost, occurrence: 1 } }, { ...common, calls });
  }
  const isBatch = plan.work === 'batch';
  const call = callOf(plan, stage, invoiceId);
  if (plan.work === 'issue' || plan.work === 'timeout' || plan.work === 'ask again') decide(invoiceId);
  const rows = isBatch ? stage.rowIds : [];
  for (const id of rows) decide(id);
  const timeouts = plan.work === 'timeout' ? { timeouts: hurry, repeatWaits: [2, 2, 2] } : {};
  const run = await runAndKill(parts, { ...common, ...timeouts, calls: call ? [call] : [] });
  return {
    dataFolder,
    invoiceIds: isBatch ? rows : [invoiceId],
    decisions,
    ...run,
    steps: readSteps(stepsFile),
  };
}

function callOf({ work, concurrency }: KillPlan, { batchId }: KillStage, invoiceId: number) {
  switch (work) {
    case 'batch':
      return { name: 'batch.run', input: { batchId, concurrency } };
    case 'ask again':
      return { name: 'invoice.askAgain', input: { invoiceId } };
    case 'recover':
      return undefined;
    case 'issue':
    case 'timeout':
      return { name: 'invoice.issue', input: { invoiceId } };
  }
}

const readSteps = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);

const sendings = (steps: readonly string[]) => steps.filter((step) => /^after .*>sending commit$/.test(step)).length;

async function runAndKill({ stage, take, plan, usualMs }: CaseParts, task: Task) {
  const child = await take();
  const { point, occurrence, work } = plan;
  let wasReached = point === undefined;
  let isTooLate = false;
  let times = 0;
  let connects = sendings(readSteps(task.stepsFile));
  const killedAt = point?.by;
  stage.wire.steer({
    onStep: (step) => {
      if (step === 'insert connected') connects += 1;
      if (work === 'timeout' && step === 'insert processed') return 'hang';
      if (killedAt?.kind !== 'wire') return 'go on';
      if (killedAt.step === step) times += 1;
      if (times < occurrence) return 'go on';
      wasReached = true;
      child.kill();
      return 'stop';
    },
    // Only then does the next new connection carry an insert; before, it carries a token or a file.
    isInsertNext: () => sendings(readSteps(task.stepsFile)) > connects,
  });
  const startedAt = performance.now();
  const kill = () => child.kill();
  const isLate = setTimeout(() => {
    isTooLate = true;
    kill();
  }, longestMs);
  const timer = point ? undefined : setTimeout(kill, plan.fraction * usualMs);
  const delay = point?.delayMs === undefined ? {} : { delayMs: point.delayMs };
  const killAt = killedAt?.kind === 'probe' ? { killAt: { step: killedAt.step, occurrence, ...delay } } : {};
  const told = await child.perform({ ...task, ...killAt });
  const tookMs = performance.now() - startedAt;
  clearTimeout(isLate);
  clearTimeout(timer);
  kill();
  await child.gone;
  // What is on its way arrives, or never will.
  await stage.wire.settled();
  const wasOver = told !== 'killed';
  // A kill after a while may come after the end.
  if (killedAt?.kind === 'probe')
    wasReached = point?.delayMs === undefined ? !wasOver : readSteps(task.stepsFile).includes(killedAt.step);
  return { told: wasOver ? told : [], wasReached: wasReached && !isTooLate, wasOver, tookMs };
}
