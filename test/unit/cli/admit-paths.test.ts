import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { admitPaths } from '../../../electron/cli/admit-paths.ts';
import { createFileTokens } from '../../../electron/files/file-tokens.ts';
import type { OperationName } from '../../../shared/contract/contract.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function openFolder() {
  const folder = createTempFolder();
  writeFileSync(join(folder, '发票 1.pdf'), '%PDF-1.7');
  mkdirSync(join(folder, 'pdf'));
  const files = createFileTokens();
  const admit = (name: OperationName, input: unknown) => admitPaths(files, name, input);
  return { folder, files, admit };
}

describe('"@PATH" in an input', () => {
  it('becomes the handle of that file where a file is wanted', async () => {
    const { folder, files, admit } = openFolder();
    const admitted = await admit('file.read', { file: `@${folder}/发票 1.pdf` });
    // The text of a handle: what the contract takes for one.
    const { file } = admitted.ok ? (admitted.value as { file: string }) : { file: '' };
    expect(file).toMatch(/^file_[\w-]{24}$/);
    expect(files.resolve(file)).toEqual({ ok: true, value: join(folder, '发票 1.pdf') });
  });

  it('becomes one where a file or nothing is wanted, and nothing stays nothing', async () => {
    const { folder, admit } = openFolder();
    const draft = { accountId: 1, templateId: null, fields: digitalInvoice(1) };
    const pdf = `@${folder}/发票 1.pdf`;
    expect(await admit('invoice.saveDraft', { ...draft, pdf, tripPdf: null })).toEqual({
      ok: true,
      value: { ...draft, pdf: expect.stringMatching(/^file_/), tripPdf: null },
    });
  });

  it('becomes the handle of a folder, or of a place to save to that need not exist', async () => {
    const { folder, files, admit } = openFolder();
    const source = { accountId: 1, templateId: 1, table: `@${folder}/发票 1.pdf`, pdfFolder: `@${folder}/pdf` };
    expect(await admit('batch.check', source)).toMatchObject({
      ok: true,
      value: { table: expect.stringMatching(/^file_/), pdfFolder: expect.stringMatching(/^folder_/) },
    });
    const report = await admit('batch.report', { batchId: 1, target: `@${folder}/new.csv` });
    const { target } = report.ok ? (report.value as { target: string }) : { target: '' };
    expect(files.resolve(target)).toEqual({ ok: true, value: join(folder, 'new.csv') });
  });

  it.each<[string, OperationName, (folder: string) => object, string]>([
    ['of a missing file', 'file.read', (folder) => ({ file: `@${folder}/none.pdf` }), 'file.not-found'],
    ['of a file below a file', 'file.read', (folder) => ({ file: `@${folder}/发票 1.pdf/x` }), 'file.not-found'],
    ['of a folder where a file is wanted', 'file.read', (folder) => ({ file: `@${folder}/pdf` }), 'file.is-folder'],
    ['of nothing', 'file.read', () => ({ file: '@' }), 'file.is-folder'],
    ['with a NUL in it', 'file.read', () => ({ file: '@a\0b' }), 'file.not-readable'],
    [
      'of a file where a folder is wanted',
      'batch.check',
      (folder) => ({ pdfFolder: `@${folder}/发票 1.pdf` }),
      'file.not-folder',
    ],
    [
      'to save in a missing folder',
      'batch.report',
      (folder) => ({ target: `@${folder}/none/a.csv` }),
      'file.not-found',
    ],
  ])('%s is refused', async (_name, operation, inputOf, code) => {
    const { folder, admit } = openFolder();
    expect(await admit(operation, inputOf(folder))).toMatchObject({ ok: false, error: { code } });
  });

  it('stays what it is in a text of another kind, however deep', async () => {
    const { admit } = openFolder();
    const fields = digitalInvoice(1, { remarks: '@客户', items: [{ name: '@', num: 1, unit: '@x', priceFen: 1 }] });
    for (const [name, input] of [
      ['account.create', { name: '@云杉', kind: 'practice' }],
      ['invoice.check', { accountId: 1, fields }],
      ['push.receive', { accountId: 1, body: '@', query: { timestamp: '@', nonce: '@' }, token: '@' }],
    ] as const)
      expect(await admit(name, input)).toEqual({ ok: true, value: input });
  });

  it('leaves what is not an object for the operation itself to refuse', async () => {
    const { admit } = openFolder();
    for (const input of [null, 'text', 7, ['@x']])
      expect(await admit('file.read', input)).toEqual({ ok: true, value: input });
    expect(await admit('file.read', { file: ['@x'], surprise: '@x' })).toEqual({
      ok: true,
      value: { file: ['@x'], surprise: '@x' },
    });
  });
});

describe('a handle', () => {
  it('of another kind or of nobody is not known', () => {
    const { files } = openFolder();
    expect(files.resolve('file_AAAAAAAAAAAAAAAA')).toMatchObject({ ok: false, error: { code: 'file.token-unknown' } });
    expect(files.resolve('')).toMatchObject({ ok: false, error: { code: 'file.token-unknown' } });
  });

  it('is a new one each time, and tells nothing of the path', async () => {
    const { folder, files } = openFolder();
    const [one, two] = [await files.admit(`${folder}/发票 1.pdf`), await files.admit(`${folder}/发票 1.pdf`)];
    expect(one).toMatchObject({ ok: true, value: { name: '发票 1.pdf', sizeBytes: 8 } });
    expect(one).not.toEqual(two);
    expect(JSON.stringify(one)).not.toContain(folder);
  });
});
