import { type Backup, backupNamePattern, backupReasons } from '../../shared/contract/backup-operations.ts';

/** What a backup's name says; the size is the file's. */
export type BackupFacts = Omit<Backup, 'name' | 'sizeBytes'>;
/** What a look into a database file tells. */
export type Inspection = Pick<Backup, 'counts' | 'schemaVersion'>;

/** `2026-11-23T02:00:00.000Z` → `20261123T020000000Z`: sorts as text, and every file system takes it. */
export const toStamp = (milliseconds: number): string => new Date(milliseconds).toISOString().replaceAll(/[-:.]/g, '');

function fromStamp(stamp: string): string | undefined {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z');
  // Twice through the calendar: 31 February is a number pattern, not a day.
  const milliseconds = Date.parse(iso);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === iso ? iso : undefined;
}

export function formatBackupName({ createdAt, reason, schemaVersion, counts }: BackupFacts): string {
  const { invoices, issued, unknown, events } = counts;
  const stamp = toStamp(Date.parse(createdAt));
  return `${stamp}-${reason}-v${schemaVersion}-i${invoices}-s${issued}-u${unknown}-e${events}.db`;
}

/** The facts in a backup's name, or undefined for any other file. */
export function parseBackupName(name: string): BackupFacts | undefined {
  const groups = backupNamePattern.exec(name)?.groups;
  if (!groups) return undefined;
  const createdAt = fromStamp(groups['stamp'] ?? '');
  const reason = backupReasons.find((known) => known === groups['reason']);
  if (createdAt === undefined || reason === undefined) return undefined;
  const number = (group: string) => Number(groups[group]);
  return {
    createdAt,
    reason,
    schemaVersion: number('version'),
    counts: {
      invoices: number('invoices'),
      issued: number('issued'),
      unknown: number('unknown'),
      events: number('events'),
    },
  };
}
