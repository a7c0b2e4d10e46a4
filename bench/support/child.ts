import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Child<Task, Answer> {
  /** Hands over a task and waits for its answer, one at a time. */
  ask(task: Task): Promise<Answer>;
  end(): Promise<void>;
}

const children = join(import.meta.dirname, '..', 'children');

/** Starts a module of `bench/children` in a process of its own, so that neither side's memory or time is the other's. */
export function startChild<Task extends object, Answer>(file: string): Child<Task, Answer> {
  const child = fork(join(children, file), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    async ask(task) {
      const waiting = new AbortController();
      const { signal } = waiting;
      const ended = once(child, 'exit', { signal }).then(([code]) =>
        Promise.reject(new Error(`${file} ended with ${code}`)),
      );
      try {
        child.send(task);
        const [answer] = await Promise.race([once(child, 'message', { signal }), ended]);
        return answer as Answer; // answerTasks() in the child sends nothing else
      } finally {
        ended.catch(() => undefined);
        waiting.abort();
      }
    },
    async end() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** The child's side: answers each task in turn, and ends when the parent lets go. */
export function answerTasks<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  process.on('message', (task: unknown) => {
    // The parent's ask() sends nothing else. A failure ends the child, and with it the bench.
    void work(task as Task).then((answer) => process.send?.(answer));
  });
  process.once('disconnect', () => process.exit(0));
}
