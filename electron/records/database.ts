import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { backUpBeforeMigration } from './backup-before-migration.ts';
import { migrate, schemaVersion } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations as allMigrations } from './migrations/migrations.ts';

/** Before 3.51.3 two connections that checkpoint at once could corrupt a WAL database. */
const oldestSqlite = [3, 51, 3] as const;

const durability: readonly (readonly [pragma: string, value: string | number])[] = [
  ['journal_mode', 'wal'],
  // better-sqlite3's default in WAL is NORMAL, which loses acknowledged rows at a power cut.
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['busy_timeout', 5000],
  ['trusted_schema', 0],
  ['mmap_size', 0],
];
// On macOS fsync alone does not reach the platter.
const macDurability: typeof durability = [
  ['fullfsync', 1],
  ['checkpoint_fullfsync', 1],
];

function setAndAssertPragmas(database: Database): void {
  const wanted = process.platform === 'darwin' ? [...durability, ...macDurability] : durability;
  for (const [pragma, value] of wanted) {
    database.pragma(`${pragma} = ${value}`);
    const found = database.pragma(pragma, { simple: true });
    const accepted = pragma === 'journal_mode' && database.memory ? 'memory' : value;
    // SQLite answers nothing for mmap_size where memory mapping is compiled out or the database is in memory.
    if (found !== undefined && found !== accepted)
      throw new Error(`PRAGMA ${pragma} is ${String(found)}, wanted ${String(accepted)}`);
  }
}

function assertSqliteVersion(database: Database): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  const order = oldestSqlite.map((least, index) => (parts[index] ?? 0) - least).find((difference) => difference !== 0);
  if ((order ?? 0) < 0) throw new Error(`SQLite ${version} is older than ${oldestSqlite.join('.')}`);
}

function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/** Turns what SQLite or the file system throws into a failure a person understands; anything else is thrown on. */
export function databaseError(error: unknown): AppError {
  if (isFileSystemError(error)) return appError('database.unavailable', { reason: error.code });
  if (!isSqliteError(error)) throw error;
  if (['SQLITE_CORRUPT', 'SQLITE_NOTADB'].some((code) => error.code.startsWith(code)))
    return appError('database.damaged', { reason: error.code });
  if (['SQLITE_BUSY', 'SQLITE_LOCKED'].some((code) => error.code.startsWith(code))) return appError('database.locked');
  return appError('database.unavailable', { reason: error.code });
}

/** What stands in the way of any program: space, rights, a lock, the disk itself. All other codes are faults of ours. */
const storageCodes =
  /^(SQLITE_(FULL|IOERR|READONLY|BUSY|LOCKED|CANTOPEN|CORRUPT|NOTADB|PERM|PROTOCOL|NOLFS)|E(NOSPC|DQUOT|ROFS|IO|ACCES|PERM|FBIG|MFILE|NFILE)$)/;

/** The failure that something thrown stands for where the disk is its cause, else undefined: then it is a bug. */
export function storageFailure(error: unknown): AppError | undefined {
  const isStorage = (isSqliteError(error) || isFileSystemError(error)) && storageCodes.test(error.code);
  return isStorage ? databaseError(error) : undefined;
}

/** A disk in the way as the value of what it kept from being done; a bug is thrown on. */
export function failedByStorage(error: unknown): Result<never, AppError> {
  const failure = storageFailure(error);
  if (!failure) throw error;
  return fail(failure);
}

/** Whether a failure is SQLite refusing a second live row under a unique index. */
export function isUniqueViolation(error: unknown): boolean {
  return isSqliteError(error) && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/**
 * Why an existing file must not be opened for writing, found out by a connection that cannot write: closing one that can
 * would empty the write-ahead log into the file, and with it the evidence of what happened.
 */
function reasonToLeaveUntouched(path: string, supported: number, isSound: boolean): AppError | undefined {
  const database = new BetterSqlite3(path, { readonly: true });
  try {
    const found = schemaVersion(database);
    if (found > supported) return appError('database.newer', { found, supported });
    if (isSound) return undefined;
    const integrity = String(database.pragma('integrity_check(1)', { simple: true }));
    return integrity === 'ok' ? undefined : appError('database.damaged', { reason: integrity.slice(0, 200) });
  } finally {
    database.close();
  }
}

/** What is known of a database before it is opened. */
export interface Known {
  /** Whether every byte is one that a database in good order was closed with: to check it anew takes seconds. */
  readonly isSound?: boolean;
  /** Called once it is known to be in good order, before anything is written to it. */
  readonly onSound?: () => void;
}

/**
 * Opens the records: durable settings set, read back and asserted; integrity checked; migrated, with a backup first.
 * @param path file path, or `:memory:`
 * @returns the database, or `database.newer` / `database.damaged` / `database.locked` / `database.unavailable` /
 *   `backup.failed`
 */
export function openDatabase(
  path: string,
  migrations: readonly Migration[] = allMigrations,
  { isSound = false, onSound }: Known = {},
): Result<Database, AppError> {
  let database: Database | undefined;
  let refusal: AppError | undefined;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const existed = path !== ':memory:' && existsSync(path) && statSync(path).size > 0;
    const reason = existed ? reasonToLeaveUntouched(path, migrations.length, isSound) : undefined;
    if (reason) return fail(reason);
    if (existed) onSound?.();
    database = new BetterSqlite3(path);
    const opened = database;
    assertSqliteVersion(opened);
    setAndAssertPragmas(opened);
    const migrated = migrate(opened, migrations, () => {
      const backup = backUpBeforeMigration(opened, path, Date.now());
      if (backup.ok) return;
      refusal = backup.error;
      throw new Error('there is no backup to go back to');
    });
    if (!migrated.ok) {
      opened.close();
      return migrated;
    }
    return ok(opened);
  } catch (error) {
    database?.close();
    return fail(refusal ?? databaseError(error));
  }
}
