import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Backup, BackupCounts } from '../../shared/contract/backup-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { backupFolderOf, databaseIn, databaseName, listBackups, syncFile, syncFolder } from './backup-files.ts';
import { inspectDatabaseFile, reasonOf, sameCounts } from './backup-inspect.ts';
import { type Inspection, toStamp } from './backup-name.ts';
import { migrations } from './migrations/migrations.ts';
import { noteRestored } from './restore-doubt.ts';
import {
  type RestoreRequest,
  readRestoreRequest,
  removeRestoreRequest,
  writeRestoreRequest,
} from './restore-request.ts';

/** The database first: while it stands aside and none is in its place, an exchange is under way. */
const exchangedFiles = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, `${databaseName}.seal`] as const;
const incomingName = `${databaseName}.incoming`;

const asideRootOf = (dataFolder: string) => join(dataFolder, 'aside');

export interface Restored {
  readonly backup: Backup;
  readonly counts: BackupCounts;
  /** Folder that now holds the files of the former database. */
  readonly asideFolder: string;
}

const unusable = (name: string, reason: string) => appError('backup.unusable', { name, reason });

function findBackup(dataFolder: string, name: string): Result<Backup, AppError> {
  const backup = listBackups(backupFolderOf(dataFolder)).find((one) => one.name === name);
  if (!backup) return fail(appError('backup.not-found', { name }));
  const supported = migrations.length;
  if (backup.schemaVersion <= supported) return ok(backup);
  return fail(appError('database.newer', { found: backup.schemaVersion, supported }));
}

function matchInspection(backup: Backup, inspected: Result<Inspection, string>): Result<Backup, AppError> {
  if (!inspected.ok) return fail(unusable(backup.name, inspected.error));
  const { counts, schemaVersion } = inspected.value;
  if (schemaVersion === backup.schemaVersion && sameCounts(counts, backup.counts)) return ok(backup);
  return fail(unusable(backup.name, 'it does not hold what its name says'));
}

/** Checks a backup again, now: what was good when it was made may have been damaged since. */
export function checkBackup(dataFolder: string, name: string): Result<Backup, AppError> {
  const backup = findBackup(dataFolder, name);
  if (!backup.ok) return backup;
  return matchInspection(backup.value, inspectDatabaseFile(join(backupFolderOf(dataFolder), name)));
}

/** {@link checkBackup} beside the work of a running program. */
export async function checkBackupAside(dataFolder: string, name: string): Promise<Result<Backup, AppError>> {
  const backup = findBackup(dataFolder, name);
  if (!backup.ok) return backup;
  const { inspectInWorker } = await import('./backup-worker.ts');
  return matchInspection(backup.value, await inspectInWorker(join(backupFolderOf(dataFolder), name)));
}

/** The newest backup that is good now. */
export function findNewestGoodBackup(dataFolder: string): Backup | undefined {
  return listBackups(backupFolderOf(dataFolder)).find(({ name }) => checkBackup(dataFolder, name).ok);
}

function makeAsideFolder(dataFolder: string, nowMs: number): string {
  const root = asideRootOf(dataFolder);
  mkdirSync(root, { recursive: true });
  const stamp = toStamp(nowMs);
  const taken = new Set(readdirSync(root));
  let name = stamp;
  for (let again = 2; taken.has(name); again++) name = `${stamp}-${again}`;
  mkdirSync(join(root, name));
  syncFolder(root);
  syncFolder(dataFolder);
  return name;
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

/** Brings the former files back from aside; a database that was put in their place goes aside in exchange. */
function putBack(dataFolder: string, aside: string): void {
  const folder = join(asideRootOf(dataFolder), aside);
  // Where none was put in its place yet, what is beside it still belongs to the former one.
  if (existsSync(join(folder, databaseName)) && existsSync(databaseIn(dataFolder)))
    for (const name of exchangedFiles) moveIfThere(join(dataFolder, name), join(folder, `refused-${name}`));
  for (const name of [...exchangedFiles].reverse()) moveIfThere(join(folder, name), join(dataFolder, name));
  syncFolder(folder);
  syncFolder(dataFolder);
}

/** A backup is one file without a log. In use it has one; changed now, it can be sealed before it is used. */
function makeUsable(path: string, { createdAt }: Backup): void {
  const database = new BetterSqlite3(path);
  try {
    noteRestored(database, createdAt);
    database.pragma('journal_mode = WAL');
  } finally {
    database.close();
  }
}

function takeIncoming(dataFolder: string, backup: Backup): Result<void, AppError> {
  const incoming = join(dataFolder, incomingName);
  // Left by an exchange that was cut off; the backup it was copied from is still there.
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${incoming}${suffix}`, { force: true });
  copyFileSync(join(backupFolderOf(dataFolder), backup.name), incoming);
  const inspected = inspectDatabaseFile(incoming);
  if (inspected.ok && sameCounts(inspected.value.counts, backup.counts)) {
    makeUsable(incoming, backup);
    syncFile(incoming);
    return ok(undefined);
  }
  rmSync(incoming, { force: true });
  return fail(unusable(backup.name, inspected.ok ? 'its copy differs' : inspected.error));
}

function moveInto(dataFolder: string, aside: string): void {
  const folder = join(asideRootOf(dataFolder), aside);
  for (const name of exchangedFiles) moveIfThere(join(dataFolder, name), join(folder, name));
  syncFolder(folder);
  syncFolder(dataFolder);
  renameSync(join(dataFolder, incomingName), databaseIn(dataFolder));
  syncFolder(dataFolder);
}

/** Ends an exchange that was cut off: done where the new database is in place and good, else put back. */
function settleInterrupted(dataFolder: string, { name, aside }: RestoreRequest): Restored | undefined {
  const asideFolder = join(asideRootOf(dataFolder), aside ?? '');
  const backup = listBackups(backupFolderOf(dataFolder)).find((one) => one.name === name);
  const isInPlace = existsSync(join(asideFolder, databaseName)) && existsSync(databaseIn(dataFolder));
  if (aside !== undefined && backup && isInPlace) {
    const inspected = inspectDatabaseFile(databaseIn(dataFolder));
    if (inspected.ok) return { backup, counts: inspected.value.counts, asideFolder };
  }
  if (aside !== undefined) putBack(dataFolder, aside);
  return undefined;
}

function exchange(dataFolder: string, name: string, nowMs: number): Result<Restored, AppError> {
  const backup = checkBackup(dataFolder, name);
  if (!backup.ok) return backup;
  const incoming = takeIncoming(dataFolder, backup.value);
  if (!incoming.ok) return incoming;
  const aside = makeAsideFolder(dataFolder, nowMs);
  writeRestoreRequest(dataFolder, { name, aside });
  try {
    moveInto(dataFolder, aside);
  } catch (error) {
    putBack(dataFolder, aside);
    return fail(appError('restore.failed', { reason: reasonOf(error) }));
  }
  const inspected = inspectDatabaseFile(databaseIn(dataFolder));
  if (!inspected.ok) {
    putBack(dataFolder, aside);
    return fail(unusable(name, inspected.error));
  }
  const { counts } = inspected.value;
  return ok({ backup: backup.value, counts, asideFolder: join(asideRootOf(dataFolder), aside) });
}

/**
 * Puts a backup in the database's place. Every file of the former database is moved aside, none is deleted; where
 * anything fails they are put back. Cut off at any point, the next call ends what this one began.
 * Only for one who is alone in the data folder.
 */
export function exchangeDatabase(dataFolder: string, name: string, nowMs: number): Result<Restored, AppError> {
  try {
    const begun = readRestoreRequest(dataFolder);
    const settled = begun && settleInterrupted(dataFolder, begun);
    const restored = settled && settled.backup.name === name ? ok(settled) : exchange(dataFolder, name, nowMs);
    // Granted, or refused with its reason told: asked at each start again, it would never end.
    removeRestoreRequest(dataFolder);
    return restored;
  } catch (error) {
    return fail(appError('restore.failed', { reason: reasonOf(error) }));
  }
}
