import { EventEmitter, once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type AppError, appError } from '../../shared/errors/app-error.ts';

/** A thread was ended, or ended itself, without an error of its own. */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded';
}

/** Whether a thread needed more memory than it is allowed. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** What a person is told of a thread that ended in the middle; undefined: something else failed, as a bug inside. */
export function threadFailure(error: unknown): AppError | undefined {
  return error instanceof ThreadEnded || isOutOfMemory(error) ? appError('work.broken-off') : undefined;
}

export interface ThreadOptions {
  /** The address of a module that is its own worker. */
  readonly module: string;
  /** What the module finds as its `workerData`. */
  readonly task: object;
  /** More memory ends the thread and not the program; absent: as much as Node gives it. */
  readonly maxOldGenerationSizeMb?: number;
  /** Throws away what its libraries write to stderr. */
  readonly isQuiet?: boolean;
}

export interface Thread<Message> {
  readonly post: (value: unknown) => void;
  /**
   * The next of its messages, in order; none is lost while nobody waits.
   * @throws what ended the thread, once all it said before is taken, or the signal's reason
   */
  readonly next: (signal?: AbortSignal) => Promise<Message>;
  /** Settles with the thread's end, whatever ended it; never rejects. */
  readonly exited: Promise<void>;
  readonly terminate: () => Promise<void>;
  /** Whether the thread keeps the program running. */
  readonly keepAlive: (isNeeded: boolean) => void;
}

/** Starts a thread. Whoever waits for it always hears of its end, and an end that nobody waits for harms nobody. */
export function startThread<Message>(options: ThreadOptions): Thread<Message> {
  const { module, task, maxOldGenerationSizeMb, isQuiet = false } = options;
  const worker = new Worker(new URL(module), {
    workerData: task,
    // Flags meant for the program's own start, such as --import, are not for the thread.
    execArgv: [],
    ...(maxOldGenerationSizeMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb } }),
    stderr: isQuiet,
  });
  if (isQuiet) worker.stderr.resume();
  const messages: Message[] = [];
  const news = new EventEmitter();
  let failure: Error | undefined;
  function end(reason: Error): void {
    failure ??= reason;
    news.emit('news');
  }
  worker.on('message', (message: Message) => {
    messages.push(message);
    news.emit('news');
  });
  // Listened to as long as it lives: an error of a thread that nobody listens to is one of the whole program.
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      end(new ThreadEnded(`the thread ended with exit code ${code}`));
      resolve();
    });
  });
  return {
    post: (value) => worker.postMessage(value),
    async next(signal) {
      while (messages.length === 0) {
        if (failure) throw failure;
        await once(news, 'news', signal ? { signal } : {});
      }
      // There is one.
      return messages.shift() as Message;
    },
    exited,
    terminate: async () => void (await worker.terminate()),
    keepAlive: (isNeeded) => (isNeeded ? worker.ref() : worker.unref()),
  };
}
