import type { Text } from '../text.ts';

/** The reimbursement statuses of API section 10. */
export const reimburseStatuses = [
  'INVOICE_REIMBURSE_INIT',
  'INVOICE_REIMBURSE_LOCK',
  'INVOICE_REIMBURSE_CLOSURE',
  'INVOICE_REIMBURSE_CANCEL',
] as const;
export type ReimburseStatus = (typeof reimburseStatuses)[number];

/** The official Chinese words; the English ones say what happens, since "written off" and "offset" mislead. */
export const reimburseStatusLabels: Readonly<Record<ReimburseStatus, Text>> = {
  INVOICE_REIMBURSE_INIT: { zhCN: '未锁定（可报销）', en: 'Not locked (can be reimbursed)' },
  INVOICE_REIMBURSE_LOCK: { zhCN: '已锁定（报销中）', en: 'Locked (being reimbursed)' },
  INVOICE_REIMBURSE_CLOSURE: { zhCN: '已报销', en: 'Reimbursed' },
  INVOICE_REIMBURSE_CANCEL: { zhCN: '已冲红', en: 'Voided (red-letter)' },
};
