import type * as z from 'zod';
import type { AppError } from '../errors/app-error.ts';
import type { Result } from '../result.ts';
import { accountOperations } from './account-operations.ts';
import { appOperations } from './app-operations.ts';
import { backupOperations } from './backup-operations.ts';
import { batchDeskOperations } from './batch-desk-operations.ts';
import { batchOperations } from './batch-operations.ts';
import { deskOperations } from './desk-operations.ts';
import { followUpOperations } from './follow-up-operations.ts';
import { invoiceOperations } from './invoice-operations.ts';
import { licenceOperations } from './licence-operations.ts';
import { merchantOperations } from './merchant-operations.ts';
import type { Operation } from './operation.ts';
import { orderOperations } from './order-operations.ts';
import { overviewOperations } from './overview-operations.ts';
import { pdfOperations } from './pdf-operations.ts';
import { pdfTableOperations } from './pdf-table-operations.ts';
import { recordOperations } from './record-operations.ts';
import { relayOperations } from './relay-operations.ts';
import { tableOperations } from './table-operations.ts';
import { updateOperations } from './update-operations.ts';

/** The one table of operations: IPC channels, preload types, command line and handlers all come from it. */
export const contract = {
  ...appOperations,
  ...accountOperations,
  ...invoiceOperations,
  ...followUpOperations,
  ...batchOperations,
  ...batchDeskOperations,
  ...tableOperations,
  ...backupOperations,
  ...deskOperations,
  ...overviewOperations,
  ...recordOperations,
  ...pdfOperations,
  ...pdfTableOperations,
  ...relayOperations,
  ...merchantOperations,
  ...orderOperations,
  ...licenceOperations,
  ...updateOperations,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof contract;
/** What the handler gets. */
export type InputOf<Name extends OperationName> = z.output<(typeof contract)[Name]['input']>;
/** What the caller sends. */
export type RequestOf<Name extends OperationName> = z.input<(typeof contract)[Name]['input']>;
export type OutputOf<Name extends OperationName> = z.output<(typeof contract)[Name]['output']>;

/** One handler an operation; a missing, extra or wrong one does not compile. */
export type Handlers = {
  readonly [Name in OperationName]: (input: InputOf<Name>) => Promise<Result<OutputOf<Name>, AppError>>;
};

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name);
}
