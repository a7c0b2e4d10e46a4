import { setImmediate as nextTurn } from 'node:timers/promises';
import { noChanges, noCounts } from '../../shared/contract/batch-operations.ts';
import type { CheckedRow } from '../../shared/contract/table-operations.ts';
import type { CellEdit } from '../../shared/contract/table-reading.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createCorrectedOrders, createLastFindings } from '../tables/corrected-orders.ts';
import type { HandedRow } from '../tables/invoice-table.ts';
import { createPacer } from '../tables/pacer.ts';
import { describeChecked } from './check-batch.ts';
import type { OpenImport } from './open-import.ts';
import {
  countRow,
  type PdfFolder,
  type PlannedRow,
  type PlanParts,
  planRows,
  refuseSharedPdf,
  stateOf,
} from './plan-rows.ts';
import type { RecordChanges } from './record-changes.ts';

/** Rows planned at once, as many as are read at once. */
const rowsAtOnce = 100;

/** For rows that are planned each by itself: that two use one file is told of all together. */
const nobody: PdfFolder['owners'] = { get: () => undefined, set: () => undefined };

/** What is known of a table at one time, and since when of each of its orders. */
export interface KeptRows {
  readonly counts: typeof noCounts;
  readonly changes: typeof noChanges;
  readonly unusedPdfs: readonly string[];
  /** In the order of the table. */
  readonly rows: readonly CheckedRow[];
  /** The check that told of it first, by the row's number. */
  readonly toldAt: ReadonlyMap<number, number>;
  /** The check since which there is no order that begins at the row. */
  readonly goneAt: ReadonlyMap<number, number>;
}

const noRows: KeptRows = {
  counts: noCounts,
  changes: noChanges,
  unusedPdfs: [],
  rows: [],
  toldAt: new Map(),
  goneAt: new Map(),
};

const isShared = ({ code }: { readonly code: string }): boolean => code === 'pdf.used-by-other';

/** Reads an opened table to its end, each row with what is to become of it; the table has to be closed. */
async function readAll({ plan, table }: OpenImport): Promise<Result<readonly PlannedRow[], AppError>> {
  const all: PlannedRow[] = [];
  for await (const chunk of table.chunks()) {
    const planned = await planRows(plan, chunk);
    if (!planned.ok) return planned;
    all.push(...planned.value);
  }
  return ok(all);
}

/** Plans of rows, each as if it were the only one; made once until its row or a record it was held against changes. */
function createPlans(plan: PlanParts, known: readonly PlannedRow[]) {
  let plans = new WeakMap<HandedRow, PlannedRow>();
  for (const one of known) if (!one.findings.some(isShared)) plans.set(one.row, one);

  /** Plans that a changed record may have made wrong; all of them where it cannot be told which. */
  function forget(orders: readonly HandedRow[], changes: RecordChanges): void {
    const touched = changes.take();
    if (touched === 'none') return;
    if (touched === 'all') {
      plans = new WeakMap();
      return;
    }
    for (const order of orders) {
      const comparison = plans.get(order)?.comparison;
      if (comparison && order.fields && touched(order.fields, comparison)) plans.delete(order);
    }
  }

  const eachAlone: PlanParts = { ...plan, folder: { ...plan.folder, owners: nobody } };

  async function planAll(orders: readonly HandedRow[]): Promise<Result<readonly PlannedRow[], AppError>> {
    const missing = orders.filter((order) => !plans.has(order));
    for (let from = 0; from < missing.length; from += rowsAtOnce) {
      // Rows without a file wait for nothing, and would follow each other without a break.
      await nextTurn();
      const planned = await planRows(eachAlone, missing.slice(from, from + rowsAtOnce));
      if (!planned.ok) return planned;
      for (const one of planned.value) plans.set(one.row, one);
    }
    return ok(orders.flatMap((order) => plans.get(order) ?? []));
  }

  return { forget, planAll };
}

/** One table on the desk as it was read, ready to be checked again with other corrections without being read again. */
export async function keepCheck(
  opened: OpenImport,
  columns: readonly (string | null)[] | undefined,
  nowSeconds: number,
) {
  const { plan, table } = opened;
  const read = await readAll(opened);
  if (!read.ok) return read;
  const file = { header: table.header, columns, nowSeconds, orders: read.value.map(({ row }) => row) };
  const corrected = await createCorrectedOrders(file);
  if (!corrected.ok) return corrected;
  const plans = createPlans(plan, read.value);
  const beside = createLastFindings<PlannedRow>(({ findings }) => findings);
  const described = new WeakMap<PlannedRow, CheckedRow>();
  const { files } = plan.folder;
  let kept = noRows;

  function describeOnce(planned: PlannedRow): CheckedRow {
    const known = described.get(planned) ?? describeChecked(planned, plan.folder);
    described.set(planned, known);
    return known;
  }

  /** Holds the rows against those of the last check. */
  async function keep(checkId: number, planned: readonly PlannedRow[]): Promise<void> {
    const pace = createPacer();
    const [counts, changes, unused] = [{ ...noCounts }, { ...noChanges }, new Set(files)];
    const before = new Map(kept.rows.map((row) => [row.rowNumber, row]));
    const [toldAt, goneAt] = [new Map(kept.toldAt), new Map(kept.goneAt)];
    const owners = new Map<string, string>();
    const rows: CheckedRow[] = [];
    for (const alone of planned) {
      await pace();
      const one = beside.same(alone, refuseSharedPdf({ ...plan, folder: { ...plan.folder, owners } }, alone));
      const row = describeOnce(one);
      countRow({ counts, changes }, stateOf(one), one.comparison?.change ?? null);
      if (row.pdf !== null) unused.delete(row.pdf);
      if (before.get(row.rowNumber) !== row) toldAt.set(row.rowNumber, checkId);
      before.delete(row.rowNumber);
      goneAt.delete(row.rowNumber);
      rows.push(row);
    }
    for (const rowNumber of before.keys()) {
      goneAt.set(rowNumber, checkId);
      toldAt.delete(rowNumber);
    }
    kept = { counts, changes, unusedPdfs: [...unused], rows, toldAt, goneAt };
  }

  return ok({
    encoding: table.encoding,
    header: table.header,
    pdfCount: files.length,
    rows: () => kept,
    /** Checks the table with these corrections and no others. */
    async correct(
      checkId: number,
      edits: readonly CellEdit[],
      changed: RecordChanges,
    ): Promise<Result<void, AppError>> {
      const orders = await corrected.value(edits);
      plans.forget(orders, changed);
      const planned = await plans.planAll(orders);
      if (!planned.ok) return planned;
      await keep(checkId, planned.value);
      return ok(undefined);
    },
  });
}

type Kept = Awaited<ReturnType<typeof keepCheck>>;
export type KeptCheck = Extract<Kept, { readonly ok: true }>['value'];
