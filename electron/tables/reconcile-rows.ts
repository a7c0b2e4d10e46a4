import type { PdfFinding } from '../../shared/contract/pdf-table-operations.ts';
import type { CheckedRow } from '../../shared/contract/table-operations.ts';
import { finding } from '../../shared/invoice/findings.ts';
import {
  differences,
  type PdfDifference,
  type ReconciledField,
  type ReconciledValues,
  writeReconciled,
} from '../../shared/invoice/pdf-differences.ts';
import { readAmount, readDigits, readText, readTime } from './cell-values.ts';
import { createPacer } from './pacer.ts';
import { invoiceKey, type PdfSays, type ReadPdf, refusalOf } from './pdf-rows.ts';
import type { TableHeader } from './table-header.ts';

function cellOf({ cells: [cells = []] }: CheckedRow, header: TableHeader, field: ReconciledField): string {
  const index = header.indexOf(field);
  return (index === undefined ? undefined : cells[index]) ?? '';
}

/** The compared values alone, so that a row with a fault elsewhere is compared as well. */
function valuesOf(row: CheckedRow, header: TableHeader): ReconciledValues {
  const cell = (field: ReconciledField) => cellOf(row, header, field);
  return {
    billingNo: readDigits(cell('billingNo'), '').value,
    billingCode: readDigits(cell('billingCode'), '').value,
    feeFen: readAmount(cell('feeFen'), '').value,
    billingTime: readTime(cell('billingTime'), '').value,
    title: readText(cell('title')),
  };
}

function findingOf(row: CheckedRow, header: TableHeader, { field, pdf, confidence }: PdfDifference): PdfFinding {
  const sure = confidence !== 'doubtful';
  const take = writeReconciled(field, pdf);
  const cell = cellOf(row, header, field);
  const shown = take === '' ? { pdf: '—' } : { pdf: take };
  const code = sure ? 'pdf.differs' : 'pdf.differs-doubtful';
  return {
    row: row.rowNumber,
    column: header.indexOf(field) ?? null,
    cell,
    finding: finding(code, header.nameOf(field), cell.trim(), shown),
    take,
    sure,
  };
}

/** Whether a row can be compared: in a ragged one every cell may stand under the wrong header. */
export function isComparable({ state, findings }: CheckedRow): boolean {
  return state !== 'already' && !findings.some(({ code }) => code === 'row.columns-differ');
}

/** What the PDF that a row uses says against it. */
export function reconcileRow(row: CheckedRow, header: TableHeader, pdf: ReadPdf): PdfFinding[] {
  const refusal = refusalOf(pdf);
  if (pdf.read.ok && !refusal)
    return differences(valuesOf(row, header), pdf.read.value).map((one) => findingOf(row, header, one));
  if (!refusal) return [];
  const column = header.indexOf('pdfFile');
  const cell = (column === undefined ? undefined : row.cells[0]?.[column]) ?? '';
  // The check knows no fault of it: a warning, as every other word about a PDF's content.
  const warning = { ...refusal, severity: 'warning' as const, field: header.nameOf('pdfFile') };
  return [{ row: row.rowNumber, column: column ?? null, cell, finding: warning, take: null, sure: false }];
}

function keyOfRow(row: CheckedRow, header: TableHeader): string | undefined {
  const { billingNo, billingCode } = valuesOf(row, header);
  // The older numbers of 8 digits are unique only together with their code.
  const isWhole = /^\d{20}$/.test(billingNo) || (/^\d{8}$/.test(billingNo) && billingCode !== '');
  return isWhole ? `${billingNo.length === 20 ? '' : billingCode} ${billingNo}` : undefined;
}

const keyOfPdf = (says: PdfSays) =>
  says.kind === 'digital' ? invoiceKey({ ...says, fields: { ...says.fields, billingCode: null } }) : invoiceKey(says);

/** Groups by a key; what has none is left out. */
async function byKey<One>(all: readonly One[], keyOf: (one: One) => string | undefined) {
  const pace = createPacer();
  const groups = new Map<string, One[]>();
  for (const one of all) {
    await pace();
    const key = keyOf(one);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Pairs rows and PDFs of the same number and code, where there is one of each. */
export async function matchByContent(
  rows: readonly CheckedRow[],
  header: TableHeader,
  pdfs: readonly ReadPdf[],
): Promise<{ readonly row: number; readonly file: string }[]> {
  const usable = pdfs.filter((pdf) => !refusalOf(pdf));
  const files = await byKey(usable, ({ read }) => (read.ok ? keyOfPdf(read.value) : undefined));
  const orders = await byKey(rows, (row) => keyOfRow(row, header));
  return [...orders].flatMap(([key, [row, another]]) => {
    const [pdf, other] = files.get(key) ?? [];
    return row && !another && pdf && !other ? [{ row: row.rowNumber, file: pdf.file }] : [];
  });
}
