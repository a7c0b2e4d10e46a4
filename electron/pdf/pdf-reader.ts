import { isOutOfMemory, type Thread } from '../support/thread.ts';
import type { ExtractionFailure } from './extract-invoice.ts';
import type { PdfAnswer, PdfQuestion, PdfThreadReady } from './pdf-worker.ts';

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

type PdfThread = Thread<PdfThreadReady | PdfAnswer>;

/** How a thread that gives no answer ended: it was too much for its memory or its time, it was called off, or it died. */
function failureOf(
  error: unknown,
  signals: { readonly caller: AbortSignal; readonly timeout: AbortSignal },
): PdfReading | { readonly died: unknown } {
  if (signals.caller.aborted) return { ok: false, failure: 'cancelled' };
  if (isOutOfMemory(error) || signals.timeout.aborted) return { ok: false, failure: 'too-complex' };
  return { died: error };
}

/** Reads PDFs in threads of their own. One that does not answer in time is ended, and the next file gets a new one. */
export function createPdfReader({ threads = 2, timeoutMs = readTimeoutMs }: PdfReaderOptions = {}) {
  const idle = new Map<PdfThread, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  function forget(thread: PdfThread): void {
    clearTimeout(idle.get(thread));
    idle.delete(thread);
  }

  async function takeThread(): Promise<PdfThread> {
    const kept = idle.keys().next().value;
    if (kept) {
      forget(kept);
      kept.keepAlive(true);
      return kept;
    }
    // Its address is that of a worker, so it has to be a file of its own after bundling.
    const { startPdfThread } = await import('./pdf-worker.ts');
    const started = startPdfThread();
    // One that dies while nobody needs it is not to be given the next file.
    void started.exited.then(() => forget(started));
    // A file's time begins when there is somebody to read it.
    await started.next();
    return started;
  }

  function keep(thread: PdfThread): void {
    const timer = setTimeout(() => {
      idle.delete(thread);
      void thread.terminate();
    }, idleMs);
    // Neither the thread nor its end keeps the program running.
    timer.unref();
    thread.keepAlive(false);
    idle.set(thread, timer);
  }

  async function ask(bytes: PdfQuestion, caller: AbortSignal) {
    const thread = await takeThread().catch((error: unknown) => ({ died: error }));
    if ('died' in thread) return thread;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      thread.post(bytes);
      const answer = await thread.next(AbortSignal.any([caller, timeout]));
      keep(thread);
      // The one other message came before the thread was taken.
      return answer as PdfAnswer;
    } catch (error) {
      await thread.terminate();
      return failureOf(error, { caller, timeout });
    }
  }

  /** Reading changes nothing, so what its thread did not survive is read again, once, in a new one. */
  async function askTwice(bytes: PdfQuestion, caller: AbortSignal): Promise<PdfReading> {
    const first = await ask(bytes, caller);
    const answer = 'died' in first ? await ask(bytes, caller) : first;
    if ('died' in answer) throw answer.died;
    return answer;
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
        return await askTwice(bytes, signal);
      } finally {
        busy -= 1;
        waiting.shift()?.();
      }
    },
    /** Ends the threads that are idle. */
    async close(): Promise<void> {
      const threads = [...idle.keys()];
      threads.forEach(forget);
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}
