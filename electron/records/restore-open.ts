import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Log } from '../support/log.ts';
import { backupFolderOf, databaseIn, listBackups } from './backup-files.ts';
import { reasonOf } from './backup-inspect.ts';
import { breakSeal, examineSeal, sealOf, writeSeal } from './backup-page-seal.ts';
import { databaseError, type Known, openDatabase } from './database.ts';
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

/**
 * What the files tell before SQLite opens them, which would change them; only for one who is alone with them.
 * @returns what is wrong with them, or else what is known of the database
 */
function examineFiles(dataFolder: string): Result<Known, string> {
  const vanished = findVanished(dataFolder);
  if (vanished !== undefined) return fail(vanished);
  const path = databaseIn(dataFolder);
  const { scan, loss } = examineLog(path);
  if (loss !== undefined) return fail(loss);
  const verdict = examineSeal(path, scan);
  if (verdict.kind === 'changed') return fail(verdict.reason);
  const hasLog = sizeOf(`${path}-wal`) > 0;
  if (verdict.kind === 'whole') return ok({ isSound: !hasLog });
  if (hasLog || sizeOf(path) === 0) {
    breakSeal(path);
    return ok({});
  }
  // From then on a digit that turns into another is noticed, even where the program never ends in order. What is not in
  // good order must not get a seal: the next start would take its word for it.
  return ok({ onSound: () => writeSeal(path) });
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

/** Whether the structure is in good order, as far as a second or two can tell of a million invoices. */
function isInOrder(database: Database): boolean {
  try {
    return database.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    reasonOf(error); // Too damaged to be checked; anything else is a fault of ours.
    return false;
  }
}

function closeAndSeal(database: Database, presence: Presence, dataFolder: string, log: Log): void {
  const path = databaseIn(dataFolder);
  const isChanged = sizeOf(`${path}-wal`) > 0;
  // Closing empties the log into the file.
  if (isChanged) breakSeal(path);
  // The next start takes a seal's word for it. Without one it looks at everything.
  const mayBeSealed = !isChanged || isInOrder(database);
  database.close();
  try {
    if (mayBeSealed && presence.isLast() && sizeOf(`${path}-wal`) === 0 && !existsSync(sealOf(path))) writeSeal(path);
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
  const known: Result<Known, string> = presence.isAlone ? examineFiles(dataFolder) : ok({});
  if (!known.ok) return fail(damagedError(dataFolder, known.error));
  const settled = presence.settle();
  if (!settled.ok) return settled;
  const opened = openDatabase(databaseIn(dataFolder), undefined, known.value);
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
