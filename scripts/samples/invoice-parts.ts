import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import type { PdfCanvas } from './pdf-canvas.ts';
import type { SampleInvoice } from './sample-invoices.ts';

/** The QR code's text: version, kind, code, number, amount (net on older invoices, total on digital ones), date, check code. */
export function qrContent({ kind, fields }: SampleInvoice): string {
  const { billingCode, billingNo, feeFen, feeWithoutTaxFen, billingTime, checkCode } = fields;
  const date = formatBeijingDate(billingTime).replaceAll('-', '');
  const amount = formatYuan(kind === 'older' ? feeWithoutTaxFen : feeFen, { grouped: false });
  // The last field is four characters of a checksum that only the tax office can compute.
  const mark = (BigInt(billingNo) % 65_536n).toString(16).toUpperCase().padStart(4, '0');
  return ['01', kind === 'older' ? '10' : '32', billingCode, billingNo, amount, date, checkCode, mark, ''].join(',');
}

/** `2026年11月03日` */
export function printedDate(seconds: number): string {
  const [year, month, day] = formatBeijingDate(seconds).split('-');
  return `${year}年${month}月${day}日`;
}

export function plainYuan(fen: number): string {
  return formatYuan(fen, { grouped: false });
}

export function yenAmount(fen: number): string {
  return `¥${plainYuan(fen)}`;
}

/** Where the columns of the item table begin and end. */
export interface ItemColumns {
  readonly name: readonly [number, number];
  readonly spec: readonly [number, number];
  readonly unit: number;
  readonly num: number;
  readonly price: number;
  readonly net: number;
  readonly rate: number;
  readonly tax: number;
}

/** Draws the items: text columns from the left or centred, number columns to the right. */
export function drawLines(canvas: PdfCanvas, { lines }: SampleInvoice, columns: ItemColumns, top: number): void {
  const lead = 11;
  let y = top;
  for (const { name, spec, unit, num, priceFen, netFen, rate, taxFen } of lines) {
    const [left, right] = columns.name;
    const height = canvas.block(left, y, name, { width: right - left, lead });
    canvas.text(columns.spec[0], y, spec);
    canvas.text(columns.unit, y, unit, { align: 'centre' });
    canvas.text(columns.num, y, String(num), { align: 'right' });
    canvas.text(columns.price, y, plainYuan(priceFen), { align: 'right' });
    canvas.text(columns.net, y, plainYuan(netFen), { align: 'right' });
    canvas.text(columns.rate, y, rate === null ? '免税' : `${rate}%`, { align: 'centre' });
    canvas.text(columns.tax, y, rate === null ? '***' : plainYuan(taxFen), { align: 'right' });
    y += height * lead + 2;
  }
}
