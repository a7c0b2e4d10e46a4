import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { finding } from '../../shared/invoice/findings.ts';
import { freshPageEachTest, notesOf, openApp, pdfFile, readyWorld, type } from './app-under-test.tsx';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

it('says while the order is typed that another invoice has it', async () => {
  const taken = [
    finding('row.order-has-other-invoice', 'orderId', 'WX-1', { orderId: 'WX-1', billingNo: '1', proposal: 'WX-1-1' }),
  ];
  const fake = openApp(readyWorld({ taken }));
  await screen.findByLabelText('订单号');
  expect(fake.calls.some(({ name }) => name === 'invoice.check')).toBe(false);
  type('订单号', 'WX-1');
  await waitFor(() => expect(notesOf('订单号')).toContain('WX-1-1'));
});

it('offers recent buyers, and fills what is still empty of the one that is chosen', async () => {
  const buyer = {
    title: '杭州青禾茶叶有限公司',
    buyerNumber: '91330106MA2H1XQR5P',
    buyerAddressAndPhone: '文三路 1 号 0571-88000000',
    buyerBankAccount: '工商银行 1202',
  };
  openApp(readyWorld({ buyers: [buyer] }));
  const field = await screen.findByLabelText('发票抬头');
  type('购买方开户行及账号', '已经填好的');
  fireEvent.mouseDown(field);
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value: '青禾' } });
  fireEvent.click(await screen.findByText(buyer.title));
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('发票抬头').value).toBe(buyer.title));
  expect(screen.getByLabelText<HTMLInputElement>('购买方纳税人识别号').value).toBe(buyer.buyerNumber);
  expect(screen.getByLabelText<HTMLInputElement>('购买方开户行及账号').value).toBe('已经填好的');
});

it('makes a draft of each further PDF of a drop, and leads from one to the next', async () => {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  const files = ['1.pdf', '2.pdf', '3.pdf', 'note.txt'].map((name) => pdfFile(name));
  const items = files.map((file) => ({ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file }));
  fireEvent.drop(screen.getByRole('region', { name: '发票 PDF' }), {
    dataTransfer: { files, items, types: ['Files'] },
  });
  expect(await screen.findByText('另外 2 个 PDF 已各存为一份草稿')).toBeTruthy();
  await waitFor(() => expect(fake.world.invoices.map(({ pdf }) => pdf?.fileName)).toContain('3.pdf'));
  fireEvent.click(await screen.findByRole('button', { name: '下一份草稿' }));
  await waitFor(() => expect(window.location.hash).toMatch(/^#\/issue\/\d+$/));
  expect(await screen.findByText('2.pdf')).toBeTruthy();
});
