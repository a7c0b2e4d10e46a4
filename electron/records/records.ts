import type { Database } from 'better-sqlite3';
import { createAccountRepository } from './account-repository.ts';
import { createAttemptRepository } from './attempt-repository.ts';
import { createBatchDeskRepository } from './batch-desk-repository.ts';
import { createBatchRepository } from './batch-repository.ts';
import { createBuyerRepository } from './buyer-repository.ts';
import { createDecodedLinkRepository } from './decoded-link-repository.ts';
import { describeDatabase } from './describe-database.ts';
import { createEventRepository } from './event-repository.ts';
import { createImportRepository } from './import-repository.ts';
import { createInvoiceRepository } from './invoice-repository.ts';
import { createLayoutRepository } from './layout-repository.ts';
import { createLooseStep, createOneStep } from './one-step.ts';
import { createOrderRepository } from './order-repository.ts';
import { createOverviewRepository } from './overview-repository.ts';
import { createPdfRepository } from './pdf-repository.ts';
import { createRelayRepository } from './relay-repository.ts';
import { createSearchChangeRepository } from './search-change-repository.ts';
import { createSettingRepository } from './setting-repository.ts';
import { createSharedTransaction } from './shared-transaction.ts';
import { createTableProfileRepository } from './table-profile-repository.ts';
import { createTemplateRepository } from './template-repository.ts';

export type Records = ReturnType<typeof createRecords>;

/** All repositories over one open database. */
export function createRecords(database: Database) {
  const inTransaction = createOneStep(database);
  return {
    accounts: createAccountRepository(database),
    templates: createTemplateRepository(database),
    buyers: createBuyerRepository(database),
    pdfs: createPdfRepository(database),
    invoices: createInvoiceRepository(database),
    attempts: createAttemptRepository(database),
    batches: createBatchRepository(database),
    batchDesks: createBatchDeskRepository(database),
    imports: createImportRepository(database),
    overview: createOverviewRepository(database),
    events: createEventRepository(database),
    relays: createRelayRepository(database),
    orders: createOrderRepository(database),
    decodedLinks: createDecodedLinkRepository(database),
    settings: createSettingRepository(database),
    tableProfiles: createTableProfileRepository(database),
    layouts: createLayoutRepository(database),
    searchChanges: createSearchChangeRepository(database),
    /** Runs a step of several writes as one durable transaction. Never around an await. */
    inTransaction,
    /** As {@link inTransaction}, but a power cut may take it back until a durable step has followed. */
    inLooseTransaction: createLooseStep(database, inTransaction),
    /** As {@link inTransaction}; durable when the promise is fulfilled. Shares its wait for the disk with others. */
    inSharedTransaction: createSharedTransaction(inTransaction, () => database.inTransaction),
    /** For the diagnostics. */
    describe: () => describeDatabase(database),
    sqliteVersion: (): string => String(database.prepare('SELECT sqlite_version()').pluck().get()),
  };
}
