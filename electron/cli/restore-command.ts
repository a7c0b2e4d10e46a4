import type { Backup } from '../../shared/contract/backup-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { formatBeijingDateTime } from '../../shared/invoice/beijing-time.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { backupFolderOf, listBackups } from '../records/backup-files.ts';
import { checkBackup, findNewestGoodBackup } from '../records/restore-exchange.ts';
import { countPresent, describeCounts, restoreWarning } from '../records/restore-offer.ts';
import { restoreNow } from '../records/restore-open.ts';
import type { CommandLine } from './command-line.ts';
import type { Output } from './output.ts';

function sayBackup({ name, createdAt, counts }: Backup, output: Output): void {
  const made = formatBeijingDateTime(Math.floor(Date.parse(createdAt) / 1000));
  const { zhCN, en } = describeCounts(counts);
  output.say({ zhCN: `${name}\n  北京时间 ${made}，${zhCN}`, en: `${name}\n  ${made} Beijing time, ${en}` });
}

function listAll(dataFolder: string, output: Output): void {
  const backups = listBackups(backupFolderOf(dataFolder));
  if (backups.length === 0) output.say({ zhCN: '还没有备份。', en: 'There is no backup yet.' });
  for (const backup of backups) sayBackup(backup, output);
  output.result({ ok: true, backups });
}

function choose(dataFolder: string, wanted: string): Result<Backup, AppError> {
  if (wanted !== 'newest') return checkBackup(dataFolder, wanted);
  const newest = findNewestGoodBackup(dataFolder);
  return newest ? ok(newest) : fail(appError('backup.not-found', { name: wanted }));
}

/** `restore`: shows what is there and what a backup holds, and with --yes exchanges the two. */
export function restoreCommand({ flags }: CommandLine, dataFolder: string, output: Output): Result<boolean, AppError> {
  if (flags.list) {
    listAll(dataFolder, output);
    return ok(true);
  }
  const backup = choose(dataFolder, flags.backup ?? 'newest');
  if (!backup.ok) return backup;
  const present = countPresent(dataFolder);
  const now = describeCounts(present);
  output.say({ zhCN: `现在：${now.zhCN}`, en: `Now: ${now.en}` });
  sayBackup(backup.value, output);
  output.note(restoreWarning);
  if (!flags.yes) return fail(appError('restore.not-confirmed', { present, backup: backup.value }));
  const restored = restoreNow({ dataFolder, program: 'command line', nowMs: Date.now() }, backup.value.name);
  if (!restored.ok) return restored;
  const { asideFolder } = restored.value;
  output.say({
    zhCN: `已恢复。原来的文件保存在：${asideFolder}`,
    en: `Restored. The former files are in: ${asideFolder}`,
  });
  output.result({ ok: true, present, backup: backup.value, asideFolder });
  return ok(true);
}
