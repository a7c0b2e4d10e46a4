import { noChanges, noCounts } from '../../shared/contract/batch-operations.ts';
import { ok } from '../../shared/result.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import { type ImportSource, openImport } from './open-import.ts';
import { countRow, type PlannedRow, planRows, stateOf } from './plan-rows.ts';

/** Reads table and PDFs and says what an import would do, writing nothing. */
export async function checkBatch(
  parts: { readonly records: Records; readonly clock: Clock },
  source: ImportSource,
  signal: AbortSignal,
) {
  const opened = await openImport(parts, source, undefined, signal);
  if (!opened.ok) return opened;
  const { plan, table } = opened.value;
  const [counts, changes] = [{ ...noCounts }, { ...noChanges }];
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
  for (const row of rows) countRow({ counts, changes }, stateOf(row), row.comparison?.change ?? null);
  const shown = rows.map((one) => ({
    rowNumber: one.row.rowNumber,
    state: stateOf(one),
    orderId: one.row.orderId,
    title: one.row.title,
    invoiceId: one.comparison?.existing?.id ?? null,
    findings: [...one.findings],
    change: one.comparison?.change ?? null,
    changedFields: [...(one.comparison?.changedFields ?? [])],
  }));
  return ok({ counts, changes, encoding: table.encoding, rows: shown });
}
