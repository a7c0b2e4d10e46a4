import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import * as z from 'zod';
import { type BackupCounts, backupCountsSchema, backupSchema } from '../../shared/contract/backup-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { formatBeijingDateTime } from '../../shared/invoice/beijing-time.ts';
import type { Text } from '../../shared/text.ts';
import { databaseIn, databaseName } from './backup-files.ts';
import { countRecords, reasonOf } from './backup-inspect.ts';
import { findNewestGoodBackup } from './restore-exchange.ts';

const offerSchema = z.object({
  reason: z.string(),
  /** The newest backup that is good; null where there is none. */
  newestBackup: backupSchema.pick({ name: true, createdAt: true, counts: true }).nullable(),
  /** What can still be counted in the damaged file; null where nothing can. */
  present: backupCountsSchema.nullable(),
});
/** What can be offered to someone whose database is damaged. */
export type RestoreOffer = z.output<typeof offerSchema>;

/**
 * Counts what is in the present database, damaged or not, in a copy: SQLite changes the files it opens, and these are
 * evidence.
 */
export function countPresent(dataFolder: string): BackupCounts | null {
  // Opened as it is, an empty file would become a new database, and its log be thrown away.
  if ((statSync(databaseIn(dataFolder), { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  let folder: string | undefined;
  let copy: Database | undefined;
  try {
    folder = mkdtempSync(join(dataFolder, 'count-'));
    for (const name of [databaseName, `${databaseName}-wal`])
      if (existsSync(join(dataFolder, name))) copyFileSync(join(dataFolder, name), join(folder, name));
    copy = new BetterSqlite3(join(folder, databaseName), { fileMustExist: true });
    return countRecords(copy);
  } catch (error) {
    reasonOf(error); // Too damaged to count, or no room for the copy; anything else is a fault of ours.
    return null;
  } finally {
    copy?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** `database.damaged` with what a person needs to decide: both counts and the newest good backup. */
export function damagedError(dataFolder: string, reason: string): AppError {
  const backup = findNewestGoodBackup(dataFolder);
  const newestBackup = backup ? { name: backup.name, createdAt: backup.createdAt, counts: backup.counts } : null;
  return appError('database.damaged', { reason, newestBackup, present: countPresent(dataFolder) });
}

/** The offer in a `database.damaged`, or undefined in any other failure. */
export function readRestoreOffer({ code, details }: AppError): RestoreOffer | undefined {
  return code === 'database.damaged' ? offerSchema.safeParse(details).data : undefined;
}

/** Counts as one line for people. */
export function describeCounts(counts: BackupCounts | null): Text {
  if (counts === null) return { zhCN: '无法读出', en: 'cannot be read' };
  const { invoices, issued, unknown, events } = counts;
  return {
    zhCN: `发票 ${invoices} 张（已开具 ${issued}，结果未知 ${unknown}），状态推送 ${events} 条`,
    en: `${invoices} invoices (${issued} issued, ${unknown} unknown), ${events} status events`,
  };
}

/** What an older state of the records means, said wherever a restore is offered. */
export const restoreWarning: Text = {
  zhCN: '备份之后开具的发票在恢复后会显示为未开具。再次开具之前，请先在微信里确认卡券是否已经存在。',
  en: 'Invoices issued after the backup will show as not issued. Before issuing one again, look in WeChat whether its card exists.',
};

/** The words of the question that a damaged database puts at the start. */
export function describeOffer({ reason, newestBackup, present }: RestoreOffer): Text {
  const now = describeCounts(present);
  const zhCN = [`数据库文件已损坏（${reason}）。没有删除任何文件。`, `损坏的文件：${now.zhCN}`];
  const en = [`The database file is damaged (${reason}). Nothing was deleted.`, `Damaged file: ${now.en}`];
  if (newestBackup) {
    const counts = describeCounts(newestBackup.counts);
    const made = formatBeijingDateTime(Math.floor(Date.parse(newestBackup.createdAt) / 1000));
    zhCN.push(`最新的完好备份（北京时间 ${made}）：${counts.zhCN}`);
    zhCN.push('恢复时，现有的全部文件会移到 aside 文件夹保存。', restoreWarning.zhCN);
    en.push(`Newest good backup (${made}, Beijing time): ${counts.en}`);
    en.push('A restore moves all present files to the folder "aside" and keeps them.', restoreWarning.en);
  } else {
    zhCN.push('没有找到完好的备份。请保留数据文件夹，联系支持。');
    en.push('There is no good backup. Keep the data folder and ask for support.');
  }
  return { zhCN: zhCN.join('\n'), en: en.join('\n') };
}
