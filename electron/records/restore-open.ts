import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../support/log.ts';
import { backupFolderOf, databaseIn, listBackups } from './backup-files.ts';
import { reasonOf } from './backup-inspect.ts';
import { breakSeal, examineSeal, sealOf, writeSeal } from './backup-page-seal.ts';
import { databaseError, openDatabase } from './database.ts';
import { doubtAfterRestore } from './restore-doubt.ts';
import { exchangeDatabase, type Restored } from './restore-exchange.ts';
import { undoHalfWrite } from './restore-journal.ts';
import { damagedError } from './restore-offer.ts';
import { enterDataFolder, type Presence } from './restore-presence.ts';
import { readRestoreRequest } from './restore-request.ts';
import { examineLog } from './restore-wal.ts';
import { createWriterLock } from './writer-lock.ts';

interface OpenOptions {
  readonly dataFolder: string;
  readonly program: string;
  readonly nowMs: number;
  readonly log: Log;
}

export interface OpenedRecords {
  readonly database: Database;
  /** Why a restore that had been asked for was not done. */
  readonly restoreFailure: AppError | undefined;
  close(): void;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** A database that is gone while something of it is left must not be taken for a first start. */
function findVanished(dataFolder: string): string | undefined {
  const path = databaseIn(dataFolder);
  if (sizeOf(path) > 0) return undefined;
  const wasThere =
    existsSync(sealOf(path)) || sizeOf(`${path}-wal`) > 0 || listBackups(backupFolderOf(dataFolder)).length > 0;
  return wasThere ? 'the file is missing or empty' : undefined;
}

/** What the files tell before SQLite opens them, which would change them; only for one who is alone with them. */
function findDamage(dataFolder: string): string | undefined {
  const vanished = findVanished(dataFolder);
  if (vanished !== undefined) return vanished;
  const path = databaseIn(dataFolder);
  const { scan, loss } = examineLog(path);
  if (loss !== undefined) return loss;
  const verdict = examineSeal(path, scan);
  if (verdict.kind === 'changed') return verdict.reason;
  // From here on a digit that turns into another is noticed, even where the program never ends in order.
  if (verdict.kind === 'unsealed' && sizeOf(path) > 0 && sizeOf(`${path}-wal`) === 0) writeSeal(path);
  else if (verdict.kind === 'unsealed') breakSeal(path);
  return undefined;
}

/** Takes the lock of the one who issues for the time of an exchange. */
function exchangeUnderLock({ dataFolder, program, nowMs }: Omit<OpenOptions, 'log'>, name: string) {
  const writerLock = createWriterLock(dataFolder, program, () => undefined);
  const locked = writerLock.acquire();
  if (!locked.ok) return locked;
  try {
    return exchangeDatabase(dataFolder, name, nowMs);
  } finally {
    writerLock.release();
  }
}

function grantRequest(options: OpenOptions): AppError | undefined {
  const request = readRestoreRequest(options.dataFolder);
  if (!request) return undefined;
  const restored = exchangeUnderLock(options, request.name);
  if (restored.ok) {
    options.log.warn('restore.done', { backup: request.name, aside: restored.value.asideFolder });
    return undefined;
  }
  options.log.error('restore.failed', { backup: request.name, code: restored.error.code });
  return restored.error;
}

function closeAndSeal(database: Database, presence: Presence, dataFolder: string, log: Log): void {
  const path = databaseIn(dataFolder);
  // Closing empties the log into the file.
  if (sizeOf(`${path}-wal`) > 0) breakSeal(path);
  database.close();
  try {
    if (presence.isLast() && sizeOf(`${path}-wal`) === 0 && !existsSync(sealOf(path))) writeSeal(path);
  } catch (error) {
    // Without a seal the next start knows less; the records are as safe as before.
    log.warn('records.not-sealed', { reason: reasonOf(error) });
  }
  presence.leave();
}

function openAmongOthers(options: OpenOptions, presence: Presence): Result<OpenedRecords, AppError> {
  const { dataFolder, log } = options;
  const restoreFailure = presence.isAlone ? grantRequest(options) : undefined;
  if (presence.isAlone) undoHalfWrite(databaseIn(dataFolder));
  const damage = presence.isAlone ? findDamage(dataFolder) : undefined;
  if (damage !== undefined) return fail(damagedError(dataFolder, damage));
  const settled = presence.settle();
  if (!settled.ok) return settled;
  const opened = openDatabase(databaseIn(dataFolder));
  if (!opened.ok) {
    const { code, details } = opened.error;
    return code === 'database.damaged' ? fail(damagedError(dataFolder, String(details['reason']))) : opened;
  }
  const database = opened.value;
  const doubted = doubtAfterRestore(database, new Date(options.nowMs).toISOString());
  if (doubted > 0) log.warn('restore.doubted', { invoices: doubted });
  return ok({ database, restoreFailure, close: () => closeAndSeal(database, presence, dataFolder, log) });
}

/**
 * Opens the records of a data folder: a restore that was asked for is done first, and the files are examined before
 * anything writes to them. Nothing is deleted or repaired: a `database.damaged` carries the newest good backup and what
 * can be counted, for a person to decide.
 */
export function openRecords(options: OpenOptions): Result<OpenedRecords, AppError> {
  const presence = enterDataFolder(options.dataFolder);
  if (!presence.ok) return presence;
  try {
    const opened = openAmongOthers(options, presence.value);
    if (!opened.ok) presence.value.leave();
    return opened;
  } catch (error) {
    presence.value.leave();
    return fail(databaseError(error));
  }
}

/** Puts a backup in the database's place at once; refused with `database.locked` while any program has the folder open. */
export function restoreNow(options: Omit<OpenOptions, 'log'>, name: string): Result<Restored, AppError> {
  const presence = enterDataFolder(options.dataFolder);
  if (!presence.ok) return presence;
  try {
    return presence.value.isAlone ? exchangeUnderLock(options, name) : fail(appError('database.locked'));
  } finally {
    presence.value.leave();
  }
}
