import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { allows } from '../../shared/invoice/state.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { putOffErrcodes } from '../../shared/wechat/insert-answers.ts';
import type { WeChatClients } from '../accounts/wechat-clients.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { failedByStorage } from '../records/database.ts';
import type { PdfStore } from '../records/pdf-store.ts';
import type { Records } from '../records/records.ts';
import type { WriterLock } from '../records/writer-lock.ts';
import { wrongState } from '../records/wrong-state.ts';
import type { Clock } from '../support/clock.ts';
import type { WeChatClient } from '../wechat/client.ts';
import { errorWithReason } from '../wechat/failures.ts';
import { createNonce, insertRequestBody } from '../wechat/insert-body.ts';
import type { AnswerKeeper } from './answer-keeper.ts';
import { takeParked } from './card-codes.ts';
import { findObstacle, reasonNotToIssue } from './issuable.ts';
import { answeredInsert } from './record-answer.ts';
import { settleByPerson } from './settle.ts';
import { ensureUpload, wasPdfRefused } from './upload-pdf.ts';

export interface IssuingParts {
  readonly records: Records;
  readonly pdfStore: PdfStore;
  readonly answers: AnswerKeeper;
  readonly clients: WeChatClients;
  readonly writerLock: WriterLock;
  readonly clock: Clock;
  /** Resolves after so many milliseconds, or at once when the program is ending. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly isEnding: () => boolean;
  /** Milliseconds before each repeat that needs no new decision; as many repeats as there are waits. */
  readonly repeatWaits?: readonly number[] | undefined;
  /** Told after each durable change of an invoice. */
  readonly changed: (invoiceId: number) => void;
}

/** Waits before the repeats that need no new decision, in milliseconds. */
const usualRepeatWaits: readonly number[] = [1000, 4000, 10_000];

/**
 * Asked before a repeat; false ends it. A batch waits by its own pace here.
 * @param repeats how many there were already
 */
export type BeforeRepeat = (repeats: number, error: AppError) => Promise<boolean>;

/**
 * What the program may do by itself after a failure: send again what never left or was put off; ask again where WeChat
 * answered "busy, try later". Everything else waits for a person.
 */
function repeatOf(error: AppError, state: Invoice['state']): 'send' | 'ask-again' | undefined {
  const { errcode } = error.details;
  if (state === 'unknown') return errcode === -1 ? 'ask-again' : undefined;
  if (state !== 'prepared') return undefined;
  const wasPutOff = typeof errcode === 'number' && putOffErrcodes.includes(errcode);
  return wasPutOff || error.code === 'network.unreachable' ? 'send' : undefined;
}

/** Everything a person can edit, to be compared. */
const contentOf = ({ fields, templateId, pdf, tripPdf }: Invoice) =>
  JSON.stringify([fields, templateId, pdf?.id, tripPdf?.id]);

const cardOf = ({ orderId, billingCode, billingNo }: Invoice['fields']) => `${orderId}/${billingCode}/${billingNo}`;

export type Issuer = ReturnType<typeof createIssuer>;

/**
 * Puts invoices into customers' Cards & Offers: at most one insert on the wire per human decision, each step durable
 * before the next begins.
 */
export function createIssuer(parts: IssuingParts) {
  const { records, clock, answers } = parts;
  const busy = new Set<number>();
  const isoNow = () => new Date(clock.now()).toISOString();

  async function alone(invoiceId: number, work: () => Promise<Result<Invoice, AppError>>) {
    if (busy.has(invoiceId)) return fail(appError('invoice.busy'));
    busy.add(invoiceId);
    try {
      const locked = parts.writerLock.acquire();
      if (!locked.ok) return locked;
      const ready = await answers.makeReady();
      return ready.ok ? await work() : ready;
    } catch (error) {
      return failedByStorage(error);
    } finally {
      busy.delete(invoiceId);
      parts.changed(invoiceId);
    }
  }

  /** Writes down why an invoice was not sent; where the disk is the reason, it cannot take that either. */
  function noteError(invoiceId: number, error: AppError): void {
    try {
      records.invoices.noteError(invoiceId, error, isoNow());
    } catch (thrown) {
      failedByStorage(thrown);
    }
  }

  function load(invoiceId: number): Result<{ invoice: Invoice; account: StoredAccount }, AppError> {
    const invoice = records.invoices.find(invoiceId);
    if (!invoice) return fail(appError('invoice.not-found'));
    const account = records.accounts.find(invoice.accountId);
    if (!account) return fail(appError('account.not-found', { account: String(invoice.accountId) }));
    return ok({ invoice, account });
  }

  async function prepare(client: WeChatClient, account: StoredAccount, invoice: Invoice) {
    const template = invoice.templateId === null ? undefined : records.templates.find(invoice.templateId);
    if (!template) return fail(appError('template.not-found'));
    if (!invoice.pdf) return fail(appError('invoice.pdf-missing'));
    const use = { invoiceId: invoice.id, isAnew: wasPdfRefused(invoice) };
    const pdf = await ensureUpload(parts, client, account.id, invoice.pdf, use);
    if (!pdf.ok) return pdf;
    const trip = invoice.tripPdf ? await ensureUpload(parts, client, account.id, invoice.tripPdf, use) : undefined;
    if (trip && !trip.ok) return trip;
    const requestBody = insertRequestBody({
      orderId: invoice.fields.orderId,
      cardId: template.cardId,
      appid: account.appid,
      nonceStr: createNonce(),
      pdfMediaId: pdf.value.mediaId,
      ...(trip ? { tripPdfMediaId: trip.value.mediaId } : {}),
      fields: invoice.fields,
    });
    return records.inSharedTransaction(() => {
      // While the files were uploaded somebody may have edited it; what is sent has to be what is recorded.
      const current = records.invoices.find(invoice.id);
      if (!current || contentOf(current) !== contentOf(invoice)) return fail(appError('invoice.changed'));
      if (!allows(current.state, 'prepare')) return fail(wrongState(current.state));
      // Another invoice with the same order, number or PDF may have become live meanwhile, too.
      const obstacle = findObstacle(records, account, invoice);
      if (obstacle) return fail(obstacle);
      const prepared = records.invoices.apply(invoice.id, current.state, 'prepare', isoNow(), {
        requestBody,
        error: null,
      });
      return prepared ? ok(requestBody) : fail(wrongState(current.state));
    });
  }

  /** Writes down that the request is about to leave, durably, and only then lets it leave. */
  async function send(
    client: WeChatClient,
    invoiceId: number,
    event: 'send' | 'ask-again',
    body: Uint8Array,
  ): Promise<Result<Invoice, AppError>> {
    const begun = await records.inSharedTransaction(() => {
      const invoice =
        event === 'send'
          ? records.invoices.apply(invoiceId, 'prepared', event, isoNow())
          : records.invoices.apply(invoiceId, 'unknown', event, isoNow());
      if (!invoice) return undefined;
      const card = cardOf(invoice.fields);
      const mayHaveLanded = invoice.doubtedAt !== null || records.attempts.mayHaveLanded(invoiceId, card);
      const { orderId } = invoice.fields;
      return { orderId, mayHaveLanded, attempt: records.attempts.startInsert(invoiceId, card, isoNow()) };
    });
    if (begun === undefined) return fail(wrongState('sending'));
    parts.changed(invoiceId);
    const answer = await client.insert(body);
    return answers.record(answeredInsert(records, { invoiceId, ...begun, event, answer, now: isoNow() }));
  }

  async function waitToRepeat(repeats: number): Promise<boolean> {
    const wait = (parts.repeatWaits ?? usualRepeatWaits)[repeats];
    if (wait === undefined) return false;
    await parts.sleep(wait);
    return !parts.isEnding();
  }

  /** Sends, and repeats the same bytes as long as that needs no decision of a person's. */
  async function sendUntilSettled(
    client: WeChatClient,
    invoiceId: number,
    first: 'send' | 'ask-again',
    body: Uint8Array,
    beforeRepeat: BeforeRepeat,
  ): Promise<Result<Invoice, AppError>> {
    let result = await send(client, invoiceId, first, body);
    for (let repeats = 0; !result.ok; repeats += 1) {
      const state = records.invoices.find(invoiceId)?.state;
      const again = state && repeatOf(result.error, state);
      if (!again || !(await beforeRepeat(repeats, result.error))) return result;
      result = await send(client, invoiceId, again, body);
    }
    return result;
  }

  async function prepareAndSend(
    { account, invoice }: { readonly account: StoredAccount; readonly invoice: Invoice },
    beforeRepeat: BeforeRepeat,
  ): Promise<Result<Invoice, AppError>> {
    const invoiceId = invoice.id;
    const reason = reasonNotToIssue(records, account, invoice, Math.floor(clock.now() / 1000));
    if (reason) return fail(reason);
    const client = await parts.clients.of(account.id);
    if (!client.ok) return client;
    const body = await prepare(client.value, account, invoice);
    if (!body.ok) return body;
    return sendUntilSettled(client.value, invoiceId, 'send', body.value, beforeRepeat);
  }

  /** What may be sent without asking anybody: not an invoice that may have been sent before a restore. */
  function loadUndoubted(invoiceId: number) {
    const loaded = load(invoiceId);
    if (!loaded.ok || loaded.value.invoice.doubtedAt === null) return loaded;
    return fail(appError('invoice.in-doubt', { orderId: loaded.value.invoice.fields.orderId }));
  }

  async function upload(invoiceId: number): Promise<Result<void, AppError>> {
    const loaded = loadUndoubted(invoiceId);
    if (!loaded.ok) return loaded;
    const { account, invoice } = loaded.value;
    const reason = reasonNotToIssue(records, account, invoice, Math.floor(clock.now() / 1000));
    if (reason) return fail(reason);
    const client = await parts.clients.of(account.id);
    if (!client.ok) return client;
    // A file that was refused is uploaded anew once, right before its insert.
    if (wasPdfRefused(invoice)) return ok(undefined);
    for (const pdf of [invoice.pdf, invoice.tripPdf]) {
      const use = { invoiceId, isAnew: false };
      const uploaded = pdf ? await ensureUpload(parts, client.value, account.id, pdf, use) : ok(undefined);
      if (!uploaded.ok) return uploaded;
    }
    return ok(undefined);
  }

  return {
    /** Issues a draft, a prepared or a rejected invoice. An expected refusal comes back as an error, the row says why. */
    issue: (invoiceId: number, beforeRepeat: BeforeRepeat = waitToRepeat): Promise<Result<Invoice, AppError>> =>
      alone(invoiceId, async () => {
        const loaded = loadUndoubted(invoiceId);
        const result = loaded.ok ? await prepareAndSend(loaded.value, beforeRepeat) : loaded;
        // In a batch nobody sees the answer: what never came to be sent would wait there without a reason.
        if (!result.ok) noteError(invoiceId, result.error);
        return result;
      }),
    /** Uploads an invoice's files ahead of its turn; where that fails, or it cannot be issued at all, the row says why. */
    async uploadAhead(invoiceId: number): Promise<Result<void, AppError>> {
      if (busy.has(invoiceId)) return fail(appError('invoice.busy'));
      busy.add(invoiceId);
      try {
        const result = await upload(invoiceId);
        if (!result.ok) noteError(invoiceId, result.error);
        return result;
      } catch (error) {
        return failedByStorage(error);
      } finally {
        busy.delete(invoiceId);
      }
    },
    /** With an unknown outcome, or in doubt after a restore, and by a person's decision: sends the same once more. */
    askAgain: (invoiceId: number, beforeRepeat: BeforeRepeat = waitToRepeat): Promise<Result<Invoice, AppError>> =>
      alone(invoiceId, async () => {
        const loaded = load(invoiceId);
        if (!loaded.ok) return loaded;
        const { account, invoice } = loaded.value;
        if (invoice.doubtedAt !== null) return prepareAndSend(loaded.value, beforeRepeat);
        const body = records.invoices.requestBody(invoiceId);
        if (invoice.state !== 'unknown' || !body) return fail(wrongState(invoice.state));
        const client = await parts.clients.of(account.id);
        if (!client.ok) return client;
        return sendUntilSettled(client.value, invoiceId, 'ask-again', body, beforeRepeat);
      }),
    /** With an unknown outcome, or in doubt: a person saw the card in Cards & Offers, or saw that it is not there. */
    settle: (invoiceId: number, outcome: 'found' | 'absent', cardCode: string | undefined) =>
      alone(invoiceId, async () => {
        const loaded = load(invoiceId);
        if (!loaded.ok) return loaded;
        const { invoice } = loaded.value;
        return records.inTransaction(() => {
          const settled = settleByPerson(records, invoice, outcome, cardCode, isoNow());
          return settled ? ok(takeParked(records, settled, isoNow())) : fail(wrongState(invoice.state));
        });
      }),
    /** Whether an insert, or an upload for one, is under way or may begin at once. */
    isAtWork: (): boolean => busy.size > 0,
    /** At start: nobody knows what became of requests that were under way when the program ended. */
    recover(): number {
      const ids = records.invoices.sendingIds();
      records.inTransaction(() => {
        for (const id of ids)
          records.invoices.apply(id, 'sending', 'lose', isoNow(), {
            error: errorWithReason('issue.outcome-unknown', { zhCN: '程序中断', en: 'the program ended' }, {}),
          });
        records.attempts.abandonRunning(isoNow());
        records.batches.stopRunning();
      });
      return ids.length;
    },
  };
}
