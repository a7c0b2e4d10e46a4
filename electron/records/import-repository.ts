import type { Database } from 'better-sqlite3';
import type { RowChange } from '../../shared/contract/batch-operations.ts';
import type { Finding } from '../../shared/invoice/findings.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';

/** `reading`: rows are coming in and may still be thrown away. `linking`: they are all there, and invoices are made. */
export type ImportStep = 'reading' | 'linking';

export interface UnfinishedImport {
  readonly batchId: number;
  readonly accountId: number;
  readonly templateId: number;
  readonly step: ImportStep;
}

/** A row that is to become an invoice, or to find the one of its order. */
export interface RowToLink {
  readonly batchRowId: number;
  readonly fields: InvoiceFields;
  readonly pdfId: number | null;
  readonly findings: readonly Finding[];
}

export interface LinkedRow {
  readonly importState: 'faulty' | 'already' | 'linked';
  readonly invoiceId: number | null;
  readonly change: RowChange;
  readonly changedFields: readonly string[];
  readonly findings: readonly Finding[];
}

interface RowToLinkRow {
  readonly batch_row_id: number;
  readonly fields: string;
  readonly pdf_id: number | null;
  readonly findings: string;
}

/**
 * Imports that are not finished. Their rows stand in the batch as faulty ones, since they have no invoice yet, and beside
 * them what is to become of them; nobody but this repository sees a batch before its import is finished.
 */
export function createImportRepository(database: Database) {
  // `+`: see the invoice repository.
  const updateStep = database.prepare('UPDATE batch SET import_step = :step WHERE id = :batchId');
  const selectUnfinished = database.prepare<[], UnfinishedImport>(
    `SELECT id AS batchId, account_id AS accountId, template_id AS templateId, import_step AS step FROM batch
     WHERE import_step IS NOT NULL ORDER BY id`,
  );
  const insert = database.prepare(
    'INSERT INTO import_row (batch_row_id, fields, pdf_id) VALUES (:batchRowId, :fields, :pdfId)',
  );
  const selectSome = database.prepare<[number], RowToLinkRow>(
    `SELECT import_row.*, batch_row.findings FROM import_row JOIN batch_row ON batch_row.id = import_row.batch_row_id
     ORDER BY import_row.batch_row_id LIMIT ?`,
  );
  const updateRow = database.prepare(
    `UPDATE batch_row SET import_state = :importState, invoice_id = :invoiceId, change = :change,
       changed_fields = :changedFields, findings = :findings WHERE id = +:batchRowId`,
  );
  const remove = database.prepare('DELETE FROM import_row WHERE batch_row_id = +?');
  const removeSome = database.prepare<[number], number>('DELETE FROM import_row LIMIT ?');
  const removeSomeRows = database.prepare(
    'DELETE FROM batch_row WHERE id IN (SELECT id FROM batch_row WHERE batch_id = +? LIMIT ?)',
  );
  const removeBatch = database.prepare('DELETE FROM batch WHERE id = ?');

  return {
    unfinished: (): UnfinishedImport[] => selectUnfinished.all(),
    /** Hides the batch until its import is finished, or shows it: null. */
    setStep(batchId: number, step: ImportStep | null): void {
      updateStep.run({ batchId, step });
    },
    /** Writes down what is to become of a row of the batch. */
    stage(batchRowId: number, fields: InvoiceFields, pdfId: number | null): void {
      insert.run({ batchRowId, fields: JSON.stringify(fields), pdfId });
    },
    /** The next rows to link, in the order of the table. */
    toLink: (limit: number): RowToLink[] =>
      selectSome.all(limit).map((row) => ({
        batchRowId: row.batch_row_id,
        pdfId: row.pdf_id,
        // Written by stage() and addRow() from these types.
        fields: JSON.parse(row.fields) as InvoiceFields,
        findings: JSON.parse(row.findings) as Finding[],
      })),
    /** Gives a row its invoice and takes it off the list. */
    link(batchRowId: number, { changedFields, findings, ...row }: LinkedRow): void {
      updateRow.run({
        batchRowId,
        changedFields: JSON.stringify(changedFields),
        findings: JSON.stringify(findings),
        ...row,
      });
      remove.run(batchRowId);
    },
    /** Removes some of a batch that is not to come, up to so many rows; true once nothing of it is left. */
    discard(batchId: number, limit: number): boolean {
      if (removeSome.run(limit).changes > 0) return false;
      if (removeSomeRows.run(batchId, limit).changes > 0) return false;
      removeBatch.run(batchId);
      return true;
    },
  };
}
