import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { bundleProgram } from '../kill/program-bundle.ts';
import type { MigrationMessage, MigrationTask } from './migration-task.ts';

export interface MigrationOutcome {
  /** Undefined: it was killed. */
  readonly done: Extract<MigrationMessage, { kind: 'done' }> | undefined;
  readonly milliseconds: number;
}

export type MigrationChildren = Awaited<ReturnType<typeof startMigrationChildren>>;

/** Processes that wait, loaded, to open a database and to be killed at it. */
export async function startMigrationChildren(folder: string, spare: number) {
  const { childFile, compileCache } = await bundleProgram(folder, 'disk');
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const waiting: Promise<ChildProcess>[] = [];
  const all = new Set<ChildProcess>();

  async function bear(): Promise<ChildProcess> {
    const child = fork(childFile, [], {
      execArgv: [],
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    all.add(child);
    child.once('exit', () => all.delete(child));
    await once(child, 'message');
    return child;
  }

  return {
    /**
     * Lets one child do a task and end.
     * @param killAfterMs kills it from outside, so long after it began
     */
    async perform(task: MigrationTask, killAfterMs?: number): Promise<MigrationOutcome> {
      while (waiting.length < spare + 1) waiting.push(bear());
      const child = await (waiting.shift() ?? bear());
      const startedAt = performance.now();
      const gone = once(child, 'exit').then(() => undefined);
      const told = once(child, 'message').then(([message]) => message as MigrationMessage); // child.ts sends nothing else
      child.send(task);
      const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      const message = await Promise.race([told, gone]);
      clearTimeout(timer);
      const milliseconds = performance.now() - startedAt;
      if (child.connected) child.disconnect();
      await gone;
      return { done: message?.kind === 'done' ? message : undefined, milliseconds };
    },
    async close(): Promise<void> {
      await Promise.allSettled(waiting);
      await Promise.all(
        [...all].map(async (child) => {
          child.kill('SIGKILL');
          if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        }),
      );
    },
  };
}
