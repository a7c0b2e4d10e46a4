import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appError, appErrorSaying } from '../../shared/errors/app-error.ts';
import {
  canSetReimburseStatus,
  isFinalReimburseStatus,
  type ReimburseStatus,
  reimburseStatusLabels,
} from '../../shared/wechat/reimburse-status.ts';

/** Why a status may not be set after the one that is known, or undefined where it may. */
export function illegalMove({ reimburseStatus }: Invoice, status: ReimburseStatus): AppError | undefined {
  if (canSetReimburseStatus(reimburseStatus, status)) return undefined;
  const from = reimburseStatusLabels[reimburseStatus ?? 'INVOICE_REIMBURSE_INIT'];
  return appErrorSaying(
    'status.illegal-move',
    { from, to: reimburseStatusLabels[status] },
    { from: reimburseStatus, to: status },
  );
}

/** What cannot be taken back is confirmed by typing the invoice's number. */
export function notConfirmed(
  { fields: { billingNo } }: Invoice,
  status: ReimburseStatus,
  confirmedNumber: string | undefined,
): AppError | undefined {
  if (!isFinalReimburseStatus(status) || confirmedNumber?.replaceAll(/\s/g, '') === billingNo) return undefined;
  return appErrorSaying('status.not-confirmed', { to: reimburseStatusLabels[status] }, { billingNo });
}

/** For many at once the confirmation is their number. */
export function countNotConfirmed(
  count: number,
  status: ReimburseStatus,
  confirmedCount: number | undefined,
): AppError | undefined {
  if (!isFinalReimburseStatus(status) || confirmedCount === count) return undefined;
  return appError('status.count-not-confirmed', { count });
}
