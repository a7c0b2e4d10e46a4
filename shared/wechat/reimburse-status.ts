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

/**
 * The moves offered to a person who sets a status. WeChat publishes no table: it tells of 72039 (lock first) and of
 * 72060 and 72061 (cancelled, closed), so reimbursing needs the lock and the last two statuses are final.
 */
const reimburseStatusMoves: Readonly<Record<ReimburseStatus, readonly ReimburseStatus[]>> = {
  INVOICE_REIMBURSE_INIT: ['INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_CANCEL'],
  INVOICE_REIMBURSE_LOCK: ['INVOICE_REIMBURSE_INIT', 'INVOICE_REIMBURSE_CLOSURE', 'INVOICE_REIMBURSE_CANCEL'],
  INVOICE_REIMBURSE_CLOSURE: [],
  INVOICE_REIMBURSE_CANCEL: [],
};

/** Whether a status may be set after another. `null`: not known since issue, then every one may. */
export function canSetReimburseStatus(from: ReimburseStatus | null, to: ReimburseStatus): boolean {
  return from === null || reimburseStatusMoves[from].includes(to);
}

/** Whether a status cannot be taken back. */
export function isFinalReimburseStatus(status: ReimburseStatus): boolean {
  return reimburseStatusMoves[status].length === 0;
}

/** Reads a status that came from outside. */
export function isReimburseStatus(value: string): value is ReimburseStatus {
  return reimburseStatuses.some((status) => status === value);
}
