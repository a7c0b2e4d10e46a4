import type { RowChange } from '../../shared/contract/batch-operations.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { type Finding, finding } from '../../shared/invoice/findings.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { headerOf, nameFields } from '../../shared/table/columns.ts';
import type { TextParams } from '../../shared/text.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { KeysInUse } from '../records/invoice-repository.ts';
import type { Records } from '../records/records.ts';

/** How a row of a table stands to what is in the records. */
export interface Comparison {
  readonly change: RowChange;
  /** Names of the fields in which it differs from the record of its order, in the API document's order. */
  readonly changedFields: readonly string[];
  /** The invoice of an earlier import or of the form that has the same order. */
  readonly existing: Invoice | undefined;
  readonly findings: readonly Finding[];
}

/** Whether an invoice has a card, or may have one: its content is then what the card says, and stays. */
export function mayHaveCard({ state, doubtedAt }: Invoice): boolean {
  return ['issued', 'sending', 'unknown'].includes(state) || doubtedAt !== null;
}

/** Whether an invoice keeps its order and its number from others: it has a card, may have one, or is about to be sent. */
export function holdsItsOrder(invoice: Invoice): boolean {
  return mayHaveCard(invoice) || invoice.state === 'prepared';
}

function differences(one: InvoiceFields, other: InvoiceFields): string[] {
  return Object.keys(one).filter((name) => {
    const key = name as keyof InvoiceFields; // both are InvoiceFields, so every key is one of its own
    return JSON.stringify(one[key]) !== JSON.stringify(other[key]);
  });
}

export const isVoided = ({ reimburseStatus }: Invoice): boolean => reimburseStatus === 'INVOICE_REIMBURSE_CANCEL';

/** `<order>-1`, or the next number that no invoice of the account has. */
export function proposeOrder(records: Records, account: StoredAccount, orderId: string): string {
  let number = 1;
  while (records.invoices.findByOrder(account, `${orderId}-${number}`)) number += 1;
  return `${orderId}-${number}`;
}

/** Why a row cannot take the place of an order that has a card, or may have one: one order is one card, for ever (72056). */
function conflictOf(
  records: Records,
  account: StoredAccount,
  existing: Invoice,
  fields: InvoiceFields,
  changedFields: readonly string[],
): Finding {
  const { orderId } = fields;
  const about = (code: Parameters<typeof finding>[0], params: TextParams) =>
    finding(code, headerOf('orderId'), orderId, { orderId, ...params });
  const isOtherInvoice = changedFields.includes('billingNo') || changedFields.includes('billingCode');
  if (!isVoided(existing) && !isOtherInvoice)
    return about('row.conflicts-with-record', {
      fields: {
        zhCN: nameFields(changedFields, 'zh-CN').join('、'),
        en: nameFields(changedFields, 'en').join(', '),
      },
    });
  const proposal = proposeOrder(records, account, orderId);
  if (isVoided(existing)) return about('row.order-voided', { proposal });
  return about('row.order-has-other-invoice', { billingNo: existing.fields.billingNo, proposal });
}

function numberUsed(
  records: Records,
  account: StoredAccount,
  existing: Invoice | undefined,
  { billingCode, billingNo }: InvoiceFields,
): Finding | undefined {
  const owner = records.invoices.findLiveByNumber(account.kind, billingCode, billingNo);
  if (!owner || owner.id === existing?.id) return undefined;
  return finding('row.number-used', headerOf('billingNo'), billingNo, { orderId: owner.fields.orderId });
}

function compareWithFixed(
  records: Records,
  account: StoredAccount,
  existing: Invoice,
  fields: InvoiceFields,
  changedFields: readonly string[],
): Comparison {
  if (changedFields.length > 0) {
    const findings = [conflictOf(records, account, existing, fields, changedFields)];
    return { change: 'conflicting', changedFields, existing, findings };
  }
  // The same invoice once more is no re-issue; the person is told only that its card is void.
  const proposal = isVoided(existing) ? proposeOrder(records, account, fields.orderId) : undefined;
  const params = { orderId: fields.orderId, proposal: proposal ?? '' };
  const findings = proposal ? [finding('row.card-voided', headerOf('orderId'), fields.orderId, params)] : [];
  return { change: 'unchanged', changedFields, existing, findings };
}

/**
 * Recognises a row's invoice by its order and by code and number, and tells what an import would do to the record.
 * @param known where it is known already which orders and numbers there are, what is not among them is not looked for
 */
export function compareRow(
  records: Records,
  account: StoredAccount,
  fields: InvoiceFields,
  known?: KeysInUse,
): Comparison {
  const mayExist = known?.orderIds.has(fields.orderId) ?? true;
  const existing = mayExist ? records.invoices.findByOrder(account, fields.orderId) : undefined;
  const changedFields = existing ? differences(existing.fields, fields) : [];
  if (existing && mayHaveCard(existing)) return compareWithFixed(records, account, existing, fields, changedFields);
  const mayBeUsed = known?.billingNos.has(fields.billingNo) ?? true;
  const used = mayBeUsed ? numberUsed(records, account, existing, fields) : undefined;
  if (used) return { change: 'conflicting', changedFields, existing, findings: [used] };
  if (!existing) return { change: 'new', changedFields, existing, findings: [] };
  return { change: changedFields.length > 0 ? 'changed' : 'unchanged', changedFields, existing, findings: [] };
}
