import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { goodInvoices, sourceOf } from '../../support/app-batch.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { type Stage, startStage } from '../../support/app-under-test.ts';

/** The cells of a CSV that quotes nothing. */
async function cellsOf(stage: Stage, table: string): Promise<string[][]> {
  const opened = await stage.app().succeed('table.open', { table: await stage.admit(table) });
  return [opened.header, ...opened.rows.map(({ cells }) => cells)];
}

async function startWithTable(count = 4) {
  const stage = await startStage();
  const invoices: readonly InvoiceFields[] = goodInvoices(stage, count);
  const files = await writeTableWithPdfs(stage.folder, invoices);
  return { stage, invoices, files, cells: await cellsOf(stage, files.table) };
}

async function writeWorkbook(stage: Stage, rows: Parameters<typeof writeXlsx>[0]['sheets'][0]['rows']) {
  const table = join(stage.folder, '发票.xlsx');
  await writeFile(table, await writeXlsx({ sheets: [{ name: '发票', ...(rows && { rows }) }] }));
  return table;
}

async function writeText(stage: Stage, rows: readonly (readonly string[])[]): Promise<string> {
  const table = join(stage.folder, 'changed.csv');
  await writeFile(table, rows.map((cells) => cells.join(',')).join('\r\n'));
  return table;
}

describe('a workbook', () => {
  test('gives the same rows as the CSV with the same cells', async () => {
    const { stage, files, cells } = await startWithTable();
    const table = await writeWorkbook(stage, cells);
    const fromText = await stage.app().succeed('table.check', await sourceOf(stage, files));
    const fromSheet = await stage.app().succeed('table.check', await sourceOf(stage, { ...files, table }));
    expect(fromText.counts).toMatchObject({ total: 4, waiting: 4, faulty: 0 });
    expect(fromSheet).toEqual({ ...fromText, checkId: 2, encoding: 'xlsx' });
    const batch = await stage.app().succeed('batch.import', await sourceOf(stage, { ...files, table }));
    expect(batch).toMatchObject({ encoding: 'xlsx', counts: { total: 4, waiting: 4 } });
  });

  test('may hold numbers and dates as such; what they lost is said at the cell', async () => {
    const { stage, files, cells } = await startWithTable(2);
    const [header = [], older = [], digital = []] = cells;
    const at = (name: string) => header.indexOf(name);
    const typed = (row: readonly string[]) =>
      row.map((cell, index) => {
        if (index === at('开票日期')) return new Date(`${cell}T00:00:00Z`);
        if (index === at('价税合计')) return Number(cell);
        return index === at('发票号码') || index === at('校验码') ? (cell === '' ? null : Number(cell)) : cell;
      });
    const table = await writeWorkbook(stage, [header, typed(older), typed(digital)]);
    const checked = await stage.app().succeed('table.check', await sourceOf(stage, { ...files, table }));
    const found = checked.rows.map(({ findings }) => findings.map(({ code, field }) => `${field} ${code}`));
    expect(found[1]).toEqual([expect.stringMatching(/^发票号码 number\.(excel-rounded|cut-at-15)$/)]);
    expect(found[0]).toContainEqual(expect.stringMatching(/^校验码 number\.(excel-rounded|cut-at-15)$/));
    expect(found.flat().filter((one) => one.startsWith('开票日期') || one.startsWith('价税合计'))).toEqual([]);
  });
});

describe('columns with headers of a shop’s own', () => {
  test('are asked for once and remembered for files of that shape, a report’s columns aside', async () => {
    const { stage, files, cells } = await startWithTable(2);
    const [header = [], ...rows] = cells;
    const own = header.map((name) => (name === '订单号' ? '单据' : name));
    const table = await writeText(stage, [own, ...rows]);
    const source = await sourceOf(stage, { ...files, table });
    expect(await stage.app().refuse('table.check', source)).toMatchObject({ code: 'table.unknown-column' });
    const opened = await stage.app().succeed('table.open', { table: source.table });
    expect(opened).toMatchObject({ remembered: false, rowCount: 2, encoding: 'utf-8' });
    expect(opened.columns[own.indexOf('单据')]).toBeNull();
    const columns = opened.columns.map((target) => target ?? 'orderId');
    const checked = await stage.app().succeed('table.check', { ...source, columns });
    expect(checked.counts).toMatchObject({ total: 2, waiting: 2 });
    const again = await writeText(stage, [[...own, '处理结果'], ...rows.map((cells_) => [...cells_, ''])]);
    expect(await stage.app().succeed('table.open', { table: await stage.admit(again) })).toMatchObject({
      remembered: true,
      columns: [...columns, 'ignored'],
    });
  });
});

describe('corrections', () => {
  test('made on the page are used by check and import, and the file stays as it is', async () => {
    const { stage, files, cells } = await startWithTable(2);
    const [header = [], first = [], ...rest] = cells;
    const column = header.indexOf('价税合计');
    const table = await writeText(stage, [header, first.with(column, '18O.01'), ...rest]);
    const source = await sourceOf(stage, { ...files, table });
    expect((await stage.app().succeed('table.check', source)).counts).toMatchObject({ faulty: 1 });
    const edits = [{ row: 2, column, value: first[column] ?? '' }];
    const checked = await stage.app().succeed('table.check', { ...source, edits });
    expect(checked.counts).toMatchObject({ waiting: 2, faulty: 0 });
    expect(await stage.app().succeed('batch.import', { ...source, edits })).toMatchObject({
      counts: { waiting: 2, faulty: 0 },
    });
    expect((await cellsOf(stage, table))[1]?.[column]).toBe('18O.01');
  });

  test('of a batch’s faulty rows begin with a table of just those', async () => {
    const { stage, files, cells } = await startWithTable(3);
    const [header = [], first = [], ...rest] = cells;
    const table = await writeText(stage, [header, first.with(header.indexOf('价税合计'), '18O.01'), ...rest]);
    const batch = await stage.app().succeed('batch.import', await sourceOf(stage, { ...files, table }));
    const made = await stage.app().succeed('table.faultyRows', { batchId: batch.id });
    const opened = await stage.app().succeed('table.open', { table: made.table.token });
    expect(opened.rows.map(({ cells: [orderId] }) => orderId)).toEqual([first[0]]);
    const source = { ...(await sourceOf(stage, files)), table: made.table.token };
    const edits = [{ row: 2, column: header.indexOf('价税合计'), value: first[header.indexOf('价税合计')] ?? '' }];
    expect(await stage.app().succeed('batch.import', { ...source, edits })).toMatchObject({
      counts: { total: 1, waiting: 1 },
    });
  });
});

test('PDFs that no row uses, and rows without one, are named', async () => {
  const { stage, files, cells } = await startWithTable(2);
  const [header = [], first = [], second = []] = cells;
  const table = await writeText(stage, [header, first, second.with(header.indexOf('PDF文件'), 'gone.pdf')]);
  const checked = await stage.app().succeed('table.check', await sourceOf(stage, { ...files, table }));
  expect(checked.rows.map(({ pdf }) => pdf)).toEqual([`${first[0]}.pdf`, null]);
  expect(checked).toMatchObject({ pdfCount: 2, unusedPdfs: [`${second[0]}.pdf`] });
});

test('a report goes into the folder that was chosen', async () => {
  const { stage, files } = await startWithTable(1);
  const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
  const report = await stage
    .app()
    .succeed('table.report', { batchId: batch.id, folder: await stage.admit(files.pdfFolder) });
  expect(report).toEqual({ name: 'invoices.report.csv', rows: 1 });
  expect(await cellsOf(stage, join(files.pdfFolder, report.name))).toHaveLength(2);
  expect(await stage.app().refuse('table.openReport', { batchId: batch.id })).toMatchObject({ code: 'window.needed' });
});
