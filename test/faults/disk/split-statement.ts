import type { Database } from 'better-sqlite3';

/** Whether SQLite takes a text for one whole statement; that its tables are there by now is the caller's business. */
function isWhole(database: Database, sql: string): boolean {
  try {
    database.prepare(sql);
    return true;
  } catch (error) {
    // A trigger's body has semicolons too: up to one of those it is not whole. Anything else is told when it is run.
    return error instanceof Error && !error.message.includes('incomplete input');
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
