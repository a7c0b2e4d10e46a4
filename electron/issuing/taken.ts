import { type Finding, finding } from '../../shared/invoice/findings.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import { holdsItsOrder, isVoided, proposeOrder } from './compare-row.ts';

function orderTaken(records: Records, account: StoredAccount, { orderId }: InvoiceFields, ownId: number | undefined) {
  if (orderId === '') return [];
  const other = records.invoices.findByOrder(account, orderId);
  if (!other || other.id === ownId || !holdsItsOrder(other)) return [];
  const params = { orderId, billingNo: other.fields.billingNo, proposal: proposeOrder(records, account, orderId) };
  return [finding(isVoided(other) ? 'row.order-voided' : 'row.order-has-other-invoice', 'orderId', orderId, params)];
}

function numberTaken(records: Records, account: StoredAccount, fields: InvoiceFields, ownId: number | undefined) {
  const { billingCode, billingNo } = fields;
  if (billingNo === '') return [];
  const other = records.invoices.findLiveByNumber(account.kind, billingCode, billingNo);
  if (!other || other.id === ownId) return [];
  return [finding('row.number-used', 'billingNo', billingNo, { orderId: other.fields.orderId })];
}

/**
 * What of an invoice's content belongs to another one already: one order is one card for ever (72018, 72056), and so is
 * one invoice number (72042).
 * @param ownId the invoice itself, where it is stored
 */
export function findTaken(
  records: Records,
  account: StoredAccount,
  fields: InvoiceFields,
  ownId: number | undefined,
): Finding[] {
  return [...orderTaken(records, account, fields, ownId), ...numberTaken(records, account, fields, ownId)];
}
