import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { BundledFiles } from './program-bundle.ts';
import type { ChildMessage, ParentMessage, Task, Told } from './task.ts';

export interface Child {
  readonly pid: number;
  /**
   * Sends the task; resolves when it is done or the child is gone.
   * @param opened told when the data folder is open, where the task waits to begin
   */
  perform(task: Task, opened?: () => void): Promise<readonly Told[] | 'killed'>;
  /** Lets a task that waits begin, at this many milliseconds since 1970. */
  begin(at: number): void;
  kill(): void;
  isAlive(): boolean;
  /** Lets it end by itself. */
  leave(): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

function wrap(process: ChildProcess): Child {
  // One that was killed no longer hears.
  const send = (message: ParentMessage) => void process.send?.(message, () => undefined);
  const gone = once(process, 'exit').then(() => undefined);
  return {
    pid: process.pid ?? 0,
    gone,
    kill: () => void process.kill('SIGKILL'),
    isAlive: () => process.exitCode === null && process.signalCode === null,
    leave: () => process.disconnect(),
    begin: (at) => send({ kind: 'begin', at }),
    async perform(task, opened) {
      const done = new Promise<readonly Told[]>((resolve) => {
        const listen = (message: unknown) => {
          const known = message as ChildMessage; // child.ts sends nothing else
          if (known.kind === 'opened') opened?.();
          if (known.kind !== 'done') return;
          process.off('message', listen);
          resolve(known.told);
        };
        process.on('message', listen);
      });
      send({ kind: 'task', task });
      return Promise.race([done, gone.then(() => 'killed' as const)]);
    },
  };
}

/** A process that lives for a moment only need not collect garbage, and least of all in threads of its own. */
const thrifty = ['--min-semi-space-size=16', '--single-threaded-gc'];

/** Processes of the program that have loaded everything and wait for a task, so that a killed one is replaced at once. */
export function createNursery(
  { childFile, compileCache }: Pick<BundledFiles, 'childFile' | 'compileCache'>,
  spare: number,
) {
  const all = new Set<ChildProcess>();
  const waiting: Promise<Child>[] = [];

  async function bear(): Promise<Child> {
    const process_ = fork(childFile, [], {
      execArgv: [...thrifty],
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    all.add(process_);
    process_.once('exit', () => all.delete(process_));
    const child = wrap(process_);
    await Promise.race([once(process_, 'message'), child.gone.then(() => Promise.reject(new Error('died at birth')))]);
    return child;
  }

  return {
    /** Lets one process do its work and end by itself, which leaves the code that it compiled for all others. */
    async warmUp(task: Task): Promise<void> {
      const child = await bear();
      await child.perform(task);
      child.leave();
      await child.gone;
    },
    take(): Promise<Child> {
      while (waiting.length < spare + 1) waiting.push(bear());
      return waiting.shift() ?? bear();
    },
    async close(): Promise<void> {
      await Promise.allSettled(waiting);
      await Promise.all(
        [...all].map(async (one) => {
          one.kill('SIGKILL');
          if (one.exitCode === null && one.signalCode === null) await once(one, 'exit');
        }),
      );
    },
  };
}
