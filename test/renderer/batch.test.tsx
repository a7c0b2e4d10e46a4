import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { type Batch, noChanges, noCounts } from '../../shared/contract/batch-operations.ts';
import type { Handlers, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { finding } from '../../shared/invoice/findings.ts';
import { fail, ok } from '../../shared/result.ts';
import { targetOf } from '../../shared/table/column-target.ts';
import { matchHeader } from '../../shared/table/columns.ts';
// Loaded before the first test: the pages are loaded on demand, and the grid alone takes a busy machine some seconds.
import '../../renderer/pages/batch/batch-page.tsx';
import '../../renderer/pages/issue/issue-page.tsx';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import type { FakeBridge } from './fake-bridge.ts';

// The first look at the page styles the grid, which a busy machine takes its time for.
configure({ asyncUtilTimeout: 20_000 });
freshPageEachTest();

const tableToken = 'file_AAAAAAAAAAAAAAAA';
const folderToken = 'folder_AAAAAAAAAAAAAAAA';
const header = ['订单号', '购买方名称', '发票号码', '开票日期', '价税合计', '不含税金额', '税额'];
const cells = ['WX1', '青禾', '26312000000010100556', '2026-11-03', '18O.01', '169.82', '10.19'];

const chosen = (token: string, name: string) => ({ token, name, sizeBytes: 1 });

function opened(names: readonly string[]): OutputOf<'table.open'> {
  return {
    encoding: 'gb18030',
    header: [...names],
    rows: [{ rowNumber: 2, cells }],
    rowCount: 1,
    columns: names.map((name) => targetOf(matchHeader(name))),
    remembered: false,
  };
}

function checked({ edits = [] }: RequestOf<'table.check'>): OutputOf<'table.check'> {
  const corrected = cells.map((cell, column) => edits.find((edit) => edit.column === column)?.value ?? cell);
  const isFaulty = corrected[4] === '18O.01';
  return {
    checkId: 1,
    base: null,
    next: null,
    goneRows: [],
    encoding: 'gb18030',
    header,
    columns: opened(header).columns,
    counts: { ...noCounts, total: 1, faulty: isFaulty ? 1 : 0, waiting: isFaulty ? 0 : 1 },
    changes: { ...noChanges, new: isFaulty ? 0 : 1 },
    rows: [
      {
        rowNumber: 2,
        state: isFaulty ? 'faulty' : 'waiting',
        orderId: 'WX1',
        title: '青禾',
        invoiceId: null,
        findings: isFaulty ? [finding('amount.not-a-number', '价税合计', '18O.01')] : [],
        change: isFaulty ? null : 'new',
        rowNumbers: [2],
        cells: [corrected],
        pdf: null,
      },
    ],
    pdfCount: 1,
    unusedPdfs: ['多余.pdf'],
  };
}

function batchOf(part: Partial<Batch> = {}): Batch {
  return {
    id: 7,
    accountId: 1,
    templateId: 1,
    sourceName: '发票.csv',
    encoding: 'gb18030',
    state: 'stopped',
    counts: { ...noCounts, total: 3, issued: 1, unknown: 2 },
    changes: noChanges,
    error: null,
    createdAt: '2026-11-23T02:00:00.000Z',
    ...part,
  };
}

function openBatch(handlers: Partial<Handlers> = {}, hash = '#/batch'): FakeBridge {
  window.location.hash = hash;
  return openApp(
    readyWorld({
      handlers: {
        'batch.list': async () => ok({ batches: [] }),
        'file.choose': async ({ kind }) =>
          ok({ file: kind === 'table' ? chosen(tableToken, '发票.csv') : chosen(folderToken, 'pdf') }),
        'table.sample': async () =>
          ok({ table: chosen(tableToken, '发票.csv'), pdfFolder: chosen(folderToken, 'pdf') }),
        'table.open': async () => ok(opened(header)),
        'table.check': async (input) => ok(checked(input)),
        ...handlers,
      },
    }),
  );
}

const inputsOf = ({ calls }: FakeBridge, name: string) =>
  calls.filter((call) => call.name === name).map(({ input }) => input);

it('checks what was chosen with the only template, and names what is left over on both sides', async () => {
  const fake = openBatch();
  fireEvent.click(await screen.findByRole('button', { name: '选择表格' }));
  fireEvent.click(await screen.findByRole('button', { name: '选择文件夹' }));
  fireEvent.click(await screen.findByText(/1 个订单没有找到 PDF · 1 个 PDF 没有用到/));
  expect(await screen.findByText('多余.pdf')).toBeTruthy();
  expect(screen.getByText('第 2 行 WX1')).toBeTruthy();
  expect(inputsOf(fake, 'table.check')).toEqual([
    { accountId: 1, templateId: 1, table: tableToken, pdfFolder: folderToken, limit: 500 },
  ]);
});

it('corrects all common faults after they were seen, and imports with the corrections', async () => {
  const fake = openBatch({
    'batch.import': async () => ok(batchOf()),
    'batch.get': async () => fail(appError('batch.not-found')),
  });
  fireEvent.click(await screen.findByRole('button', { name: '保存样例并打开' }));
  fireEvent.click(await screen.findByRole('button', { name: '一键改正 1 处' }));
  await screen.findByRole('dialog');
  expect(dialog().getByText('180.01')).toBeTruthy();
  fireEvent.click(dialog().getByRole('button', { name: '改正 1 处' }));
  expect(await screen.findByText('改了 1 格')).toBeTruthy();
  const edits = [{ row: 2, column: 4, value: '180.01' }];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits }));
  await waitFor(() => expect(screen.queryByRole('button', { name: '一键改正 1 处' })).toBeNull());
  await waitFor(() =>
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '导入 1 个订单' }).disabled).toBe(false),
  );
  press('导入 1 个订单');
  await waitFor(() => expect(inputsOf(fake, 'batch.import')).toEqual([expect.objectContaining({ edits })]));
  await waitFor(() => expect(window.location.hash).toBe('#/batch/7'));
});

/** Corrects a cell where it stands, as the keyboard does. */
async function correct(from: string, to: string): Promise<void> {
  const grid = within(await screen.findByRole('region', { name: '表格各行' }));
  const cell = (await grid.findByText(from)).closest<HTMLElement>('[role="gridcell"]');
  if (!cell) throw new Error(`no cell ${from}`);
  fireEvent.mouseDown(cell);
  fireEvent.keyDown(cell, { key: 'Enter' });
  const editor = await grid.findByRole('textbox');
  fireEvent.input(editor, { target: { value: to } });
  fireEvent.keyDown(editor, { key: 'Enter' });
}

it('corrects a cell in place by asking what differs then, and takes the last step back by the keys', async () => {
  const fake = openBatch({
    'table.check': async (input) => {
      const whole = checked(input);
      return ok(input.known === undefined ? whole : { ...whole, checkId: input.known + 1, base: input.known });
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: '保存样例并打开' }));
  await correct('18O.01', '180.02');
  expect(await screen.findByText('改了 1 格')).toBeTruthy();
  const edits = [{ row: 2, column: 4, value: '180.02' }];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits, known: 1 }));
  // The row is faulty no more, and the page shows faulty ones only.
  expect(await screen.findByText('没有这样的行')).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  await waitFor(() => expect(screen.queryByText('改了 1 格')).toBeNull());
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ known: 2 }));
  expect(inputsOf(fake, 'table.check').at(-1)).not.toHaveProperty('edits');
  expect(await screen.findByText('18O.01')).toBeTruthy();
  expect(inputsOf(fake, 'desk.save').at(-2)).toMatchObject({ table: tableToken, folder: folderToken, edits });
  expect(inputsOf(fake, 'desk.save').at(-1)).toMatchObject({ edits: [] });
  press('重新检查');
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).not.toHaveProperty('known'));
});

it('asks for further rows until it has all, and keeps those of which nothing is said', async () => {
  const rowOf = (rowNumber: number) => {
    const [row] = checked({ accountId: 1, templateId: 1, table: tableToken, pdfFolder: folderToken }).rows;
    if (!row) throw new Error('there is a row');
    return { ...row, rowNumber, rowNumbers: [rowNumber], orderId: `WX${rowNumber}`, pdf: null };
  };
  const fake = openBatch({
    'table.check': async (input) => {
      if (input.known === undefined) return ok({ ...checked(input), rows: [rowOf(2)], next: 2 });
      return ok({ ...checked(input), checkId: 2, base: 1, rows: [], goneRows: [3] });
    },
    'table.checkedRows': async () => ok({ rows: [rowOf(3), rowOf(4)], next: null }),
  });
  fireEvent.click(await screen.findByRole('button', { name: '保存样例并打开' }));
  fireEvent.click(await screen.findByText(/3 个订单没有找到 PDF/));
  expect(inputsOf(fake, 'table.checkedRows')).toEqual([{ checkId: 1, base: null, after: 2, limit: 500 }]);
  fireEvent.click(await screen.findByRole('button', { name: '一键改正 3 处' }));
  await screen.findByRole('dialog');
  fireEvent.click(dialog().getByRole('button', { name: '改正 3 处' }));
  expect(await screen.findByText(/2 个订单没有找到 PDF/)).toBeTruthy();
  expect(screen.getByText('第 4 行 WX4')).toBeTruthy();
  expect(screen.queryByText('第 3 行 WX3')).toBeNull();
});

it('has the desk as it was left when the program ended, and says what is gone', async () => {
  const edits = [{ row: 2, column: 4, value: '180.01' }];
  const desk = {
    table: chosen(tableToken, '发票.csv'),
    folder: chosen(folderToken, 'pdf'),
    templateId: 1,
    encoding: 'gb18030' as const,
    columns: null,
    edits,
    gone: ['旧夹'],
    tableChanged: false,
  };
  const fake = openBatch({ 'desk.read': async () => ok(desk) });
  expect(await screen.findByText('改了 1 格')).toBeTruthy();
  expect(inputsOf(fake, 'table.check')).toEqual([expect.objectContaining({ encoding: 'gb18030', edits })]);
  expect(screen.getByText('上次放在这里的“旧夹”已经不在原来的位置，请重新选择。')).toBeTruthy();
  press('撤销上一步');
  await waitFor(() => expect(screen.queryByText('改了 1 格')).toBeNull());
});

it('names a column in English where the file has no name of its own for it', async () => {
  const unnamed = finding('row.number-used', '发票号码', '26312000000010100556', { orderId: 'WX9' });
  const [row] = checked({ accountId: 1, templateId: 1, table: tableToken, pdfFolder: folderToken }).rows;
  if (!row) throw new Error('there is a row');
  const { rowNumbers: _rows, cells: _cells, pdf: _pdf, ...shown } = row;
  const fake = openBatch(
    {
      'batch.get': async () => ok({ batch: batchOf(), rows: [] }),
      'batch.rows': async () => ok({ rows: [{ ...shown, id: 1, changedFields: [], findings: [unnamed] }], next: null }),
      'settings.read': async () => ok({ language: 'en', theme: 'light', currentAccountId: 1 }),
    },
    '#/batch/7',
  );
  expect(await screen.findByText(/^Invoice number this invoice/)).toBeTruthy();
  expect(inputsOf(fake, 'batch.get')).toEqual([{ batchId: 7, withRows: false }]);
  press('Open the report');
  expect(await screen.findByText('Opened 7-发票.report.csv, 3 rows')).toBeTruthy();
});

it('asks what unknown columns are before anything is checked', async () => {
  const fake = openBatch({ 'table.open': async () => ok(opened([...header, '门店'])) });
  fireEvent.click(await screen.findByRole('button', { name: '保存样例并打开' }));
  expect(await screen.findByText('有 1 列不认识：门店')).toBeTruthy();
  expect(inputsOf(fake, 'table.check')).toEqual([]);
  press('对应各列');
  fireEvent.click(await screen.findByRole('button', { name: '用这个对应' }));
  await waitFor(() =>
    expect(inputsOf(fake, 'table.check')).toEqual([
      expect.objectContaining({ columns: [...opened(header).columns, 'ignored'] }),
    ]),
  );
});

it('says why a table cannot be read, and lets another encoding be tried', async () => {
  openBatch({ 'table.open': async () => fail(appError('table.encoding-unknown', { file: '发票.csv' })) });
  fireEvent.click(await screen.findByRole('button', { name: '选择表格' }));
  expect(await screen.findByText('table.encoding-unknown')).toBeTruthy();
  expect(screen.getByLabelText('文字编码')).toBeTruthy();
});

it('keeps what is on the desk while another page is looked at', async () => {
  openBatch();
  fireEvent.click(await screen.findByRole('button', { name: '选择表格' }));
  await screen.findByText('发票.csv');
  window.location.hash = '#/issue';
  await screen.findByRole('button', { name: '选择发票 PDF' });
  window.location.hash = '#/batch';
  expect(await screen.findByText('发票.csv')).toBeTruthy();
});

it('settles what is unknown only after their number was typed', async () => {
  const fake = openBatch(
    {
      'batch.get': async () => ok({ batch: batchOf(), rows: [] }),
      'batch.settle': async () => ok(batchOf({ counts: { ...noCounts, total: 3, issued: 3 } })),
    },
    '#/batch/7',
  );
  fireEvent.click(await screen.findByRole('button', { name: '客户都有' }));
  await screen.findByRole('dialog');
  const confirm = () => screen.getByRole<HTMLButtonElement>('button', { name: '确认' });
  fireEvent.change(screen.getByLabelText('请输入张数 2 确认'), { target: { value: '3' } });
  expect(confirm().disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('请输入张数 2 确认'), { target: { value: '2' } });
  fireEvent.click(confirm());
  await waitFor(() =>
    expect(inputsOf(fake, 'batch.settle')).toEqual([{ batchId: 7, outcome: 'found', confirmedCount: 2 }]),
  );
});

it('shows a run that is under way as its events tell, and pauses it', async () => {
  const running = batchOf({ state: 'running', counts: { ...noCounts, total: 10, waiting: 10 } });
  const fake = openBatch(
    { 'batch.get': async () => ok({ batch: running, rows: [] }), 'batch.stop': async () => ok({}) },
    '#/batch/7',
  );
  await screen.findByText('0 / 10');
  fake.emit('batch.progress', {
    batchId: 7,
    running: true,
    counts: { ...noCounts, total: 10, waiting: 6, issued: 4 },
    ratePerMinute: 120,
    secondsLeft: 3,
  });
  expect(await screen.findByText('4 / 10 · 每分钟 120 张 · 还要约 3 秒')).toBeTruthy();
  press('暂停');
  await waitFor(() => expect(inputsOf(fake, 'batch.stop')).toEqual([{ batchId: 7 }]));
});

it('follows a run by the rows of the invoices that changed, not by reading all of them again', async () => {
  const running = batchOf({ state: 'running', counts: { ...noCounts, total: 2, waiting: 2 } });
  const about = { title: '青禾', findings: [], change: 'new' as const, changedFields: [] };
  const waiting = (id: number) => ({ ...about, id, rowNumber: id + 1, state: 'waiting' as const, orderId: `WX${id}` });
  const rows = [
    { ...waiting(1), invoiceId: 11 },
    { ...waiting(2), invoiceId: 12 },
  ];
  const fake = openBatch(
    {
      'batch.get': async () => ok({ batch: running, rows: [] }),
      'batch.rows': async ({ invoiceIds }) =>
        ok({
          rows: invoiceIds ? rows.slice(1).map((row) => ({ ...row, state: 'issued' as const })) : rows,
          next: null,
        }),
    },
    '#/batch/7',
  );
  const grid = within(await screen.findByRole('region', { name: '批次各行' }));
  expect(await grid.findAllByText('等待')).toHaveLength(2);
  fake.emit('record.changed', { kind: 'invoice', id: 12 });
  fake.emit('record.changed', { kind: 'invoice', id: 12 });
  expect(await grid.findByText('已开具')).toBeTruthy();
  expect(await grid.findAllByText('等待')).toHaveLength(1);
  expect(inputsOf(fake, 'batch.rows')).toEqual([
    { batchId: 7, after: 0, limit: 500 },
    { batchId: 7, invoiceIds: [12], limit: 500 },
  ]);
});
