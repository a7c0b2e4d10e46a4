import { rmSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { gramsOf, searchTextSql } from './search-text.ts';

/** To be raised with every change of what the file holds, or of how: one of another format is made anew. */
const format = 1;
/** Invoices in one step of the making: no search waits longer than for one step. */
const stepSize = 1000;

/** Table and row that tell what the index holds; the text of what it finds is in the records. */
const schemaSql = `
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  lowest_id INTEGER, -- while it is being made, newest first: the oldest invoice in it; NULL: it is whole
  done INTEGER NOT NULL,
  total INTEGER NOT NULL
) STRICT;
PRAGMA user_version = ${format};`;
const tableSql = `CREATE VIRTUAL TABLE invoice_search USING fts5(grams, content='', contentless_delete=1, tokenize='ascii')`;

export interface IndexState {
  /** The history of the records that it was made of. */
  readonly epoch: string;
  /** The last change that it has taken over. */
  readonly lastSeq: number;
  readonly lowestId: number | null;
  readonly done: number;
  readonly total: number;
}

type TextOf = [id: number, text: string];

export function discardIndexFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

function openFile(path: string): Database {
  const database = new BetterSqlite3(path);
  try {
    database.pragma('busy_timeout = 5000');
    database.pragma('journal_mode = wal');
    // Nothing is lost with it: what a power cut takes is noticed and taken over once more.
    database.pragma('synchronous = normal');
    database.pragma('trusted_schema = 0');
    database.pragma('journal_size_limit = 16777216');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const formatOf = (database: Database): unknown => database.pragma('user_version', { simple: true });

/** Opens the file, whatever was there before, with the tables of this format in it. */
function openInFormat(path: string): Database {
  const database = openFile(path);
  try {
    database
      .transaction(() => {
        // Another process may have been the first.
        if (formatOf(database) === 0) database.exec(schemaSql);
      })
      .immediate();
    if (formatOf(database) === format) return database;
  } catch (error) {
    database.close();
    throw error;
  }
  database.close();
  discardIndexFile(path);
  return openInFormat(path);
}

const isSame = (one: IndexState | undefined, other: IndexState | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export type SearchIndex = ReturnType<typeof createSearchIndex>;

function createSearchIndex(database: Database, records: Database, epoch: string) {
  const selectState = database.prepare<[], IndexState>(
    'SELECT epoch, last_seq AS lastSeq, lowest_id AS lowestId, done, total FROM state',
  );
  const upsertState = database.prepare(
    `INSERT INTO state (id, epoch, last_seq, lowest_id, done, total) VALUES (1, :epoch, :lastSeq, :lowestId, :done, :total)
     ON CONFLICT (id) DO UPDATE SET epoch = :epoch, last_seq = :lastSeq, lowest_id = :lowestId, done = :done, total = :total`,
  );
  const selectFirst = records.prepare<[], number | null>('SELECT min(seq) FROM search_change').pluck();
  const selectLast = records.prepare<[], number | null>('SELECT max(seq) FROM search_change').pluck();
  // An invoice that has changed often is read once.
  const selectChanged = records
    .prepare<[{ seq: number; lowestId: number }], [id: number, text: string | null]>(
      `SELECT changed.id, ${searchTextSql}
       FROM (SELECT DISTINCT invoice_id AS id FROM search_change WHERE seq > :seq AND invoice_id >= :lowestId) AS changed
       LEFT JOIN invoice ON invoice.id = changed.id ORDER BY changed.id`,
    )
    .raw();
  const selectOlder = records
    .prepare<[{ lowestId: number }], TextOf>(
      `SELECT invoice.id, ${searchTextSql} FROM invoice WHERE id < :lowestId ORDER BY id DESC LIMIT ${stepSize}`,
    )
    .raw();
  const selectSize = records.prepare<[], { total: number; newest: number | null }>(
    'SELECT count(*) AS total, (SELECT max(id) FROM invoice) AS newest FROM invoice',
  );

  function write(state: IndexState): IndexState {
    upsertState.run(state);
    return state;
  }

  const prepareInsert = () => database.prepare('INSERT INTO invoice_search (rowid, grams) VALUES (?, ?)');

  /** The next older invoices. */
  function addOlder(state: IndexState & { readonly lowestId: number }): IndexState {
    const insert = prepareInsert();
    const older = selectOlder.all({ lowestId: state.lowestId });
    // Upwards, as FTS5 wants them: it would end a segment at each step down.
    for (const [id, text] of older.toReversed()) insert.run(id, gramsOf(text));
    const isWhole = older.length < stepSize;
    return write({ ...state, lowestId: isWhole ? null : (older.at(-1)?.[0] ?? null), done: state.done + older.length });
  }

  function begin(lastSeq: number): IndexState {
    database.exec(`DROP TABLE IF EXISTS invoice_search; ${tableSql}`);
    const { total, newest } = selectSize.get() ?? { total: 0, newest: null };
    const lowestId = (newest ?? 0) + 1;
    // A small shop's index is whole with this step.
    return addOlder({ epoch, lastSeq, lowestId, done: 0, total });
  }

  function takeOver(state: IndexState, lastSeq: number): IndexState {
    const insert = prepareInsert();
    const remove = database.prepare('DELETE FROM invoice_search WHERE rowid = ?');
    // What the making has not come to yet it will find as it is by then.
    for (const [id, text] of selectChanged.all({ seq: state.lastSeq, lowestId: state.lowestId ?? 0 })) {
      remove.run(id);
      if (text !== null) insert.run(id, gramsOf(text));
    }
    return write({ ...state, lastSeq });
  }

  /** Whether the changes since then are all there, and of the same history. */
  function follows(state: IndexState | undefined, lastSeq: number): state is IndexState {
    if (state?.epoch !== epoch || state.lastSeq > lastSeq) return false;
    const first = selectFirst.get() ?? null;
    return first === null || first <= state.lastSeq + 1;
  }

  return {
    state: (): IndexState | undefined => selectState.get(),
    /**
     * Takes over what has changed in the records. To be called inside a transaction of their connection, so that what is
     * asked then is asked of both as of one moment.
     * @param before its state from before that transaction: records older than the index would seem another history
     * @returns undefined where another process was at work meanwhile: then it is to be called once more
     */
    catchUp(before: IndexState | undefined): IndexState | undefined {
      const lastSeq = selectLast.get() ?? 0;
      if (follows(before, lastSeq) && before.lastSeq === lastSeq) return before;
      return database
        .transaction(() => {
          if (!isSame(selectState.get(), before)) return undefined;
          return follows(before, lastSeq) ? takeOver(before, lastSeq) : begin(lastSeq);
        })
        .immediate();
    },
    /** One step of the making; nothing where the index is whole. */
    grow(): void {
      if (typeof selectState.get()?.lowestId !== 'number') return;
      database
        .transaction(() => {
          // Another process may have been at the same step.
          const state = selectState.get();
          if (state?.epoch === epoch && state.lowestId !== null) addOlder({ ...state, lowestId: state.lowestId });
        })
        .immediate();
    },
    close(): void {
      records.exec('DETACH search');
      database.close();
    },
  };
}

/**
 * The index of the invoices' texts, a file beside the database, written by nobody else but other processes' threads of
 * this kind. Whatever it is found to lack, it is made anew from the records.
 * @param records a connection that only reads the records; it sees the index as `search`
 * @param epoch the history that the records are of
 */
export function openSearchIndex(path: string, records: Database, epoch: string): SearchIndex {
  const database = openInFormat(path);
  try {
    const index = createSearchIndex(database, records, epoch);
    records.prepare('ATTACH ? AS search').run(path);
    return index;
  } catch (error) {
    database.close();
    throw error;
  }
}
