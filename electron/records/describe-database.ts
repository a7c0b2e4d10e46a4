import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';

export interface DatabaseDescription {
  readonly schemaVersion: number;
  /** Every table, index and trigger as SQLite keeps it, by name. */
  readonly schema: readonly string[];
  /** Rows by table, and of those with a state also by state: `invoice`, `invoice · issued`. No content. */
  readonly counts: readonly (readonly [what: string, rows: number])[];
}

/** How a database is built and how much is in it. Lets others in between two tables: one of a million rows takes its time. */
export async function describeDatabase(database: Database): Promise<DatabaseDescription> {
  const items = database
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'table' DESC, name`,
    )
    .all();
  const counts: (readonly [string, number])[] = [];
  for (const { name } of items.filter(({ type }) => type === 'table')) {
    await nextTurn();
    const quoted = `"${name.replaceAll('"', '""')}"`;
    counts.push([name, Number(database.prepare(`SELECT count(*) FROM ${quoted}`).pluck().get())]);
    const columns = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(name);
    if (!columns.includes('state')) continue;
    const byState = database
      .prepare<[], [string, number]>(`SELECT state, count(*) FROM ${quoted} GROUP BY state ORDER BY state`)
      .raw();
    counts.push(...byState.all().map(([state, rows]) => [`${name} · ${state}`, rows] as const));
  }
  return {
    schemaVersion: Number(database.pragma('user_version', { simple: true })),
    schema: items.map(({ sql }) => sql),
    counts,
  };
}
