import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Backup } from '../../shared/contract/backup-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { backupFolderOf, publishCopy, removeUnfinished, unfinishedCopyIn } from './backup-files.ts';
import { countRecords, reasonOf, verifyCopy } from './backup-inspect.ts';

/**
 * Copies and verifies a database as it stands before a migration touches it. VACUUM INTO is the one of SQLite's two
 * online copies that is synchronous: at the start nobody waits for the window yet, and everything that opens records can
 * stay free of promises.
 */
export function backUpBeforeMigration(
  database: Database,
  databasePath: string,
  nowMs: number,
): Result<Backup, AppError> {
  let unfinished: string | undefined;
  try {
    unfinished = unfinishedCopyIn(backupFolderOf(dirname(databasePath)));
    const counts = countRecords(database);
    database.prepare('VACUUM INTO ?').run(unfinished);
    const verified = verifyCopy(unfinished, counts);
    if (!verified.ok) return fail(appError('backup.failed', { reason: verified.error }));
    return ok(publishCopy(unfinished, verified.value, 'before-migration', nowMs));
  } catch (error) {
    return fail(appError('backup.failed', { reason: reasonOf(error) }));
  } finally {
    if (unfinished !== undefined) removeUnfinished(unfinished);
  }
}
