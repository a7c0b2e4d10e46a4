import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Backup, BackupReason } from '../../shared/contract/backup-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import {
  backupFolderOf,
  databaseIn,
  listBackups,
  publishCopy,
  removeAbandonedCopies,
  removeUnfinished,
  unfinishedCopyIn,
} from './backup-files.ts';
import { countRecords, sameCounts } from './backup-inspect.ts';
import { chooseExpired } from './backup-rotation.ts';

export interface BackupParts {
  readonly dataFolder: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

export type Backups = ReturnType<typeof createBackups>;

const noRecords = { invoices: 0, issued: 0, unknown: 0, events: 0 };

/** Copies, verifies, publishes; then lets go what the rotation no longer keeps. */
async function copyAndRotate({ dataFolder, clock, log }: BackupParts, reason: BackupReason): Promise<Backup> {
  const folder = backupFolderOf(dataFolder);
  const unfinished = unfinishedCopyIn(folder);
  try {
    // Its address is that of a worker, so it has to be a file of its own after bundling.
    const { copyInWorker } = await import('./backup-worker.ts');
    const copied = await copyInWorker(databaseIn(dataFolder), unfinished);
    if (!copied.ok) throw new Error(copied.error);
    const backup = publishCopy(unfinished, copied.value, reason, clock.now());
    // Only now: nothing goes before a newer verified backup is there.
    for (const { name } of chooseExpired(listBackups(folder), clock.now())) rmSync(join(folder, name), { force: true });
    removeAbandonedCopies(folder);
    log.info('backup.made', { name: backup.name });
    return backup;
  } finally {
    removeUnfinished(unfinished);
  }
}

/** Verified backups of the open records, one at a time, made beside the work and never in its way. */
export function createBackups(parts: BackupParts) {
  const { dataFolder, database, log } = parts;
  const totalChanges = database.prepare('SELECT total_changes()').pluck();
  let lastMark = readMark();
  let hasMade = false;
  let failure: AppError | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  /** Changes with every write of this connection and with every commit of another one. */
  function readMark(): string {
    return `${String(totalChanges.get())} ${String(database.pragma('data_version', { simple: true }))}`;
  }

  const list = () => listBackups(backupFolderOf(dataFolder));

  /** A run that was killed may have left changes that no backup has; they show in the counts. */
  function hasChanged(): boolean {
    if (readMark() !== lastMark) return true;
    return !hasMade && !sameCounts(list()[0]?.counts ?? noRecords, countRecords(database));
  }

  async function makeNow(reason: BackupReason): Promise<Result<Backup, AppError>> {
    const mark = readMark();
    try {
      const backup = await copyAndRotate(parts, reason);
      lastMark = mark;
      hasMade = true;
      failure = undefined;
      return ok(backup);
    } catch (error) {
      // Even a fault of our own: no work may stop because its copy could not be made.
      const cause = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      log.error('backup.failed', { why: reason, reason: cause });
      failure = appError('backup.failed', { reason: cause.slice(0, 200) });
      return fail(failure);
    }
  }

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = queue.then(work, work);
    queue = turn;
    return turn;
  }

  return {
    list,
    /** Makes a backup, after the one that may be under way. */
    make: (reason: BackupReason) => inTurn(() => makeNow(reason)),
    /** Makes a backup where something was written since the last one. */
    makeIfChanged: (reason: BackupReason) =>
      inTurn(
        async (): Promise<Result<Backup | undefined, AppError>> => (hasChanged() ? makeNow(reason) : ok(undefined)),
      ),
    countNow: () => countRecords(database),
    /** Why the last try failed; undefined once one succeeded. */
    lastFailure: () => failure,
  };
}
