import { configure, createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { noChanges, noCounts } from '../../shared/contract/batch-operations.ts';
import type { Handlers, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import { pdfNameColumn } from '../../shared/contract/table-reading.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { finding } from '../../shared/invoice/findings.ts';
import { fail, ok } from '../../shared/result.ts';
import { targetOf } from '../../shared/table/column-target.ts';
import { matchHeader } from '../../shared/table/columns.ts';
// Loaded before the first test: the pages are loaded on demand, and the grid alone takes a busy machine some seconds.
import '../../renderer/pages/batch/batch-page.tsx';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import type { FakeBridge } from './fake-bridge.ts';

configure({ asyncUtilTimeout: 20_000 });
freshPageEachTest();

const table = { token: 'file_AAAAAAAAAAAAAAAA', name: '十月发票.csv', sizeBytes: 1 };
const folder = { token: 'folder_AAAAAAAAAAAAAAAA', name: '十月发票', sizeBytes: 0 };
const header = ['订单号', '购买方名称', '发票号码', '开票日期', '价税合计', '不含税金额', '税额'];
const columns = header.map((name) => targetOf(matchHeader(name)));
const amounts = ['180.01', '200.00'];

const rowCells = (index: number) => [
  `WX${index}`,
  '青禾',
  `2631200000001010055${index}`,
  '2026-11-03',
  amounts[index] ?? '',
];

function checked({ edits = [] }: RequestOf<'table.check'>, pdfs: readonly (string | null)[]): OutputOf<'table.check'> {
  return {
    checkId: 1 + edits.length,
    base: null,
    next: null,
    goneRows: [],
    encoding: 'utf-8',
    header,
    columns,
    counts: { ...noCounts, total: 2, waiting: 2 },
    changes: { ...noChanges, new: 2 },
    rows: pdfs.map((pdf, index) => ({
      rowNumber: index + 2,
      rowNumbers: [index + 2],
      state: 'waiting',
      orderId: `WX${index}`,
      title: '青禾',
      invoiceId: null,
      findings: [],
      change: 'new',
      cells: [
        rowCells(index).map(
          (cell, column) => edits.find((edit) => edit.row === index + 2 && edit.column === column)?.value ?? cell,
        ),
      ],
      pdf: edits.find(({ row, column }) => row === index + 2 && column === pdfNameColumn)?.value ?? pdf,
    })),
    pdfCount: 2,
    unusedPdfs: [],
  };
}

/** What the PDFs say of the second row's amount, and less surely of the first one's buyer. */
const compared: OutputOf<'table.comparePdfs'> = {
  compared: 2,
  matches: [],
  refused: [],
  findings: [
    {
      row: 2,
      column: 1,
      cell: '青禾',
      finding: finding('pdf.differs-doubtful', '购买方名称', '青禾', { pdf: '青木' }),
      take: '青木',
      sure: false,
    },
    {
      row: 3,
      column: 4,
      cell: '200.00',
      finding: finding('pdf.differs', '价税合计', '200.00', { pdf: '209.00' }),
      take: '209.00',
      sure: true,
    },
  ],
};

const made: OutputOf<'table.fromPdfs'> = {
  table,
  rows: 2,
  refused: [{ file: 'red.pdf', finding: finding('pdf.red-letter', 'PDF文件', 'red.pdf') }],
  notes: [{ row: 2, file: 'a.pdf', finding: finding('pdf.left-empty', '购买方名称', '青木') }],
};

function openBatch(
  handlers: Partial<Handlers> = {},
  pdfs: readonly (string | null)[] = ['a.pdf', 'b.pdf'],
): FakeBridge {
  window.location.hash = '#/batch';
  return openApp(
    readyWorld({
      handlers: {
        'batch.list': async () => ok({ batches: [] }),
        'file.choose': async ({ kind }) => ok({ file: kind === 'table' ? table : folder }),
        'table.open': async () => ok({ encoding: 'utf-8', header, rows: [], rowCount: 2, columns, remembered: false }),
        'table.check': async (input) => ok(checked(input, pdfs)),
        'table.comparePdfs': async () => ok(compared),
        'table.fromPdfs': async () => ok(made),
        ...handlers,
      },
    }),
  );
}

const inputsOf = ({ calls }: FakeBridge, name: string) =>
  calls.filter((call) => call.name === name).map(({ input }) => input);

async function chooseBoth(): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: '选择表格' }));
  fireEvent.click(await screen.findByRole('button', { name: '选择文件夹' }));
}

it('makes a table of a folder of PDFs, lists what was not used, and holds it against them', async () => {
  const fake = openBatch();
  fireEvent.click(await screen.findByRole('button', { name: '用 PDF 文件夹生成表格' }));
  expect(
    await screen.findByText('已用“十月发票”生成 2 行的表格，请补上订单号 · 1 个文件没有用上 · 1 处请核对'),
  ).toBeTruthy();
  press('查看每个文件的原因');
  expect(await screen.findByText('red.pdf')).toBeTruthy();
  expect(screen.getByText('第 2 行 a.pdf')).toBeTruthy();
  await waitFor(() => expect(inputsOf(fake, 'table.comparePdfs')).toHaveLength(1));
  expect(inputsOf(fake, 'table.fromPdfs')).toEqual([{ folder: folder.token }]);
  expect(inputsOf(fake, 'table.check')).toEqual([
    expect.objectContaining({ table: table.token, pdfFolder: folder.token }),
  ]);
  expect(inputsOf(fake, 'desk.save').at(-1)).toMatchObject({ table: table.token, folder: folder.token });
});

it('shows how far the reading is, and stops it', async () => {
  const answers = Promise.withResolvers<Awaited<ReturnType<Handlers['table.fromPdfs']>>>();
  const fake = openBatch({
    'table.fromPdfs': () => answers.promise,
    'table.cancelPdfs': async () => {
      answers.resolve(fail(appError('work.cancelled')));
      return ok({ cancelled: true });
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: '用 PDF 文件夹生成表格' }));
  await screen.findByText('正在准备…');
  fake.emit('pdf.reading', { work: 'make', running: true, done: 3, total: 12 });
  expect(await screen.findByText('正在读取 PDF：3 / 12')).toBeTruthy();
  press('停止读取');
  expect(await screen.findByRole('button', { name: '用 PDF 文件夹生成表格' })).toBeTruthy();
  expect(screen.queryByText('work.cancelled')).toBeNull();
  expect(inputsOf(fake, 'table.check')).toEqual([]);
});

it('is told of among the work under way on every page, with the way to stop it and to come back', async () => {
  const fake = openBatch();
  await screen.findByRole('button', { name: '选择表格' });
  window.location.hash = '#/settings';
  press('正在进行的工作');
  fake.emit('pdf.reading', { work: 'compare', running: true, done: 1, total: 4 });
  expect(await screen.findByText('正在与 PDF 核对')).toBeTruthy();
  expect(screen.getByText('已读 1 / 4')).toBeTruthy();
  press('停止读取');
  await waitFor(() => expect(inputsOf(fake, 'table.cancelPdfs')).toEqual([{}]));
  press('打开');
  await waitFor(() => expect(window.location.hash).toBe('#/batch'));
  press('正在进行的工作');
  fake.emit('pdf.reading', { work: 'compare', running: false, done: 4, total: 4 });
  await waitFor(() => expect(screen.queryByText('正在与 PDF 核对')).toBeNull());
});

it('says why no table can be made of a folder, and that there was no invoice in it', async () => {
  const fake = openBatch({ 'table.fromPdfs': async () => fail(appError('folder.no-pdfs', { folder: '十月发票' })) });
  fireEvent.click(await screen.findByRole('button', { name: '用 PDF 文件夹生成表格' }));
  expect(await screen.findByText('folder.no-pdfs')).toBeTruthy();
  fake.world.handlers = { ...fake.world.handlers, 'table.fromPdfs': async () => ok({ ...made, table: null, rows: 0 }) };
  press('用 PDF 文件夹生成表格');
  expect(await screen.findByText(/^“十月发票”里没有可以使用的发票/)).toBeTruthy();
  expect(await screen.findByText('red.pdf')).toBeTruthy();
});

/** Drops things on the page; jsdom has no transfer of its own. */
async function drop(names: readonly string[]): Promise<void> {
  const area = (await screen.findByRole('button', { name: '选择表格' })).closest('.batch-desk');
  if (!area) throw new Error('there is a place to drop on');
  const event = createEvent.drop(area);
  Object.defineProperty(event, 'dataTransfer', { value: { files: names.map((name) => new File(['x'], name)) } });
  fireEvent(area, event);
}

it.each([
  ['is made a table of where it holds PDFs alone', { pdfs: 2, tables: 0, others: 0 }, 1],
  ['is only laid on the desk where it holds a table, too', { pdfs: 2, tables: 1, others: 0 }, 0],
])('a dropped folder %s', async (_, looked, times) => {
  const fake = openBatch({ 'folder.look': async () => ok(looked) });
  fake.bridge.admitFile = async () => ok(folder);
  await drop(['十月发票']);
  await waitFor(() => expect(inputsOf(fake, 'desk.save').length).toBeGreaterThan(0));
  expect(inputsOf(fake, 'table.fromPdfs')).toHaveLength(times);
});

it('marks cells that differ from their PDFs, and takes what was read beyond doubt after it was seen', async () => {
  const fake = openBatch();
  await chooseBoth();
  fireEvent.click(await screen.findByRole('button', { name: '读 PDF 核对' }));
  expect(await screen.findByText('核对了 2 个 PDF · 2 处不一致')).toBeTruthy();
  const grid = within(screen.getByRole('region', { name: '表格各行' }));
  const cell = (await grid.findByText('200.00')).closest('[role="gridcell"]');
  await waitFor(() => expect(cell?.className).toContain('batch-cell-warning'));
  press('采用 PDF 的 1 个值');
  await screen.findByRole('dialog');
  expect(dialog().getByText('209.00')).toBeTruthy();
  fireEvent.click(dialog().getByRole('button', { name: '改正 1 处' }));
  const edits = [{ row: 3, column: 4, value: '209.00' }];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits }));
  await waitFor(() => expect(inputsOf(fake, 'table.comparePdfs').at(-1)).toMatchObject({ edits, known: 2 }));
  // What was said of the cell as it was is not said of it any more.
  expect(await screen.findByText('核对了 2 个 PDF · 1 处不一致')).toBeTruthy();
});

it('takes a doubtful value only where a person does so for that cell', async () => {
  const fake = openBatch();
  await chooseBoth();
  fireEvent.click(await screen.findByRole('button', { name: '读 PDF 核对' }));
  const grid = within(await screen.findByRole('region', { name: '表格各行' }));
  const [cell] = await grid.findAllByText('青禾');
  await screen.findByText('核对了 2 个 PDF · 2 处不一致');
  const gridCell = cell?.closest<HTMLElement>('[role="gridcell"]');
  if (!gridCell) throw new Error('there is a cell');
  // A row has the focus wherever in it the arrows lead.
  fireEvent.keyDown(gridCell, { key: 'ArrowRight' });
  fireEvent.click(await screen.findByRole('button', { name: '采用 PDF 的值' }));
  const edits = [{ row: 2, column: 1, value: '青木' }];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits }));
});

it('takes the PDFs that were found by content, once, in one step that can be taken back', async () => {
  const fake = openBatch(
    { 'table.comparePdfs': async () => ok({ ...compared, findings: [], matches: [{ row: 3, file: '扫描.pdf' }] }) },
    ['a.pdf', null],
  );
  await chooseBoth();
  expect(await screen.findByText(/1 个订单没有找到 PDF/)).toBeTruthy();
  fireEvent.click(await screen.findByRole('button', { name: '读 PDF 核对' }));
  const edits = [{ row: 3, column: pdfNameColumn, value: '扫描.pdf' }];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits }));
  expect(await screen.findByText(/2 个订单找到了 PDF/)).toBeTruthy();
  press('撤销上一步');
  expect(await screen.findByText(/1 个订单没有找到 PDF/)).toBeTruthy();
  await waitFor(() => expect(inputsOf(fake, 'table.comparePdfs')).toHaveLength(3));
  expect(inputsOf(fake, 'table.check').at(-1)).not.toHaveProperty('edits');
});

it('fills order numbers down, and takes a column that was copied elsewhere', async () => {
  const fake = openBatch({
    'table.check': async (input) => {
      const whole = checked(input, ['a.pdf', 'b.pdf']);
      const [first, second] = whole.rows;
      if (!first || !second) throw new Error('there are two rows');
      const typed = input.edits?.find(({ row, column }) => row === 3 && column === 0)?.value ?? '';
      return ok({ ...whole, rows: [first, { ...second, cells: [[typed, ...(second.cells[0] ?? []).slice(1)]] }] });
    },
  });
  await chooseBoth();
  const grid = within(await screen.findByRole('region', { name: '表格各行' }));
  const cell = (await grid.findByText('WX0')).closest<HTMLElement>('[role="gridcell"]');
  const besides = cell?.nextElementSibling;
  if (!cell || !besides) throw new Error('there are cells');
  fireEvent.keyDown(besides, { key: 'ArrowLeft' });
  fireEvent.click(await screen.findByRole('button', { name: '向下填充 1 格' }));
  const filled = [{ row: 3, column: 0, value: 'WX1' }];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits: filled }));
  fireEvent.paste(cell, { clipboardData: { getData: () => 'A-7\r\nA-8\r\n' } });
  const pasted = [
    { row: 3, column: 0, value: 'A-8' },
    { row: 2, column: 0, value: 'A-7' },
  ];
  await waitFor(() => expect(inputsOf(fake, 'table.check').at(-1)).toMatchObject({ edits: pasted }));
});
