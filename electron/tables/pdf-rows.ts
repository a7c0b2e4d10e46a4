import type { Extraction, PdfConfidence, PdfFieldName, PdfFields } from '../../shared/contract/pdf-operations.ts';
import type { RefusedPdf } from '../../shared/contract/pdf-table-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';
import { type Finding, finding } from '../../shared/invoice/findings.ts';
import type { InvoiceItem } from '../../shared/invoice/invoice.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import type { Result } from '../../shared/result.ts';
import { headerOf, isTableField, type TableField, tableColumns } from '../../shared/table/columns.ts';
import { createPacer } from './pacer.ts';

type FieldSays<Name extends PdfFieldName> = {
  readonly value: NonNullable<PdfFields[Name]>['value'];
  readonly confidence: PdfConfidence;
} | null;

/** What a PDF says, without where on its pages. */
export interface PdfSays extends Pick<Extraction, 'kind' | 'isRedLetter'> {
  readonly fields: { readonly [Name in PdfFieldName]: FieldSays<Name> };
  readonly items: readonly InvoiceItem[];
  readonly findings: readonly Finding[];
}

/** A file and what was read out of it. */
export interface ReadPdf {
  readonly file: string;
  readonly read: Result<PdfSays, AppError>;
}

/** As many as tables have numbered columns for. */
const mostItems = 20;
const itemFields = ['itemName', 'itemNum', 'itemUnit', 'itemPrice'] as const;
const fileHeader = headerOf('pdfFile');

/** Findings that repeat what is said of a field that was left empty. */
const saidOtherwise = new Set(['pdf.sources-disagree', 'pdf.red-letter', 'pdf.not-invoice']);

/** A failure in the words of a finding about the file. */
export function findingOfError({ code, text, nextStep }: AppError, file: string): Finding {
  return { code, severity: 'fault', field: fileHeader, value: file, text, cure: nextStep };
}

/** Why a file cannot become a card, if it cannot. */
export function refusalOf({ file, read }: ReadPdf): Finding | undefined {
  if (!read.ok) return findingOfError(read.error, file);
  if (read.value.kind === 'not-invoice') return finding('pdf.not-invoice', fileHeader, file);
  return read.value.isRedLetter ? finding('pdf.red-letter', fileHeader, file) : undefined;
}

/** Number and code by which two files are the same invoice; undefined where they were not read for sure. */
export function invoiceKey({ fields: { billingNo, billingCode } }: PdfSays): string | undefined {
  if (!billingNo || billingNo.confidence === 'doubtful' || billingCode?.confidence === 'doubtful') return undefined;
  return `${billingCode?.value ?? ''} ${billingNo.value}`;
}

function writeValue(name: PdfFieldName, value: string | number): string {
  if (typeof value === 'string') return value;
  return name === 'billingTime' ? formatBeijingDate(value) : formatYuan(value, { grouped: false });
}

type Cells = Partial<Record<TableField, string>>;

interface PdfRow {
  readonly file: string;
  readonly cells: Cells;
  readonly items: readonly InvoiceItem[];
  readonly findings: readonly Finding[];
}

/** Which order a PDF is of, with what a person has to look at; or why none is known. */
export type OrderOfPdf =
  | { readonly orderId: string; readonly notes: readonly Finding[] }
  | { readonly refusal: Finding };

/** What is doubtful is left out and said: a person looks at the page before it gets into a card. */
function rowOf(file: string, { fields, items, findings }: PdfSays, order: OrderOfPdf | undefined): PdfRow {
  const isOrderKnown = order !== undefined && 'orderId' in order;
  const cells: Cells = { pdfFile: file, ...(isOrderKnown ? { orderId: order.orderId } : {}) };
  const doubts: Finding[] = [];
  // Object.entries widens the names to string; they are those of the contract.
  for (const [name, read] of Object.entries(fields) as [PdfFieldName, PdfSays['fields'][PdfFieldName]][]) {
    if (!read || !isTableField(name)) continue;
    const written = writeValue(name, read.value);
    if (read.confidence === 'doubtful') doubts.push(finding('pdf.left-empty', headerOf(name), written));
    else cells[name] = written;
  }
  const remarks = findings
    .filter(({ code }) => !saidOtherwise.has(code))
    .concat(isOrderKnown ? order.notes : [])
    .map((one) => ({ ...one, field: isTableField(one.field) ? headerOf(one.field) : '' }));
  const isTooLong = items.length > mostItems;
  const left = isTooLong
    ? [finding('pdf.items-left-out', headerOf('itemName'), String(items.length), { limit: mostItems })]
    : [];
  return { file, cells, items: isTooLong ? [] : items, findings: [...doubts, ...left, ...remarks] };
}

function itemCells(item: InvoiceItem | undefined): string[] {
  if (!item) return itemFields.map(() => '');
  return [item.name, String(item.num ?? ''), item.unit, formatYuan(item.priceFen, { grouped: false })];
}

/** A table in the columns of the sample; further items stand in numbered columns behind those of the first. */
function layOut(rows: readonly PdfRow[]): { readonly header: string[]; readonly rows: string[][] } {
  const count = Math.max(1, ...rows.map(({ items }) => items.length));
  // Object.keys widens the keys of a literal to string; they are exactly the table fields.
  const fields = (Object.keys(tableColumns) as TableField[]).filter((field) => !field.startsWith('item'));
  const before = fields.slice(0, fields.indexOf('taxFen') + 1);
  const behind = fields.slice(before.length);
  const numbers = Array.from({ length: count }, (_, index) => index);
  const itemHeader = numbers.flatMap((index) =>
    itemFields.map((field) => headerOf(field) + (index === 0 ? '' : String(index + 1))),
  );
  const header = [...before.map((field) => headerOf(field)), ...itemHeader, ...behind.map((field) => headerOf(field))];
  const lines = rows.map(({ cells, items }) => [
    ...before.map((field) => cells[field] ?? ''),
    ...numbers.flatMap((index) => itemCells(items[index])),
    ...behind.map((field) => cells[field] ?? ''),
  ]);
  return { header, rows: lines };
}

export interface PdfTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly refused: readonly RefusedPdf[];
  /** What a person has to look at, by the row's number in the file, the header being row 1. */
  readonly notes: readonly { readonly row: number; readonly file: string; readonly finding: Finding }[];
}

/**
 * One row for each invoice among the files; every other file is refused with the reason.
 * @param orderOf the order of a file, where the table is made for orders
 */
export async function tableOfPdfs(
  files: readonly ReadPdf[],
  orderOf?: (file: string) => OrderOfPdf,
): Promise<PdfTable> {
  const pace = createPacer();
  const refused: RefusedPdf[] = [];
  const rows: PdfRow[] = [];
  const seen = new Map<string, string>();
  for (const one of files) {
    await pace();
    const { file, read } = one;
    const unfit = refusalOf(one);
    const order = unfit ? undefined : orderOf?.(file);
    const reason = unfit ?? (order && 'refusal' in order ? order.refusal : undefined);
    const key = read.ok ? invoiceKey(read.value) : undefined;
    const other = key === undefined ? undefined : seen.get(key);
    if (reason) refused.push({ file, finding: reason });
    else if (other !== undefined)
      refused.push({ file, finding: finding('pdf.same-invoice', fileHeader, file, { other }) });
    else if (read.ok) {
      if (key !== undefined) seen.set(key, file);
      rows.push(rowOf(file, read.value, order));
    }
  }
  const notes = rows.flatMap(({ file, findings }, index) =>
    findings.map((found) => ({ row: index + 2, file, finding: found })),
  );
  return { ...layOut(rows), refused, notes };
}
