import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPdfStore } from '../../../electron/records/pdf-store.ts';
import { startStage } from '../../support/app-under-test.ts';

/** A stage with one invoice's PDF, and what was dragged out of it. */
async function withPdf() {
  const dragged: { readonly path: string; readonly name: string; readonly bytes: Uint8Array }[] = [];
  const stage = await startStage({
    dragOut: async (path, name) => {
      dragged.push({ path, name, bytes: await readFile(path) });
    },
  });
  const { pdf } = await stage.draft();
  if (!pdf) throw new Error('the draft has no PDF');
  const { bytes } = await stage.app().succeed('pdf.read', { pdfId: pdf.id });
  const storedAt = createPdfStore(join(stage.folder, 'data', 'pdf')).pathOf(pdf.sha256);
  const placeFor = async (name: string) => {
    const admitted = await stage.app().files.admitTarget(join(stage.folder, name));
    if (!admitted.ok) throw new Error(admitted.error.code);
    return admitted.value;
  };
  return { ...stage, pdf, bytes: Buffer.from(bytes), storedAt, dragged, placeFor };
}

describe('pdf.saveCopy', () => {
  it('writes the stored bytes where the person chose', async () => {
    const { app, pdf, bytes, folder, placeFor } = await withPdf();
    const target = await placeFor('copy.pdf');
    expect(await app().succeed('pdf.saveCopy', { pdfId: pdf.id, target })).toEqual({ name: 'copy.pdf' });
    expect((await readFile(join(folder, 'copy.pdf'))).equals(bytes)).toBe(true);
  });

  it('makes no file of a PDF that is not there', async () => {
    const { app, pdf, storedAt, folder, placeFor } = await withPdf();
    const target = await placeFor('none.pdf');
    expect(await app().refuse('pdf.saveCopy', { pdfId: 99, target })).toMatchObject({ code: 'file.not-found' });
    await rm(storedAt);
    expect(await app().refuse('pdf.saveCopy', { pdfId: pdf.id, target })).toMatchObject({ code: 'file.not-found' });
    await expect(readFile(join(folder, 'none.pdf'))).rejects.toThrow('ENOENT');
  });
});

describe('pdf.dragOut', () => {
  it('hands the stored file over under the name the person knows', async () => {
    const { app, pdf, bytes, dragged } = await withPdf();
    expect(await app().succeed('pdf.dragOut', { pdfId: pdf.id })).toEqual({});
    expect(dragged).toEqual([expect.objectContaining({ name: pdf.fileName })]);
    expect(dragged[0]?.bytes).toEqual(bytes);
  });

  it('says what is missing: the PDF, its file, the window', async () => {
    const { app, pdf, storedAt, dragged } = await withPdf();
    expect(await app().refuse('pdf.dragOut', { pdfId: 99 })).toMatchObject({ code: 'file.not-found' });
    await rm(storedAt);
    expect(await app().refuse('pdf.dragOut', { pdfId: pdf.id })).toMatchObject({ code: 'file.not-found' });
    expect(dragged).toEqual([]);
    const plain = await startStage();
    expect(await plain.app().refuse('pdf.dragOut', { pdfId: 1 })).toMatchObject({ code: 'window.needed' });
  });
});
