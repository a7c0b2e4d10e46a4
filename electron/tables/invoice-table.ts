import type { CellEdit } from '../../shared/contract/table-reading.ts';
import type { Finding } from '../../shared/invoice/findings.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';

/** The encodings a table can have; `utf-8` with or without byte order mark. */
export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
/** What a table was read from: text in some encoding, or an Excel workbook. */
export type TableFormat = TableEncoding | 'xlsx';
export type Delimiter = ',' | ';' | '\t';

export interface TableSource {
  readonly path: string;
  /** The name people know the file by; failures name it instead of the path. */
  readonly fileName: string;
  /** Chosen by hand, over the recognised one. */
  readonly encoding?: TableEncoding | undefined;
  /** What each column means, over what its header says. */
  readonly columns?: readonly (string | null)[] | undefined;
  /** Cells that were corrected on the page. */
  readonly edits?: readonly CellEdit[] | undefined;
}

/** A row as a spreadsheet shows it: row numbers start at 1 with the header and count empty rows. */
export interface TableRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** The PDF that was found for it otherwise than by what stands in the table. */
  readonly pdfFile?: string;
}

/** What every file format is read into before anything is understood. */
export interface RawTable {
  readonly encoding: TableFormat;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
}

/** One order of a table, from one row or several. */
export interface ImportedRow {
  /** Spreadsheet row of the order's first row, header = 1. */
  readonly rowNumber: number;
  readonly rowNumbers: readonly number[];
  /** Order number and buyer as written, for lists that show faulty rows too. */
  readonly orderId: string;
  readonly title: string;
  /** The cells of those rows, without the marks that keep a spreadsheet from changing them. */
  readonly cells: readonly (readonly string[])[];
  /** Undefined where it could not be built. */
  readonly fields: InvoiceFields | undefined;
  /** The column PDF文件, or the empty string. */
  readonly pdfFile: string;
  /** `field` is the header as it stands in the file. */
  readonly findings: readonly Finding[];
}

/**
 * An order as the thread that reads tables hands it over. Its cells come as JSON: they are only stored, or shown, and a
 * text is handed over in a tenth of the time of so many small ones.
 */
export interface HandedRow extends Omit<ImportedRow, 'cells'> {
  readonly cells: string;
}

export interface ImportedTable {
  readonly encoding: TableFormat;
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  readonly rows: readonly ImportedRow[];
}

/** Bounds on what is read, far above real tables, so that a wrong or hostile file cannot exhaust the computer. */
export const tableLimits = {
  fileBytes: 256 * 1024 * 1024,
  recordBytes: 1024 * 1024,
  columns: 500,
  rows: 200_000,
  /** What a workbook may unpack to: its cells are read into memory. */
  unpackedBytes: 512 * 1024 * 1024,
} as const;
