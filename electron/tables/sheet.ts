import type { FileHandle } from 'node:fs/promises';
import { EncryptedFileError, HucreError } from 'hucre';
import { type CellValue, streamXlsxRows } from 'hucre/xlsx';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type TableRow, tableLimits } from './invoice-table.ts';
import { tableTooLarge } from './table-errors.ts';
import { listZipEntries, unpacksBeyond } from './zip-contents.ts';

/** A spreadsheet keeps this many digits of a number; all behind them are gone. */
const keptDigits = 15;
const encryptedMark = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * A number as the cell shows it, or, where it is longer than a spreadsheet can keep, in a form from which the reader of
 * identifiers tells what happened: `24312000000207100000` (cut) or `2.43120000002071E+19` (rounded).
 */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) >= 10 ** keptDigits) {
    const short = value.toExponential();
    const [mantissa = '', exponent = ''] = short.split('e+');
    const digits = mantissa.replace('.', '').padEnd(Number(exponent) + 1, '0');
    return /^\d{15}(?:0{5}|000)$/.test(digits) ? digits : short.toUpperCase();
  }
  // 113.10000000000001 is how 113.1 comes out of a sum; the sixteenth digit is no part of the value.
  const text = String(Number(value.toPrecision(keptDigits)));
  return text.toUpperCase();
}

const two = (part: number): string => String(part).padStart(2, '0');

/** A date by its UTC parts: a sheet's dates have no zone, and the library gives them as if they were UTC. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  return time.some((part) => part > 0) ? `${day} ${time.map(two).join(':')}` : day;
}

/** One cell's value as text. */
export function cellText(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return dateText(value);
}

/** Why a file cannot be read as a workbook, before anything in it is. */
async function refusalOf(bytes: Buffer, fileName: string): Promise<AppError | undefined> {
  const file = { file: fileName };
  // A compound file: either an old .xls, or a workbook under a password.
  if (bytes[0] === 0xd0)
    return appError(bytes.includes(encryptedMark) ? 'table.workbook-locked' : 'table.is-workbook', file);
  const entries = listZipEntries(bytes);
  if (!entries) return appError('table.workbook-damaged', file);
  if (entries.some(({ name }) => name === 'xl/workbook.bin')) return appError('table.is-workbook', file);
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) return appError('table.workbook-damaged', file);
  return (await unpacksBeyond(entries, tableLimits.unpackedBytes)) ? tableTooLarge(fileName) : undefined;
}

/** As many as a sheet can have, empty ones included. */
const mostSheetRows = 1_048_576;

/**
 * Goes through the rows without ever waiting in between: the library reads ahead of whoever waits, without end, and hands
 * over what it has the slower the more that is.
 */
async function readRows(bytes: Buffer, fileName: string) {
  const rows: TableRow[] = [];
  let seen = 0;
  for await (const { index, values } of streamXlsxRows(bytes, { sheet: 0 })) {
    seen += 1;
    if (seen > mostSheetRows) return fail(tableTooLarge(fileName));
    const width = values.findLastIndex((value) => value !== null && value !== '') + 1;
    if (width === 0) continue;
    if (width > tableLimits.columns || rows.length > tableLimits.rows) return fail(tableTooLarge(fileName));
    rows.push({ rowNumber: index + 1, cells: values.slice(0, width).map(cellText) });
  }
  // A sheet has no cells behind the last that is filled, which in text would be a row that is too short.
  const widest = Math.max(0, ...rows.slice(0, 1).map(({ cells }) => cells.length));
  const filled = rows.map(({ rowNumber, cells }) => ({
    rowNumber,
    cells: cells.length < widest ? [...cells, ...Array<string>(widest - cells.length).fill('')] : cells,
  }));
  return ok(filled);
}

/** Reads the first sheet of an Excel workbook (.xlsx, .xlsm) into rows of text. The only place that knows the library. */
export async function readSheet(file: FileHandle, fileName: string): Promise<Result<readonly TableRow[], AppError>> {
  const bytes = await file.readFile();
  try {
    const refusal = await refusalOf(bytes, fileName);
    return refusal ? fail(refusal) : await readRows(bytes, fileName);
  } catch (error) {
    if (error instanceof EncryptedFileError) return fail(appError('table.workbook-locked', { file: fileName }));
    const isZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    if (isZlib || error instanceof HucreError) return fail(appError('table.workbook-damaged', { file: fileName }));
    throw error;
  }
}
