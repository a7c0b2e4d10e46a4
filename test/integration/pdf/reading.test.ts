import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '../../../bench/pdf/judge.ts';
import { readJudgedPdfs } from '../../../bench/pdf/truth-file.ts';
import { createPdfReader } from '../../../electron/pdf/pdf-reader.ts';
import { makeFixtures } from '../../../scripts/pdf-fixtures/kinds.ts';
import { projectRoot } from '../../../scripts/run.ts';
import { endlessPdf, picturePdf, tripSheetPdf } from './bad-pdfs.ts';

const pdfs = readJudgedPdfs(join(projectRoot, 'test', 'fixtures', 'pdf'));
const reader = createPdfReader();
afterAll(() => reader.close());

function bytesOf(name: string): Uint8Array {
  const found = pdfs.find((pdf) => pdf.name === name);
  if (!found) throw new Error(`no fixture ${name}`);
  return found.bytes;
}

async function extract(bytes: Uint8Array) {
  const reading = await reader.read(bytes);
  if (!reading.ok) throw new Error(reading.failure);
  return reading.extraction;
}

describe('the invoices of our own making', () => {
  it('are exactly what the script makes', async () => {
    const made = await makeFixtures();
    expect(made.map(({ name }) => `${name}.pdf`).toSorted()).toEqual(pdfs.map(({ name }) => name));
    for (const { name, pdf } of made)
      expect(Buffer.from(bytesOf(`${name}.pdf`)).equals(Buffer.from(pdf)), name).toBe(true);
  });

  it.each(pdfs)('are read right in every field: $name', async ({ bytes, truth }) => {
    const reading = await reader.read(bytes);
    const verdicts = judge(reading, truth);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.filter(({ isRight }) => !isRight)).toEqual([]);
    const codes = reading.ok ? reading.extraction.findings.map(({ code }) => code) : [];
    expect(codes).not.toContain('pdf.sources-disagree');
  });

  it('say where each value stands: the number top right, the buyer above the seller', async () => {
    const { fields } = await extract(bytesOf('a-vat-song-1.pdf'));
    expect(fields.billingNo?.box).toMatchObject({ page: 1, x: expect.closeTo(0.775, 1), y: expect.closeTo(0.08, 1) });
    expect(fields.title?.box?.y).toBeLessThan(fields.sellerName?.box?.y ?? 0);
  });

  it('have numbers that text and QR code confirm', async () => {
    const { fields } = await extract(bytesOf('e-digital-special-1.pdf'));
    expect(
      [fields.billingNo, fields.billingTime, fields.feeFen, fields.taxFen].map((field) => field?.confidence),
    ).toEqual(Array.from({ length: 4 }, () => 'sure'));
  });

  it('are refused for issuing when they are red', async () => {
    const { isRedLetter, findings } = await extract(bytesOf('k-red-letter-1.pdf'));
    expect(isRedLetter).toBe(true);
    expect(findings).toContainEqual(expect.objectContaining({ code: 'pdf.red-letter', severity: 'fault' }));
  });

  it('give what the QR code says where the page is a picture', async () => {
    const { fields, findings } = await extract(bytesOf('i-image-2.pdf'));
    expect(fields.billingNo).toMatchObject({ source: 'qr', confidence: 'likely' });
    expect(fields.title).toBeNull();
    expect(findings.map(({ code }) => code)).toContain('pdf.qr-only');
  });
});

describe('a PDF that is no invoice', () => {
  it('is told from one where it has Chinese text, such as a trip sheet', async () => {
    const { kind, fields, findings } = await extract(await tripSheetPdf());
    expect([kind, fields.billingNo, findings.map(({ code }) => code)]).toEqual([
      'not-invoice',
      null,
      ['pdf.not-invoice'],
    ]);
  });

  it('has its scripts not run, and of very many pages the first ones read', async () => {
    const { pages, findings } = await extract(await tripSheetPdf(120));
    expect(pages).toEqual({ count: 120, read: 50 });
    expect(findings.map(({ code }) => code)).toContain('pdf.pages-unread');
  });
});

describe('a bad PDF', () => {
  it.each([
    ['encrypted', async () => bytesOf('m-password-2.pdf')],
    ['damaged', async () => bytesOf('b-vat-embedded-1.pdf').slice(0, 900)],
    ['damaged', async () => new Uint8Array(Buffer.from('%PDF-1.7\nnothing more'))],
    ['image-only', picturePdf],
  ] as const)('is %s', async (failure, make) => {
    expect(await reader.read(await make())).toEqual({ ok: false, failure });
  });

  it('without end is given up, and the next file is read', async () => {
    const impatient = createPdfReader({ threads: 1, timeoutMs: 1500 });
    expect(await impatient.read(await endlessPdf())).toEqual({ ok: false, failure: 'too-complex' });
    const patient = createPdfReader({ threads: 1 });
    expect((await patient.read(bytesOf('a-vat-song-1.pdf'))).ok).toBe(true);
    await Promise.all([impatient.close(), patient.close()]);
  });

  it('can be called off', async () => {
    const calling = new AbortController();
    const reading = reader.read(await endlessPdf(), calling.signal);
    calling.abort();
    expect(await reading).toEqual({ ok: false, failure: 'cancelled' });
    expect((await reader.read(bytesOf('a-vat-song-1.pdf'))).ok).toBe(true);
  });
});
