import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram, type ProgramBundle } from '../kill/program-bundle.ts';
import type { KillStage } from '../kill/stage.ts';
import type { FilesOfDisk } from './disk.ts';
import { findInserts, type Sent } from './outside.ts';
import type { PowerMessage, PowerTask, Work } from './task.ts';
import { readTrace, type TraceEvent, tracedCalls } from './trace-events.ts';

export interface TracedRun {
  /** The data folder as it lay on the disk when the program was started. */
  readonly initial: FilesOfDisk;
  readonly events: readonly TraceEvent[];
  readonly inserts: readonly Sent[];
}

export interface PowerWorkshop {
  readonly root: string;
  readonly bundle: ProgramBundle;
  readonly strace: string;
  close(): Promise<void>;
}

export async function openPowerWorkshop(strace: string): Promise<PowerWorkshop> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'fapiao-power-')));
  const bundle = await bundleProgram(root, 'power');
  return { root, bundle, strace, close: () => rm(root, { recursive: true, force: true }) };
}

async function filesIn(folder: string): Promise<FilesOfDisk> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(await Promise.all(files.map(async ({ name }) => [name, await readFile(join(folder, name))] as const)));
}

async function runUnderStrace({ bundle, strace }: PowerWorkshop, task: PowerTask, traceFile: string): Promise<void> {
  // Only the calls of interest stop, each with all of its bytes, every descriptor with what it is.
  const trace = ['-f', '--seccomp-bpf', '-y', '-xx', '-s', '4000000', '-e', `trace=${tracedCalls.join(',')}`];
  const child = fork(bundle.childFile, [], {
    execPath: strace,
    execArgv: [...trace, '-e', 'signal=none', '-o', traceFile, process.execPath],
    // A kernel that writes by itself, from a ring of requests, makes no calls that could be seen.
    env: { ...process.env, NODE_COMPILE_CACHE: bundle.compileCache, UV_USE_IO_URING: '0' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const next = async () => {
    const [message] = await Promise.race([once(child, 'message'), gone.then(() => ['gone'])]);
    return message as PowerMessage | 'gone'; // child.ts sends nothing else
  };
  let message = await next();
  if (message === 'ready') {
    child.send(task);
    message = await next();
  }
  if (child.connected) child.disconnect();
  await gone;
  if (message !== 'done') throw new Error(`the traced program: ${JSON.stringify(message)}`);
}

interface RunParts {
  readonly workshop: PowerWorkshop;
  readonly stage: KillStage;
  readonly dataFolder: string;
  readonly work: Work;
  readonly awakePlants: readonly string[];
}

/** Inserts that the practice server got, by order. */
function insertsInBooks({ practice }: KillStage): Map<string, number> {
  const { calls, callsDropped } = practice.books();
  if (callsDropped > 0) throw new Error('the books dropped calls');
  const counts = new Map<string, number>();
  for (const { path, body } of calls) {
    const orderId = path === '/card/invoice/insert' ? /"order_id":"([^"]*)"/.exec(body)?.[1] : undefined;
    if (orderId !== undefined) counts.set(orderId, (counts.get(orderId) ?? 0) + 1);
  }
  return counts;
}

/** Runs the program under strace, from its start to its end, and holds what was seen against the practice server's books. */
export async function traceRun({ workshop, stage, dataFolder, work, awakePlants }: RunParts): Promise<TracedRun> {
  const initial = await filesIn(dataFolder);
  const traceFile = `${dataFolder}.trace`;
  const toldFile = `${dataFolder}.told`;
  const before = insertsInBooks(stage);
  // Backups have rows of their own.
  const task = { dataFolder, toldFile, work, awakePlants: ['no-backups', ...awakePlants] };
  await runUnderStrace(workshop, task, traceFile);
  const events = await readTrace(traceFile, { dataFolder, toldFile });
  await rm(traceFile);
  const inserts = findInserts(events);
  const seen = Map.groupBy(inserts, ({ orderId }) => orderId);
  for (const [orderId, count] of insertsInBooks(stage)) {
    const got = count - (before.get(orderId) ?? 0);
    if (got !== (seen.get(orderId)?.length ?? 0))
      throw new Error(`the practice server got ${got} inserts for ${orderId}, strace saw ${seen.get(orderId)?.length}`);
  }
  return { initial, events, inserts };
}
