import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import {
  fillInvoice,
  freshPageEachTest,
  notesOf,
  openApp,
  pdfFile,
  press,
  readyWorld,
  showApp,
  type,
} from './app-under-test.tsx';
import { fakeAccount } from './fake-bridge.ts';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

async function openForm() {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  return fake;
}

function drop(files: readonly File[], place = screen.getByRole('region', { name: '发票 PDF' })): void {
  fireEvent.drop(place, {
    dataTransfer: { files, items: files.map(() => ({ webkitGetAsEntry: () => null })) },
  });
}

it('says what is wrong with a number while it is typed quietly, and loudly once it is left', async () => {
  await openForm();
  const input = screen.getByLabelText('发票号码');
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: '2631' } });
  expect(notesOf('发票号码')).toContain('现在是 4 位');
  expect(input.getAttribute('aria-invalid')).toBeNull();
  fireEvent.blur(input);
  expect(input.getAttribute('aria-invalid')).toBe('true');
});

it('strips the spaces of a pasted number and turns full-width digits', async () => {
  await openForm();
  type('发票号码', ' ２６３１ 2000 0000 1010 0556 ');
  expect(value('发票号码')).toBe('26312000000010100556');
  type('购买方纳税人识别号', '91310115 ma1k4x7q04');
  expect(value('购买方纳税人识别号')).toBe('91310115MA1K4X7Q04');
});

it('swaps code and number by one click where they stand in each other’s place', async () => {
  await openForm();
  type('发票号码', '031002600111');
  type('发票代码', '00412080');
  press('交换发票代码和发票号码');
  expect(value('发票号码')).toBe('00412080');
  expect(value('发票代码')).toBe('031002600111');
  expect(screen.queryByRole('button', { name: '交换发票代码和发票号码' })).toBeNull();
});

it('writes amounts the usual way when they are left, and fills the total in', async () => {
  await openForm();
  type('不含税金额', '1234.5');
  type('税额', '￥160.49');
  expect(value('不含税金额')).toBe('1,234.50');
  press('填入价税合计');
  expect(value('价税合计')).toBe('1,394.99');
  expect(screen.getByText('与价税合计一致')).toBeTruthy();
  type('价税合计', '1394.98');
  expect(notesOf('价税合计')).toContain('≠');
  expect(screen.getByLabelText('价税合计').getAttribute('aria-invalid')).toBeNull();
});

it('adds lines, shows their amounts and sum, moves them by keyboard and removes them', async () => {
  await openForm();
  type('价税合计', '1130');
  press('添加明细');
  type('第 1 行项目名称', '龙井');
  type('第 1 行数量', '2');
  type('第 1 行单价 ¥', '365');
  press('添加明细');
  expect(document.activeElement).toBe(screen.getByLabelText('第 2 行项目名称'));
  type('第 2 行项目名称', '盖碗');
  type('第 2 行数量', '1');
  type('第 2 行单价 ¥', '400');
  const lines = screen.getByRole('list', { name: '明细' });
  expect(within(lines).getByText('¥730.00')).toBeTruthy();
  expect(screen.getByText('明细 2 行，合计 ¥1,130.00')).toBeTruthy();
  expect(screen.getByText('与价税合计一致')).toBeTruthy();
  fireEvent.keyDown(screen.getByLabelText('第 2 行项目名称'), { key: 'ArrowUp', altKey: true });
  expect(value('第 1 行项目名称')).toBe('盖碗');
  press('删除第 1 行');
  expect(value('第 1 行项目名称')).toBe('龙井');
  expect(screen.queryByLabelText('第 2 行项目名称')).toBeNull();
});

it('moves to the first fault, counts them, and names what is missing only after issuing was tried', async () => {
  await openForm();
  expect(notesOf('订单号')).toBe('');
  type('发票抬头', '青禾');
  press('开具');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('订单号')));
  expect(notesOf('订单号')).toContain('不能为空');
  expect(screen.getByRole('button', { name: '有 6 处需要改正' })).toBeTruthy();
});

it('saves a draft by itself once typing rests, and shows it again after a reload', async () => {
  const fake = await openForm();
  type('订单号', 'WX7');
  type('不含税金额', '88');
  await waitFor(() => expect(fake.world.invoices).toHaveLength(1));
  expect(await screen.findByText('草稿已保存')).toBeTruthy();
  expect(window.location.hash).toBe('#/issue/1');
  expect(value('订单号')).toBe('WX7');
  showApp(fake);
  await waitFor(() => expect(value('订单号')).toBe('WX7'));
  expect(value('不含税金额')).toBe('88.00');
  expect(fake.world.invoices).toHaveLength(1);
});

it('says that a draft was not saved, and why', async () => {
  const fake = await openForm();
  fake.world.failures.set('invoice.saveDraft', appError('database.unavailable', { reason: 'disk full' }));
  type('订单号', 'WX7');
  expect(await screen.findByText('草稿没有保存')).toBeTruthy();
  expect(screen.getByText('database.unavailable')).toBeTruthy();
});

it('hands a PDF over once, and takes it away again', async () => {
  const fake = await openForm();
  await fillInvoice(fake);
  await waitFor(() => expect(fake.world.invoices[0]?.pdf?.fileName).toBe('26312000000010100556.pdf'), {
    timeout: 4000,
  });
  press('移除文件');
  await waitFor(() => expect(fake.world.invoices[0]?.pdf).toBeNull(), { timeout: 4000 });
  const handed = fake.calls.filter(
    ({ name, input }) => name === 'invoice.saveDraft' && typeof input === 'object' && input !== null && 'pdf' in input,
  );
  expect(handed).toHaveLength(2);
});

it('takes the first PDF of several dropped files as further proof and says so', async () => {
  await openForm();
  fireEvent.click(screen.getByRole('tab', { name: '其他凭证' }));
  const files = [new File(['x'], '说明.txt'), pdfFile('一.pdf'), pdfFile('二.pdf')];
  drop(files, await screen.findByRole('region', { name: '其他凭证' }));
  expect(await screen.findByText('一.pdf')).toBeTruthy();
  expect(screen.getByText('一次只能放一个文件：已取 3 个文件中的第一个 PDF。')).toBeTruthy();
});

it('takes a PDF that was let go on the form, too', async () => {
  await openForm();
  drop([pdfFile('旁边.pdf')], screen.getByRole('form', { name: '发票内容' }));
  expect(await screen.findByText('旁边.pdf')).toBeTruthy();
});

it.each([
  ['a file that is no PDF by its name', new File(['x'], '表.xlsx'), '表.xlsx 不是 PDF 文件'],
  ['an empty file', pdfFile('空.pdf', ''), '空.pdf 是空文件（0 字节）'],
  ['a program that calls itself a PDF', pdfFile('程序.pdf', 'MZ\u0090\u0000'), '程序.pdf 不是 PDF 文件'],
])('refuses %s where it was dropped', async (_, file, message) => {
  await openForm();
  drop([file]);
  const place = screen.getByRole('region', { name: '发票 PDF' });
  expect(await within(place).findByText(message)).toBeTruthy();
});

it('refuses a file over the limit without reading it', async () => {
  const fake = await openForm();
  const large = pdfFile('大.pdf');
  Object.defineProperty(large, 'size', { value: 300 * 1024 * 1024 });
  drop([large]);
  expect(await screen.findByText('大.pdf 有 300 MB，超过上限 10 MB')).toBeTruthy();
  expect(fake.calls.some(({ name }) => name === 'file.read')).toBe(false);
});

it('does not open a draft under another account than its own', async () => {
  const fake = openApp(readyWorld({ accounts: [fakeAccount(), fakeAccount({ id: 2, name: '云上民宿' })] }));
  await screen.findByLabelText('订单号');
  type('订单号', 'WX7');
  await waitFor(() => expect(fake.world.invoices).toHaveLength(1));
  fake.world.settings = { ...fake.world.settings, currentAccountId: 2 };
  showApp(fake);
  press(await waitFor(() => screen.getByRole('button', { name: '切换到青禾茶叶' }).textContent ?? ''));
  await waitFor(() => expect(value('订单号')).toBe('WX7'));
  expect(fake.world.settings.currentAccountId).toBe(1);
});

it('removes the draft when the form is cleared on purpose', async () => {
  const fake = await openForm();
  type('订单号', 'WX7');
  await waitFor(() => expect(fake.world.invoices).toHaveLength(1));
  press('清空');
  const question = await screen.findByText('草稿会被删除，不能恢复。');
  const popover = question.closest('[role="tooltip"]') ?? document.body;
  // The popover belongs to the kit; its confirming button is an HTMLElement.
  fireEvent.click(within(popover as HTMLElement).getByRole('button', { name: '清空' }));
  await waitFor(() => expect(fake.world.invoices).toHaveLength(0));
  await waitFor(() => expect(value('订单号')).toBe(''));
});

it('shows an issued invoice of the address as it stands, without anything to change', async () => {
  const fake = await openForm();
  type('订单号', 'WX7');
  await waitFor(() => expect(fake.world.invoices).toHaveLength(1));
  const [draft] = fake.world.invoices;
  if (!draft) throw new Error('no draft');
  const issued: Invoice = { ...draft, state: 'issued', cardCode: '99', openid: 'o1' };
  fake.world.invoices = [issued];
  showApp(fake);
  expect(await screen.findByRole('heading', { name: /已放入客户的微信卡包/ })).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('订单号').readOnly).toBe(true);
  expect(screen.queryByRole('button', { name: '保存草稿' })).toBeNull();
});
