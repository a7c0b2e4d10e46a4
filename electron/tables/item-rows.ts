import { type Finding, finding } from '../../shared/invoice/findings.ts';
import type { InvoiceItem } from '../../shared/invoice/invoice.ts';
import type { ItemField } from '../../shared/table/columns.ts';
import { readPrice, readQuantity, readText } from './cell-values.ts';
import type { TableRow } from './invoice-table.ts';
import { aboutRow } from './row-findings.ts';
import type { TableHeader } from './table-header.ts';

/** One item with the way back from a fault to the row and column it stands in. */
export interface ItemReading {
  readonly item: InvoiceItem;
  readonly findings: readonly Finding[];
  readonly headerOf: (part: string) => string;
  readonly about: (found: Finding) => Finding;
}

const fieldOfPart: Readonly<Record<string, ItemField>> = {
  name: 'itemName',
  num: 'itemNum',
  unit: 'itemUnit',
  priceFen: 'itemPrice',
};

function readItem(row: TableRow, header: TableHeader, number: number, firstRow: number): ItemReading | undefined {
  const cell = (field: ItemField) => {
    const index = header.indexOf(field, number);
    return (index === undefined ? undefined : row.cells[index]) ?? '';
  };
  const parts = { name: cell('itemName'), num: cell('itemNum'), unit: cell('itemUnit'), price: cell('itemPrice') };
  if (Object.values(parts).every((part) => part.trim() === '')) return undefined;
  const about = (found: Finding) => aboutRow(found, row.rowNumber, firstRow);
  const name = readText(parts.name);
  const num = readQuantity(parts.num, header.nameOf('itemNum', number));
  const price = readPrice(parts.price, header.nameOf('itemPrice', number));
  const nameFault = name === '' ? [finding('item.name-missing', header.nameOf('itemName', number))] : [];
  return {
    item: { name, num: num.value, unit: readText(parts.unit), priceFen: price.value },
    findings: [...nameFault, ...num.findings, ...price.findings].map(about),
    headerOf: (part) => header.nameOf(fieldOfPart[part] ?? 'itemName', number),
    about,
  };
}

/** The items of an order: one a row, and one for every set of numbered columns that is filled. */
export function readItems(rows: readonly TableRow[], header: TableHeader): ItemReading[] {
  const [first] = rows;
  if (!first) return [];
  return rows.flatMap((row) => header.items.flatMap((number) => readItem(row, header, number, first.rowNumber) ?? []));
}
