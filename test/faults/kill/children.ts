import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ProgramBundle } from './program-bundle.ts';
import type { ChildMessage, Task, Told } from './task.ts';

export interface Child {
  readonly pid: number;
  /** Sends the task; resolves when it is done or the child is gone. */
  perform(task: Task): Promise<readonly Told[] | 'killed'>;
  kill(): void;
  isAlive(): boolean;
  /** Lets it end by itself. */
  leave(): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

function wrap(process: ChildProcess): Child {
  const gone = once(process, 'exit').then(() => undefined);
  return {
    pid: process.pid ?? 0,
    gone,
    kill: () => void process.kill('SIGKILL'),
    isAlive: () => process.exitCode === null && process.signalCode === null,
    leave: () => process.disconnect(),
    async perform(task) {
      const done = new Promise<readonly Told[]>((resolve) => {
        const listen = (message: unknown) => {
          const known = message as ChildMessage; // child.ts sends nothing else
          if (known.kind !== 'done') return;
          process.off('message', listen);
          resolve(known.told);
        };
        process.on('message', listen);
      });
      process.send(task, () => undefined);
      return Promise.race([done, gone.then(() => 'killed' as const)]);
    },
  };
}

/** Processes of the program that have loaded everything and wait for a task, so that a killed one is replaced at once. */
export function createNursery({ childFile, compileCache }: ProgramBundle, spare: number) {
  const all = new Set<ChildProcess>();
  const waiting: Promise<Child>[] = [];

  async function bear(): Promise<Child> {
    const process_ = fork(childFile, [], {
      execArgv: [],
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
    /** Lets one process end by itself, which leaves the compiled code for all others. */
    async warmUp(): Promise<void> {
      const child = await bear();
      child.leave();
      await child.gone;
    },
    /** A process started now, cold. */
    bear,
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
