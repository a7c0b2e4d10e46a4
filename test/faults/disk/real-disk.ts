import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from '../kill/children.ts';
import type { ProgramBundle } from '../kill/program-bundle.ts';
import { type KillStage, openKillStage } from '../kill/stage.ts';
import { batchRows, drafts, type Flow, type Told } from './disk-flows.ts';
import { judgeNextStart } from './play-disk.ts';

/*
 * The same trials with nothing of ours between SQLite and the system: a file system in memory that is really full, and a
 * process whose files the system forbids to grow, which SQLite takes for a disk that fails.
 */

export interface RealDiskResult {
  readonly name: string;
  readonly told: readonly Told[];
  readonly problems: readonly string[];
}

/** A small file system of its own; undefined where this computer gives none: it takes Linux and its administrator. */
export async function mountSmallDisk(
  folder: string,
  megabytes: number,
): Promise<{ readonly unmount: () => void } | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  await mkdir(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined; // A container may forbid it even to its administrator.
  }
  return { unmount: () => execFileSync('umount', [folder], { stdio: 'ignore' }) };
}

const chunkBytes = 4096;

/** Leaves so much room on a disk and no more. */
function fillUp(disk: string, ballast: string, leftBytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  const bytes = bavail * bsize - leftBytes;
  if (bytes > 0) writeFileSync(ballast, Buffer.alloc(Math.floor(bytes / chunkBytes) * chunkBytes));
}

export interface SmallDisk {
  readonly bundle: Pick<ProgramBundle, 'openDesk'>;
  readonly stage: KillStage;
  readonly folder: string;
}

export const openSmallDisk = async (bundle: Pick<ProgramBundle, 'openDesk'>, folder: string): Promise<SmallDisk> => ({
  bundle,
  folder,
  stage: await openKillStage({ bundle, root: folder, drafts, batchRows }),
});

export interface SmallDiskCase {
  readonly number: number;
  readonly flow: Flow;
  readonly leftBytes: number;
  /** When the room goes: before the person asks, or when the first request has left and its answer is awaited. */
  readonly when: 'before' | 'while an answer is awaited';
  readonly awakePlants: readonly string[];
}

/** Plays one case on a disk that is full. */
export async function playSmallDisk({ bundle, stage, folder }: SmallDisk, one: SmallDiskCase): Promise<RealDiskResult> {
  const { number, flow, leftBytes, when, awakePlants } = one;
  const dataFolder = await stage.copyFor(number);
  Object.assign(globalThis, { awakePlants: ['no-backups', ...awakePlants] });
  const ballast = join(folder, 'ballast');
  let isArmed = false;
  const fill = () => fillUp(folder, ballast, leftBytes);
  const desk = bundle.openDesk({
    dataFolder,
    program: 'the trial',
    // It is told right after `sending` is on the disk, and right before the request leaves.
    emit: (name) => {
      if (isArmed && name === 'record.changed') fill();
    },
  });
  const scene = { desk, stage, number };
  await flow.prepare?.(scene);
  if (when === 'before') fill();
  else isArmed = true;
  const told = [await flow.act(scene)];
  await desk.close();
  rmSync(ballast, { force: true });
  const problems = await judgeNextStart({ bundle, stage }, { number, flow }, dataFolder, told);
  await stage.wire.settled();
  await stage.remove(dataFolder);
  return { name: `${flow.name}, ${leftBytes / 1024} KB left ${when}`, told, problems };
}

export interface ShortFilesCase {
  readonly number: number;
  readonly flow: Flow;
  /** No file of the child may grow beyond it. */
  readonly mostBytes: number;
}

/** Whether this computer can forbid a process to let its files grow. */
export const canShortenFiles = (): boolean =>
  process.platform === 'linux' && ['/usr/bin/prlimit', '/bin/prlimit'].some((path) => existsSync(path));

/** Plays one case in a process that cannot write beyond a place in its files. */
export async function playShortFiles(
  parts: Pick<SmallDisk, 'bundle' | 'stage'> & { readonly take: () => Promise<Child> },
  { number, flow, mostBytes }: ShortFilesCase,
): Promise<RealDiskResult> {
  const { bundle, stage } = parts;
  const dataFolder = await stage.copyFor(number);
  Object.assign(globalThis, { awakePlants: ['no-backups'] });
  // What the process needs before it can issue at all is there, so that it fails later than that.
  writeFileSync(join(dataFolder, 'reserve.bin'), Buffer.alloc(1024 * 1024));
  const child = await parts.take();
  execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${mostBytes}:unlimited`]);
  const calls =
    flow.name === 'batch'
      ? [{ name: 'batch.run', input: { batchId: stage.batchId, concurrency: 2 } }]
      : [{ name: 'invoice.issue', input: { invoiceId: stage.invoiceIds[0] } }];
  const done = await child.perform({
    dataFolder,
    program: 'the trial',
    stepsFile: join(dataFolder, 'steps'),
    awakePlants: ['no-backups'],
    calls,
  });
  const problems = done === 'killed' ? ['the process died'] : [];
  const told = done === 'killed' ? [] : done.map(({ call, outcome, said = '' }) => ({ call, outcome, said }));
  if (done !== 'killed') child.leave();
  await child.gone;
  problems.push(...(await judgeNextStart({ bundle, stage }, { number, flow }, dataFolder, told)));
  await stage.wire.settled();
  await stage.remove(dataFolder);
  return { name: `${flow.name}, files of ${mostBytes / 1024} KB`, told, problems };
}
