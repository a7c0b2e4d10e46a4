import { type Finding, finding, hasFault } from '../../shared/invoice/findings.ts';
import { emptyInvoiceFields, type InvoiceFieldName, type InvoiceFields } from '../../shared/invoice/invoice.ts';
import { checkInvoice } from '../../shared/invoice/rules.ts';
import type { TableField } from '../../shared/table/columns.ts';
import { type Reading, readAmount, readDigits, readIdentifier, readText, readTime } from './cell-values.ts';
import type { ImportedRow, TableRow } from './invoice-table.ts';
import { type ItemReading, readItems } from './item-rows.ts';
import { aboutRow } from './row-findings.ts';
import type { TableHeader } from './table-header.ts';

const orderFields = [...(Object.keys(emptyInvoiceFields()) as (keyof InvoiceFields)[]), 'pdfFile'].filter(
  (field): field is InvoiceFieldName | 'pdfFile' => field !== 'items',
);

function cellOf(row: TableRow, header: TableHeader, field: TableField): string {
  const index = header.indexOf(field);
  return (index === undefined ? undefined : row.cells[index]) ?? '';
}

/** The order number of a row as written, by which rows are brought together. */
export function orderIdOf(row: TableRow, header: TableHeader): string {
  return readText(cellOf(row, header, 'orderId'));
}

function findRagged(rows: readonly TableRow[], header: TableHeader, firstRow: number): Finding[] {
  return rows.flatMap(({ rowNumber, cells }) => {
    // Spreadsheets leave empty cells behind the last named column.
    const extra = cells.slice(header.width).some((cell) => cell.trim() !== '');
    if (cells.length >= header.width && !extra) return [];
    const counts = { found: cells.length, expected: header.width };
    return [aboutRow(finding('row.columns-differ', '', '', counts), rowNumber, firstRow)];
  });
}

/** Whether a cell says something else; `1,234.50` and `1234.5` say the same. */
function differs(field: InvoiceFieldName | 'pdfFile', row: TableRow, first: TableRow, header: TableHeader): boolean {
  const value = readText(cellOf(row, header, field));
  if (value === '' || value === readText(cellOf(first, header, field))) return false;
  if (field === 'pdfFile') return true;
  const [here, there] = [readOrder(row, header)[field], readOrder(first, header)[field]];
  return hasFault(here.findings) || here.value !== there.value;
}

/** Further rows of an order repeat its own cells or leave them empty. */
function findConflicts(rows: readonly TableRow[], header: TableHeader, firstRow: number): Finding[] {
  const [first, ...further] = rows;
  if (!first) return [];
  return further.flatMap((row) => {
    const field = orderFields.find((name) => differs(name, row, first, header));
    if (!field) return [];
    const value = readText(cellOf(row, header, field));
    const found = finding('row.duplicate-order', header.nameOf(field), value, { row: firstRow });
    return [aboutRow(found, row.rowNumber, firstRow)];
  });
}

type Readings = { readonly [Name in InvoiceFieldName]: Reading<InvoiceFields[Name]> };

function readOrder(row: TableRow, header: TableHeader): Readings {
  const from = <Value>(field: InvoiceFieldName, read: (cell: string, name: string) => Value) =>
    read(cellOf(row, header, field), header.nameOf(field));
  const text = (cell: string): Reading<string> => ({ value: readText(cell), findings: [] });
  return {
    orderId: from('orderId', readIdentifier),
    title: from('title', text),
    feeFen: from('feeFen', readAmount),
    feeWithoutTaxFen: from('feeWithoutTaxFen', readAmount),
    taxFen: from('taxFen', (cell, name) => readAmount(cell, name, { isTax: true })),
    billingTime: from('billingTime', readTime),
    billingNo: from('billingNo', readDigits),
    billingCode: from('billingCode', readDigits),
    checkCode: from('checkCode', readDigits),
    buyerNumber: from('buyerNumber', readDigits),
    buyerAddressAndPhone: from('buyerAddressAndPhone', text),
    buyerBankAccount: from('buyerBankAccount', text),
    sellerNumber: from('sellerNumber', readDigits),
    sellerAddressAndPhone: from('sellerAddressAndPhone', text),
    sellerBankAccount: from('sellerBankAccount', text),
    remarks: from('remarks', text),
    cashier: from('cashier', text),
    maker: from('maker', text),
  };
}

function valuesOf(readings: Readings): Omit<InvoiceFields, 'items'> {
  const values: Record<string, string | number> = {};
  for (const name in readings) values[name] = readings[name as InvoiceFieldName].value; // its keys are those names
  // The mapped type Readings pairs every name with a reading of that field's own type.
  return values as unknown as Omit<InvoiceFields, 'items'>;
}

/** The invoice's own rules, without what follows only from cells that could not be read. */
function findByRules(
  fields: InvoiceFields,
  unread: ReadonlySet<string>,
  header: TableHeader,
  items: readonly ItemReading[],
  nowSeconds: number,
): Finding[] {
  const amountUnread = ['feeFen', 'feeWithoutTaxFen', 'taxFen'].some((name) => unread.has(name));
  return checkInvoice(fields, nowSeconds).flatMap((found) => {
    if (unread.has(found.field)) return [];
    if (amountUnread && found.code.endsWith('.sum-differs')) return [];
    if (unread.has('items') && found.field.startsWith('items')) return [];
    const [, index, part] = /^items\.(\d+)\.(\w+)$/.exec(found.field) ?? [];
    const item = index === undefined ? undefined : items[Number(index)];
    if (item && part) return [item.about({ ...found, field: item.headerOf(part) })];
    // checkInvoice names domain fields only; a line sum is about the item's price.
    const field = found.field === 'items' ? 'itemPrice' : (found.field as InvoiceFieldName);
    return [{ ...found, field: header.nameOf(field) }];
  });
}

/**
 * Builds one order from its rows, with everything that is wrong about them.
 * @param nowSeconds seconds since 1970, for dates in the future
 */
export function readOrderRows(rows: readonly TableRow[], header: TableHeader, nowSeconds: number): ImportedRow {
  const [first] = rows;
  if (!first) throw new RangeError('an order has at least one row');
  const base = {
    rowNumber: first.rowNumber,
    rowNumbers: rows.map(({ rowNumber }) => rowNumber),
    orderId: orderIdOf(first, header),
    title: readText(cellOf(first, header, 'title')),
    cells: rows.map(({ cells }) => cells),
    pdfFile: first.pdfFile ?? readText(cellOf(first, header, 'pdfFile')),
  };
  const ragged = findRagged(rows, header, first.rowNumber);
  // In a ragged row every cell may stand under the wrong header: findings about them would mislead.
  if (ragged.length > 0) return { ...base, fields: undefined, findings: ragged };

  const readings = readOrder(first, header);
  const items = readItems(rows, header);
  const unread = new Set<string>(
    Object.entries(readings)
      .filter(([, { findings }]) => hasFault(findings))
      .map(([name]) => name),
  );
  if (items.some(({ findings }) => hasFault(findings))) unread.add('items');
  const conflicts = findConflicts(rows, header, first.rowNumber);
  const fields = { ...valuesOf(readings), items: items.map(({ item }) => item) };
  const findings = [
    ...conflicts,
    ...Object.values(readings).flatMap((value) => value.findings),
    ...items.flatMap((item) => item.findings),
    ...(items.length > 2000 ? [finding('items.too-many', header.nameOf('itemName'), '', { limit: 2000 })] : []),
    ...findByRules(fields, unread, header, items, nowSeconds),
  ];
  const isBuilt = unread.size === 0 && conflicts.length === 0 && items.length <= 2000;
  return { ...base, fields: isBuilt ? fields : undefined, findings };
}
