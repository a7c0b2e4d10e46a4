import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPdfFolder } from '../../../electron/tables/match-pdf.ts';
import { makeFolder } from './table-files.ts';

describe('the folder of PDFs', () => {
  it('lists its PDFs in order, and nothing else', async () => {
    await using folder = await makeFolder();
    for (const name of ['b.pdf', 'a.PDF', '发票.Pdf', 'c.ofd', 'd.pdf.tmp', 'pdf'])
      await writeFile(join(folder.path, name), '%PDF-');
    await mkdir(join(folder.path, 'older.pdf'));
    expect(await listPdfFolder(folder.path)).toEqual({ ok: true, value: ['a.PDF', 'b.pdf', '发票.Pdf'] });
  });

  it.skipIf(process.platform === 'win32')('does not follow links out of it', async () => {
    await using folder = await makeFolder();
    await using outside = await makeFolder();
    await writeFile(join(outside.path, 'secret.pdf'), '%PDF-');
    await symlink(join(outside.path, 'secret.pdf'), join(folder.path, 'link.pdf'));
    await symlink(outside.path, join(folder.path, 'folder.pdf'));
    expect(await listPdfFolder(folder.path)).toEqual({ ok: true, value: [] });
  });

  it('has to be there and to be a folder', async () => {
    await using folder = await makeFolder();
    const file = join(folder.path, 'a.pdf');
    await writeFile(file, '%PDF-');
    expect(await listPdfFolder(file)).toMatchObject({ ok: false, error: { code: 'file.not-folder' } });
    const missing = await listPdfFolder(join(folder.path, 'no'));
    expect(missing).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
  });
});
