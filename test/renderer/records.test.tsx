import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import '../../renderer/pages/decrypt/decrypt-page.tsx';
import '../../renderer/pages/issue/issue-page.tsx';
import '../../renderer/pages/records/records-page.tsx';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { emptyInvoiceFields } from '../../shared/invoice/invoice.ts';
import { fail, ok } from '../../shared/result.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { fakeAccount, fakeInvoice, findRecords } from './fake-bridge.ts';

freshPageEachTest();
beforeEach(() => {
  window.location.hash = '#/records';
});

function invoice(id: number, title: string, part: Partial<Invoice> = {}): Invoice {
  return fakeInvoice({
    id,
    templateId: 1,
    fields: {
      ...emptyInvoiceFields(),
      title,
      orderId: `ORDER-${id}`,
      feeFen: 123_450,
      billingNo: '26312000000010100556',
    },
    ...part,
  });
}

const invoices = [
  invoice(1, '杭州五金建材'),
  invoice(2, '上海茶叶', { state: 'issued', cardCode: '1', issuedAt: '2026-11-23T02:00:00.000Z' }),
  invoice(3, '北京五金', { state: 'unknown' }),
];

it('offers to issue an invoice where there is none', async () => {
  openApp(readyWorld());
  expect(await screen.findByRole('heading', { name: '还没有发票记录' })).toBeTruthy();
  press('去开一张发票');
  await waitFor(() => expect(window.location.hash).toBe('#/issue'));
});

it('shows states by word, numbers in groups and amounts with their sign', async () => {
  openApp(readyWorld({ invoices }));
  const row = (await screen.findByText('上海茶叶')).closest('[role=row]');
  expect(row?.textContent).toContain('已开具');
  expect(row?.textContent).toContain('¥1,234.50');
  expect(row?.textContent).toContain('2631\u20092000');
  expect(await screen.findByText('共 3 张')).toBeTruthy();
});

it('searches at each letter, but not for what an input method is still putting together', async () => {
  const fake = openApp(readyWorld({ invoices }));
  await screen.findByText('上海茶叶');
  const box = screen.getByRole('searchbox', { name: '查找发票' });
  const asked = () => fake.calls.filter(({ name }) => name === 'record.search').map(({ input }) => input);
  const before = asked().length;
  fireEvent.compositionStart(box);
  fireEvent.change(box, { target: { value: 'wu' } });
  expect(asked()).toHaveLength(before);
  fireEvent.change(box, { target: { value: '五金' } });
  fireEvent.compositionEnd(box);
  await waitFor(() => expect(screen.queryByText('上海茶叶')).toBeNull());
  expect(screen.getByText('北京五金')).toBeTruthy();
  expect(asked().slice(before)).toEqual([expect.objectContaining({ text: '五金' })]);
});

it('goes on past its first page again after a search that found few or nothing', async () => {
  const many = Array.from({ length: 120 }, (_, index) => invoice(index + 10, `宁波客户 ${index + 10}`));
  openApp(readyWorld({ invoices: [...many, invoice(200, '南京新客户')] }));
  await screen.findByText('南京新客户');
  // With the head of the table; -1 says that the end is not known yet.
  const rows = () => screen.getByRole('grid').getAttribute('aria-rowcount');
  await waitFor(() => expect(rows()).toBe('-1'));
  for (const [text, counted] of [
    ['南京', '2'],
    ['宁波', '-1'],
    ['没有这样的', '1'],
    ['宁波客户 1', '41'],
    ['', '-1'],
  ] as const) {
    fireEvent.change(screen.getByRole('searchbox', { name: '查找发票' }), { target: { value: text } });
    await waitFor(() => expect(rows()).toBe(counted));
  }
  expect(screen.getByText('南京新客户')).toBeTruthy();
});

it('says why it could not search, and tries again', async () => {
  const fake = openApp(readyWorld({ invoices, failures: new Map([['record.search', appError('database.locked')]]) }));
  expect(await screen.findByText('database.locked')).toBeTruthy();
  press('重试');
  expect(await screen.findByText('上海茶叶')).toBeTruthy();
  expect(fake.calls.filter(({ name }) => name === 'record.search').length).toBeGreaterThan(1);
});

it('shows what has changed meanwhile', async () => {
  const fake = openApp(readyWorld({ invoices }));
  await screen.findByText('上海茶叶');
  fake.world.invoices = [...invoices, invoice(4, '南京新客户')];
  fake.emit('record.changed', { kind: 'invoice', id: 4 });
  expect(await screen.findByText('南京新客户')).toBeTruthy();
});

it('keeps a search as a view in the settings', async () => {
  const fake = openApp(readyWorld({ invoices }));
  await screen.findByText('上海茶叶');
  fireEvent.click(screen.getByRole('checkbox', { name: '需要处理' }));
  await waitFor(() => expect(screen.queryByText('上海茶叶')).toBeNull());
  fireEvent.change(screen.getByRole('searchbox', { name: '查找发票' }), { target: { value: '北京' } });
  fireEvent.click(screen.getByRole('button', { name: '视图' }));
  fireEvent.click(await screen.findByText('保存当前条件为视图…'));
  await screen.findByRole('dialog');
  type('视图名称', ' 北京待办 ');
  fireEvent.click(dialog().getByRole('button', { name: '保存' }));
  await waitFor(() => expect(fake.world.layout.views.map(({ name }) => name)).toEqual(['北京待办']));
  expect(fake.world.layout.views[0]?.criteria).toMatchObject({ needsYou: true, text: '北京' });
});

it('wants the number typed before it sets a status that cannot be taken back', async () => {
  const fake = openApp(readyWorld({ invoices }));
  const row = (await screen.findByText('上海茶叶')).closest<HTMLElement>('[role=row]');
  if (!row) throw new Error('there is no row');
  fireEvent.click(within(row).getByRole('checkbox'));
  fireEvent.click(await screen.findByRole('button', { name: '更新报销状态' }));
  await screen.findByRole('dialog');
  fireEvent.mouseDown(dialog().getByLabelText('新状态'));
  fireEvent.click(await screen.findByTitle('已冲红'));
  const go = dialog().getByRole('button', { name: '更新' });
  expect(go).toHaveProperty('disabled', true);
  type('发票张数', '2');
  expect(go).toHaveProperty('disabled', true);
  type('发票张数', '1');
  fireEvent.click(go);
  expect(await screen.findByText('已更新 1 张')).toBeTruthy();
  expect(fake.calls.find(({ name }) => name === 'invoice.updateStatusMany')?.input).toEqual({
    invoiceIds: [2],
    status: 'INVOICE_REIMBURSE_CANCEL',
    confirmedCount: 1,
  });
});

it('exports what is shown into the place that was chosen', async () => {
  const fake = openApp(readyWorld({ invoices }));
  await screen.findByText('上海茶叶');
  press('导出');
  fireEvent.click(await screen.findByText('导出为 CSV'));
  expect(await screen.findByText('已导出 3 张发票到 records')).toBeTruthy();
  expect(fake.calls.find(({ name }) => name === 'record.export')?.input).toMatchObject({
    format: 'csv',
    target: 'save_AAAAAAAAAAAAAAAA',
    columns: expect.arrayContaining(['billingNo', 'title', 'fee']),
  });
});

it('goes on exporting while other pages are shown, among the jobs, and says its outcome on the way back', async () => {
  const { promise, resolve } = Promise.withResolvers<{ file: string; rows: number }>();
  const handlers = { 'record.export': async () => ok(await promise) };
  const fake = openApp(readyWorld({ invoices, handlers }));
  await screen.findByText('上海茶叶');
  press('导出');
  fireEvent.click(await screen.findByText('导出为 CSV'));
  expect(await screen.findByText('正在查找要导出的发票')).toBeTruthy();
  expect(screen.getByRole('button', { name: '导出' })).toHaveProperty('disabled', true);
  fake.emit('record.exporting', { running: true, done: 1200, total: 5000 });
  expect(await screen.findByText('已写入 1,200 / 5,000 张')).toBeTruthy();
  window.location.hash = '#/decrypt';
  await screen.findByRole('heading', { level: 1, name: '解码' });
  press('正在进行的工作');
  expect(await screen.findByText('已写入 1,200 / 5,000 张')).toBeTruthy();
  press('取消导出');
  await waitFor(() => expect(fake.calls.some(({ name }) => name === 'record.cancelExport')).toBe(true));
  // Too late: it was written already.
  fake.emit('record.exporting', { running: false, done: 0, total: 0 });
  resolve({ file: 'out.csv', rows: 5000 });
  await waitFor(() => expect(screen.queryByText('已写入 1,200 / 5,000 张')).toBeNull());
  window.location.hash = '#/records';
  expect(await screen.findByText('已导出 5,000 张发票到 out.csv')).toBeTruthy();
  press('关闭提示');
  await waitFor(() => expect(screen.queryByText('已导出 5,000 张发票到 out.csv')).toBeNull());
});

it.each([
  [appError('work.cancelled'), 0],
  [appError('file.not-writable', { file: 'out.csv', reason: 'EACCES' }), 1],
])('says why an export failed, unless the person stopped it: $code', async (error, alerts) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const failed = async () => {
    await promise;
    return fail(error);
  };
  openApp(readyWorld({ invoices, handlers: { 'record.export': failed } }));
  await screen.findByText('上海茶叶');
  press('导出');
  fireEvent.click(await screen.findByText('导出为 CSV'));
  await screen.findByText('正在查找要导出的发票');
  resolve();
  await waitFor(() => expect(screen.queryByText('正在查找要导出的发票')).toBeNull());
  expect(screen.queryAllByText(error.code)).toHaveLength(alerts);
});

it('opens an invoice by its number, and is as it was left when the person comes back', async () => {
  openApp(readyWorld({ invoices }));
  await screen.findByText('上海茶叶');
  fireEvent.change(screen.getByRole('searchbox', { name: '查找发票' }), { target: { value: '北京' } });
  await waitFor(() => expect(screen.queryByText('上海茶叶')).toBeNull());
  fireEvent.click(screen.getByRole('link', { name: '打开发票 2631\u20092000\u20090000\u20091010\u20090556' }));
  await waitFor(() => expect(window.location.hash).toBe('#/invoice/3'));
  window.location.hash = '#/records';
  expect(await screen.findByDisplayValue('北京')).toBeTruthy();
  expect(await screen.findByText('北京五金')).toBeTruthy();
  expect(screen.queryByText('上海茶叶')).toBeNull();
});

it.each([
  ['#/records/issued', '上海茶叶'],
  ['#/records/needs-you', '北京五金'],
])('begins with what the address %s names', async (address, title) => {
  window.location.hash = address;
  openApp(readyWorld({ invoices }));
  expect(await screen.findByText(title)).toBeTruthy();
  expect(await screen.findByText('共 1 张')).toBeTruthy();
  expect(window.location.hash).toBe('#/records');
});

it('shows the account the window works for, or all of them together', async () => {
  const accounts = [fakeAccount(), fakeAccount({ id: 2, name: '青禾茶叶' })];
  openApp(readyWorld({ accounts, invoices: [...invoices, invoice(4, '南京五金', { accountId: 2 })] }));
  expect(await screen.findByText('北京五金')).toBeTruthy();
  expect(screen.queryByText('南京五金')).toBeNull();
  press('清除条件');
  expect(await screen.findByText('南京五金')).toBeTruthy();
});

it('says that older invoices are still being prepared, and shows them once they are', async () => {
  let asked = 0;
  const fake = openApp(readyWorld({ invoices }));
  await screen.findByText('上海茶叶');
  fake.world.handlers = {
    'record.search': async (input) => {
      asked += 1;
      const rows = findRecords(invoices, input).slice(0, asked === 1 ? 1 : 9);
      return {
        ok: true,
        value: { rows, next: null, preparing: asked === 1 ? { done: 1000, total: 1_000_000 } : null },
      };
    },
  };
  fireEvent.change(screen.getByRole('searchbox', { name: '查找发票' }), { target: { value: '五金' } });
  expect(await screen.findByText(/1,000 \/ 1,000,000/)).toBeTruthy();
  expect(screen.queryByText('杭州五金建材')).toBeNull();
  expect(await screen.findByText('杭州五金建材')).toBeTruthy();
  await waitFor(() => expect(screen.queryByText(/1,000 \/ 1,000,000/)).toBeNull());
});
