import { mkdirSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { backupFolderOf, databaseIn } from '../../../electron/records/backup-files.ts';
import { countRecords } from '../../../electron/records/backup-inspect.ts';
import { formatBackupName } from '../../../electron/records/backup-name.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { restoreNow } from '../../../electron/records/restore-open.ts';
import type { BackupCounts } from '../../../shared/contract/backup-operations.ts';
import { chanceOf } from '../network/chance.ts';
import { type OpenFolder, openFolder, openOptions } from './data-folder.ts';

/** Makes a copy of the open records into a file of another folder and answers its name. */
export type MakeCopy = (live: OpenFolder, folder: string) => Promise<string>;

/** The program's own backup. */
export const backUpOnline: MakeCopy = async (live, folder) => {
  const { name } = await live.backUp();
  await copyFile(join(backupFolderOf(live.dataFolder), name), join(folder, name));
  return name;
};

/** What other programs do: the file as it lies there, without the log beside it. */
export const copyPlainly: MakeCopy = async (live, folder) => {
  const createdAt = new Date(live.clock.now()).toISOString();
  const counts = live.backups.countNow();
  const name = formatBackupName({ createdAt, reason: 'by-hand', schemaVersion: migrations.length, counts });
  await copyFile(databaseIn(live.dataFolder), join(folder, name));
  return name;
};

export interface Drills {
  readonly done: number;
  readonly failures: readonly string[];
  /** Transactions that were written while copies were made. */
  readonly writtenMeanwhile: number;
}

function look(path: string): { readonly counts: BackupCounts; readonly integrity: unknown; readonly pairs: unknown } {
  const database = new BetterSqlite3(path, { readonly: true });
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    // Each issued invoice was written together with its event: a copy of one moment never has one without the other.
    const pairs = database
      .prepare(
        `SELECT count(*) FROM invoice JOIN status_event ON CAST(status_event.code AS INTEGER) = invoice.id
         WHERE invoice.state = 'issued'`,
      )
      .pluck()
      .get();
    return { counts: countRecords(database), integrity, pairs };
  } finally {
    database.close();
  }
}

function findFault(before: BackupCounts, after: BackupCounts, path: string): string | undefined {
  const { counts, integrity, pairs } = look(path);
  if (integrity !== 'ok') return `integrity: ${String(integrity)}`;
  if (counts.events !== counts.issued || pairs !== counts.issued) return 'an invoice without its event, or the reverse';
  if (counts.invoices < before.invoices)
    return `${before.invoices - counts.invoices} acknowledged invoices are missing`;
  return counts.invoices > after.invoices ? 'more than was ever there' : undefined;
}

/** Copies the records while they are written to, restores each copy in a folder of its own, and compares. */
export async function playDrills(
  { root, seed, count }: { readonly root: string; readonly seed: number; readonly count: number },
  makeCopy: MakeCopy,
): Promise<Drills> {
  const chance = chanceOf(seed, 'drills');
  const live = openFolder(join(root, 'live'));
  const failures: string[] = [];
  let writtenMeanwhile = 0;
  const writeSome = (most: number) => {
    for (let left = 1 + chance.below(most); left > 0; left--) live.add(chance.pick(['issued', 'draft', 'unknown']));
  };
  try {
    for (let drill = 0; drill < count; drill++) {
      const folder = join(root, `restored ${drill}`);
      mkdirSync(backupFolderOf(folder), { recursive: true });
      writeSome(5);
      const before = live.backups.countNow();
      const copying = { isDone: false };
      const copied = makeCopy(live, backupFolderOf(folder)).finally(() => {
        copying.isDone = true;
      });
      while (!copying.isDone) {
        writeSome(3);
        writtenMeanwhile += 1;
        // A person's pace would be slower by far; at full speed the records would outgrow the drill.
        await setTimeout(5);
      }
      const name = await copied;
      const after = live.backups.countNow();
      const restored = restoreNow(openOptions(folder), name);
      const fault = restored.ok ? findFault(before, after, databaseIn(folder)) : restored.error.code;
      if (fault !== undefined) failures.push(`drill ${drill}: ${fault}`);
      rmSync(folder, { recursive: true });
    }
  } finally {
    live.close();
  }
  return { done: count, failures, writtenMeanwhile };
}
