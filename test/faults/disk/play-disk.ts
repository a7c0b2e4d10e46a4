import type { ProgramBundle } from '../kill/program-bundle.ts';
import type { KillStage } from '../kill/stage.ts';
import type { Flow, Scene, Told } from './disk-flows.ts';
import { judgeCards } from './judge-cards.ts';
import { type FaultKind, faultKinds, type WriteFaults } from './write-faults.ts';

export interface DiskParts {
  readonly bundle: Pick<ProgramBundle, 'openDesk'>;
  readonly stage: KillStage;
  readonly faults: WriteFaults;
  readonly awakePlants: readonly string[];
}

/** How it goes on: the person ends the program, or mends the disk first; or only one write failed. */
const ends = ['quits', 'mends', 'passes'] as const;
type End = (typeof ends)[number];

export interface DiskCase {
  readonly number: number;
  readonly flow: Flow;
  readonly kind: FaultKind;
  readonly end: End;
  /** The write that fails, counted from 1. */
  readonly at: number;
}

export interface PlayedDisk {
  readonly one: DiskCase;
  /** Whether there was such a write. */
  readonly wasStruck: boolean;
  readonly told: readonly Told[];
  readonly writes: number;
  readonly problems: readonly string[];
}

async function actUnderFaults(
  { faults }: DiskParts,
  scene: Scene,
  { flow, kind, end, at }: DiskCase,
): Promise<readonly Told[]> {
  await flow.prepare?.(scene);
  faults.arm({ kind, at, lasts: end === 'passes' ? 1 : Number.POSITIVE_INFINITY });
  const first = await flow.act(scene);
  if (end !== 'mends' || faults.struck() === 0) return [first];
  faults.disarm();
  const later = await flow.again(scene, first);
  return [first, ...later];
}

/** Plays one case and looks at the records after the next start. */
export async function playDiskCase(parts: DiskParts, one: DiskCase): Promise<PlayedDisk> {
  const { bundle, stage, faults, awakePlants } = parts;
  const dataFolder = await stage.copyFor(one.number);
  // Where the bundle's plants look whether they are awake.
  Object.assign(globalThis, { awakePlants: ['no-backups', ...awakePlants] });
  const desk = bundle.openDesk({ dataFolder, program: 'the trial' });
  const told = await actUnderFaults(parts, { desk, stage, number: one.number }, one);
  const wasStruck = faults.struck() > 0;
  const writes = faults.writes();
  await desk.close();
  faults.disarm();
  const failedLater = told.slice(1).filter(({ outcome }) => outcome !== 'ok');
  const problems = failedLater.map(({ call, said }) => `the disk was mended, and ${call} failed: ${said}`);
  problems.push(...(await judgeNextStart(parts, one, dataFolder, told)));
  await stage.wire.settled();
  await stage.remove(dataFolder);
  return { one, wasStruck, told, writes, problems };
}

export async function judgeNextStart(
  { bundle, stage }: Pick<DiskParts, 'bundle' | 'stage'>,
  { number, flow }: Pick<DiskCase, 'number' | 'flow'>,
  dataFolder: string,
  told: readonly Told[],
): Promise<string[]> {
  const next = bundle.openDesk({ dataFolder, program: 'the next start' });
  try {
    const scene = { desk: next, stage, number };
    return [...(await judgeCards(scene, told)), ...(await flow.judge(scene, told))];
  } finally {
    await next.close();
  }
}

/** How many writes a flow makes when none fails. */
async function countWrites(parts: DiskParts, flow: Flow, number: number): Promise<number> {
  const at = Number.POSITIVE_INFINITY;
  const { problems, writes } = await playDiskCase(parts, { number, flow, kind: 'full', end: 'quits', at });
  if (problems.length > 0) throw new Error(`${flow.name}, undisturbed: ${problems.join('; ')}`);
  return writes;
}

/** Of a case, whatever others there are: how many writes a batch makes depends on which of its steps came together. */
function numberOf({ kind, end, at }: Omit<DiskCase, 'number'>, flowIndex: number): number {
  return 1000 * (1 + (flowIndex * ends.length + ends.indexOf(end)) * faultKinds.length + faultKinds.indexOf(kind)) + at;
}

/** For each flow, end and kind: the first write fails, the second, … until one more than there are. */
export async function planDiskCases(parts: DiskParts, flows: readonly Flow[]): Promise<readonly DiskCase[]> {
  const cases: DiskCase[] = [];
  for (const [index, flow] of flows.entries()) {
    const writes = await countWrites(parts, flow, 1 + index);
    for (const end of ends)
      for (const kind of faultKinds)
        for (let at = 1; at <= writes + 1; at++)
          cases.push({ number: numberOf({ flow, kind, end, at }, index), flow, kind, end, at });
  }
  return cases;
}
