import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Backup, BackupReason } from '../../shared/contract/backup-operations.ts';
import { formatBackupName, type Inspection, parseBackupName } from './backup-name.ts';

export const databaseName = 'fapiao-desk.db';
export const databaseIn = (dataFolder: string): string => join(dataFolder, databaseName);
/** The index of the records' texts: made out of the database, so no backup holds it and it may be deleted at any time. */
export const searchIndexIn = (dataFolder: string): string => join(dataFolder, 'search.sqlite');
export const backupFolderOf = (dataFolder: string): string => join(dataFolder, 'backups');

export function syncFile(path: string): void {
  // Windows syncs only what is open for writing.
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes names in a folder durable: a rename, a new file, a removal. */
export function syncFolder(folder: string): void {
  // Windows has no handle on a folder; its renames are journalled by NTFS.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes a file so that after a power cut either the old or the new one is there, whole. */
export function writeFileDurably(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, content);
  syncFile(temporary);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

const unfinishedPattern = /^unfinished-[\da-f-]{36}\.tmp(-journal)?$/;
/** Longer than any copy takes: what is older was left by a program that was killed. */
const abandonedAfterMs = 6 * 3_600_000;

/** A place for a copy that is not verified yet. */
export function unfinishedCopyIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `unfinished-${randomUUID()}.tmp`);
}

export function removeUnfinished(path: string): void {
  rmSync(path, { force: true });
  rmSync(`${path}-journal`, { force: true });
}

export function removeAbandonedCopies(folder: string): void {
  for (const name of readdirSync(folder))
    if (unfinishedPattern.test(name) && Date.now() - statSync(join(folder, name)).mtimeMs > abandonedAfterMs)
      rmSync(join(folder, name), { force: true });
}

/** Turns a verified copy into a backup: one rename gives it its name, with all that is known of it. */
export function publishCopy(unfinished: string, inspection: Inspection, reason: BackupReason, nowMs: number): Backup {
  const folder = dirname(unfinished);
  const nameAt = (milliseconds: number) =>
    formatBackupName({ ...inspection, reason, createdAt: new Date(milliseconds).toISOString() });
  // No two of one moment: which of them is the newer must never depend on the rest of the name.
  const takenStamps = new Set(listBackups(folder).map(({ createdAt }) => createdAt));
  let createdMs = nowMs;
  while (takenStamps.has(new Date(createdMs).toISOString())) createdMs += 1;
  const name = nameAt(createdMs);
  renameSync(unfinished, join(folder, name));
  syncFolder(folder);
  const createdAt = new Date(createdMs).toISOString();
  return { name, reason, createdAt, sizeBytes: statSync(join(folder, name)).size, ...inspection };
}

/** The verified backups in a folder, newest first; other files are not looked at. */
export function listBackups(folder: string): Backup[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const backups: Backup[] = [];
  for (const name of readdirSync(folder)) {
    const facts = parseBackupName(name);
    // Another process's rotation may take one away between the two looks.
    const stats = facts && statSync(join(folder, name), { throwIfNoEntry: false });
    if (facts && stats?.isFile()) backups.push({ name, sizeBytes: stats.size, ...facts });
  }
  return backups.sort((one, other) => (one.name < other.name ? 1 : -1));
}
