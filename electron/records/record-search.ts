import type { InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { storageFailure } from './database.ts';
import type { Records } from './records.ts';
import type { SearchQuestion } from './searcher.ts';

/** Askers beyond this many share places, and so end each other's searches: no harm, and there are two or three. */
const askerPlaces = 64;
/** Changes that the index has taken over are let lie until there are so many. */
const mostKept = 1000;
/** As many are deleted at a time as take no time that anybody notices. */
const trimmedAtOnce = 2000;

interface Asker {
  readonly place: number;
  criteria: string;
  generation: number;
}

export type RecordFinder = ReturnType<typeof createRecordFinder>;

/**
 * Searches in a thread of its own, so that neither the window nor a batch ever waits for it. A search for something else
 * ends those the same asker waits for; pages of one search do not.
 */
export function createRecordFinder(
  paths: { readonly databasePath: string; readonly indexPath: string },
  { searchChanges }: Pick<Records, 'searchChanges'>,
) {
  let takenOver = 0;
  let trimmed = 0;
  let thread: ReturnType<typeof start> | undefined;
  const askers = new Map<string, Asker>();

  async function start() {
    // Its address is that of a worker, so it has to be a file of its own after bundling.
    const { createSearchThread } = await import('./search-worker.ts');
    const files = { ...paths, epoch: searchChanges.epoch() };
    return createSearchThread(files, (seq) => {
      takenOver = seq;
      if (takenOver - trimmed > mostKept) trim(trimmedAtOnce);
    });
  }

  function trim(atMost: number): void {
    if (takenOver === trimmed) return;
    try {
      if (!searchChanges.trim(takenOver, atMost)) trimmed = takenOver;
    } catch (error) {
      // Left for another time: a full disk keeps nobody from searching.
      if (!storageFailure(error)) throw error;
    }
  }

  /** Notes what the asker wants from now on. */
  function want(name: string, criteria: unknown) {
    const asker = askers.get(name) ?? { place: askers.size % askerPlaces, criteria: '', generation: 0 };
    askers.set(name, asker);
    const wanted = JSON.stringify(criteria);
    if (wanted !== asker.criteria) {
      asker.criteria = wanted;
      asker.generation += 1;
    }
    return { asker: asker.place, generation: asker.generation };
  }

  async function ask(question: SearchQuestion, wanted: ReturnType<typeof want>) {
    thread ??= start();
    const started = await thread.catch((error: unknown) => {
      thread = undefined;
      throw error;
    });
    return started.ask(question, wanted);
  }

  return {
    async find({
      sort,
      after,
      limit,
      asker,
      ...criteria
    }: InputOf<'record.search'>): Promise<Result<OutputOf<'record.search'>, AppError>> {
      const wanted = want(asker, criteria);
      const found = await ask({ kind: 'find', input: { criteria, sort, after, limit } }, wanted);
      return found && 'rows' in found ? ok(found) : fail(appError('work.cancelled'));
    },
    async count({ asker, ...criteria }: InputOf<'record.count'>): Promise<Result<OutputOf<'record.count'>, AppError>> {
      const found = await ask({ kind: 'count', criteria }, want(asker, criteria));
      return found && 'count' in found ? ok(found) : fail(appError('work.cancelled'));
    },
    /** Ends the thread; only for one who asks nothing any more. */
    async close(): Promise<void> {
      const started = await thread?.catch(() => undefined);
      await started?.close();
      trim(Number.MAX_SAFE_INTEGER);
    },
  };
}
