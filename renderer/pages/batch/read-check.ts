import type { OperationName, OutputOf, RequestOf } from '../../../shared/contract/contract.ts';
import type { CheckedRow } from '../../../shared/contract/table-operations.ts';
import type { FileColumns } from '../../../shared/table/column-names.ts';
import { patchRows } from '../../../shared/table/patch-rows.ts';
import { call } from '../../api/call.ts';
import { type CheckedTable, linesOf, repairsOf } from './checked-rows.ts';

/** Rows in one answer: few enough that packing and unpacking them is a matter of milliseconds. */
const pageRows = 500;
const sampledRows = 100;

async function ask<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<OutputOf<Name>> {
  const answer = await call(name, request);
  return answer.ok ? answer.value : Promise.reject(answer.error);
}

/** The rows of an answer, page by page; their lines are made between two pages, so that nothing waits for all of them. */
async function readRows(first: OutputOf<'table.check'>, file: FileColumns, signal: AbortSignal): Promise<CheckedRow[]> {
  const { checkId, base } = first;
  const rows: CheckedRow[] = [];
  let page: OutputOf<'table.checkedRows'> = first;
  for (;;) {
    repairsOf(file, linesOf({ file, rows: page.rows }));
    rows.push(...page.rows);
    if (page.next === null) return rows;
    signal.throwIfAborted();
    page = await ask('table.checkedRows', { checkId, base, after: page.next, limit: pageRows });
  }
}

/** Checks a table; of what is known already only what differs is asked for. */
export async function readCheck(
  source: RequestOf<'table.check'>,
  known: CheckedTable | undefined,
  signal: AbortSignal,
): Promise<CheckedTable> {
  const request = { ...source, limit: pageRows, ...(known ? { known: known.checkId } : {}) };
  const answer = await ask('table.check', request);
  const { checkId, encoding, counts, changes, pdfCount, unusedPdfs, goneRows } = answer;
  const about = { checkId, encoding, counts, changes, pdfCount, unusedPdfs };
  if (known && answer.base === known.checkId) {
    const changed = await readRows(answer, known.file, signal);
    return { ...about, file: known.file, sample: known.sample, rows: patchRows(known.rows, changed, goneRows) };
  }
  const file = { header: answer.header, columns: answer.columns };
  const rows = await readRows(answer, file, signal);
  return { ...about, file, rows, sample: rows.slice(0, sampledRows) };
}
