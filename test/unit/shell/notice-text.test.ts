import { expect, test } from 'vitest';
import { authorisedNoticeOf, noticeOf, statusNoticeOf } from '../../../electron/shell/notice-text.ts';
import { noCounts } from '../../../shared/contract/batch-operations.ts';

test('a batch that is issued says so, with how many', () => {
  const { title, body } = noticeOf({ counts: { ...noCounts, total: 60, issued: 57, already: 0, faulty: 3 } });
  expect(title.en).toBe('The batch is issued');
  expect(body).toEqual({ zhCN: '已开具 57', en: '57 issued' });
});

test('a batch that waits for a person names everything that is open', () => {
  const counts = { ...noCounts, total: 9, issued: 2, rejected: 1, unknown: 2, doubtful: 1, waiting: 3 };
  const { title, body } = noticeOf({ counts });
  expect(title.zhCN).toBe('批次已停下');
  expect(body).toEqual({
    zhCN: '已开具 2，被拒绝 1，需要您确认 3，未开具 3',
    en: '2 issued, 1 rejected, 3 need you, 3 not issued',
  });
});

test('invoices whose status has changed are counted by the status they have now, in the words of the labels', () => {
  const { title, body } = statusNoticeOf([
    'INVOICE_REIMBURSE_CLOSURE',
    'INVOICE_REIMBURSE_LOCK',
    'INVOICE_REIMBURSE_LOCK',
    'INVOICE_REIMBURSE_LOCK',
  ]);
  expect(title).toEqual({ zhCN: '发票状态变化', en: 'Invoice status' });
  expect(body).toEqual({ zhCN: '已锁定 3，已报销 1', en: '3 locked, 1 reimbursed' });
});

test('an invoice that was voided, and one that may be reimbursed again, are told as that', () => {
  const { body } = statusNoticeOf(['INVOICE_REIMBURSE_CANCEL', 'INVOICE_REIMBURSE_INIT']);
  expect(body).toEqual({ zhCN: '未锁定 1，已冲红 1', en: '1 not locked, 1 voided' });
});

test('names an order that a customer has authorised, and counts several', () => {
  const one = { accountId: 1, orderId: 'WX-1', moneyFen: 123_450 };
  expect(authorisedNoticeOf([one]).body).toEqual({ zhCN: '订单 WX-1，¥1,234.50', en: 'Order WX-1, ¥1,234.50' });
  expect(authorisedNoticeOf([one, one]).body).toEqual({ zhCN: '2 个订单', en: '2 orders' });
});
