import type { CellEdit } from '../../shared/contract/table-reading.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Finding } from '../../shared/invoice/findings.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readOrderRows } from './invoice-rows.ts';
import type { HandedRow, TableRow, TableSource } from './invoice-table.ts';
import { createPacer } from './pacer.ts';
import { groupByOrder, withDuplicateNumber, withEdits } from './read-invoice-table.ts';
import { readHeader } from './table-header.ts';

interface ReadOrder {
  readonly rows: readonly TableRow[];
  /** Without what is said of its number beside those of others. */
  readonly order: HandedRow;
}

/** A file as it was read, without any correction. */
export interface FileOrders {
  readonly header: readonly string[];
  readonly columns: TableSource['columns'];
  /** As it was when the file was read: seconds since 1970. */
  readonly nowSeconds: number;
  readonly orders: readonly HandedRow[];
}

const sameAll = <Value>(some: readonly Value[], others: readonly Value[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);

/** Every row of an order, in the order of the file. */
function rowsOf({ rowNumber, rowNumbers, cells }: HandedRow): readonly TableRow[] {
  const parsed = JSON.parse(cells) as string[][]; // written by the table worker from these
  return parsed.map((ofRow, index) => ({ rowNumber: rowNumbers[index] ?? rowNumber, cells: ofRow }));
}

const isAboutOthers = ({ code }: Finding): boolean => code === 'row.duplicate-number';

/** Remembers what was said last about an order beside others, so that the same order said the same of is the same. */
export function createLastFindings<Row extends object>(findingsOf: (row: Row) => readonly Finding[]) {
  const known = new WeakMap<Row, Row>();
  return {
    remember: (before: Row, after: Row) => known.set(before, after),
    /** @returns `after`, or what stood there already with the same to say */
    same(before: Row, after: Row): Row {
      if (before === after) return before;
      const last = known.get(before);
      if (last && findingsOf(last).at(-1)?.text.en === findingsOf(after).at(-1)?.text.en) return last;
      known.set(before, after);
      return after;
    },
  };
}

/** @returns the orders of the table with these corrections and no others */
type CorrectedOrders = (edits: readonly CellEdit[]) => Promise<readonly HandedRow[]>;

/**
 * A table's orders under corrections that change: only what a correction touches is understood anew, and an order that
 * stayed as it was is the very same object. Gives what reading the file with the corrections would give.
 */
export async function createCorrectedOrders(file: FileOrders): Promise<Result<CorrectedOrders, AppError>> {
  const understood = readHeader(file.header, file.columns);
  if (!understood.ok) return understood;
  const header = understood.value;
  const besideOthers = createLastFindings<HandedRow>(({ findings }) => findings);
  let edited = new Map<number, TableRow>();
  let reads = new Map<number, ReadOrder>();
  const unsorted: TableRow[] = [];
  const pace = createPacer();
  for (const order of file.orders) {
    await pace();
    const isDuplicate = order.findings.some(isAboutOthers);
    const alone = isDuplicate ? { ...order, findings: order.findings.filter((one) => !isAboutOthers(one)) } : order;
    if (isDuplicate) besideOthers.remember(alone, order);
    const rows = rowsOf(order);
    unsorted.push(...rows);
    reads.set(order.rowNumber, { rows, order: alone });
  }
  // The rows of an order need not stand together.
  const original = unsorted.toSorted((one, other) => one.rowNumber - other.rowNumber);
  const byNumber = new Map(original.map((row) => [row.rowNumber, row]));

  function understand(rows: readonly TableRow[]): ReadOrder {
    const order = readOrderRows(rows, header, file.nowSeconds);
    return { rows, order: { ...order, cells: JSON.stringify(order.cells) } };
  }

  /** Rows that were corrected in the same way before stay the same objects. */
  function applyEdits(edits: readonly CellEdit[]): readonly TableRow[] {
    const next = new Map<number, TableRow>();
    const rows = withEdits(original, edits).map((row) => {
      if (row === byNumber.get(row.rowNumber)) return row;
      const before = edited.get(row.rowNumber) ?? byNumber.get(row.rowNumber);
      const isSame = before?.pdfFile === row.pdfFile && before && sameAll(before.cells, row.cells);
      const same = isSame ? before : row;
      next.set(row.rowNumber, same);
      return same;
    });
    edited = next;
    return rows;
  }

  return ok(async (edits) => {
    const groups = await groupByOrder(applyEdits(edits), header);
    const seen = new Map<string, number>();
    const next = new Map<number, ReadOrder>();
    const orders: HandedRow[] = [];
    for (const rows of groups) {
      await pace();
      const firstRow = rows[0]?.rowNumber ?? 0;
      const known = reads.get(firstRow);
      const read = known && sameAll(known.rows, rows) ? known : understand(rows);
      next.set(firstRow, read);
      orders.push(besideOthers.same(read.order, withDuplicateNumber(read.order, header, seen)));
    }
    reads = next;
    return orders;
  });
}
