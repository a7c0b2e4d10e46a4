import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';
import type { InvoiceFieldName } from '../../shared/invoice/invoice.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import { headerOf, type TableField, tableColumns } from '../../shared/table/columns.ts';
import { faultyOrders, type SampleInvoice } from './sample-invoices.ts';

type Cells = Partial<Record<TableField, string>>;

function toFullWidth(text: string): string {
  return text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}

/** Amounts as they are met: plain, with thousands separators, with the sign, in full width. */
function writeAmount(fen: number, index: number): string {
  if (index % 13 === 9) return toFullWidth(formatYuan(fen, { grouped: false }));
  if (index % 6 === 4) return formatYuan(fen, { symbol: true });
  return formatYuan(fen, { grouped: index % 2 === 0 });
}

function writeDate(seconds: number, index: number): string {
  const [year = '', month = '', day = ''] = formatBeijingDate(seconds).split('-');
  if (index % 5 === 1) return `${year}/${Number(month)}/${Number(day)}`;
  if (index % 5 === 3) return `${year}年${month}月${day}日`;
  return `${year}-${month}-${day}`;
}

function orderCells({ fields, pdfFile, isPdfNamed }: SampleInvoice, index: number): Cells {
  const { feeFen, feeWithoutTaxFen, taxFen, billingTime, items, ...texts } = fields;
  return {
    ...(texts satisfies Partial<Record<InvoiceFieldName, string>>),
    feeFen: writeAmount(feeFen, index),
    feeWithoutTaxFen: writeAmount(feeWithoutTaxFen, index),
    taxFen: writeAmount(taxFen, index),
    billingTime: writeDate(billingTime, index),
    pdfFile: isPdfNamed ? pdfFile : '',
    ...itemCells(items[0]),
  };
}

function itemCells(item: SampleInvoice['fields']['items'][number] | undefined): Cells {
  if (!item) return {};
  return {
    itemName: item.name,
    itemNum: String(item.num ?? ''),
    itemUnit: item.unit,
    itemPrice: formatYuan(item.priceFen, { grouped: false }),
  };
}

/** The five faults, as they happen in practice. */
function spoil(cells: Cells, index: number, invoices: readonly SampleInvoice[]): Cells {
  switch (index) {
    case faultyOrders.roundedNumber:
      return { ...cells, billingNo: '2.4E+19' };
    case faultyOrders.impossibleDate:
      return { ...cells, billingTime: '2026-02-30' };
    case faultyOrders.lettersInAmount:
      // The letter O in the place of the digit 0.
      return { ...cells, feeFen: (cells.feeFen ?? '').replace('0', 'O') };
    case faultyOrders.swappedCode:
      return { ...cells, billingCode: cells.billingNo ?? '', billingNo: cells.billingCode ?? '' };
    case faultyOrders.repeatedNumber:
      return { ...cells, billingNo: invoices[index - 1]?.fields.billingNo ?? '' };
    default:
      return cells;
  }
}

function writeRow(cells: readonly string[]): string {
  const quoted = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${quoted.join(',')}\r\n`;
}

/** The table as Chinese Excel would save it, still to be encoded. One order with several items takes several rows. */
export function writeSampleTable(invoices: readonly SampleInvoice[]): string {
  // Object.keys widens the keys of a literal to string; they are exactly the table fields.
  const fields = Object.keys(tableColumns) as TableField[];
  const rows = invoices.flatMap((invoice, index): Cells[] => {
    const further = invoice.fields.items.slice(1).map((item) => ({
      orderId: invoice.fields.orderId,
      ...itemCells(item),
    }));
    return [spoil(orderCells(invoice, index), index, invoices), ...further];
  });
  const units: Partial<Record<TableField, string>> = { feeFen: '（元）', itemPrice: '（元）' };
  const header = fields.map((field) => headerOf(field) + (units[field] ?? ''));
  return [header, ...rows.map((cells) => fields.map((field) => cells[field] ?? ''))].map(writeRow).join('');
}
