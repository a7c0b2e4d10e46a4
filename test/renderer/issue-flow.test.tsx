import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import type { Extraction } from '../../shared/contract/pdf-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import {
  dialog,
  fillInvoice,
  freshPageEachTest,
  openApp,
  pdfFile,
  press,
  readyWorld,
  type,
} from './app-under-test.tsx';
import { fakeExtraction } from './fake-bridge.ts';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

async function confirmIssue(): Promise<void> {
  press('开具');
  await screen.findByRole('dialog');
  fireEvent.click(dialog().getByRole('button', { name: '确认开具' }));
}

interface ReadFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
const readFile = (name: string): ReadFile => ({ name, bytes: new TextEncoder().encode('%PDF-1.7\n') });

const savedDrafts = (calls: readonly { readonly name: string }[]) =>
  calls.filter(({ name }) => name === 'invoice.saveDraft');

it('issues a faultless invoice after one confirmation that names order, title, amount and account', async () => {
  const fake = openApp(readyWorld());
  await fillInvoice(fake);
  press('开具');
  const summary = (await screen.findByRole('dialog')).textContent ?? '';
  for (const part of ['WX202611230001', '杭州青禾茶叶有限公司', '¥1,130.00', '青禾茶叶'])
    expect(summary).toContain(part);
  expect(fake.calls.some(({ name }) => name === 'invoice.issue')).toBe(false);
  fireEvent.click(dialog().getByRole('button', { name: '确认开具' }));
  expect(await screen.findByRole('heading', { name: /已放入客户的微信卡包/ })).toBeTruthy();
  expect(screen.getByRole('region', { name: '已放入客户的微信卡包' }).textContent).toContain('018692165859');
  expect(screen.getByText('ojZ8Yt4lESgxgT1R1TvB2Kds'.replace('Yt4', 'Ytz4'))).toBeTruthy();
  expect(fake.world.invoices[0]?.fields).toMatchObject({
    orderId: 'WX202611230001',
    billingNo: '26312000000010100556',
    feeFen: 113_000,
    feeWithoutTaxFen: 100_000,
    taxFen: 13_000,
  });
});

it('says that the card code is not known yet where WeChat gave none', async () => {
  const fake = openApp(readyWorld({ issueEnd: { kind: 'issued', cardCode: null } }));
  await fillInvoice(fake);
  await confirmIssue();
  expect(await screen.findByText('微信没有给出，收到状态推送后自动补上')).toBeTruthy();
});

it('keeps the form open with the reason and its cure after a refusal, and issues again once it is corrected', async () => {
  const refusal = {
    ...appError('network.unreachable', { reason: 'x' }),
    code: 'wechat.72038',
    class: 'fix-input' as const,
  };
  const fake = openApp(readyWorld({ issueEnd: { kind: 'rejected', error: refusal } }));
  await fillInvoice(fake);
  await confirmIssue();
  expect(await screen.findByText('wechat.72038')).toBeTruthy();
  expect(screen.getByText(refusal.nextStep.zhCN)).toBeTruthy();
  type('订单号', 'WX202611230002');
  await waitFor(() => expect(fake.world.invoices[0]?.state).toBe('draft'), { timeout: 3000 });
  expect(screen.getByText('wechat.72038')).toBeTruthy();
  fake.world.issueEnd = { kind: 'issued', cardCode: '1' };
  await confirmIssue();
  expect(await screen.findByRole('heading', { name: /已放入客户的微信卡包/ })).toBeTruthy();
  expect(screen.queryByText('wechat.72038')).toBeNull();
});

it('offers exactly three ways on when the outcome is unknown, and no second issuing', async () => {
  const fake = openApp(readyWorld({ issueEnd: { kind: 'unknown' } }));
  await fillInvoice(fake);
  await confirmIssue();
  expect(await screen.findByRole('heading', { name: /不知道卡券是否已发出/ })).toBeTruthy();
  expect(screen.queryByRole('button', { name: '开具' })).toBeNull();
  expect(screen.getByLabelText<HTMLInputElement>('订单号').readOnly).toBe(true);
  for (const name of ['客户卡包里有', '客户卡包里没有']) expect(screen.getByRole('button', { name })).toBeTruthy();
  fake.world.issueEnd = { kind: 'issued', cardCode: '77' };
  press('再问一次微信');
  expect(await screen.findByRole('heading', { name: /已放入客户的微信卡包/ })).toBeTruthy();
  expect(fake.calls.filter(({ name }) => name === 'invoice.issue')).toHaveLength(1);
});

it('lets a person settle an unknown outcome as found, with the code from the customer', async () => {
  const fake = openApp(readyWorld({ issueEnd: { kind: 'unknown' } }));
  await fillInvoice(fake);
  await confirmIssue();
  fireEvent.click(await screen.findByRole('button', { name: '客户卡包里有' }));
  fireEvent.change(await screen.findByLabelText('卡券 code（可以不填）'), { target: { value: '0186 9216 5859' } });
  press('有，记为已开具');
  expect(await screen.findByRole('heading', { name: /已放入客户的微信卡包/ })).toBeTruthy();
  expect(fake.calls.at(-1) ?? fake.calls.find(({ name }) => name === 'invoice.settle')).toBeTruthy();
  expect(fake.calls.find(({ name }) => name === 'invoice.settle')?.input).toEqual({
    invoiceId: 1,
    outcome: 'found',
    cardCode: '018692165859',
  });
});

it('opens the form again when a person settles an unknown outcome as absent', async () => {
  const fake = openApp(readyWorld({ issueEnd: { kind: 'unknown' } }));
  await fillInvoice(fake);
  await confirmIssue();
  fireEvent.click(await screen.findByRole('button', { name: '客户卡包里没有' }));
  fireEvent.click(await screen.findByRole('button', { name: '没有，可以重新开具' }));
  expect(await screen.findByRole('button', { name: '开具' })).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('订单号').readOnly).toBe(false);
});

it('asks for the PDF and issues nothing where there is none', async () => {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  press('开具');
  expect(await screen.findByText('这张发票没有 PDF 文件')).toBeTruthy();
  expect(savedDrafts(fake.calls)).toHaveLength(0);
});

it('keeps a press of the button that comes while the PDF is still taken in and read', async () => {
  const fake = openApp(readyWorld());
  await fillInvoice(fake);
  const taking = Promise.withResolvers<Result<ReadFile, AppError>>();
  const reading = Promise.withResolvers<Result<Extraction, AppError>>();
  fake.world.handlers = { 'file.read': () => taking.promise, 'pdf.extract': () => reading.promise };
  fake.world.chosen = pdfFile('other.pdf');
  const readBefore = fake.calls.filter(({ name }) => name === 'file.read').length;
  press('换一个文件');
  await waitFor(() => expect(fake.calls.filter(({ name }) => name === 'file.read').length).toBe(readBefore + 1));
  press('开具');
  expect(await screen.findByRole('button', { name: '正在读取 PDF' })).toBeTruthy();
  expect(screen.queryByText('草稿已保存')).toBeNull();
  taking.resolve(ok(readFile('other.pdf')));
  expect(await screen.findByText('other.pdf')).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
  reading.resolve(ok(fakeExtraction()));
  await screen.findByRole('dialog');
  expect(fake.world.invoices[0]?.pdf?.fileName).toBe('other.pdf');
});

it('keeps the keys for saving until the PDF is taken in', async () => {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  const taking = Promise.withResolvers<Result<ReadFile, AppError>>();
  fake.world.handlers = { 'file.read': () => taking.promise };
  fake.world.chosen = pdfFile('late.pdf');
  press('选择发票 PDF');
  await waitFor(() => expect(fake.calls.some(({ name }) => name === 'file.read')).toBe(true));
  fireEvent.keyDown(window, { key: 's', ctrlKey: true });
  expect(savedDrafts(fake.calls)).toEqual([]);
  taking.resolve(ok(readFile('late.pdf')));
  await waitFor(() => expect(fake.world.invoices[0]?.pdf?.fileName).toBe('late.pdf'));
});

it('begins an empty invoice after the issued one', async () => {
  const fake = openApp(readyWorld());
  await fillInvoice(fake);
  await confirmIssue();
  await screen.findByRole('heading', { name: /已放入客户的微信卡包/ });
  press('再开一张');
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('订单号').value).toBe(''));
  expect(window.location.hash).toBe('#/issue');
});

it('issues by Ctrl+Enter and saves by Ctrl+S, without the mouse', async () => {
  const fake = openApp(readyWorld());
  await fillInvoice(fake);
  fireEvent.keyDown(screen.getByLabelText('订单号'), { key: 's', ctrlKey: true });
  await waitFor(() => expect(savedDrafts(fake.calls)).toHaveLength(1));
  fireEvent.keyDown(screen.getByLabelText('订单号'), { key: 'Enter', ctrlKey: true });
  expect(await screen.findByRole('dialog')).toBeTruthy();
  expect(savedDrafts(fake.calls)).toHaveLength(1);
});
