import type { InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { storageFailure } from './database.ts';
import type { Records } from './records.ts';
import { createSearchThread } from './search-worker.ts';

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
  const thread = createSearchThread(
    () => ({ ...paths, epoch: searchChanges.epoch() }),
    (seq) => {
      takenOver = seq;
      if (takenOver - trimmed > mostKept) trim();
    },
  );
  const askers = new Map<string, Asker>();

  function trim(atMost = trimmedAtOnce): void {
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
    const { place, generation } = asker;
    thread.want({ asker: place, generation });
    return { asker: place, generation };
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
      const found = await thread.ask({ kind: 'find', input: { criteria, sort, after, limit } }, wanted);
      return found && 'rows' in found ? ok(found) : fail(appError('work.cancelled'));
    },
    async count({ asker, ...criteria }: InputOf<'record.count'>): Promise<Result<OutputOf<'record.count'>, AppError>> {
      const wanted = want(asker, criteria);
      const found = await thread.ask({ kind: 'count', criteria }, wanted);
      return found && 'count' in found ? ok(found) : fail(appError('work.cancelled'));
    },
    async close(): Promise<void> {
      await thread.close();
      trim(Number.MAX_SAFE_INTEGER);
    },
  };
}
