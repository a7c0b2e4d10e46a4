import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { digitalInvoice } from '../../test/support/app-invoices.ts';
import { writeTable } from '../../test/support/app-table.ts';
import { writeWideTable } from './wide-table.ts';

/** A PDF of one page for a reader, of so many bytes; other words make another file. */
export function pdfOf(words: string, bytes: number): Buffer {
  const head = `%PDF-1.4\n% ${words}\n`;
  const tail = [
    '\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj',
    'xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n',
  ].join('\n');
  const filling = `% ${'0'.repeat(77)}\n`;
  const missing = Math.max(0, bytes - head.length - tail.length);
  return Buffer.from(head + filling.repeat(Math.ceil(missing / filling.length)).slice(0, missing) + tail);
}

export interface InvoiceFiles {
  readonly table: string;
  readonly pdfFolder: string;
  readonly invoices: readonly InvoiceFields[];
}

/** Writes a table of good invoices and a PDF for each, as a shop would keep them. */
export async function writeInvoices(folder: string, count: number, pdfBytes: number): Promise<InvoiceFiles> {
  const pdfFolder = join(folder, 'pdf');
  const table = join(folder, 'invoices.csv');
  await mkdir(pdfFolder, { recursive: true });
  const invoices = Array.from({ length: count }, (_, index) => digitalInvoice(index + 1));
  for (const { orderId } of invoices) await writeFile(join(pdfFolder, `${orderId}.pdf`), pdfOf(orderId, pdfBytes));
  await writeTable(table, invoices);
  return { table, pdfFolder, invoices };
}

/** Writes a wide table and a PDF for each of its rows, named as the column PDF文件 says. */
export async function writeDesk(
  folder: string,
  rows: number,
  faultyEvery?: number,
): Promise<Pick<InvoiceFiles, 'table' | 'pdfFolder'>> {
  const pdfFolder = join(folder, 'pdf');
  const table = join(folder, 'table.csv');
  await mkdir(pdfFolder);
  await writeWideTable(table, rows, faultyEvery);
  for (let number = 1; number <= rows; number += 1) {
    const name = String(number).padStart(9, '0');
    await writeFile(join(pdfFolder, `${name}.pdf`), pdfOf(name, 1024));
  }
  return { table, pdfFolder };
}
