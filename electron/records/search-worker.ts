import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { createSearcher, type Found, type SearcherFiles, type SearchQuestion } from './searcher.ts';

interface Task {
  readonly task: 'search-records';
  readonly files: SearcherFiles;
  /** For each asker the number of the search it waits for. */
  readonly newest: Int32Array<SharedArrayBuffer>;
}

interface Wanted {
  readonly asker: number;
  readonly generation: number;
}
type Request = SearchQuestion & Wanted & { readonly id: number };

/** Null: nobody waited for it any more. */
type Answer = { readonly id: number } & (
  | { readonly found: Found | null }
  | { readonly message: string; readonly code: string | undefined }
);
/** The last change of the records that the index has taken over. */
type Note = { readonly lastSeq: number };

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'task' in data && data.task === 'search-records';
}

function serve(port: MessagePort, { files, newest }: Task): void {
  const searcher = createSearcher(files);
  let isWorking = false;
  let hasEnded = false;

  /** A step of the index's making at a time, between the questions. */
  function work(): void {
    isWorking = false;
    if (hasEnded) return;
    if (searcher.work()) workSoon();
    else tell();
  }
  function tell(): void {
    const note: Note = { lastSeq: searcher.lastSeq() };
    port.postMessage(note);
  }
  function workSoon(): void {
    if (!isWorking) setImmediate(work);
    isWorking = true;
  }

  port.on('message', (request: Request | 'end') => {
    if (request === 'end') {
      hasEnded = true;
      tell();
      searcher.close();
      port.close();
      return;
    }
    const isStopped = () => Atomics.load(newest, request.asker) !== request.generation;
    let answer: Answer;
    try {
      answer = { id: request.id, found: (isStopped() ? undefined : searcher.answer(request, isStopped)) ?? null };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
      answer = { id: request.id, message: String(error), code };
    }
    port.postMessage(answer);
    workSoon();
  });
}

// This module is its own worker: whoever imports it gets the address under which it is found, bundled or not.
if (!isMainThread && parentPort && isTask(workerData)) serve(parentPort, workerData);

const mostAskers = 64;

interface Waiting {
  readonly resolve: (found: Found | null) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The thread that searches, started by the first question.
 * @param onTakenOver told of the last change of the records that the index has
 */
export function createSearchThread(files: SearcherFiles, onTakenOver: (seq: number) => void) {
  const newest = new Int32Array(new SharedArrayBuffer(4 * mostAskers));
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function settle(answer: Answer | Note): void {
    if ('lastSeq' in answer) {
      onTakenOver(answer.lastSeq);
      return;
    }
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    // Who waits for an answer keeps the program alive; the thread alone does not.
    if (waiting.size === 0) worker?.unref();
    if ('found' in answer) one?.resolve(answer.found);
    else one?.reject(Object.assign(new Error(answer.message), answer.code === undefined ? {} : { code: answer.code }));
  }

  function start(): Worker {
    const task: Task = { task: 'search-records', files, newest };
    // Flags meant for the program's own start, such as --import, are not for the worker.
    const started = new Worker(new URL(import.meta.url), { workerData: task, execArgv: [] });
    const fail = (error: Error) => {
      if (worker === started) worker = undefined;
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    started.on('message', settle);
    started.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
    started.on('exit', () => fail(new Error('the thread that searches has ended')));
    return started;
  }

  return {
    /** From now on only this is wanted of the asker: what it asked under another number is answered with null. */
    ask(question: SearchQuestion, wanted: Wanted): Promise<Found | null> {
      Atomics.store(newest, wanted.asker, wanted.generation);
      worker ??= start();
      lastId += 1;
      const request: Request = { ...question, ...wanted, id: lastId };
      worker.ref();
      return new Promise((resolve, reject) => {
        waiting.set(request.id, { resolve, reject });
        worker?.postMessage(request);
      });
    },
    /** Ends the thread and closes its files. */
    async close(): Promise<void> {
      const ended = worker;
      worker = undefined;
      newest.fill(-1);
      if (!ended) return;
      await new Promise<void>((resolve) => {
        ended.once('exit', () => resolve());
        ended.ref();
        ended.postMessage('end');
      });
    },
  };
}
