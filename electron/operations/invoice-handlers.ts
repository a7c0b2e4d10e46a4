import PQueue from 'p-queue';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { Invoice, StoredPdf } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { pdfNameOf } from '../../shared/file-name.ts';
import { checkInvoice } from '../../shared/invoice/rules.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ReimburseStatus } from '../../shared/wechat/reimburse-status.ts';
import { recordDecodedCode } from '../issuing/card-codes.ts';
import { recordPush, updateCardStatus } from '../issuing/card-status.ts';
import { countNotConfirmed, notConfirmed } from '../issuing/status-moves.ts';
import { findTaken } from '../issuing/taken.ts';
import { ensureUpload } from '../issuing/upload-pdf.ts';
import { tellDecision } from '../orders/note-decision.ts';
import { failedByStorage } from '../records/database.ts';
import { fileError, readFileBytes } from '../records/pdf-store.ts';
import { wrongState } from '../records/wrong-state.ts';
import { decodePush } from '../wechat/push.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';
import { saveChosen } from './save-chosen.ts';

type DraftInput = InputOf<'invoice.saveDraft'>;

async function keepPdf(parts: HandlerParts, token: string): Promise<Result<StoredPdf, AppError>> {
  const path = parts.files.resolve(token);
  if (!path.ok) return path;
  const kept = await parts.pdfStore.add(path.value);
  return kept.ok ? ok(parts.records.pdfs.record({ ...kept.value, createdAt: isoNow(parts) })) : kept;
}

/** The PDF a draft shall have: a new one, none, or the one it has. */
async function pdfOfDraft(
  parts: HandlerParts,
  token: string | null | undefined,
  existing: StoredPdf | null,
): Promise<Result<number | null, AppError>> {
  if (token === undefined) return ok(existing?.id ?? null);
  if (token === null) return ok(null);
  const kept = await keepPdf(parts, token);
  return kept.ok ? ok(kept.value.id) : kept;
}

async function saveDraft(parts: HandlerParts, input: DraftInput): Promise<Result<Invoice, AppError>> {
  const { invoices } = parts.records;
  const account = findAccount(parts, input.accountId);
  if (!account.ok) return account;
  const existing = input.invoiceId === undefined ? undefined : invoices.find(input.invoiceId);
  if (input.invoiceId !== undefined && existing?.accountId !== input.accountId)
    return fail(appError('invoice.not-found'));
  const pdfId = await pdfOfDraft(parts, input.pdf, existing?.pdf ?? null);
  if (!pdfId.ok) return pdfId;
  const tripPdfId = await pdfOfDraft(parts, input.tripPdf, existing?.tripPdf ?? null);
  if (!tripPdfId.ok) return tripPdfId;
  const content = {
    fields: input.fields,
    templateId: input.templateId,
    batchId: null,
    pdfId: pdfId.value,
    tripPdfId: tripPdfId.value,
  };
  const saved = existing
    ? invoices.edit(existing.id, content, isoNow(parts))
    : invoices.createDraft(account.value, content, isoNow(parts));
  if (!saved) return fail(wrongState(existing?.state ?? 'draft'));
  parts.emit('record.changed', { kind: 'invoice', id: saved.id });
  return ok(saved);
}

const statusesAtOnce = 4;

async function setStatus(
  parts: HandlerParts,
  invoiceId: number,
  status: ReimburseStatus,
): Promise<Result<Invoice, AppError>> {
  // Of many at once, each answers for itself.
  const updated = await updateCardStatus(parts, invoiceId, status).catch(failedByStorage);
  if (updated.ok) parts.emit('record.changed', { kind: 'invoice', id: invoiceId });
  return updated;
}

export function createInvoiceHandlers(
  parts: HandlerParts,
): Pick<
  Handlers,
  | 'invoice.check'
  | 'buyer.suggest'
  | 'invoice.saveDraft'
  | 'invoice.removeDraft'
  | 'invoice.issue'
  | 'invoice.askAgain'
  | 'invoice.settle'
  | 'invoice.get'
  | 'invoice.list'
  | 'invoice.updateStatus'
  | 'invoice.updateStatusMany'
> {
  const { records, issuer } = parts;
  return {
    'invoice.check': async ({ accountId, invoiceId, fields }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const findings = checkInvoice(fields, Math.floor(parts.clock.now() / 1000));
      return ok({ findings, taken: findTaken(records, account.value, fields, invoiceId) });
    },
    'buyer.suggest': async ({ accountId, text }) => ok({ buyers: records.buyers.suggest(accountId, text) }),
    'invoice.saveDraft': (input) => saveDraft(parts, input),
    'invoice.removeDraft': async ({ invoiceId }) => {
      const invoice = records.invoices.find(invoiceId);
      if (!invoice) return fail(appError('invoice.not-found'));
      if (!records.invoices.removeDraft(invoiceId)) return fail(wrongState(invoice.state));
      parts.emit('record.changed', { kind: 'invoice', id: invoiceId });
      return ok({});
    },
    'invoice.issue': ({ invoiceId }) => issuer.issue(invoiceId),
    'invoice.askAgain': ({ invoiceId }) => issuer.askAgain(invoiceId),
    'invoice.settle': ({ invoiceId, outcome, cardCode }) => issuer.settle(invoiceId, outcome, cardCode),
    'invoice.get': async ({ invoiceId }) => {
      const invoice = records.invoices.find(invoiceId);
      if (!invoice) return fail(appError('invoice.not-found'));
      const attempts = records.attempts.listOfInvoice(invoiceId);
      return ok({ invoice, attempts, statusEvents: records.events.listOfInvoice(invoiceId) });
    },
    'invoice.list': async (filter) => ok(records.invoices.list(filter)),
    'invoice.updateStatus': async ({ invoiceId, status, confirmedNumber }) => {
      const invoice = records.invoices.find(invoiceId);
      if (!invoice) return fail(appError('invoice.not-found'));
      const reason = notConfirmed(invoice, status, confirmedNumber);
      return reason ? fail(reason) : setStatus(parts, invoiceId, status);
    },
    'invoice.updateStatusMany': async ({ invoiceIds, status, confirmedCount }) => {
      const ids = [...new Set(invoiceIds)];
      const reason = countNotConfirmed(ids.length, status, confirmedCount);
      if (reason) return fail(reason);
      const queue = new PQueue({ concurrency: statusesAtOnce });
      const results = await queue.addAll(
        ids.map((invoiceId) => async () => {
          const updated = await setStatus(parts, invoiceId, status);
          return { invoiceId, error: updated.ok ? null : updated.error };
        }),
      );
      const failed = results.filter(({ error }) => error !== null).length;
      return ok({ updated: results.length - failed, failed, results });
    },
  };
}

function findPdf({ records }: HandlerParts, pdfId: number): Result<StoredPdf, AppError> {
  const pdf = records.pdfs.find(pdfId);
  return pdf ? ok(pdf) : fail(appError('file.not-found', { file: 'PDF' }));
}

async function readStoredPdf(parts: HandlerParts, pdfId: number): Promise<Result<OutputOf<'pdf.read'>, AppError>> {
  const pdf = findPdf(parts, pdfId);
  if (!pdf.ok) return pdf;
  const bytes = await readFileBytes(parts.pdfStore.pathOf(pdf.value.sha256));
  return bytes.ok ? ok({ name: pdf.value.fileName, bytes: bytes.value }) : bytes;
}

async function dragStoredPdf(parts: HandlerParts, pdfId: number): Promise<Result<OutputOf<'pdf.dragOut'>, AppError>> {
  if (!parts.dragOut) return fail(appError('window.needed'));
  const pdf = findPdf(parts, pdfId);
  if (!pdf.ok) return pdf;
  const { sha256, fileName } = pdf.value;
  try {
    // It may come from another system, whose names are not taken everywhere.
    await parts.dragOut(parts.pdfStore.pathOf(sha256), pdfNameOf(fileName));
    return ok({});
  } catch (error) {
    return fail(fileError(error, fileName));
  }
}

export function createExchangeHandlers(
  parts: HandlerParts,
): Pick<
  Handlers,
  | 'pdf.upload'
  | 'pdf.query'
  | 'pdf.read'
  | 'pdf.saveCopy'
  | 'pdf.dragOut'
  | 'push.receive'
  | 'event.list'
  | 'code.decrypt'
> {
  const { records, clients } = parts;
  return {
    'pdf.upload': async ({ accountId, file }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const pdf = await keepPdf(parts, file);
      if (!pdf.ok) return pdf;
      const upload = await ensureUpload(parts, client.value, accountId, pdf.value);
      return upload.ok ? ok({ pdf: pdf.value, ...upload.value }) : upload;
    },
    'pdf.query': async ({ accountId, mediaId }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const answer = await client.value.queryPdf(mediaId);
      if (!answer.ok) return answer;
      const expiresAt = new Date(parts.clock.now() + answer.value.expiresInSeconds * 1000).toISOString();
      return ok({ url: answer.value.url, expiresAt });
    },
    'pdf.read': ({ pdfId }) => readStoredPdf(parts, pdfId),
    'pdf.saveCopy': ({ pdfId, target }) =>
      saveChosen(parts, target, async () => {
        const pdf = await readStoredPdf(parts, pdfId);
        return pdf.ok ? ok(pdf.value.bytes) : pdf;
      }),
    'pdf.dragOut': ({ pdfId }) => dragStoredPdf(parts, pdfId),
    'push.receive': async ({ accountId, body, query, token, encodingAesKey }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const { appid } = account.value;
      const push = decodePush({ body, query, token, appid, ...(encodingAesKey ? { encodingAesKey } : {}) });
      if (!push.ok) return push;
      const event = recordPush(records, account.value, push.value, isoNow(parts));
      if (event) parts.emit('record.changed', { kind: 'event', id: event.id });
      if (event && event.invoiceId !== null) parts.emit('record.changed', { kind: 'invoice', id: event.invoiceId });
      if (event) tellDecision(parts, account.value, event);
      return ok({ event: event ?? null, duplicate: event === undefined, type: push.value.event });
    },
    'event.list': async (filter) => ok({ events: records.events.list(filter) }),
    'code.decrypt': async ({ accountId, encryptCode, cardId }) => {
      const client = await clients.of(accountId);
      if (!client.ok) return client;
      const answer = await client.value.decryptCode(encryptCode);
      if (!answer.ok) return answer;
      const { code } = answer.value;
      const settled =
        cardId === undefined ? undefined : recordDecodedCode(records, accountId, { cardId, code }, parts.clock);
      if (settled) parts.emit('record.changed', { kind: 'invoice', id: settled.id });
      records.decodedLinks.record({ accountId, code, cardId: cardId ?? '', decodedAt: isoNow(parts) });
      return ok({ code, invoiceId: records.invoices.findByCardCode(accountId, code)?.id ?? null });
    },
  };
}
