import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { ExtractionFailure } from './extract-invoice.ts';
import type { PdfAnswer, PdfQuestion } from './pdf-worker.ts';

export type PdfReading =
  | Extract<PdfAnswer, { ok: true }>
  | { readonly ok: false; readonly failure: ExtractionFailure | 'too-complex' | 'cancelled' };

export interface PdfReaderOptions {
  /** How many files are read at a time. */
  readonly threads?: number;
  readonly timeoutMs?: number;
}

export type PdfReader = ReturnType<typeof createPdfReader>;

/** An invoice takes a tenth of a second; what takes this long is not one. */
export const readTimeoutMs = 10_000;
/** A thread that nobody needs for this long is ended, with the memory of its readers. */
const idleMs = 30_000;

/** How a thread that gives no answer ended: it was too much for its memory or its time, or it was called off. */
function failureOf(
  error: unknown,
  signals: { readonly caller: AbortSignal; readonly timeout: AbortSignal },
): PdfReading {
  if (signals.caller.aborted) return { ok: false, failure: 'cancelled' };
  const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isFull || signals.timeout.aborted) return { ok: false, failure: 'too-complex' };
  throw error;
}

/** Reads PDFs in threads of their own. One that does not answer in time is ended, and the next file gets a new one. */
export function createPdfReader({ threads = 2, timeoutMs = readTimeoutMs }: PdfReaderOptions = {}) {
  const idle = new Map<Worker, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  async function takeWorker(): Promise<Worker> {
    const worker = idle.keys().next().value;
    if (worker) {
      clearTimeout(idle.get(worker));
      idle.delete(worker);
      worker.ref();
      return worker;
    }
    // Its address is that of a worker, so it has to be a file of its own after bundling.
    const { startPdfWorker } = await import('./pdf-worker.ts');
    const started = startPdfWorker();
    // A file's time begins when there is somebody to read it.
    await once(started, 'message');
    return started;
  }

  function keep(worker: Worker): void {
    const timer = setTimeout(() => {
      idle.delete(worker);
      void worker.terminate();
    }, idleMs);
    // Neither the thread nor its end keeps the program running.
    timer.unref();
    worker.unref();
    idle.set(worker, timer);
  }

  async function ask(bytes: PdfQuestion, caller: AbortSignal): Promise<PdfReading> {
    const worker = await takeWorker();
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const answered = once(worker, 'message', { signal: AbortSignal.any([caller, timeout]) });
      worker.postMessage(bytes);
      const [answer] = await answered;
      keep(worker);
      // What the worker of that module posts.
      return answer as PdfAnswer;
    } catch (error) {
      await worker.terminate();
      return failureOf(error, { caller, timeout });
    }
  }

  return {
    /**
     * Reads one file, as soon as a thread is free.
     * @param signal ends the reading with `cancelled`
     */
    async read(bytes: Uint8Array, signal: AbortSignal = new AbortController().signal): Promise<PdfReading> {
      while (busy >= threads) await new Promise<void>((resolve) => waiting.push(resolve));
      if (signal.aborted) {
        waiting.shift()?.();
        return { ok: false, failure: 'cancelled' };
      }
      busy += 1;
      try {
        return await ask(bytes, signal);
      } finally {
        busy -= 1;
        waiting.shift()?.();
      }
    },
    /** Ends the threads that are idle. */
    async close(): Promise<void> {
      const workers = [...idle.keys()];
      for (const timer of idle.values()) clearTimeout(timer);
      idle.clear();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
