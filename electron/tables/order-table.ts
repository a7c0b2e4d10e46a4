import type { FaultyOrderRow, OrderColumns } from '../../shared/contract/order-operations.ts';
import { newOrderSchema } from '../../shared/contract/order-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { type Finding, finding } from '../../shared/invoice/findings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { matchHeader, normaliseHeader } from '../../shared/table/columns.ts';
import { readAmount, readIdentifier, readText } from './cell-values.ts';
import type { TableRow, TableSource } from './invoice-table.ts';
import { readRawTable } from './read-invoice-table.ts';
import { tableTooLarge } from './table-errors.ts';

/** An order as a row of a table names it. */
export interface OrderRow {
  readonly row: number;
  readonly orderId: string;
  readonly moneyFen: number;
  readonly note: string;
}

export interface OrderTable {
  readonly encoding: string;
  readonly header: readonly string[];
  /** Null: it is not known which they are, and no row was understood. */
  readonly columns: OrderColumns | null;
  readonly rows: number;
  readonly orders: readonly OrderRow[];
  readonly faults: readonly FaultyOrderRow[];
}

/** A link an order: no shop has more in a table, and a wrong file shall not become as many calls. */
const mostOrders = 20_000;

const moneyNames = new Set(
  [
    '订单金额',
    '金额',
    '金额（元）',
    '实付金额',
    '实付',
    '应收金额',
    '支付金额',
    '付款金额',
    '总价',
    '合计',
    'amount',
    'money',
    'paid',
  ].map(normaliseHeader),
);
const noteNames = new Set(
  [
    '客户',
    '客户名称',
    '顾客',
    '姓名',
    '联系人',
    '收货人',
    '手机',
    '手机号',
    '电话',
    '桌号',
    'customer',
    'name',
    'phone',
    'for whom',
  ].map(normaliseHeader),
);

const isField = (name: string, field: string): boolean => {
  const match = matchHeader(name);
  return match.kind === 'field' && match.field === field && match.item === 0;
};

/** Which columns hold what, by their headers; the total with tax before any other amount. */
export function findOrderColumns(header: readonly string[]): OrderColumns | null {
  const first = (fits: (name: string) => boolean) => header.findIndex(fits);
  const orderId = first((name) => isField(name, 'orderId'));
  const total = first((name) => isField(name, 'feeFen'));
  const money = total >= 0 ? total : first((name) => moneyNames.has(normaliseHeader(name)));
  const whom = first((name) => noteNames.has(normaliseHeader(name)));
  const note = whom >= 0 ? whom : first((name) => isField(name, 'title') || isField(name, 'remarks'));
  return orderId < 0 || money < 0 ? null : { orderId, money, note: note < 0 ? null : note };
}

function readRow(
  { rowNumber, cells }: TableRow,
  columns: OrderColumns,
  header: readonly string[],
): { readonly order: OrderRow; readonly findings: readonly Finding[] } {
  const [idHeader = '', moneyHeader = ''] = [header[columns.orderId], header[columns.money]];
  const orderId = readIdentifier(cells[columns.orderId] ?? '', idHeader);
  const money = readAmount(cells[columns.money] ?? '', moneyHeader);
  const note = columns.note === null ? '' : readText(cells[columns.note] ?? '').slice(0, 200);
  const findings = [...orderId.findings, ...money.findings];
  if (orderId.value === '') findings.push(finding('value.required', idHeader));
  else if (!newOrderSchema.shape.orderId.safeParse(orderId.value).success)
    findings.push(finding('order.bad-character', idHeader, orderId.value));
  if (money.findings.length === 0 && money.value <= 0)
    findings.push(finding('amount.not-positive', moneyHeader, cells[columns.money] ?? ''));
  return { order: { row: rowNumber, orderId: orderId.value, moneyFen: money.value, note }, findings };
}

const isEmpty = ({ cells }: TableRow): boolean => cells.every((cell) => cell.trim() === '');

/** The orders of a table. One that stands there twice counts once; a row with any fault is told and not taken. */
function readOrders(rows: readonly TableRow[], columns: OrderColumns, header: readonly string[]) {
  const orders: OrderRow[] = [];
  const faults: FaultyOrderRow[] = [];
  const seen = new Map<string, number>();
  for (const row of rows) {
    if (isEmpty(row)) continue;
    const { order, findings } = readRow(row, columns, header);
    const earlier = seen.get(order.orderId);
    const twice =
      earlier === undefined
        ? undefined
        : finding('order.twice', header[columns.orderId] ?? '', order.orderId, { row: earlier });
    const found = findings.find(({ severity }) => severity === 'fault') ?? twice;
    if (found) faults.push({ row: row.rowNumber, cells: [...row.cells], finding: found });
    else {
      seen.set(order.orderId, order.row);
      orders.push(order);
    }
  }
  return { orders, faults };
}

/** Reads a table of orders: number, amount in yuan, and for whom. */
export async function readOrderTable(
  source: TableSource,
  wanted: OrderColumns | undefined,
): Promise<Result<OrderTable, AppError>> {
  // With columns given, though none is known, a header without a known word is no sign of a wrong encoding.
  const raw = await readRawTable({ ...source, columns: [] });
  if (!raw.ok) return raw;
  const { encoding, header, rows } = raw.value;
  if (rows.length > mostOrders) return fail(tableTooLarge(source.fileName));
  const columns = wanted ?? findOrderColumns(header);
  if (wanted && Math.max(wanted.orderId, wanted.money, wanted.note ?? 0) >= header.length)
    return fail(appError('order.table-columns'));
  const understood = columns ? readOrders(rows, columns, header) : { orders: [], faults: [] };
  return ok({ encoding, header, columns, rows: rows.length, ...understood });
}
