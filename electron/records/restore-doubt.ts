import type { Database } from 'better-sqlite3';
import { forgetSearchEpoch } from './search-change-repository.ts';

const restoredKey = 'restored-from';

/** Notes in a backup that is about to take the database's place from when it is; the next open reads that. */
export function noteRestored(database: Database, backupCreatedAt: string): void {
  database
    .prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    .run(restoredKey, JSON.stringify(backupCreatedAt));
  forgetSearchEpoch(database);
}

/**
 * After a restore: whatever the backup shows as not sent may have been sent since it was made, so a person decides before
 * it is sent again. Done once, in one durable step.
 * @returns how many invoices are in doubt now
 */
export function doubtAfterRestore(database: Database, now: string): number {
  return database
    .transaction(() => {
      if (database.prepare('DELETE FROM setting WHERE key = ?').run(restoredKey).changes === 0) return 0;
      return database
        .prepare(`UPDATE invoice SET doubted_at = ? WHERE state IN ('draft', 'prepared', 'rejected')`)
        .run(now).changes;
    })
    .immediate();
}
