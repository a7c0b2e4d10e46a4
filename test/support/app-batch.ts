import { type BatchCounts, noCounts } from '../../shared/contract/batch-operations.ts';
import type { EventMap } from '../../shared/contract/events.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { digitalInvoice, olderInvoice } from './app-invoices.ts';
import { writeTableWithPdfs } from './app-table.ts';
import type { SeenEvent, Stage } from './app-under-test.ts';

/** A batch's input, from files on the disk. */
export async function sourceOf(stage: Stage, files: { readonly table: string; readonly pdfFolder: string }) {
  return {
    accountId: stage.accountId,
    templateId: stage.template.id,
    table: await stage.admit(files.table),
    pdfFolder: await stage.admit(files.pdfFolder),
  };
}

/** As many good invoices, older and fully digital ones in turn. */
export function goodInvoices(stage: Stage, count: number): InvoiceFields[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? olderInvoice(stage.nextSerial()) : digitalInvoice(stage.nextSerial()),
  );
}

/** Imports a table of good invoices with their PDFs. */
export async function importGood(stage: Stage, count: number) {
  const invoices = goodInvoices(stage, count);
  const files = await writeTableWithPdfs(stage.folder, invoices);
  const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
  return { invoices, files, batch };
}

/** Counts of a batch, zero where nothing is said. */
export function counts(changes: Partial<BatchCounts>): BatchCounts {
  return { ...noCounts, ...changes };
}

export const isProgress = (event: SeenEvent): event is SeenEvent & { readonly payload: EventMap['batch.progress'] } =>
  event.name === 'batch.progress';
