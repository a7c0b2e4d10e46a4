import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { databaseIn, searchIndexIn } from '../../electron/records/backup-files.ts';
import { openDatabase } from '../../electron/records/database.ts';
import { createRecords } from '../../electron/records/records.ts';
import { createSearcher } from '../../electron/records/searcher.ts';
import { type RecordCriteria, type RecordSort, recordCriteriaSchema } from '../../shared/contract/record-operations.ts';
import { createTempFolder } from './temp-folder.ts';

export type Searcher = ReturnType<typeof createSearcher>;

/** Records in a file, and what searches them, without its thread; all closed when the test is over. */
export function openSearchedRecords(dataFolder = join(createTempFolder(), 'desk')) {
  const opened = openDatabase(databaseIn(dataFolder));
  if (!opened.ok) throw new Error(opened.error.code);
  const database = opened.value;
  onTestFinished(() => {
    database.close();
  });
  const records = createRecords(database);
  const indexPath = searchIndexIn(dataFolder);
  function openSearcher(): Searcher {
    const epoch = records.searchChanges.epoch();
    const searcher = createSearcher({ databasePath: databaseIn(dataFolder), indexPath, epoch });
    onTestFinished(() => searcher.close());
    return searcher;
  }
  return { database, records, indexPath, openSearcher };
}

const newest: RecordSort = { by: 'created', descending: true };

/** The page that a search finds, of at most 500. */
export function findIn(searcher: Searcher, criteria: Partial<RecordCriteria>, sort = newest) {
  const input = { criteria: recordCriteriaSchema.parse(criteria), sort, after: undefined, limit: 500 };
  const found = searcher.answer({ kind: 'find', input }, () => false);
  if (!found || !('rows' in found)) throw new Error('nothing was answered');
  return found;
}

export const idsOf = (searcher: Searcher, criteria: Partial<RecordCriteria>, sort = newest): number[] =>
  findIn(searcher, criteria, sort).rows.map(({ id }) => id);

/** Lets the index be made to its end. */
export function finishIndex(searcher: Searcher): void {
  while (searcher.work());
}
