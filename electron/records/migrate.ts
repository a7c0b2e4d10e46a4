import type { Database } from 'better-sqlite3';
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
  for (const { version, sql } of pending)
    database
      .transaction(() => {
        // Another process may have applied it while this one waited for its turn.
        if (schemaVersion(database) >= version) return;
        database.exec(sql);
        database.pragma(`user_version = ${version}`);
      })
      .immediate();
  return ok(pending.length);
}
