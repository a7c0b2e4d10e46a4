import type { Database } from 'better-sqlite3';
import * as z from 'zod';
import { deskReadingSchema } from '../../shared/contract/batch-desk-operations.ts';
import { createStoredValues } from './stored-values.ts';

const storedDeskSchema = deskReadingSchema.extend({
  tablePath: z.string().nullable(),
  /** Tells whether the table is as it was when it was corrected. */
  tableStamp: z.string(),
  folderPath: z.string().nullable(),
});
export type StoredDesk = z.output<typeof storedDeskSchema>;

/** What lies on the desk of each account for its next batch. */
export function createBatchDeskRepository(database: Database) {
  const stored = createStoredValues(database);
  const keyOf = (accountId: number) => `desk.${accountId}`;
  return {
    /** What cannot be understood counts as not there. */
    find(accountId: number): StoredDesk | undefined {
      const parsed = storedDeskSchema.safeParse(stored.read(keyOf(accountId)));
      return parsed.success ? parsed.data : undefined;
    },
    save(accountId: number, desk: StoredDesk): void {
      stored.write(keyOf(accountId), desk);
    },
  };
}
