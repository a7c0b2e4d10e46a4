import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { startThread, type Thread } from '../support/thread.ts';
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

type Outcome = Answer | { readonly died: unknown };

/** A thread and who waits for it: what ends one is nothing to those who ask its successor. */
interface Searching {
  readonly thread: Thread<Answer | Note>;
  readonly waiting: Map<number, (outcome: Outcome) => void>;
}

/**
 * The thread that searches, started by the first question.
 * @param onTakenOver told of the last change of the records that the index has
 */
export function createSearchThread(files: SearcherFiles, onTakenOver: (seq: number) => void) {
  const newest = new Int32Array(new SharedArrayBuffer(4 * mostAskers));
  let searching: Searching | undefined;
  let lastId = 0;

  function settle({ thread, waiting }: Searching, answer: Answer | Note): void {
    if ('lastSeq' in answer) {
      onTakenOver(answer.lastSeq);
      return;
    }
    const tell = waiting.get(answer.id);
    waiting.delete(answer.id);
    // Who waits for an answer keeps the program alive; the thread alone does not.
    if (waiting.size === 0) thread.keepAlive(false);
    tell?.(answer);
  }

  /** Hands on what the thread says until it ends, which whoever waits for it is told. */
  async function listen(started: Searching): Promise<void> {
    try {
      for (;;) settle(started, await started.thread.next());
    } catch (error) {
      if (searching === started) searching = undefined;
      for (const tell of started.waiting.values()) tell({ died: error });
      started.waiting.clear();
    }
  }

  function start(): Searching {
    const task: Task = { task: 'search-records', files, newest };
    const started: Searching = { thread: startThread({ module: import.meta.url, task }), waiting: new Map() };
    void listen(started);
    return started;
  }

  function put(request: Request): Promise<Outcome> {
    searching ??= start();
    const { thread, waiting } = searching;
    thread.keepAlive(true);
    return new Promise((resolve) => {
      waiting.set(request.id, resolve);
      thread.post(request);
    });
  }

  return {
    /** From now on only this is wanted of the asker: what it asked under another number is answered with null. */
    async ask(question: SearchQuestion, wanted: Wanted): Promise<Found | null> {
      Atomics.store(newest, wanted.asker, wanted.generation);
      lastId += 1;
      const request: Request = { ...question, ...wanted, id: lastId };
      const first = await put(request);
      // Searching changes nothing, so what its thread did not survive is asked again, once, of a new one.
      const outcome = 'died' in first ? await put(request) : first;
      if ('died' in outcome) throw outcome.died;
      if ('found' in outcome) return outcome.found;
      throw Object.assign(new Error(outcome.message), outcome.code === undefined ? {} : { code: outcome.code });
    },
    /** Ends the thread and closes its files. */
    async close(): Promise<void> {
      const ended = searching?.thread;
      searching = undefined;
      newest.fill(-1);
      if (!ended) return;
      ended.keepAlive(true);
      ended.post('end');
      await ended.exited;
    },
  };
}
