import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { createPdfMatcher, listPdfFolder } from '../../../electron/tables/match-pdf.ts';
import { readInvoiceTable } from '../../../electron/tables/read-invoice-table.ts';
import { amountInCapitals } from '../../../scripts/samples/amount-in-capitals.ts';
import { plainYuan, printedDate, qrContent } from '../../../scripts/samples/invoice-parts.ts';
import { makeSamples } from '../../../scripts/samples/make-samples.ts';
import { makeSampleInvoices, type SampleInvoice } from '../../../scripts/samples/sample-invoices.ts';
import { hasFault } from '../../../shared/invoice/findings.ts';
import { codesOf, nowSeconds } from './table-files.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, 'resources', 'samples');
const invoices = makeSampleInvoices();

async function readSample() {
  const table = await readInvoiceTable({ path: join(folder, '发票.csv'), fileName: '发票.csv' }, { nowSeconds });
  if (!table.ok) throw new Error(table.error.text.en);
  return table.value;
}

/** All text of a PDF without spaces, as pdf.js reads it. */
async function textOf(path: string): Promise<string> {
  const resources = join(root, 'node_modules', 'pdfjs-dist');
  const loading = getDocument({
    data: new Uint8Array(await readFile(path)),
    cMapUrl: `${join(resources, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(resources, 'standard_fonts')}/`,
    verbosity: 0,
  });
  const document = await loading.promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  await loading.destroy();
  return items
    .map((item) => ('str' in item ? item.str : ''))
    .join('')
    .replaceAll(/\s/g, '');
}

/** Everything that the PDF of an invoice has to show. */
function shownBy({ kind, fields, lines, sellerName }: SampleInvoice): string[] {
  const { items: _items, orderId: _orderId, feeFen, feeWithoutTaxFen, taxFen, billingTime, ...texts } = fields;
  const goods = lines.flatMap(({ name, unit, num, priceFen, netFen }) => [
    name,
    unit + num + plainYuan(priceFen) + plainYuan(netFen),
  ]);
  const tax = taxFen === 0 ? '***' : `¥${plainYuan(taxFen)}`;
  return [
    kind === 'older' ? '增值税电子普通发票' : '电子发票（普通发票）',
    ...Object.values(texts),
    ...goods,
    sellerName,
    printedDate(billingTime),
    `¥${plainYuan(feeWithoutTaxFen)}${tax}`,
    `¥${plainYuan(feeFen)}`,
    amountInCapitals(feeFen),
  ].map((text) => text.replaceAll(/\s/g, ''));
}

describe('the samples', () => {
  it('are exactly what the script makes', async () => {
    const made = await makeSamples();
    const pdfs = await readdir(join(folder, 'pdf'));
    expect(['发票.csv', ...pdfs.map((name) => `pdf/${name}`)].sort()).toEqual([...made.keys()].sort());
    for (const [name, bytes] of made) expect((await readFile(join(folder, name))).equals(bytes), name).toBe(true);
    const total = [...made.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    expect(total).toBeLessThan(1_000_000);
  });

  it('hold exactly five faulty orders, each of its own kind', async () => {
    const { encoding, rows } = await readSample();
    expect(encoding).toBe('gb18030');
    expect(rows).toHaveLength(60);
    const faulty = rows.filter(({ findings }) => hasFault(findings));
    expect(faulty.map(codesOf)).toEqual([
      ['number.excel-rounded'],
      ['time.not-a-date'],
      ['amount.not-a-number'],
      ['code.swapped', 'code.swapped'],
      ['row.duplicate-number'],
    ]);
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    for (const { rowNumber, orderId } of faulty) expect(readme.split(`| ${rowNumber} | ${orderId} |`)).toHaveLength(3);
  });

  it('say the truth in every other row, without so much as a warning', async () => {
    const { rows } = await readSample();
    const good = rows.filter(({ findings }) => findings.length === 0);
    expect(good).toHaveLength(55);
    for (const { orderId, fields } of good)
      expect(fields).toEqual(invoices.find((invoice) => invoice.fields.orderId === orderId)?.fields);
  });

  it('give every good row its own PDF', async () => {
    const { rows } = await readSample();
    const files = await listPdfFolder(join(folder, 'pdf'));
    if (!files.ok) throw new Error(files.error.text.en);
    const match = await createPdfMatcher(files.value);
    for (const [index, { fields, pdfFile, findings }] of rows.entries())
      if (fields && findings.length === 0)
        expect(match({ fields, pdfFile })).toEqual({ kind: 'found', file: invoices[index]?.pdfFile });
  });

  it('show the content of the row in every PDF', async () => {
    for (const invoice of invoices) {
      const text = await textOf(join(folder, 'pdf', invoice.pdfFile));
      expect(shownBy(invoice).filter((part) => !text.includes(part))).toEqual([]);
    }
  });

  it('cover both kinds, several items, people without tax ID, rare characters and awkward remarks', () => {
    const count = (has: (invoice: SampleInvoice) => boolean) => invoices.filter(has).length;
    expect(count(({ kind }) => kind === 'older')).toBe(24);
    expect(count(({ lines }) => lines.length > 1)).toBeGreaterThan(15);
    expect(count(({ fields }) => fields.buyerNumber === '')).toBeGreaterThan(5);
    expect(invoices.map(({ fields }) => fields.title).join('')).toMatch(/(?=.*𠮷)(?=.*㐂)/su);
    for (const sign of [',', '"', '\n', '+'])
      expect(count(({ fields }) => fields.remarks.includes(sign))).toBeGreaterThan(1);
  });

  it('carry in the QR code the net amount on older invoices, the total on digital ones', () => {
    const [older] = invoices.filter(({ kind }) => kind === 'older');
    const [digital] = invoices.filter(({ kind }) => kind === 'digital');
    if (!older || !digital) throw new Error('both kinds are needed');
    expect(qrContent(older).split(',').slice(0, 7)).toEqual([
      '01',
      '10',
      older.fields.billingCode,
      older.fields.billingNo,
      plainYuan(older.fields.feeWithoutTaxFen),
      '20261008',
      older.fields.checkCode,
    ]);
    expect(qrContent(digital).split(',').slice(0, 7)).toEqual([
      '01',
      '32',
      '',
      digital.fields.billingNo,
      plainYuan(digital.fields.feeFen),
      '20261009',
      '',
    ]);
  });
});
