import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { type Finding, hasFault } from '../../shared/invoice/findings.ts';
import { checkInvoice } from '../../shared/invoice/rules.ts';
import { headerOf, isTableField } from '../../shared/table/columns.ts';
import type { Language, Text } from '../../shared/text.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import { wrongState } from '../records/wrong-state.ts';
import { errorWithReason } from '../wechat/failures.ts';

function duplicateOrder(records: Records, account: StoredAccount, invoice: Invoice): AppError | undefined {
  const other = records.invoices.findByOrder(account, invoice.fields.orderId);
  if (!other || other.id === invoice.id || ['draft', 'rejected'].includes(other.state)) return undefined;
  return appError('invoice.duplicate-order', { orderId: invoice.fields.orderId, invoiceId: other.id });
}

function duplicateNumber(records: Records, account: StoredAccount, invoice: Invoice): AppError | undefined {
  const { billingCode, billingNo } = invoice.fields;
  const other = records.invoices.findLiveByNumber(account.kind, billingCode, billingNo);
  if (!other || other.id === invoice.id) return undefined;
  return appError('invoice.duplicate-number', {
    billingCode,
    billingNo,
    orderId: other.fields.orderId,
    invoiceId: other.id,
  });
}

function duplicatePdf(records: Records, account: StoredAccount, invoice: Invoice): AppError | undefined {
  if (!invoice.pdf) return appError('invoice.pdf-missing');
  const other = records.invoices.findLiveByPdf(account.kind, invoice.pdf.sha256);
  if (!other || other.id === invoice.id) return undefined;
  return appError('invoice.pdf-used', {
    file: invoice.pdf.fileName,
    orderId: other.fields.orderId,
    invoiceId: other.id,
  });
}

/** An order that was rejected takes no card any more, nor does one of which that is not known (72035). */
function rejectedOrder(
  records: Records,
  account: StoredAccount,
  { fields: { orderId } }: Invoice,
): AppError | undefined {
  return records.orders.isRejected(account, orderId) ? appError('order.rejected', { orderId }) : undefined;
}

/** A rejected order, or another card that has, or may have, this invoice's order, number or PDF. */
export function findObstacle(records: Records, account: StoredAccount, invoice: Invoice): AppError | undefined {
  return (
    rejectedOrder(records, account, invoice) ??
    duplicateOrder(records, account, invoice) ??
    duplicateNumber(records, account, invoice) ??
    duplicatePdf(records, account, invoice)
  );
}

/** What a person calls a field: the header of its column; a part of an item by the item's line. */
function nameOf(field: string, language: Language): string {
  const name = /^items\.(\d+)/.exec(field);
  const line = Number(name?.[1] ?? 0) + 1;
  if (name) return language === 'en' ? `item ${line}:` : `第 ${line} 行明细：`;
  if (!isTableField(field)) return field;
  return language === 'en' ? `${headerOf(field, 'en')}:` : `“${headerOf(field)}”`;
}

export function invalidInvoice(findings: readonly Finding[]): AppError {
  const faults = findings.filter(({ severity }) => severity === 'fault');
  const [first] = faults;
  const reason: Text = first
    ? { zhCN: `${nameOf(first.field, 'zh-CN')}${first.text.zhCN}`, en: `${nameOf(first.field, 'en')} ${first.text.en}` }
    : { zhCN: '', en: '' };
  return errorWithReason('invoice.invalid', reason, {
    count: faults.length,
    findings: faults.map(({ code, field, value, text, cure }) => ({
      code,
      field,
      value,
      text: { ...text },
      cure: { ...cure },
    })),
  });
}

/** Everything that forbids issuing an invoice, before anything goes on the wire. */
export function reasonNotToIssue(
  records: Records,
  account: StoredAccount,
  invoice: Invoice,
  nowSeconds: number,
): AppError | undefined {
  if (!['draft', 'prepared', 'rejected'].includes(invoice.state)) return wrongState(invoice.state);
  const findings = checkInvoice(invoice.fields, nowSeconds);
  if (hasFault(findings)) return invalidInvoice(findings);
  const template = invoice.templateId === null ? undefined : records.templates.find(invoice.templateId);
  if (!template || template.accountId !== account.id) return appError('template.not-found');
  return findObstacle(records, account, invoice);
}
