import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { backupFolderOf, databaseIn, searchIndexIn } from '../../../electron/records/backup-files.ts';
import { discardIndexFile } from '../../../electron/records/search-index.ts';
import { type Stage, startStage } from '../../support/app-under-test.ts';
import { dumpDatabase } from '../../support/dump-database.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await startStage();
});

const titlesOf = ({ rows }: { readonly rows: readonly { readonly title: string }[] }) => rows.map(({ title }) => title);

async function placeFor(name: string): Promise<string> {
  const admitted = await stage.app().files.admitTarget(join(stage.folder, name));
  if (!admitted.ok) throw new Error(admitted.error.code);
  return admitted.value;
}

describe('record.search', () => {
  it('sees what has just been saved, edited or removed', async () => {
    const app = stage.app();
    expect(await app.succeed('record.search', {})).toEqual({ rows: [], next: null, preparing: null });
    const { id } = await stage.draft({ fields: { title: '杭州五金公司' } });
    expect(titlesOf(await app.succeed('record.search', { text: '五金' }))).toEqual(['杭州五金公司']);
    await app.succeed('invoice.removeDraft', { invoiceId: id });
    expect(await app.succeed('record.search', { text: '五金' })).toEqual({ rows: [], next: null, preparing: null });
    expect(await app.succeed('record.count', { text: '五金' })).toEqual({ count: 0, isCapped: false });
  });

  it('ends with a search for something else of the same asker, and with no other', async () => {
    const app = stage.app();
    await stage.draft({ fields: { title: '杭州五金公司' } });
    const older = app.call('record.search', { text: '杭州', asker: 'page' });
    const page = app.call('record.search', { text: '五金', asker: 'page' });
    const samePage = app.call('record.search', { text: '五金', asker: 'page', limit: 1 });
    const other = app.call('record.search', { text: '公司', asker: 'another' });
    expect(await older).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    for (const answer of [await page, await samePage, await other])
      expect(answer).toMatchObject({ ok: true, value: { rows: [{ title: '杭州五金公司' }] } });
  });

  it('works on after a restart', async () => {
    await stage.draft({ fields: { title: '杭州五金公司' } });
    await stage.app().succeed('record.search', { text: '五金' });
    const again = await stage.reopen();
    expect(titlesOf(await again.succeed('record.search', { text: '五金' }))).toEqual(['杭州五金公司']);
  });
});

describe('the index of texts', () => {
  it('is made again where its file was deleted, or a backup put another history in the place of the records', async () => {
    await stage.draft({ fields: { title: '杭州五金公司' } });
    const { name } = await stage.app().succeed('backup.make', {});
    await stage.draft({ fields: { title: '上海五金公司' } });
    const found = async () => titlesOf(await stage.app().succeed('record.search', { text: '五金' }));
    expect(await found()).toEqual(['上海五金公司', '杭州五金公司']);
    await stage.app().close();
    discardIndexFile(searchIndexIn(stage.dataFolder));
    await stage.reopen();
    expect(await found()).toEqual(['上海五金公司', '杭州五金公司']);
    await stage.app().succeed('backup.restore', { name });
    await stage.reopen();
    // With as many changes as the former history had.
    await stage.draft({ fields: { title: '南京五金公司' } });
    expect(await found()).toEqual(['南京五金公司', '杭州五金公司']);
  });

  it('is in no backup, and what it has taken over is forgotten at the end', async () => {
    for (const title of ['杭州五金公司', '上海五金公司', '南京五金公司']) await stage.draft({ fields: { title } });
    await stage.app().succeed('record.search', { text: '五金' });
    await stage.app().succeed('record.search', { text: '杭州' });
    await stage.app().close();
    expect(await readdir(stage.dataFolder)).toContain('search.sqlite');
    expect((await readdir(backupFolderOf(stage.dataFolder))).join()).not.toContain('search');
    expect(dumpDatabase(databaseIn(stage.dataFolder))['search_change']).toHaveLength(1);
  });
});

describe('record.export', () => {
  beforeEach(async () => {
    await stage.draft({ fields: { title: '=cmd()', remarks: '青禾', billingNo: '00412080', feeFen: 123_450 } });
    await stage.draft({ fields: { title: '杭州"五金",公司', remarks: '青禾' } });
    await stage.draft({ fields: { title: '与此无关' } });
  });

  it('writes CSV that spreadsheets open without running or changing anything', async () => {
    const target = await placeFor('out.csv');
    const columns = ['billingNo', 'title', 'fee', 'state', 'account'] as const;
    const answer = await stage.app().succeed('record.export', {
      text: '青禾',
      columns: [...columns],
      format: 'csv',
      target,
      sort: { by: 'created', descending: false },
    });
    expect(answer).toEqual({ file: 'out.csv', rows: 2 });
    const lines = (await readFile(join(stage.folder, 'out.csv'), 'utf8')).split('\r\n');
    expect(lines[0]).toBe('\uFEFF发票号码,发票抬头,价税合计,状态,账号');
    expect(lines[1]).toBe('"\t00412080",\'=cmd(),1234.50,草稿,青禾商贸');
    expect(lines[2]).toContain('"杭州""五金"",公司"');
    expect(lines).toHaveLength(4);
    const told = stage.app().events.flatMap(({ name, payload }) => (name === 'record.exporting' ? [payload] : []));
    expect(told.at(0)).toEqual({ running: true, done: 0, total: 0 });
    expect(told).toContainEqual({ running: true, done: 0, total: 2 });
    expect(told.at(-1)).toMatchObject({ running: false });
  });

  it('writes XLSX with amounts as numbers and numbers of invoices as text', async () => {
    const target = await placeFor('out.xlsx');
    await stage.app().succeed('record.export', {
      text: '=cmd',
      columns: ['billingNo', 'title', 'fee'],
      format: 'xlsx',
      target,
      language: 'en',
    });
    const { sheets } = await readXlsx(await readFile(join(stage.folder, 'out.xlsx')));
    expect(sheets[0]?.rows).toEqual([
      ['Invoice number', 'Buyer', 'Total with tax'],
      ['00412080', '=cmd()', 1234.5],
    ]);
  });

  it('leaves no file where it is cancelled', async () => {
    const target = await placeFor('cancelled.csv');
    const exporting = stage.app().call('record.export', { columns: ['title'], format: 'csv', target });
    expect(await stage.app().succeed('record.cancelExport', {})).toEqual({ cancelled: true });
    expect(await exporting).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
    expect((await readdir(stage.folder)).filter((name) => name.includes('cancelled'))).toEqual([]);
    expect(await stage.app().succeed('record.cancelExport', {})).toEqual({ cancelled: false });
  });

  it('refuses a place that nobody chose', async () => {
    const request = { columns: ['title'] as const, format: 'csv' as const, target: 'save_AAAAAAAAAAAAAAAA' };
    expect(await stage.app().refuse('record.export', { ...request, columns: ['title'] })).toMatchObject({
      code: 'file.token-unknown',
    });
    expect(await stage.app().refuse('file.chooseSave', { name: 'a.csv', kind: 'csv' })).toMatchObject({
      code: 'window.needed',
    });
  });
});

describe('record.saveLayout', () => {
  it('keeps columns and views apart, over a restart', async () => {
    const columns = [{ column: 'title' as const, width: 200, shown: true }];
    const views = [{ name: '待办', criteria: { needsYou: true }, sort: { by: 'created' as const, descending: true } }];
    await stage.app().succeed('record.saveLayout', { columns });
    await stage.app().succeed('record.saveLayout', { views });
    const again = await stage.reopen();
    expect(await again.succeed('record.readLayout', {})).toEqual({
      columns,
      views: [{ ...views[0], criteria: { text: '', needsYou: true } }],
    });
    expect(await again.succeed('settings.read', {})).not.toHaveProperty('recordLayout');
  });
});
