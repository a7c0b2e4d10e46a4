import iconv from 'iconv-lite';
import { drawDigitalInvoice } from './digital-invoice.ts';
import { drawOlderInvoice } from './older-invoice.ts';
import { makeSampleInvoices } from './sample-invoices.ts';
import { writeSampleTable } from './sample-table.ts';

/** All sample files by their place in the samples folder; the same bytes on every run. */
export async function makeSamples(): Promise<ReadonlyMap<string, Uint8Array>> {
  const invoices = makeSampleInvoices();
  const files = new Map<string, Uint8Array>();
  files.set('发票.csv', iconv.encode(writeSampleTable(invoices), 'gb18030'));
  for (const invoice of invoices) {
    const draw = invoice.kind === 'older' ? drawOlderInvoice : drawDigitalInvoice;
    files.set(`pdf/${invoice.pdfFile}`, await draw(invoice));
  }
  return files;
}
