import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPdfStore, inspectPdf, readFileBytes } from '../../../electron/records/pdf-store.ts';
import { pdfSizeLimitBytes } from '../../../shared/wechat/limits.ts';
import { writePdf } from '../../support/app-invoices.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function openStore() {
  const folder = createTempFolder();
  const store = createPdfStore(join(folder, 'pdf'));
  const kept = () =>
    existsSync(join(folder, 'pdf')) ? readdirSync(join(folder, 'pdf'), { recursive: true, encoding: 'utf8' }) : [];
  return { folder, store, kept, pdfs: () => kept().filter((name) => name.endsWith('.pdf')) };
}

/** A file of the wanted size that begins as a PDF does; the rest is a hole. */
function writeLargePdf(path: string, bytes: number): void {
  writeFileSync(path, '%PDF-1.7\n');
  truncateSync(path, bytes);
}

describe('a PDF that is kept', () => {
  it('is in the store byte for byte, under its hash', async () => {
    const { folder, store, kept } = openStore();
    const path = join(folder, '发票 1.pdf');
    await writePdf(path, ['INVOICE 1']);
    const bytes = readFileSync(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await store.add(path)).toEqual({
      ok: true,
      value: { sha256, fileName: '发票 1.pdf', sizeBytes: bytes.length },
    });
    expect(readFileSync(store.pathOf(sha256)).equals(bytes)).toBe(true);
    expect(kept().sort()).toEqual([sha256.slice(0, 2), join(sha256.slice(0, 2), `${sha256}.pdf`)]);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('is there once for the same content, whatever its name', async () => {
    const { folder, store, pdfs } = openStore();
    await writePdf(join(folder, 'a.pdf'), ['INVOICE 1']);
    writeFileSync(join(folder, 'b.pdf'), readFileSync(join(folder, 'a.pdf')));
    const [one, two] = [await store.add(join(folder, 'a.pdf')), await store.add(join(folder, 'b.pdf'))];
    expect(one.ok && two.ok && one.value.sha256 === two.value.sha256).toBe(true);
    expect(pdfs()).toHaveLength(1);
  });

  it('is there once when it comes several times at once', async () => {
    const { folder, store, pdfs, kept } = openStore();
    await writePdf(join(folder, 'a.pdf'), ['INVOICE 1']);
    const added = await Promise.all([1, 2, 3, 4].map(() => store.add(join(folder, 'a.pdf'))));
    expect(added.every(({ ok }) => ok)).toBe(true);
    expect(pdfs()).toHaveLength(1);
    expect(kept().filter((name) => name.includes('incoming'))).toEqual([]);
  });

  it('heals a copy that was damaged', async () => {
    const { folder, store } = openStore();
    await writePdf(join(folder, 'a.pdf'), ['INVOICE 1']);
    const added = await store.add(join(folder, 'a.pdf'));
    const kept = store.pathOf(added.ok ? added.value.sha256 : '');
    writeFileSync(kept, 'damaged');
    await store.add(join(folder, 'a.pdf'));
    expect(readFileSync(kept).equals(readFileSync(join(folder, 'a.pdf')))).toBe(true);
  });

  it('does not take over that its source may not be written', async () => {
    const { folder, store } = openStore();
    const path = join(folder, 'a.pdf');
    await writePdf(path, ['INVOICE 1']);
    chmodSync(path, 0o444);
    const added = await store.add(path);
    expect(added.ok).toBe(true);
    expect(statSync(store.pathOf(added.ok ? added.value.sha256 : '')).mode & 0o200).toBe(0o200);
  });

  it('may have a few bytes of something else in front, and may be as large as the limit', async () => {
    const { folder, store } = openStore();
    writeFileSync(join(folder, 'junk.pdf'), `\r\n\ufeff\n%PDF-1.4\n`);
    writeLargePdf(join(folder, 'limit.pdf'), pdfSizeLimitBytes);
    expect(await store.add(join(folder, 'junk.pdf'))).toMatchObject({ ok: true });
    expect(await store.add(join(folder, 'limit.pdf'))).toMatchObject({
      ok: true,
      value: { sizeBytes: pdfSizeLimitBytes },
    });
  });
});

describe('what cannot be an invoice PDF', () => {
  it.each<[string, string, string, (path: string) => void]>([
    ['an empty file', 'pdf.empty', 'fix-input', (path) => writeFileSync(path, '')],
    ['a text', 'pdf.not-pdf', 'fix-input', (path) => writeFileSync(path, 'invoice')],
    ['a PNG', 'pdf.not-pdf', 'fix-input', (path) => writeFileSync(path, Buffer.from('89504e470d0a1a0a', 'hex'))],
    [
      'a PDF behind two kilobytes of something else',
      'pdf.not-pdf',
      'fix-input',
      (path) => writeFileSync(path, `${' '.repeat(2048)}%PDF-1.7`),
    ],
    [
      'a file one byte over the limit',
      'pdf.too-large',
      'fix-input',
      (path) => writeLargePdf(path, pdfSizeLimitBytes + 1),
    ],
    ['a folder', 'file.is-folder', 'fix-input', (path) => mkdirSync(path)],
    ['nothing', 'file.not-found', 'fix-input', () => undefined],
  ])('%s: %s', async (_name, code, errorClass, make) => {
    const { folder, store, kept } = openStore();
    const path = join(folder, 'a.pdf');
    make(path);
    const added = await store.add(path);
    expect(added).toMatchObject({ ok: false, error: { code, class: errorClass, action: 'choose-file' } });
    expect(added.ok ? '' : added.error.text.zhCN).toContain('a.pdf');
    expect(added.ok ? '' : added.error.text.zhCN).not.toContain(folder);
    expect(await inspectPdf(path)).toEqual(added);
    expect(kept()).toEqual([]);
  });

  it('says how large it is and how large it may be', async () => {
    const { folder, store } = openStore();
    writeLargePdf(join(folder, 'a.pdf'), 2 * pdfSizeLimitBytes);
    const added = await store.add(join(folder, 'a.pdf'));
    expect(added.ok ? '' : added.error.text.en).toBe('a.pdf has 20.0 MB, the limit is 10.0 MB');
  });
});

describe('a store that cannot be written', () => {
  it('answers with an error and leaves nothing half-written', async () => {
    const folder = createTempFolder();
    await writePdf(join(folder, 'a.pdf'), ['INVOICE 1']);
    writeFileSync(join(folder, 'pdf'), 'a file where the folder should be');
    expect(await createPdfStore(join(folder, 'pdf')).add(join(folder, 'a.pdf'))).toMatchObject({
      ok: false,
      error: { code: 'file.not-writable', class: 'fix-computer' },
    });
    expect(readdirSync(folder).sort()).toEqual(['a.pdf', 'pdf']);
  });
});

describe('the bytes of a file', () => {
  it('are read whole, or the reason is given', async () => {
    const folder = createTempFolder();
    writeFileSync(join(folder, 'a'), Buffer.from([0, 255, 1]));
    expect(await readFileBytes(join(folder, 'a'))).toEqual({ ok: true, value: new Uint8Array([0, 255, 1]) });
    expect(await readFileBytes(folder)).toMatchObject({ ok: false, error: { code: 'file.is-folder' } });
    expect(await readFileBytes(join(folder, 'b'))).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
  });
});
