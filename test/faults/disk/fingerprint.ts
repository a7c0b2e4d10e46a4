import { createHash } from 'node:crypto';
import BetterSqlite3, { type Database } from 'better-sqlite3';

/** All that a database is, in a form to be compared. */
export interface Fingerprint {
  readonly version: number;
  readonly schema: string;
  /** Of each table, of all its rows. */
  readonly rows: Readonly<Record<string, string>>;
  /** What SQLite's own checks say against it. */
  readonly faults: readonly string[];
}

const tablesOf = (database: Database) =>
  database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all();

function hashRows(database: Database, table: string, columns: string): string {
  const hash = createHash('sha256');
  for (const row of database.prepare(`SELECT ${columns} FROM "${table}" ORDER BY rowid`).raw().iterate())
    hash.update(JSON.stringify(row));
  return hash.digest('hex');
}

function withDatabase<Value>(path: string, look: (database: Database) => Value): Value {
  const database = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

export function fingerprint(path: string): Fingerprint {
  return withDatabase(path, (database) => {
    const integrity = database.prepare<[], string>('PRAGMA integrity_check').pluck().all();
    const references = database.prepare<[], { table: string }>('PRAGMA foreign_key_check').all();
    return {
      version: Number(database.pragma('user_version', { simple: true })),
      schema: JSON.stringify(
        database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all(),
      ),
      rows: Object.fromEntries(tablesOf(database).map((table) => [table, hashRows(database, table, '*')])),
      faults: [
        ...integrity.filter((one) => one !== 'ok'),
        ...references.map(({ table }) => `a row of ${table} refers to nothing`),
      ],
    };
  });
}

const columnsOf = (database: Database, table: string) =>
  database
    .prepare<[], { name: string }>(`PRAGMA table_info("${table}")`)
    .all()
    .map(({ name }) => `"${name}"`);

/** Tables of a database whose rows are not, in all columns they had, what they are in a later one. */
export function findAltered(before: string, after: string): string[] {
  return withDatabase(before, (old) =>
    withDatabase(after, (present) => {
      const filled = tablesOf(old).filter((table) => old.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get());
      // What was empty has nothing to lose.
      return filled.filter((table) => {
        const columns = columnsOf(old, table).join(', ');
        if (columnsOf(old, table).some((column) => !columnsOf(present, table).includes(column))) return true;
        return hashRows(old, table, columns) !== hashRows(present, table, columns);
      });
    }),
  );
}
