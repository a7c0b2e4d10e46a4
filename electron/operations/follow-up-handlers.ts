import type { Handlers } from '../../shared/contract/contract.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { holdsItsOrder } from '../issuing/compare-row.ts';
import type { InvoiceContent } from '../records/invoice-repository.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';

/** Where the original may have a card, its number and its PDF belong to that for ever. */
function contentOfCopy(original: Invoice): InvoiceContent {
  const { fields, templateId, pdf, tripPdf } = original;
  const common = { templateId, batchId: null };
  const copied = { ...fields, orderId: '' };
  if (!holdsItsOrder(original))
    return { ...common, fields: copied, pdfId: pdf?.id ?? null, tripPdfId: tripPdf?.id ?? null };
  return {
    ...common,
    fields: { ...copied, billingNo: '', billingCode: '', checkCode: '' },
    pdfId: null,
    tripPdfId: null,
  };
}

export function createFollowUpHandlers(
  parts: HandlerParts,
): Pick<Handlers, 'pdf.latestUpload' | 'invoice.copyToDraft' | 'code.history' | 'code.clearHistory'> {
  const { records } = parts;
  return {
    'pdf.latestUpload': async ({ accountId, pdfId }) =>
      ok({ upload: records.pdfs.findLatestUpload(accountId, pdfId) ?? null }),
    'invoice.copyToDraft': async ({ invoiceId }) => {
      const original = records.invoices.find(invoiceId);
      if (!original) return fail(appError('invoice.not-found'));
      const account = findAccount(parts, original.accountId);
      if (!account.ok) return account;
      const copy = records.invoices.createDraft(account.value, contentOfCopy(original), isoNow(parts));
      parts.emit('record.changed', { kind: 'invoice', id: copy.id });
      return ok(copy);
    },
    'code.history': async ({ accountId, limit }) => ok({ links: records.decodedLinks.list(accountId, limit) }),
    'code.clearHistory': async ({ accountId }) => {
      records.decodedLinks.clear(accountId);
      return ok({});
    },
  };
}
