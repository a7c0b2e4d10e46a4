import { type FileHandle, open } from 'node:fs/promises';
import { type CellEdit, pdfNameColumn } from '../../shared/contract/table-reading.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { finding } from '../../shared/invoice/findings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readCsvRecords } from './csv-records.ts';
import { DecodingError, detectEncoding, readText } from './encoding.ts';
import { orderIdOf, readOrderRows } from './invoice-rows.ts';
import {
  type ImportedRow,
  type ImportedTable,
  type RawTable,
  type TableFormat,
  type TableRow,
  type TableSource,
  tableLimits,
} from './invoice-table.ts';
import { createPacer } from './pacer.ts';
import { readSheet } from './sheet.ts';
import { readFailure, tableTooLarge } from './table-errors.ts';
import { knowsNoColumn, readHeader, type TableHeader } from './table-header.ts';

interface ReadOptions {
  /** Seconds since 1970, for dates in the future. */
  readonly nowSeconds: number;
  readonly signal?: AbortSignal;
}

async function checkFile(file: FileHandle, fileName: string): Promise<AppError | undefined> {
  const stats = await file.stat();
  if (stats.isDirectory()) return appError('file.is-folder', { file: fileName });
  if (!stats.isFile()) return appError('file.not-readable', { file: fileName, reason: 'not a regular file' });
  if (stats.size === 0) return appError('table.empty', { file: fileName });
  return stats.size > tableLimits.fileBytes ? tableTooLarge(fileName) : undefined;
}

async function recogniseEncoding(
  file: FileHandle,
  { fileName, encoding }: TableSource,
): Promise<Result<{ encoding: TableFormat; markBytes: number }, AppError>> {
  const verdict = await detectEncoding(file, encoding);
  switch (verdict.kind) {
    case 'found':
      return ok(verdict);
    case 'unknown':
      return fail(appError('table.encoding-unknown', { file: fileName }));
    case 'has-nul':
      return fail(appError('table.has-nul', { file: fileName }));
    case 'workbook':
      return ok({ encoding: 'xlsx', markBytes: 0 });
  }
}

/** A sheet's rows, with the delimiter that its report is written with. */
async function readWorkbook(file: FileHandle, fileName: string) {
  const rows = await readSheet(file, fileName);
  return rows.ok ? ok({ delimiter: ',' as const, rows: rows.value }) : rows;
}

/** The rows with the cells that a person corrected. */
export function withEdits(rows: readonly TableRow[], edits: readonly CellEdit[]): readonly TableRow[] {
  if (edits.length === 0) return rows;
  const byRow = Map.groupBy(edits, ({ row }) => row);
  return rows.map((row) => {
    const ofRow = byRow.get(row.rowNumber);
    if (!ofRow) return row;
    const cells = [...row.cells];
    for (const { column, value } of ofRow) if (column < cells.length) cells[column] = value;
    const pdfFile = ofRow.findLast(({ column }) => column === pdfNameColumn)?.value;
    return { ...row, cells, ...(pdfFile !== undefined && { pdfFile }) };
  });
}

async function readOpenFile(
  file: FileHandle,
  source: TableSource,
  signal: AbortSignal | undefined,
): Promise<Result<RawTable, AppError>> {
  const { fileName } = source;
  const unfit = await checkFile(file, fileName);
  if (unfit) return fail(unfit);
  const recognised = await recogniseEncoding(file, source);
  if (!recognised.ok) return recognised;
  const { encoding, markBytes } = recognised.value;
  const records =
    encoding === 'xlsx'
      ? await readWorkbook(file, fileName)
      : await readCsvRecords(readText(file, encoding, markBytes), fileName, signal);
  if (!records.ok) return records;
  const [header, ...rows] = records.value.rows;
  if (!header || rows.length === 0) return fail(appError('table.empty', { file: fileName }));
  // Nearly any bytes can be read as GB18030; a header without one known word shows that they were not meant so.
  if (encoding === 'gb18030' && !source.encoding && !source.columns && knowsNoColumn(header.cells))
    return fail(appError('table.encoding-unknown', { file: fileName }));
  return ok({
    encoding,
    delimiter: records.value.delimiter,
    header: header.cells,
    rows: withEdits(rows, source.edits ?? []),
  });
}

/** Reads a file into rows of text, with nothing understood yet but corrections made. */
export async function readRawTable(source: TableSource, signal?: AbortSignal): Promise<Result<RawTable, AppError>> {
  try {
    await using file = await open(source.path, 'r');
    return await readOpenFile(file, source, signal);
  } catch (error) {
    // The first pass decoded every byte: different bytes now mean that somebody wrote meanwhile.
    if (error instanceof DecodingError) return fail(appError('file.changed', { file: source.fileName }));
    return fail(readFailure(error, source.fileName));
  }
}

/** Rows of one order together, wherever they stand; rows without an order number each alone. */
export async function groupByOrder(rows: readonly TableRow[], header: TableHeader): Promise<TableRow[][]> {
  const pace = createPacer();
  const groups = new Map<string, TableRow[]>();
  for (const row of rows) {
    await pace();
    const orderId = orderIdOf(row, header);
    const key = orderId === '' ? `row ${row.rowNumber}` : `order ${orderId}`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** Marks the later one of two orders that carry the same invoice; `seen` maps code + number to a row. */
export function withDuplicateNumber<Row extends Pick<ImportedRow, 'fields' | 'rowNumber' | 'findings'>>(
  row: Row,
  header: TableHeader,
  seen: Map<string, number>,
): Row {
  const { fields } = row;
  if (!fields || fields.billingNo === '') return row;
  const key = `${fields.billingCode} ${fields.billingNo}`;
  const earlier = seen.get(key);
  if (earlier === undefined) {
    seen.set(key, row.rowNumber);
    return row;
  }
  const duplicate = finding('row.duplicate-number', header.nameOf('billingNo'), fields.billingNo, { row: earlier });
  return { ...row, findings: [...row.findings, duplicate] };
}

/** A table whose rows are understood one after the other. */
export interface OpenTable extends Omit<ImportedTable, 'rows'> {
  /** How many orders it has. */
  readonly orders: number;
  /** Good and faulty ones alike, in the order of the table; ends early where the signal is aborted. */
  readonly rows: () => AsyncGenerator<ImportedRow>;
}

/**
 * Reads a table's cells and brings the rows of each order together. Fails only where the file as a whole cannot be
 * understood. Yields to the event loop while it works.
 */
export async function openInvoiceTable(
  source: TableSource,
  { nowSeconds, signal }: ReadOptions,
): Promise<Result<OpenTable, AppError>> {
  const raw = await readRawTable(source, signal);
  if (signal?.aborted) return fail(appError('work.cancelled'));
  if (!raw.ok) return raw;
  const header = readHeader(raw.value.header, source.columns);
  if (!header.ok) return header;
  const columns = header.value;
  const groups = await groupByOrder(raw.value.rows, columns);
  async function* rows(): AsyncGenerator<ImportedRow> {
    const seen = new Map<string, number>();
    const pace = createPacer();
    for (const [index, group] of groups.entries()) {
      await pace();
      if (signal?.aborted) return;
      // Let go once it is understood, so that a large table is never there in both forms.
      groups[index] = [];
      yield withDuplicateNumber(readOrderRows(group, columns, nowSeconds), columns, seen);
    }
  }
  const { encoding, delimiter } = raw.value;
  return ok({ encoding, delimiter, header: raw.value.header, orders: groups.length, rows });
}

/** Reads a table of invoices as a whole: one order a row or several rows, each with what is wrong about it. */
export async function readInvoiceTable(
  source: TableSource,
  options: ReadOptions,
): Promise<Result<ImportedTable, AppError>> {
  const opened = await openInvoiceTable(source, options);
  if (!opened.ok) return opened;
  const { encoding, delimiter, header } = opened.value;
  const rows: ImportedRow[] = [];
  for await (const row of opened.value.rows()) rows.push(row);
  return options.signal?.aborted ? fail(appError('work.cancelled')) : ok({ encoding, delimiter, header, rows });
}
