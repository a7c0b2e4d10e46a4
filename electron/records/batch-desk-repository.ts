import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { deskReadingSchema } from '../../shared/contract/batch-desk-operations.ts';

const storedDeskSchema = deskReadingSchema.extend({
  tablePath: z.string().nullable(),
  /** Tells whether the table is as it was when it was corrected. */
  tableStamp: z.string(),
  folderPath: z.string().nullable(),
});
export type StoredDesk = z.output<typeof storedDeskSchema>;

function parseStored(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What lies on the desk of each account for its next batch. */
export function createBatchDeskRepository(database: Database) {
  const select = database.prepare<[number], string>(`SELECT value FROM setting WHERE key = 'desk.' || ?`).pluck();
  const upsert = database.prepare<[number, string]>(
    `INSERT INTO setting (key, value) VALUES ('desk.' || ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  return {
    /** What cannot be understood counts as not there. */
    find(accountId: number): StoredDesk | undefined {
      const parsed = storedDeskSchema.safeParse(parseStored(select.get(accountId) ?? ''));
      return parsed.success ? parsed.data : undefined;
    },
    save(accountId: number, desk: StoredDesk): void {
      upsert.run(accountId, JSON.stringify(desk));
    },
  };
}
