import type { Backup } from '../../shared/contract/backup-operations.ts';
import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';

const keptOfToday = 3;
const keptDays = 14;
const keptBeforeMigration = 3;

type Dated = Pick<Backup, 'name' | 'reason' | 'createdAt'>;

const dayOf = (milliseconds: number) => formatBeijingDate(Math.floor(milliseconds / 1000));

/**
 * Which backups may go: not the newest three of today, not the newest of each of the last 14 days that have one, not the
 * last three before a migration. Days are Beijing's. Days without a backup do not count, so that a program that was not
 * used for a month still has something older than today. A backup of the future, left by a wrong clock, stays.
 * @param backups verified ones, in any order; the newest is never among the answers
 */
export function chooseExpired<Entry extends Dated>(backups: readonly Entry[], nowMs: number): Entry[] {
  const newestFirst = [...backups].sort((one, other) => (one.name < other.name ? 1 : -1));
  const today = dayOf(nowMs);
  const kept = new Set<Entry>();
  const days = new Map<string, Entry[]>();
  for (const backup of newestFirst) {
    const day = dayOf(Date.parse(backup.createdAt));
    if (day > today) kept.add(backup);
    else days.set(day, [...(days.get(day) ?? []), backup]);
  }
  for (const backup of days.get(today)?.slice(0, keptOfToday) ?? []) kept.add(backup);
  for (const [newest] of [...days.values()].slice(0, keptDays)) if (newest) kept.add(newest);
  const beforeMigration = newestFirst.filter(({ reason }) => reason === 'before-migration');
  for (const backup of beforeMigration.slice(0, keptBeforeMigration)) kept.add(backup);
  return newestFirst.filter((backup, index) => index > 0 && !kept.has(backup));
}
