import BetterSqlite3, { type Database } from 'better-sqlite3';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Migration } from './migrations/migration.ts';

/** The schema version a database file carries (`PRAGMA user_version`). */
export function schemaVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function assertWithoutGaps(migrations: readonly Migration[]): void {
  for (const [index, { version, name }] of migrations.entries())
    if (version !== index + 1) throw new Error(`migration ${name} has version ${version}, expected ${index + 1}`);
}

/** What the checks of references, which are off meanwhile, would have refused. */
function assertReferences(database: Database, { name }: Migration): void {
  const [broken] = database.prepare<[], { table: string }>('PRAGMA foreign_key_check').all();
  if (broken)
    throw new BetterSqlite3.SqliteError(
      `migration ${name} leaves rows of ${broken.table} without what they refer to`,
      'SQLITE_CONSTRAINT_FOREIGNKEY',
    );
}

/**
 * References are not enforced while it works: a table that is rebuilt is dropped, and with them on the drop would take
 * the rows that refer to it along. Each migration's outcome is checked for them instead.
 */
function withoutReferences(database: Database, work: () => void): void {
  const wasOn = Number(database.pragma('foreign_keys', { simple: true }));
  // Inside a transaction this would do nothing, and say nothing.
  database.pragma('foreign_keys = 0');
  try {
    work();
  } finally {
    database.pragma(`foreign_keys = ${wasOn}`);
  }
}

function applyOnce(database: Database, migration: Migration): void {
  // Another process may have applied it while this one waited for its turn.
  if (schemaVersion(database) >= migration.version) return;
  database.exec(migration.sql);
  assertReferences(database, migration);
  database.pragma(`user_version = ${migration.version}`);
}

/**
 * Brings a database to the newest schema, each step in a transaction of its own together with its version number.
 * @param beforeFirst called once before the first pending step of a file that holds data already: the backup
 * @returns how many steps were pending; a newer database is refused untouched
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[],
  beforeFirst: (fromVersion: number) => void,
): Result<number, AppError> {
  assertWithoutGaps(migrations);
  const found = schemaVersion(database);
  const supported = migrations.length;
  if (found > supported) return fail(appError('database.newer', { found, supported }));
  const pending = migrations.slice(found);
  if (pending.length > 0 && found > 0) beforeFirst(found);
  if (pending.length > 0)
    withoutReferences(database, () => {
      for (const migration of pending) database.transaction(() => applyOnce(database, migration)).immediate();
    });
  return ok(pending.length);
}
