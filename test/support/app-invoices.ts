import { writeFile } from 'node:fs/promises';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';

const common: Omit<InvoiceFields, 'orderId' | 'billingNo' | 'billingCode' | 'checkCode'> = {
  title: '青禾食品有限公司',
  feeFen: 11_300,
  feeWithoutTaxFen: 10_000,
  taxFen: 1300,
  // 2026-11-20 00:00 in Beijing.
  billingTime: 1_795_104_000,
  buyerNumber: '',
  buyerAddressAndPhone: '',
  buyerBankAccount: '',
  sellerNumber: '',
  sellerAddressAndPhone: '',
  sellerBankAccount: '',
  remarks: '',
  cashier: '',
  maker: '',
  items: [{ name: '*日用品*牙膏', num: 4, unit: '支', priceFen: 2500 }],
};

/** An older invoice: 12-digit code, 8-digit number, 20-digit check code. The serial makes order and number its own. */
export function olderInvoice(serial: number, changes: Partial<InvoiceFields> = {}): InvoiceFields {
  return {
    ...common,
    orderId: `OLDER-${serial}`,
    billingCode: '031002600111',
    billingNo: String(serial).padStart(8, '0'),
    checkCode: '01234567890123456789',
    ...changes,
  };
}

/** A fully digital invoice 数电票: 20-digit number, no code, no check code. */
export function digitalInvoice(serial: number, changes: Partial<InvoiceFields> = {}): InvoiceFields {
  return {
    ...common,
    orderId: `ORDER-${serial}`,
    billingCode: '',
    billingNo: `26312000000${String(serial).padStart(9, '0')}`,
    checkCode: '',
    ...changes,
  };
}

/** A real PDF of one page that shows these lines; other lines make another file. */
export async function writePdf(path: string, lines: readonly string[]): Promise<void> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([420, 280]);
  for (const [index, line] of lines.entries()) page.drawText(line, { x: 20, y: 240 - 20 * index, size: 12, font });
  await writeFile(path, await document.save());
}
