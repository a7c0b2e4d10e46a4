import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupFolderOf } from '../../../electron/records/backup-files.ts';
import { projectRoot } from '../../../scripts/run.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { goodInvoices, sourceOf } from '../../support/app-batch.ts';
import { expectTexts } from '../../support/app-expectations.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { startStage } from '../../support/app-under-test.ts';
import { killThreads } from '../../support/kill-threads.ts';

const invoicePdf = join(projectRoot, 'test', 'fixtures', 'pdf', 'a-vat-song-1.pdf');

function expectBrokenOff(error: AppError): void {
  expect(error).toMatchObject({ code: 'work.broken-off', action: 'retry', retryable: true });
  expectTexts(error);
}

describe('a thread that dies while it reads a PDF', () => {
  it('is replaced, and the file read', async () => {
    const stage = await startStage();
    const file = await stage.admit(invoicePdf);
    // Its first message says that it is ready; by its second it would have answered.
    const threads = killThreads({ atMost: 1, afterMessages: 1 });
    expect(await stage.app().succeed('pdf.extract', { file })).toMatchObject({ kind: 'vat' });
    expect(threads.started).toHaveLength(2);
  });

  it('time and again is said, and the next file is read', async () => {
    const stage = await startStage();
    const file = await stage.admit(invoicePdf);
    for (const afterMessages of [0, 1]) {
      const threads = killThreads({ afterMessages });
      expectBrokenOff(await stage.app().refuse('pdf.extract', { file }));
      expect(threads.started).toHaveLength(2);
      threads.stop();
    }
    expect(await stage.app().succeed('pdf.extract', { file })).toMatchObject({ kind: 'vat' });
  });

  it('does no harm when nobody needs it', async () => {
    const stage = await startStage();
    const file = await stage.admit(invoicePdf);
    const threads = killThreads({ atMost: 0 });
    await stage.app().succeed('pdf.extract', { file });
    const [idle] = threads.started;
    if (!idle) throw new Error('a thread has read the file');
    const exited = new Promise((resolve) => idle.once('exit', resolve));
    // Nothing that can be read: it breaks on it.
    idle.postMessage(null);
    await exited;
    expect(await stage.app().succeed('pdf.extract', { file })).toMatchObject({ kind: 'vat' });
    expect(threads.started).toHaveLength(2);
  });
});

describe('a thread that dies while it searches', () => {
  it('is replaced, and everybody who waits is answered', async () => {
    const stage = await startStage();
    await stage.draft({ fields: { title: '杭州五金公司' } });
    const threads = killThreads({ atMost: 1 });
    const app = stage.app();
    const answers = await Promise.all([
      app.succeed('record.search', { text: '五金', asker: 'page' }),
      app.succeed('record.count', { text: '五金', asker: 'head' }),
    ]);
    expect(answers).toMatchObject([{ rows: [{ title: '杭州五金公司' }] }, { count: 1 }]);
    expect(threads.started).toHaveLength(2);
  });

  it('is replaced also where it breaks between two searches, or in the middle of one', async () => {
    const stage = await startStage();
    await stage.draft({ fields: { title: '杭州五金公司' } });
    const threads = killThreads({ atMost: 0 });
    const search = () => stage.app().succeed('record.search', { text: '五金' });
    await search();
    const [first] = threads.started;
    if (!first) throw new Error('a thread has searched');
    // No question at all: it breaks on it, and the search is behind it in its queue.
    first.postMessage(null);
    expect(await search()).toMatchObject({ rows: [{ title: '杭州五金公司' }] });
    expect(threads.started).toHaveLength(2);
  });

  it('time and again is said, and the next search is answered', async () => {
    const stage = await startStage();
    const threads = killThreads();
    expectBrokenOff(await stage.app().refuse('record.search', { text: '五金' }));
    threads.stop();
    expect(await stage.app().succeed('record.search', { text: '五金' })).toMatchObject({ rows: [] });
  });
});

describe('a thread that dies while it', () => {
  it('exports is said, leaves no file, and the next export is whole', async () => {
    const stage = await startStage();
    await stage.draft({ fields: { title: '杭州五金公司' } });
    const target = async () => {
      const admitted = await stage.app().files.admitTarget(join(stage.folder, 'out.csv'));
      if (!admitted.ok) throw new Error(admitted.error.code);
      return { columns: ['title' as const], format: 'csv' as const, target: admitted.value };
    };
    const threads = killThreads();
    expectBrokenOff(await stage.app().refuse('record.export', await target()));
    expect((await readdir(stage.folder)).filter((name) => name.startsWith('out.csv'))).toEqual([]);
    threads.stop();
    expect(await stage.app().succeed('record.export', await target())).toEqual({ file: 'out.csv', rows: 1 });
  });

  it('looks at a table, of invoices or of orders, is said, and the next one is read', async () => {
    const stage = await startStage();
    const { table } = await writeTableWithPdfs(stage.folder, goodInvoices(stage, 3));
    const file = await stage.admit(table);
    const threads = killThreads();
    expectBrokenOff(await stage.app().refuse('table.open', { table: file }));
    expectBrokenOff(await stage.app().refuse('order.readTable', { accountId: stage.accountId, table: file }));
    threads.stop();
    expect(await stage.app().succeed('table.open', { table: file })).toMatchObject({ rowCount: 3 });
  });

  // Before it has said anything; with the table open; with a hundred rows of it handed over.
  it.each([0, 1, 2])(
    'reads a table, after %i messages, leaves nothing of the import, and it can be begun again',
    async (afterMessages) => {
      const stage = await startStage();
      const source = await sourceOf(stage, await writeTableWithPdfs(stage.folder, goodInvoices(stage, 250)));
      const threads = killThreads({ afterMessages });
      expectBrokenOff(await stage.app().refuse('batch.import', source));
      expect(await stage.app().succeed('batch.list', {})).toMatchObject({ batches: [] });
      threads.stop();
      const batch = await stage.app().succeed('batch.import', source);
      expect(batch).toMatchObject({ counts: { waiting: 250 } });
    },
  );

  it('makes a backup is said, leaves no half one, and the next backup is made', async () => {
    const stage = await startStage();
    await stage.draft();
    const folder = backupFolderOf(stage.dataFolder);
    const before = existsSync(folder) ? await readdir(folder) : [];
    const threads = killThreads();
    const error = await stage.app().refuse('backup.make', {});
    expect(error).toMatchObject({ code: 'backup.failed', retryable: true });
    expectTexts(error);
    expect(await readdir(folder)).toEqual(before);
    threads.stop();
    const { name } = await stage.app().succeed('backup.make', {});
    expect(await readdir(folder)).toContain(name);
  });
});
