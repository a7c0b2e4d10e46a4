import type { Emit } from '../../shared/contract/events.ts';
import type { PdfWorkName } from '../../shared/contract/pdf-table-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { createProgressGate } from '../support/progress.ts';
import type { PdfSays } from '../tables/pdf-rows.ts';
import type { PdfReadings } from './pdf-readings.ts';

/** Files read at once: as many as there are threads that read them. */
const filesAtOnce = 2;

/** What each file says, in the order of the files. */
export type ManyRead = readonly { readonly path: string; readonly read: Result<PdfSays, AppError> }[];

interface Parts {
  readonly readings: PdfReadings;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Ends the threads that read, too. */
  readonly ending: AbortSignal;
}

export type PdfWork = ReturnType<typeof createPdfWork>;

/** The reading of many PDFs: in the background, with progress, one such work at a time; the newest is the wanted one. */
export function createPdfWork({ readings, clock, emit, ending }: Parts) {
  let running: { readonly work: PdfWorkName; readonly stop: AbortController } | undefined;

  async function readAll(
    paths: readonly string[],
    tell: (done: number) => void,
    signal: AbortSignal,
  ): Promise<Result<ManyRead, AppError>> {
    const results: { path: string; read: Result<PdfSays, AppError> }[] = [];
    const next = paths.entries();
    let done = 0;
    const readSome = async () => {
      for (const [index, path] of next) {
        if (signal.aborted) return;
        // A file under way is read to its end, for whoever asks for it next; only the end of the program ends it.
        results[index] = { path, read: await readings.read(path, ending) };
        done += 1;
        tell(done);
      }
    };
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([Promise.all(Array.from({ length: filesAtOnce }, readSome)), stopped]);
    return signal.aborted ? fail(appError('work.cancelled')) : ok(results);
  }

  return {
    /** Reads the files, or fails with `work.cancelled`. What fails about one file is said of that file. */
    async read(work: PdfWorkName, paths: readonly string[]): Promise<Result<ManyRead, AppError>> {
      running?.stop.abort();
      const own = { work, stop: new AbortController() };
      running = own;
      const total = paths.length;
      const isDue = createProgressGate(clock);
      const tell = (done: number) => {
        if (running !== own || !isDue(done === 0 || done >= total)) return;
        emit('pdf.reading', { work, running: true, done, total });
      };
      tell(0);
      try {
        return await readAll(paths, tell, AbortSignal.any([own.stop.signal, ending]));
      } finally {
        // Of the same work begun anew the page hears already.
        if (running === own || running?.work !== work)
          emit('pdf.reading', { work, running: false, done: total, total });
        if (running === own) running = undefined;
      }
    },
    /** @returns whether there was any under way */
    cancel(): boolean {
      const isRunning = running !== undefined;
      running?.stop.abort();
      return isRunning;
    },
  };
}
