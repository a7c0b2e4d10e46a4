import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { emptyInvoiceFields } from '../../shared/invoice/invoice.ts';
import { freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { fakeInvoice } from './fake-bridge.ts';

freshPageEachTest();

const invoiceOf = (id: number, part: Parameters<typeof fakeInvoice>[0] = {}) =>
  fakeInvoice({
    id,
    state: 'issued',
    fields: {
      ...emptyInvoiceFields(),
      billingNo: `2631200000001010${String(id).padStart(4, '0')}`,
      title: `买方${id}`,
    },
    ...part,
  });

function openRecords(world: Parameters<typeof readyWorld>[0], address = '#/records') {
  window.location.hash = address;
  return openApp(readyWorld(world));
}

it('lists the invoices of the account and opens one', async () => {
  openRecords({ invoices: [invoiceOf(1), invoiceOf(2)] });
  expect(await screen.findByText('买方2')).toBeTruthy();
  expect(screen.getByText('共 2 张')).toBeTruthy();
  fireEvent.click(screen.getByRole('link', { name: '打开发票 26312000000010100002' }));
  await waitFor(() => expect(window.location.hash).toBe('#/invoice/2'));
});

it('shows those in one state, by its address, and says where there is none', async () => {
  const invoices = [invoiceOf(1), invoiceOf(2, { state: 'rejected' })];
  openRecords({ invoices }, '#/records/rejected');
  expect(await screen.findByText('买方2')).toBeTruthy();
  expect(screen.queryByText('买方1')).toBeNull();
  fireEvent.click(screen.getByText('结果未知', { selector: '.ant-segmented-item-label' }));
  expect(await screen.findByText('没有这种状态的发票。')).toBeTruthy();
  press('看全部');
  expect(await screen.findByText('买方1')).toBeTruthy();
});

it('pages by the last invoice shown, and back', async () => {
  const all = Array.from({ length: 120 }, (_, index) => invoiceOf(120 - index));
  const fake = openRecords({
    handlers: {
      'invoice.list': async ({ beforeId, limit }) => {
        const invoices = all.filter(({ id }) => beforeId === undefined || id < beforeId).slice(0, limit);
        return { ok: true, value: { invoices, total: all.length } };
      },
    },
  });
  expect(await screen.findByText('买方120')).toBeTruthy();
  press('较早的');
  expect(await screen.findByText('买方70')).toBeTruthy();
  press('较早的');
  expect(await screen.findByText('买方1')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '较早的' }).disabled).toBe(true);
  press('较新的');
  expect(await screen.findByText('买方70')).toBeTruthy();
  expect(fake.calls.map(({ input }) => (input as { beforeId?: number }).beforeId).filter(Boolean)).toEqual([71, 21]);
});

it('says why the records cannot be read, and reads them again', async () => {
  openRecords({ invoices: [invoiceOf(1)], failures: new Map([['invoice.list', appError('database.locked')]]) });
  press(await screen.findByRole('button', { name: '重试' }).then(() => '重试'));
  expect(await screen.findByText('买方1')).toBeTruthy();
});
