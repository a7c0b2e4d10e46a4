import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Extraction, PdfFields } from '../../shared/contract/pdf-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { finding } from '../../shared/invoice/findings.ts';
import { fail, ok } from '../../shared/result.ts';
import { dialog, freshPageEachTest, openApp, pdfFile, press, readyWorld, showApp, type } from './app-under-test.tsx';
import { fakeExtraction } from './fake-bridge.ts';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

const box = { page: 1, x: 0.5, y: 0.1, width: 0.2, height: 0.03 };
const read = <Value,>(value: Value) => ({
  value,
  source: 'text' as const,
  confidence: 'sure' as const,
  box,
  others: [],
});

const first: Partial<PdfFields> = {
  title: read('杭州青禾茶叶有限公司'),
  billingNo: read('26312000000010100556'),
  billingTime: read(1_795_104_000),
  feeFen: read(113_000),
  feeWithoutTaxFen: read(100_000),
  taxFen: read(13_000),
  maker: read('沈清'),
};
const lines: Pick<Extraction, 'items' | 'lines'> = {
  items: [{ name: '*茶*龙井', num: 2, unit: '盒', priceFen: 50_000 }],
  lines: [
    {
      name: '*茶*龙井',
      spec: '',
      unit: '盒',
      num: '2',
      price: '500',
      netFen: 100_000,
      rate: '13%',
      taxFen: 13_000,
      source: 'text',
      box,
    },
  ],
};

const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

async function openWith(answers: Readonly<Record<string, Extraction>>) {
  const fake = openApp(readyWorld());
  fake.world.handlers = {
    'pdf.extract': async ({ file }) => {
      const name = typeof file === 'number' ? fake.world.invoices[0]?.pdf?.fileName : fake.world.chosen?.name;
      const answer = answers[name ?? ''];
      return answer ? ok(answer) : fail(appError('pdf.image-only', { file: name ?? '' }));
    },
  };
  await screen.findByLabelText('订单号');
  const choose = (name: string) => {
    fake.world.chosen = pdfFile(name);
    press(/^(选择发票 PDF|换一个文件)$/);
  };
  return { fake, choose };
}

it('fills the form from the PDF, leaves what was typed, and asks for the order number', async () => {
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first, lines) });
  type('开票人', '何立夏');
  choose('a.pdf');
  await waitFor(() => expect(value('发票号码')).toBe('26312000000010100556'));
  expect(value('价税合计')).toBe('1,130.00');
  expect(value('发票抬头')).toBe('杭州青禾茶叶有限公司');
  expect(value('第 1 行项目名称')).toBe('*茶*龙井');
  expect(value('第 1 行单价 ¥')).toBe('500.00');
  expect(value('开票人')).toBe('何立夏');
  expect(document.activeElement).toBe(screen.getByLabelText('订单号'));
  press('开票人：采用 PDF 的值');
  expect(value('开票人')).toBe('沈清');
});

it('leaves the field with the cursor alone until the cursor leaves it', async () => {
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first, lines) });
  press('添加明细');
  screen.getByLabelText<HTMLInputElement>('第 1 行项目名称').focus();
  choose('a.pdf');
  await waitFor(() => expect(value('税额')).toBe('130.00'));
  expect(value('第 1 行项目名称')).toBe('');
  // From one cell to another is not away from the items.
  screen.getByLabelText<HTMLInputElement>('第 1 行数量').focus();
  expect(value('第 1 行数量')).toBe('');
  screen.getByLabelText<HTMLInputElement>('订单号').focus();
  await waitFor(() => expect(value('第 1 行项目名称')).toBe('*茶*龙井'));
  press('撤销填写');
  await waitFor(() => expect(screen.queryByDisplayValue('*茶*龙井')).toBeNull());
  expect(value('税额')).toBe('');
});

it('keeps what is typed into a field while the PDF is read', async () => {
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first) });
  screen.getByLabelText<HTMLInputElement>('发票号码').focus();
  choose('a.pdf');
  await waitFor(() => expect(value('税额')).toBe('130.00'));
  expect(value('发票号码')).toBe('');
  type('发票号码', '00412080');
  screen.getByLabelText<HTMLInputElement>('订单号').focus();
  expect(value('发票号码')).toBe('00412080');
});

it('fills nothing more once the filling was taken back', async () => {
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first) });
  screen.getByLabelText<HTMLInputElement>('发票号码').focus();
  choose('a.pdf');
  await waitFor(() => expect(value('税额')).toBe('130.00'));
  press('撤销填写');
  screen.getByLabelText<HTMLInputElement>('订单号').focus();
  await waitFor(() => expect(value('税额')).toBe(''));
  expect(value('发票号码')).toBe('');
});

it('takes the filling back, and remembers of a corrected field what the PDF says', async () => {
  const { fake, choose } = await openWith({ 'a.pdf': fakeExtraction(first) });
  choose('a.pdf');
  await waitFor(() => expect(value('税额')).toBe('130.00'));
  press('撤销填写');
  expect(value('税额')).toBe('');
  press('税额：采用 PDF 的值');
  type('发票抬头', '苏州金禾食品有限公司');
  press('保存草稿');
  await waitFor(() => expect(fake.world.invoices[0]?.fields.title).toBe('苏州金禾食品有限公司'));
  showApp(fake);
  expect(await screen.findByText('PDF 上是“杭州青禾茶叶有限公司”')).toBeTruthy();
  expect(value('发票抬头')).toBe('苏州金禾食品有限公司');
  expect(value('税额')).toBe('130.00');
  // What was left empty by then stays empty.
  expect(value('发票号码')).toBe('');
});

it('leaves nothing of a PDF that was replaced', async () => {
  const second = { ...first, billingNo: read('26312000000079101024'), maker: null };
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first, lines), 'b.pdf': fakeExtraction(second) });
  choose('a.pdf');
  await waitFor(() => expect(value('开票人')).toBe('沈清'));
  choose('b.pdf');
  await waitFor(() => expect(value('发票号码')).toBe('26312000000079101024'));
  expect(value('开票人')).toBe('');
  expect(screen.queryByLabelText('第 1 行项目名称')).toBeNull();
});

it('shows where the PDF disagrees with itself, and takes the other value at a press', async () => {
  const title = {
    ...read('杭州青禾茶叶有限公司'),
    confidence: 'doubtful' as const,
    others: [{ value: '杭州青和茶叶有限公司', source: 'embedded' as const, box: null }],
  };
  const { choose } = await openWith({ 'a.pdf': fakeExtraction({ ...first, title }) });
  choose('a.pdf');
  expect(await screen.findByText('PDF 的内嵌数据里是“杭州青和茶叶有限公司”')).toBeTruthy();
  press('发票抬头：采用 PDF 的值');
  await waitFor(() => expect(value('发票抬头')).toBe('杭州青和茶叶有限公司'));
});

it('says before issuing what contradicts the PDF', async () => {
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first) });
  choose('a.pdf');
  await waitFor(() => expect(value('价税合计')).toBe('1,130.00'));
  type('订单号', 'WX-1');
  type('发票号码', '26312000000010100557');
  press('开具');
  await screen.findByRole('dialog');
  expect(dialog().getByText(/发票号码：表单是“26312000000010100557”，PDF 上是“26312000000010100556”/)).toBeTruthy();
});

it('refuses a red-letter invoice with its reason, whatever is typed', async () => {
  const red = { isRedLetter: true, findings: [finding('pdf.red-letter', 'feeFen')] };
  const { choose } = await openWith({ 'a.pdf': fakeExtraction(first, red) });
  choose('a.pdf');
  expect(await screen.findByText(/这是红字（负数）发票/)).toBeTruthy();
  type('订单号', 'WX-1');
  press('开具');
  expect(await screen.findByText(/a\.pdf 是红字（负数）发票，不能插卡/)).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('goes on by hand where the PDF cannot be read, and says why', async () => {
  const { choose } = await openWith({});
  choose('scan.pdf');
  expect(await screen.findByText(/scan\.pdf 是扫描件或图片/)).toBeTruthy();
  type('订单号', 'WX-1');
  expect(value('订单号')).toBe('WX-1');
});

it('fills the form from an XML that is dropped, and says why where it cannot be read', async () => {
  const { fake } = await openWith({});
  fake.world.handlers = { 'pdf.extract': async () => ok(fakeExtraction(first)) };
  const drop = (name: string) => {
    const files = [new File(['<EInvoice/>'], name, { type: 'text/xml' })];
    fireEvent.drop(screen.getByRole('region', { name: '发票 PDF' }), {
      dataTransfer: { files, items: files.map(() => ({ webkitGetAsEntry: () => null })) },
    });
  };
  drop('a.xml');
  await waitFor(() => expect(value('发票号码')).toBe('26312000000010100556'));
  expect(screen.queryByText('a.xml')).toBeNull();
  fake.world.handlers = { 'pdf.extract': async () => fail(appError('pdf.damaged', { file: 'b.xml' })) };
  drop('b.xml');
  expect(await screen.findByText(/b\.xml/)).toBeTruthy();
  expect(value('发票号码')).toBe('26312000000010100556');
});

it('fills the drafts of a drop of several PDFs as well', async () => {
  const { fake } = await openWith({});
  fake.world.handlers = { 'pdf.extract': async () => ok(fakeExtraction(first)) };
  const files = ['1.pdf', '2.pdf'].map((name) => pdfFile(name));
  const items = files.map((file) => ({ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file }));
  fireEvent.drop(screen.getByRole('region', { name: '发票 PDF' }), {
    dataTransfer: { files, items, types: ['Files'] },
  });
  await waitFor(() =>
    expect(fake.world.invoices.map(({ fields }) => fields.billingNo)).toContain('26312000000010100556'),
  );
  expect(within(document.body).queryByText(/operation/)).toBeNull();
});
