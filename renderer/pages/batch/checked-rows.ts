import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { PdfFinding } from '../../../shared/contract/pdf-table-operations.ts';
import type { CheckedRow } from '../../../shared/contract/table-operations.ts';
import type { CellEdit } from '../../../shared/contract/table-reading.ts';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { columnOf, type FileColumns } from '../../../shared/table/column-names.ts';
import { type Repair, repairRow } from '../../../shared/table/repair-cell.ts';

type Answer = OutputOf<'table.check'>;

/** A table as it was checked, put together from the answers of main. */
export interface CheckedTable
  extends Pick<Answer, 'checkId' | 'encoding' | 'counts' | 'changes' | 'pdfCount' | 'unusedPdfs'> {
  /** The very same object while the file is read in the same way. */
  readonly file: FileColumns;
  /** In the order of the table; an order that is as it was is the very same object. */
  readonly rows: readonly CheckedRow[];
  /** The first rows as they were first read: what the columns' widths follow. */
  readonly sample: readonly CheckedRow[];
}

export interface PlacedFinding {
  readonly finding: Finding;
  /** The column of the file it is about; undefined: none of them. */
  readonly column: number | undefined;
  /** What its PDF says instead, where the finding is about that. */
  readonly pdf?: PdfFinding;
}

/** One row of the file; an order can have several. */
export interface TableLine {
  readonly id: string;
  readonly rowNumber: number;
  readonly order: CheckedRow;
  readonly isFirst: boolean;
  readonly cells: readonly string[];
  readonly findings: readonly PlacedFinding[];
  /** Columns of cells that were corrected. */
  readonly edited: ReadonlySet<number>;
}

const noEdits: ReadonlySet<number> = new Set();

/** Made once for each order, which belongs to one reading of one file: the grid draws anew only lines that are new. */
const linesByOrder = new WeakMap<CheckedRow, readonly TableLine[]>();
const repairsByLine = new WeakMap<TableLine, readonly LineRepair[]>();
const comparedByLine = new WeakMap<TableLine, { readonly of: readonly PdfFinding[]; readonly line: TableLine }>();
const editedByLine = new WeakMap<TableLine, TableLine>();

/** The row of its order in which a finding's value stands; the first where none has it. */
function lineOf({ cells }: CheckedRow, { value }: Finding, column: number | undefined): number {
  if (column === undefined) return 0;
  return Math.max(
    0,
    cells.findIndex((ofRow) => (ofRow[column] ?? '').trim() === value),
  );
}

function makeLines(order: CheckedRow, file: FileColumns): readonly TableLine[] {
  const placed = order.findings.map((finding) => {
    const place = columnOf(finding.field, file);
    const column = place < 0 ? undefined : place;
    return { finding, column, line: lineOf(order, finding, column) };
  });
  return order.cells.map((cells, line) => ({
    id: String(order.rowNumbers[line] ?? order.rowNumber),
    rowNumber: order.rowNumbers[line] ?? order.rowNumber,
    order,
    isFirst: line === 0,
    cells,
    findings: placed.filter((one) => one.line === line),
    edited: noEdits,
  }));
}

function linesOfOrder(order: CheckedRow, file: FileColumns): readonly TableLine[] {
  const known = linesByOrder.get(order);
  if (known) return known;
  const lines = makeLines(order, file);
  linesByOrder.set(order, lines);
  return lines;
}

/** The file's rows with what was found about their cells. */
export function linesOf({ file, rows }: Pick<CheckedTable, 'file' | 'rows'>): readonly TableLine[] {
  return rows.flatMap((order) => linesOfOrder(order, file));
}

/** The lines with what their PDFs say of cells that are still as they were when they were compared. */
export function withPdfFindings(lines: readonly TableLine[], found: readonly PdfFinding[]): readonly TableLine[] {
  if (found.length === 0) return lines;
  const byRow = Map.groupBy(found, ({ row }) => row);
  return lines.map((line) => {
    const known = comparedByLine.get(line);
    const ofRow = byRow.get(line.rowNumber);
    if (!ofRow) return line;
    if (known && known.of.length === ofRow.length && known.of.every((one, index) => one === ofRow[index]))
      return known.line;
    const holds = ofRow.filter(({ column, cell }) => column === null || (line.cells[column] ?? '') === cell);
    const added = holds.map((pdf) => ({ finding: pdf.finding, column: pdf.column ?? undefined, pdf }));
    const compared = { ...line, findings: [...line.findings, ...added] };
    comparedByLine.set(line, { of: ofRow, line: compared });
    return compared;
  });
}

const sameColumns = (some: ReadonlySet<number>, others: ReadonlySet<number>): boolean =>
  some.size === others.size && [...some].every((column) => others.has(column));

/** The lines, with those cells marked that were corrected. */
export function markEdits(lines: readonly TableLine[], edits: readonly CellEdit[]): readonly TableLine[] {
  if (edits.length === 0) return lines;
  const byRow = Map.groupBy(edits, ({ row }) => row);
  return lines.map((line) => {
    const ofRow = byRow.get(line.rowNumber);
    if (!ofRow) return line;
    const edited = new Set(ofRow.map(({ column }) => column));
    const known = editedByLine.get(line);
    if (known && sameColumns(known.edited, edited)) return known;
    const marked = { ...line, edited };
    editedByLine.set(line, marked);
    return marked;
  });
}

export type RowFilter = 'all' | 'faulty' | 'withFindings';

export function filterLines(lines: readonly TableLine[], filter: RowFilter): readonly TableLine[] {
  if (filter === 'all') return lines;
  if (filter === 'faulty') return lines.filter(({ order }) => order.state === 'faulty');
  return lines.filter(({ order, findings }) => order.findings.length + findings.length > 0);
}

export interface LineRepair extends Repair {
  readonly row: number;
}

function repairsOfLine(line: TableLine, { columns }: FileColumns): readonly LineRepair[] {
  const { cells, findings, rowNumber } = line;
  if (findings.length === 0) return [];
  const known = repairsByLine.get(line);
  if (known) return known;
  const repairs = repairRow(cells, columns, findings).map((repair) => ({ ...repair, row: rowNumber }));
  repairsByLine.set(line, repairs);
  return repairs;
}

/** Every repair that can be proposed for a table's faults. */
export function repairsOf(file: FileColumns, lines: readonly TableLine[]): readonly LineRepair[] {
  return lines.flatMap((line) => repairsOfLine(line, file));
}

/** What a cell becomes when it takes over its PDF's value. */
export function pdfRepairOf({ rowNumber, cells }: TableLine, { pdf }: PlacedFinding): LineRepair | undefined {
  if (!pdf || pdf.column === null || pdf.take === null) return undefined;
  return { row: rowNumber, column: pdf.column, before: cells[pdf.column] ?? '', after: pdf.take };
}

/** Every value of a PDF that was read beyond doubt and differs from the table's. */
export function pdfRepairsOf(lines: readonly TableLine[]): readonly LineRepair[] {
  return lines.flatMap((line) =>
    line.findings.filter(({ pdf }) => pdf?.sure).flatMap((one) => pdfRepairOf(line, one) ?? []),
  );
}

export function editOf({ row, column, after }: LineRepair): CellEdit {
  return { row, column, value: after };
}
