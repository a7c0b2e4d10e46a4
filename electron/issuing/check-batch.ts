import { basename } from 'node:path';
import { noChanges, noCounts } from '../../shared/contract/batch-operations.ts';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { CheckedRow } from '../../shared/contract/table-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import { type ImportSource, type OpenImport, openImport } from './open-import.ts';
import { countRow, type PdfFolder, type PlannedRow, planRows, stateOf } from './plan-rows.ts';

/** What a table would become if it were imported now. */
export interface CheckedTable {
  readonly table: Pick<OpenImport['table'], 'encoding'>;
  readonly rows: readonly PlannedRow[];
}

/** Reads table and PDFs and says what an import would do, writing nothing. */
export async function checkTable(
  parts: { readonly records: Records; readonly clock: Clock },
  source: ImportSource,
  signal: AbortSignal,
): Promise<Result<CheckedTable, AppError>> {
  const opened = await openImport(parts, source, undefined, signal);
  if (!opened.ok) return opened;
  const { plan, table } = opened.value;
  const rows: PlannedRow[] = [];
  try {
    for await (const chunk of table.chunks()) {
      const planned = await planRows(plan, chunk);
      if (!planned.ok) return planned;
      rows.push(...planned.value);
    }
  } finally {
    await table.close();
  }
  return ok({ table, rows });
}

function countAll(rows: readonly PlannedRow[]) {
  const [counts, changes] = [{ ...noCounts }, { ...noChanges }];
  for (const row of rows) countRow({ counts, changes }, stateOf(row), row.comparison?.change ?? null);
  return { counts, changes };
}

const describeRow = (one: PlannedRow) => ({
  rowNumber: one.row.rowNumber,
  state: stateOf(one),
  orderId: one.row.orderId,
  title: one.row.title,
  invoiceId: one.comparison?.existing?.id ?? null,
  findings: [...one.findings],
  change: one.comparison?.change ?? null,
});

/** The short form, for `batch.check`. */
export function summariseCheck({ rows, table }: CheckedTable): OutputOf<'batch.check'> {
  const shown = rows.map((one) => ({
    ...describeRow(one),
    changedFields: [...(one.comparison?.changedFields ?? [])],
  }));
  return { ...countAll(rows), encoding: table.encoding, rows: shown };
}

/** The file a row would use, also where its faults or its card keep it from being looked at. */
function pdfOf({ row, pdfPath }: PlannedRow, folder: PdfFolder): string | null {
  if (pdfPath !== undefined) return basename(pdfPath);
  const fields = row.fields ?? { billingNo: '', billingCode: '', orderId: row.orderId };
  const match = folder.match({ pdfFile: row.pdfFile, fields });
  return match.kind === 'found' ? match.file : null;
}

/** The long form, for `table.check`: cells, and the PDF it uses. */
export function describeChecked(one: PlannedRow, folder: PdfFolder): CheckedRow {
  const { rowNumbers, cells } = one.row;
  return {
    ...describeRow(one),
    rowNumbers: [...rowNumbers],
    cells: JSON.parse(cells) as string[][], // written by the table worker, or of corrected rows, from these
    pdf: pdfOf(one, folder),
  };
}
