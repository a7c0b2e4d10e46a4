import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { RecordCriteria } from '../../shared/contract/record-operations.ts';
import { storageFailure } from './database.ts';
import { discardIndexFile, type IndexState, openSearchIndex, type SearchIndex } from './search-index.ts';
import { createRecordSearch, type FindInput, type IsStopped } from './search-run.ts';
import { readTerms } from './search-text.ts';

export interface SearcherFiles {
  readonly databasePath: string;
  readonly indexPath: string;
  /** The history that the records are of. */
  readonly epoch: string;
}

export type SearchQuestion =
  | { readonly kind: 'find'; readonly input: FindInput }
  | { readonly kind: 'count'; readonly criteria: RecordCriteria };
export type Found = OutputOf<'record.search'> | OutputOf<'record.count'>;

/** Tries while other processes write the index, which they do for moments. */
const mostTries = 20;

/** A connection that can write nothing, to a database whose schema the program has brought up to date. */
export function openForReading(path: string): Database {
  const database = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  database.pragma('trusted_schema = 0');
  database.pragma('busy_timeout = 5000');
  return database;
}

/**
 * Answers searches over the records and the index of their texts. Where the index cannot be used (the disk is full, the
 * folder read-only), every invoice is read instead: slow, and right.
 */
export function createSearcher({ databasePath, indexPath, epoch }: SearcherFiles) {
  const records = openForReading(databasePath);
  const search = createRecordSearch(records);
  let index: SearchIndex | undefined;
  let lastSeq = 0;

  function close(): void {
    if (records.inTransaction) records.exec('ROLLBACK');
    index?.close();
    index = undefined;
  }

  /** Runs `work` with the index; one that is damaged is made anew once. */
  function withIndex<Answer>(work: (opened: SearchIndex) => Answer): Answer | undefined {
    for (const isLastTry of [false, true]) {
      try {
        index ??= openSearchIndex(indexPath, records, epoch);
        return work(index);
      } catch (error) {
        const failure = storageFailure(error);
        if (!failure) throw error;
        if (records.inTransaction) records.exec('ROLLBACK');
        if (isLastTry || failure.code !== 'database.damaged') return undefined;
        close();
        try {
          discardIndexFile(indexPath);
        } catch (refusal) {
          // Windows removes no file that another process has open.
          if (!storageFailure(refusal)) throw refusal;
          return undefined;
        }
      }
    }
    return undefined;
  }

  /** Records and index as of one moment, with every change in both. */
  function inStep<Answer>(opened: SearchIndex, work: (state: IndexState) => Answer): Answer | undefined {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const before = opened.state();
      records.exec('BEGIN');
      const state = opened.catchUp(before);
      const answer = state && { value: work(state) };
      records.exec('COMMIT');
      if (state) lastSeq = state.lastSeq;
      if (answer) return answer.value;
    }
    return undefined;
  }

  function run(question: SearchQuestion, isStopped: IsStopped, state: IndexState | undefined): Found | undefined {
    const preparing = state && state.lowestId !== null ? { done: state.done, total: state.total } : null;
    const found =
      question.kind === 'find'
        ? search.find(question.input, isStopped, state !== undefined)
        : search.count(question.criteria, isStopped, state !== undefined);
    if (!found) return undefined;
    if ('rows' in found) return { ...found, preparing };
    return { ...found, isCapped: found.isCapped || (preparing !== null && needsIndex(question)) };
  }

  function needsIndex(question: SearchQuestion): boolean {
    const { text } = question.kind === 'find' ? question.input.criteria : question.criteria;
    return readTerms(text).length > 0;
  }

  return {
    /** Undefined: it was stopped, because nobody waits for the answer any more. */
    answer(question: SearchQuestion, isStopped: IsStopped): Found | undefined {
      if (needsIndex(question)) {
        const answer = withIndex((opened) => inStep(opened, (state) => ({ found: run(question, isStopped, state) })));
        if (answer) return answer.found;
      }
      return run(question, isStopped, undefined);
    },
    /**
     * Takes over changes, and makes a further part of an index that is not whole yet.
     * @returns whether there is more to do
     */
    work(): boolean {
      const state = withIndex((opened) => {
        inStep(opened, () => undefined);
        opened.grow();
        return opened.state();
      });
      return state !== undefined && state.lowestId !== null;
    },
    /** The last change that the index has taken over: of those up to it nobody needs to be told any more. */
    lastSeq: (): number => lastSeq,
    close(): void {
      close();
      records.close();
    },
  };
}
