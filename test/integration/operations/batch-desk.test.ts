import { appendFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import { goodInvoices, importGood, sourceOf } from '../../support/app-batch.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { startStage } from '../../support/app-under-test.ts';

const edits = [{ row: 2, column: 1, value: '青禾' }];

/** A table and its PDFs on the desk, corrected in one place, and the program started again. */
async function startWithDesk() {
  const stage = await startStage();
  const files = await writeTableWithPdfs(stage.folder, goodInvoices(stage, 2));
  const { accountId } = stage;
  const { table, pdfFolder: folder } = await sourceOf(stage, files);
  const desk: RequestOf<'desk.save'> = {
    accountId,
    table,
    folder,
    templateId: stage.template.id,
    encoding: 'utf-8',
    columns: ['orderId', null],
    edits,
  };
  await stage.app().succeed('desk.save', desk);
  const { table: _table, folder: _folder, accountId: _account, ...reading } = desk;
  return { stage, files, accountId, desk, reading };
}

describe('the desk', () => {
  test('is as it was when the program starts again, each account’s its own', async () => {
    const { stage, files, accountId, reading } = await startWithDesk();
    const app = await stage.reopen();
    const found = await app.succeed('desk.read', { accountId });
    expect(found).toMatchObject({ ...reading, gone: [], tableChanged: false });
    expect([found.table?.name, found.folder?.name]).toEqual([basename(files.table), basename(files.pdfFolder)]);
    expect(await app.succeed('table.open', { table: found.table?.token ?? '' })).toMatchObject({ rowCount: 2 });
    const other = await app.succeed('account.create', { name: '别家', kind: 'practice' });
    expect(await app.succeed('desk.read', { accountId: other.id })).toMatchObject({ table: null, edits: [] });
    expect(await app.succeed('settings.read', {})).toMatchObject({ language: 'zh-CN' });
  });

  test('says what is not where it was, and keeps the rest', async () => {
    const { stage, files, accountId } = await startWithDesk();
    await rm(files.pdfFolder, { recursive: true });
    const withoutFolder = await stage.app().succeed('desk.read', { accountId });
    expect(withoutFolder).toMatchObject({ folder: null, edits, gone: [basename(files.pdfFolder)] });
    await rm(files.table);
    const without = await stage.app().succeed('desk.read', { accountId });
    expect(without).toMatchObject({ table: null, edits: [], columns: null, templateId: stage.template.id });
    expect(without.gone).toEqual([basename(files.table), basename(files.pdfFolder)]);
  });

  test('lets go of corrections whose table was written since', async () => {
    const { stage, files, accountId } = await startWithDesk();
    await appendFile(files.table, '\r\n');
    const found = await stage.app().succeed('desk.read', { accountId });
    expect(found).toMatchObject({ edits: [], tableChanged: true, encoding: 'utf-8' });
  });

  test('takes no handle that was not given out, and no account that is not there', async () => {
    const { stage, accountId, desk } = await startWithDesk();
    const table = 'file_AAAAAAAAAAAAAAAA';
    expect(await stage.app().refuse('desk.save', { ...desk, table })).toMatchObject({ code: 'file.token-unknown' });
    const folder = 'folder_AAAAAAAAAAAAAAAA';
    expect(await stage.app().refuse('desk.save', { ...desk, folder })).toMatchObject({ code: 'file.token-unknown' });
    const nobody = accountId + 9;
    expect(await stage.app().refuse('desk.read', { accountId: nobody })).toMatchObject({ code: 'account.not-found' });
    expect(await stage.app().succeed('desk.read', { accountId })).toMatchObject({ edits });
  });
});

describe('a batch’s rows', () => {
  test('come in pages, or for some of its invoices only, as they come all at once', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 5);
    const other = await importGood(stage, 1);
    const { rows } = await stage.app().succeed('batch.get', { batchId: batch.id });
    const first = await stage.app().succeed('batch.rows', { batchId: batch.id, limit: 3 });
    const second = await stage.app().succeed('batch.rows', { batchId: batch.id, after: first.next ?? 0, limit: 3 });
    expect([...first.rows, ...second.rows]).toEqual(rows);
    expect(second.next).toBeNull();
    const { rows: foreign } = await stage.app().succeed('batch.get', { batchId: other.batch.id });
    const ids = [rows[1], rows[3], foreign[0]].map((row) => row?.invoiceId ?? 0);
    const some = await stage.app().succeed('batch.rows', { batchId: batch.id, limit: 3, invoiceIds: ids });
    expect(some).toEqual({ rows: [rows[1], rows[3]], next: null });
    expect(await stage.app().succeed('batch.get', { batchId: batch.id, withRows: false })).toEqual({ batch, rows: [] });
    expect(await stage.app().refuse('batch.rows', { batchId: 999, limit: 3 })).toMatchObject({
      code: 'batch.not-found',
    });
  });
});
