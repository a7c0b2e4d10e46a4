import { describe, expect, it } from 'vitest';
import {
  canSetReimburseStatus,
  isFinalReimburseStatus,
  isReimburseStatus,
  reimburseStatuses,
  reimburseStatusLabels,
} from '../../../shared/wechat/reimburse-status.ts';

describe('the reimbursement statuses', () => {
  it('are the four of the document', () => {
    expect(reimburseStatuses).toEqual([
      'INVOICE_REIMBURSE_INIT',
      'INVOICE_REIMBURSE_LOCK',
      'INVOICE_REIMBURSE_CLOSURE',
      'INVOICE_REIMBURSE_CANCEL',
    ]);
  });

  it('use the official words 锁定, 报销 and 冲红', () => {
    expect(reimburseStatuses.map((status) => reimburseStatusLabels[status].zhCN)).toEqual([
      '未锁定（可报销）',
      '已锁定（报销中）',
      '已报销',
      '已冲红',
    ]);
  });

  it('allow exactly these moves', () => {
    const moves = reimburseStatuses.flatMap((from) =>
      reimburseStatuses.filter((to) => canSetReimburseStatus(from, to)).map((to) => `${short(from)}>${short(to)}`),
    );
    expect(moves).toEqual(['INIT>LOCK', 'INIT>CANCEL', 'LOCK>INIT', 'LOCK>CLOSURE', 'LOCK>CANCEL']);
  });

  it('allow every move while the present status is not known', () => {
    expect(reimburseStatuses.every((to) => canSetReimburseStatus(null, to))).toBe(true);
  });

  it('are final once reimbursed or voided', () => {
    expect(reimburseStatuses.filter(isFinalReimburseStatus).map(short)).toEqual(['CLOSURE', 'CANCEL']);
  });

  it('are told from other words', () => {
    expect(isReimburseStatus('INVOICE_REIMBURSE_LOCK')).toBe(true);
    expect(isReimburseStatus('LOCK')).toBe(false);
  });
});

const short = (status: string) => status.replace('INVOICE_REIMBURSE_', '');
