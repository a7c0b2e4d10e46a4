import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { databaseError } from './database.ts';

/** Longer than another program's examination of a large database takes. */
const settleTimeoutMs = 30_000;

/**
 * Who has a data folder open. Everybody who does holds a shared lock on a file of its own, which the operating system
 * frees however the process ends; whoever can have it exclusively is alone, and may look at the database's files as
 * files, or exchange them.
 */
export interface Presence {
  /** Nobody else is here, and nobody can come before {@link settle} or {@link leave}. */
  readonly isAlone: boolean;
  /** Stays as one among others; waits while another one is alone. */
  settle(): Result<void, AppError>;
  /** Whether this is the last one here; then nobody can come before {@link leave}. */
  isLast(): boolean;
  leave(): void;
}

function isRefused(database: Database, sql: string): boolean {
  try {
    database.exec(sql);
    return false;
  } catch (error) {
    if (databaseError(error).code === 'database.locked') return true;
    throw error;
  }
}

export function enterDataFolder(dataFolder: string): Result<Presence, AppError> {
  try {
    mkdirSync(dataFolder, { recursive: true });
    // Even this first look waits while another one is alone: two programs started at once both open.
    const database = new BetterSqlite3(join(dataFolder, 'open.lock'), { timeout: settleTimeoutMs });
    // Nothing is ever written to it, so no journal is wanted beside it.
    database.pragma('journal_mode = MEMORY');
    database.pragma('busy_timeout = 0');
    const isAlone = !isRefused(database, 'BEGIN EXCLUSIVE');
    const leaveTransaction = () => {
      if (database.inTransaction) database.exec('ROLLBACK');
    };
    return ok({
      isAlone,
      settle() {
        leaveTransaction();
        database.pragma(`busy_timeout = ${settleTimeoutMs}`);
        if (isRefused(database, 'BEGIN; SELECT count(*) FROM sqlite_schema')) return fail(appError('database.locked'));
        return ok(undefined);
      },
      isLast() {
        leaveTransaction();
        database.pragma('busy_timeout = 0');
        return !isRefused(database, 'BEGIN EXCLUSIVE');
      },
      leave: () => database.close(),
    });
  } catch (error) {
    return fail(databaseError(error));
  }
}
