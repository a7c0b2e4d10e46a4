import type { Database } from 'better-sqlite3';
import { createAccountRepository } from './account-repository.ts';
import { createAttemptRepository } from './attempt-repository.ts';
import { createBatchRepository } from './batch-repository.ts';
import { createEventRepository } from './event-repository.ts';
import { createImportRepository } from './import-repository.ts';
import { createInvoiceRepository } from './invoice-repository.ts';
import { createPdfRepository } from './pdf-repository.ts';
import { createSettingRepository } from './setting-repository.ts';
import { createSharedTransaction } from './shared-transaction.ts';
import { createTemplateRepository } from './template-repository.ts';

export type Records = ReturnType<typeof createRecords>;

/** All repositories over one open database. */
export function createRecords(database: Database) {
  const transaction = database.transaction((step: () => unknown) => step());
  return {
    accounts: createAccountRepository(database),
    templates: createTemplateRepository(database),
    pdfs: createPdfRepository(database),
    invoices: createInvoiceRepository(database),
    attempts: createAttemptRepository(database),
    batches: createBatchRepository(database),
    imports: createImportRepository(database),
    events: createEventRepository(database),
    settings: createSettingRepository(database),
    /** Runs a step of several writes as one durable transaction. Never around an await. */
    inTransaction: <Value>(step: () => Value): Value => transaction.immediate(step) as Value, // what step() gives
    /** As {@link inTransaction}; durable when the promise is fulfilled. Shares its wait for the disk with others. */
    inSharedTransaction: createSharedTransaction(transaction.immediate, () => database.inTransaction),
    /**
     * As {@link inTransaction}, without waiting for the disk: the end of the program cannot take it back, a power cut
     * can, until the next durable step, which makes everything before it durable too. For what may be done once more.
     */
    inRepeatableTransaction<Value>(step: () => Value): Value {
      // Inside another transaction the level cannot be changed, and that one decides.
      if (database.inTransaction) return step();
      // A prepared one would do nothing: SQLite carries this pragma out while it compiles it.
      database.pragma('synchronous = 1');
      try {
        return transaction.immediate(step) as Value; // as above
      } finally {
        database.pragma('synchronous = 2');
      }
    },
    sqliteVersion: (): string => String(database.prepare('SELECT sqlite_version()').pluck().get()),
  };
}
