import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';

const epochKey = 'search-epoch';

/** The records are of another history from now on: an index of texts that was made of the former one no longer fits. */
export function forgetSearchEpoch(database: Database): void {
  database.prepare('DELETE FROM setting WHERE key = ?').run(epochKey);
}

/** What the index of texts has still to take over, and the history it has to be of. */
export function createSearchChangeRepository(database: Database) {
  const insertEpoch = database.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
  const selectEpoch = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const deleteUpTo = database.prepare(
    `DELETE FROM search_change
     WHERE seq <= min(:upTo, (SELECT min(seq) FROM search_change) + :atMost - 1, (SELECT max(seq) FROM search_change) - 1)`,
  );

  return {
    /** Names this history of the records; made at its first use. */
    epoch(): string {
      const known = selectEpoch.get(epochKey);
      if (known !== undefined) return known;
      insertEpoch.run(epochKey, JSON.stringify(randomUUID()));
      // Another process may have been the first.
      return selectEpoch.get(epochKey) ?? '';
    },
    /** For a start after an end that may have taken changes back which the index has taken over already. */
    forgetEpoch: (): void => forgetSearchEpoch(database),
    /**
     * Forgets the oldest changes that the index has taken over; never inside somebody else's transaction.
     * @returns whether there may be more of them
     */
    trim(upTo: number, atMost: number): boolean {
      return !database.inTransaction && deleteUpTo.run({ upTo, atMost }).changes === atMost;
    },
  };
}
