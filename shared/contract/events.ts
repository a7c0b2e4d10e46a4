import type { ReimburseStatus } from '../wechat/reimburse-status.ts';
import type { BatchCounts } from './batch-operations.ts';
import type { MenuCommand } from './menu-commands.ts';
import type { PdfWorkName } from './pdf-table-operations.ts';
import type { UpdateState } from './update-operations.ts';

/** What main tells the page without being asked. */
export interface EventMap {
  readonly 'batch.progress': {
    readonly batchId: number;
    readonly running: boolean;
    readonly counts: BatchCounts;
    /** Finished rows a minute, over this run. */
    readonly ratePerMinute: number;
    /** Seconds until the last row, null while it cannot be told. */
    readonly secondsLeft: number | null;
  };
  /** A table is being imported: first its rows are read, then they get their invoices. At most ten a second. */
  readonly 'batch.importing': {
    readonly batchId: number;
    readonly step: 'reading' | 'linking';
    /** Orders done in this step. */
    readonly done: number;
    /** Orders of the table; good ones only are linked. */
    readonly total: number;
  };
  /** Records are being exported. At most ten a second. */
  readonly 'record.exporting': {
    readonly running: boolean;
    /** Invoices written; 0 of 0 while they are being found. */
    readonly done: number;
    readonly total: number;
  };
  /** PDFs are being read for a table, or held against one. At most ten a second. */
  readonly 'pdf.reading': {
    readonly work: PdfWorkName;
    readonly running: boolean;
    /** Files read. */
    readonly done: number;
    readonly total: number;
  };
  /** Authorisation links are being got for many orders. At most ten a second. */
  readonly 'order.requesting': {
    readonly accountId: number;
    readonly running: boolean;
    /** Orders gone through, those that failed among them. */
    readonly done: number;
    readonly total: number;
    readonly failed: number;
  };
  readonly 'record.changed': {
    readonly kind: 'account' | 'template' | 'invoice' | 'batch' | 'event' | 'settings' | 'relay' | 'order';
    readonly id: number;
  };
  /** Statuses of invoices came in that a person may want to know of at once. */
  readonly 'feed.arrived': {
    readonly accountId: number;
    readonly changes: readonly { readonly invoiceId: number; readonly status: ReimburseStatus }[];
  };
  /** A customer has authorised an order: it can be issued. */
  readonly 'order.authorised': { readonly accountId: number; readonly orderId: string; readonly moneyFen: number };
  /** It stands otherwise with the update of the program. */
  readonly 'update.changed': { readonly update: UpdateState };
  /** A command of the native menu; the page does it. */
  readonly 'menu.chosen': { readonly command: MenuCommand };
}

export type EventName = keyof EventMap;
/** Sends an event to whoever listens: the windows, or the command line's progress. */
export type Emit = <Name extends EventName>(name: Name, payload: EventMap[Name]) => void;
