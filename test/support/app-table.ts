import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { formatYuan } from '../../shared/invoice/money.ts';
import { writePdf } from './app-invoices.ts';

const header =
  '订单号,购买方名称,发票代码,发票号码,开票日期,校验码,价税合计,不含税金额,税额,项目名称,数量,单位,单价,PDF文件';

function rowOf(fields: InvoiceFields): string {
  const [item] = fields.items;
  const yuan = (fen: number) => formatYuan(fen, { grouped: false });
  return [
    fields.orderId,
    fields.title,
    fields.billingCode,
    fields.billingNo,
    formatBeijingDate(fields.billingTime),
    fields.checkCode,
    yuan(fields.feeFen),
    yuan(fields.feeWithoutTaxFen),
    yuan(fields.taxFen),
    item?.name ?? '',
    String(item?.num ?? ''),
    item?.unit ?? '',
    item ? yuan(item.priceFen) : '',
    `${fields.orderId}.pdf`,
  ].join(',');
}

/** Writes invoices as the CSV a shop would keep. */
export async function writeTable(path: string, invoices: readonly InvoiceFields[]): Promise<void> {
  await writeFile(path, `${[header, ...invoices.map(rowOf)].join('\r\n')}\r\n`);
}

/** Writes a table and beside it the folder with a PDF for each order. */
export async function writeTableWithPdfs(
  folder: string,
  invoices: readonly InvoiceFields[],
): Promise<{ readonly table: string; readonly pdfFolder: string }> {
  const pdfFolder = join(folder, 'pdf');
  const table = join(folder, 'invoices.csv');
  await mkdir(pdfFolder, { recursive: true });
  for (const { orderId, billingNo } of invoices)
    await writePdf(join(pdfFolder, `${orderId}.pdf`), [orderId, billingNo]);
  await writeTable(table, invoices);
  return { table, pdfFolder };
}
