import type { Handlers } from '../../shared/contract/contract.ts';
import { createAccountHandlers, createTemplateHandlers } from './account-handlers.ts';
import { createAppHandlers } from './app-handlers.ts';
import { createBackupHandlers } from './backup-handlers.ts';
import { createBatchDeskHandlers } from './batch-desk-handlers.ts';
import { createBatchHandlers } from './batch-handlers.ts';
import { createDeskHandlers } from './desk-handlers.ts';
import { createFollowUpHandlers } from './follow-up-handlers.ts';
import type { HandlerParts } from './handler-parts.ts';
import { createExchangeHandlers, createInvoiceHandlers } from './invoice-handlers.ts';
import { createLicenceHandlers } from './licence-handlers.ts';
import { createMerchantHandlers } from './merchant-handlers.ts';
import { createOrderHandlers } from './order-handlers.ts';
import { createOrderTableHandlers } from './order-table-handlers.ts';
import { createOverviewHandlers } from './overview-handlers.ts';
import { createPdfHandlers } from './pdf-handlers.ts';
import { createPdfTableHandlers } from './pdf-table-handlers.ts';
import { createRecordHandlers } from './record-handlers.ts';
import { createRelayHandlers } from './relay-handlers.ts';
import { createSupportHandlers } from './support-handlers.ts';
import { createTableHandlers } from './table-handlers.ts';
import { createUpdateHandlers } from './update-handlers.ts';

/** Every operation's handler; the compiler refuses a contract without its handler, and a handler without its entry. */
export function createHandlers(parts: HandlerParts): Handlers {
  return {
    ...createAppHandlers(parts),
    ...createAccountHandlers(parts),
    ...createTemplateHandlers(parts),
    ...createInvoiceHandlers(parts),
    ...createExchangeHandlers(parts),
    ...createFollowUpHandlers(parts),
    ...createBatchHandlers(parts),
    ...createBatchDeskHandlers(parts),
    ...createTableHandlers(parts),
    ...createBackupHandlers(parts),
    ...createDeskHandlers(parts),
    ...createSupportHandlers(parts),
    ...createOverviewHandlers(parts),
    ...createRecordHandlers(parts),
    ...createPdfHandlers(parts),
    ...createPdfTableHandlers(parts),
    ...createRelayHandlers(parts),
    ...createMerchantHandlers(parts),
    ...createOrderHandlers(parts),
    ...createOrderTableHandlers(parts),
    ...createLicenceHandlers(parts),
    ...createUpdateHandlers(parts),
  } satisfies Handlers;
}
