import type { Database } from 'better-sqlite3';

/** Whether SQLite takes a text for one whole statement; that its tables are there by now is the caller's business. */
function isWhole(database: Database, sql: string): boolean {
  try {
    database.prepare(sql);
    return true;
  } catch (error) {
    // Up to a semicolon in a trigger's body, or in a comment, it is not whole. Anything else is told when it is run.
    return error instanceof Error && !/incomplete input|contains no statements/.test(error.message);
  }
}

const isEmpty = (sql: string) => sql.replaceAll(/--[^\n]*/g, '').trim() === '';

/** The first statement of a text and what follows it; undefined where there is none. */
export function splitFirstStatement(database: Database, sql: string): [head: string | undefined, tail: string] {
  if (isEmpty(sql)) return [undefined, ''];
  for (let end = sql.indexOf(';'); end >= 0; end = sql.indexOf(';', end + 1)) {
    const head = sql.slice(0, end + 1);
    if (isWhole(database, head)) return [head, sql.slice(end + 1)];
  }
  return [sql, ''];
}
