import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { BackupCounts } from '../../shared/contract/backup-operations.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { syncFile } from './backup-files.ts';
import type { Inspection } from './backup-name.ts';

const countsQueries = {
  invoices: { table: 'invoice', sql: 'SELECT count(*) FROM invoice' },
  issued: { table: 'invoice', sql: `SELECT count(*) FROM invoice WHERE state = 'issued'` },
  unknown: { table: 'invoice', sql: `SELECT count(*) FROM invoice WHERE state IN ('unknown', 'sending')` },
  events: { table: 'status_event', sql: 'SELECT count(*) FROM status_event' },
} as const;

/** What is in a database; a table that an old schema does not have yet counts as empty. */
export function countRecords(database: Database): BackupCounts {
  const hasTable = database
    .prepare<[string], number>(`SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?`)
    .pluck();
  const count = (name: keyof BackupCounts): number => {
    const { table, sql } = countsQueries[name];
    return hasTable.get(table) === 1 ? Number(database.prepare(sql).pluck().get()) : 0;
  };
  return { invoices: count('invoices'), issued: count('issued'), unknown: count('unknown'), events: count('events') };
}

export function sameCounts(one: BackupCounts, other: BackupCounts): boolean {
  return (
    one.invoices === other.invoices &&
    one.issued === other.issued &&
    one.unknown === other.unknown &&
    one.events === other.events
  );
}

/** What SQLite or the file system say about a file, in a word that may be shown; anything else is thrown on. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

/** Checks a whole database file without writing to it and counts what is in it; fails with the reason. */
export function inspectDatabaseFile(path: string): Result<Inspection, string> {
  let database: Database | undefined;
  try {
    database = new BetterSqlite3(path, { readonly: true, fileMustExist: true });
    database.pragma('trusted_schema = 0');
    const integrity = String(database.pragma('integrity_check(1)', { simple: true }));
    if (integrity !== 'ok') return fail(integrity.slice(0, 200));
    const schemaVersion = Number(database.pragma('user_version', { simple: true }));
    return ok({ counts: countRecords(database), schemaVersion });
  } catch (error) {
    return fail(reasonOf(error));
  } finally {
    database?.close();
  }
}

/**
 * Whether a fresh copy is whole, holds what its source held, and is on the disk.
 * @param expected counted in the source, in the very snapshot that was copied
 */
export function verifyCopy(path: string, expected: BackupCounts): Result<Inspection, string> {
  syncFile(path);
  const inspected = inspectDatabaseFile(path);
  if (!inspected.ok) return inspected;
  return sameCounts(inspected.value.counts, expected) ? inspected : fail('the copy holds less or more than its source');
}
