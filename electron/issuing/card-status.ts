import type { Invoice, StatusEvent } from '../../shared/contract/invoice-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Text } from '../../shared/text.ts';
import {
  isReimburseStatus,
  type ReimburseStatus,
  reimburseStatusLabels,
} from '../../shared/wechat/reimburse-status.ts';
import type { WeChatClients } from '../accounts/wechat-clients.ts';
import { noteDecision } from '../orders/note-decision.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import { wrongState } from '../records/wrong-state.ts';
import type { Clock } from '../support/clock.ts';
import type { WeChatPush } from '../wechat/push.ts';
import type { AnswerKeeper } from './answer-keeper.ts';
import { settleByCode } from './card-codes.ts';
import { illegalMove } from './status-moves.ts';
import { failedAttempt } from './upload-pdf.ts';

interface StatusParts {
  readonly records: Records;
  readonly answers: AnswerKeeper;
  readonly clients: WeChatClients;
  readonly clock: Clock;
}

/** Whether a refusal says that the card is in the wanted state already: an earlier answer was lost on its way. */
function saysItIsSo({ details }: AppError, status: ReimburseStatus): boolean {
  return (
    (details['errcode'] === 72060 && status === 'INVOICE_REIMBURSE_CANCEL') ||
    (details['errcode'] === 72061 && status === 'INVOICE_REIMBURSE_CLOSURE')
  );
}

/** Sets the status of an issued card at WeChat, by the card's own code (API section 6), and notes that it was set here. */
export async function updateCardStatus(
  { records, answers, clients, clock }: StatusParts,
  invoiceId: number,
  status: ReimburseStatus,
): Promise<Result<Invoice, AppError>> {
  // An earlier answer that waits to be written may be about this invoice.
  const ready = await answers.makeReady();
  if (!ready.ok) return ready;
  const invoice = records.invoices.find(invoiceId);
  if (!invoice) return fail(appError('invoice.not-found'));
  if (invoice.state !== 'issued') return fail(wrongState(invoice.state));
  const illegal = illegalMove(invoice, status);
  if (illegal) return fail(illegal);
  const code = invoice.cardCode;
  if (code === null) return fail(appError('invoice.no-card-code'));
  const template = invoice.templateId === null ? undefined : records.templates.find(invoice.templateId);
  if (!template) return fail(appError('template.not-found'));
  const client = await clients.of(invoice.accountId);
  if (!client.ok) return client;
  const startedAt = clock.now();
  const attempt = records.attempts.start(invoiceId, 'updatestatus', new Date(startedAt).toISOString());
  const sent = await client.value.updateStatus({ cardId: template.cardId, code, status });
  const answer = !sent.ok && saysItIsSo(sent.error, status) ? ok(undefined) : sent;
  const set = { cardId: template.cardId, code, status, attempt, startedAt, answer };
  const { orderId } = invoice.fields;
  return answers.record({
    invoiceId,
    attempt,
    words: wordsOfAnswer(orderId, status, answer),
    facts: { orderId, status },
    write: async () => records.inTransaction(() => noteSet({ records, clock }, invoice, set)),
  });
}

/** What an answer says of an order's status, for a person to note down. */
function wordsOfAnswer(orderId: string, status: ReimburseStatus, answer: Result<unknown, AppError>): Text {
  const label = reimburseStatusLabels[status];
  if (answer.ok) return { zhCN: `订单 ${orderId} 已改为“${label.zhCN}”`, en: `order ${orderId} is now "${label.en}"` };
  const { errcode = answer.error.code } = answer.error.details;
  return {
    zhCN: `订单 ${orderId} 没有改为“${label.zhCN}”（${errcode}）`,
    en: `order ${orderId} was not set to "${label.en}" (${errcode})`,
  };
}

interface SetStatus {
  readonly cardId: string;
  readonly code: string;
  readonly status: ReimburseStatus;
  readonly attempt: number;
  readonly startedAt: number;
  readonly answer: Result<unknown, AppError>;
}

/** Writes down what WeChat answered to a status that was set here. */
function noteSet(
  { records, clock }: Pick<StatusParts, 'records' | 'clock'>,
  invoice: Invoice,
  { cardId, code, status, attempt, startedAt, answer }: SetStatus,
): Result<Invoice, AppError> {
  const now = new Date(clock.now()).toISOString();
  records.attempts.finish(attempt, now, answer.ok ? { outcome: 'done' } : failedAttempt(answer.error));
  if (!answer.ok) return answer;
  const stored = records.events.record({
    accountId: invoice.accountId,
    invoiceId: invoice.id,
    dedupeKey: `set-here/${attempt}`,
    event: 'update_invoice_status',
    cardId,
    code,
    orderId: '',
    status,
    openid: invoice.openid ?? '',
    createTime: Math.floor(startedAt / 1000),
    source: 'set-here',
    authenticated: true,
    receivedAt: now,
    raw: '',
  });
  // What WeChat pushed meanwhile is newer than what was asked for before it.
  const isNewest = stored && isNewestOf(records, invoice.id, stored);
  const updated = records.invoices.addFacts(invoice.id, isNewest ? { reimburseStatus: status } : {}, now);
  return updated ? ok(updated) : fail(wrongState(invoice.state));
}

/** Whether no event of the invoice has a later CreateTime. */
function isNewestOf(records: Records, invoiceId: number, { id }: StatusEvent): boolean {
  return records.events.listOfInvoice(invoiceId).at(-1)?.id === id;
}

/**
 * Stores a decoded push once (WeChat repeats it up to three times) and applies its status to the invoice, unless a later
 * one by CreateTime was applied before. One of a card that no invoice has is parked until its code is known.
 * @returns the stored event, or undefined where it was seen before
 */
export function recordPush(
  records: Records,
  account: StoredAccount,
  push: WeChatPush,
  receivedAt: string,
): StatusEvent | undefined {
  const { event, openid, createTime, authenticated, raw } = push;
  const { cardId, code, status } = 'status' in push ? push : { cardId: '', code: '', status: '' };
  const invoice = code === '' ? undefined : records.invoices.findByCardCode(account.id, code);
  const orderId = 'orderId' in push ? push.orderId : '';
  return records.inTransaction(() => {
    const stored = records.events.record({
      accountId: account.id,
      invoiceId: invoice?.id ?? null,
      // CreateTime has steps of one second, so the card and its status belong to the key.
      dedupeKey: [account.appid, openid, createTime, event, cardId, code, status, orderId].join('/'),
      event,
      cardId,
      code,
      orderId,
      status,
      openid,
      createTime,
      source: 'push',
      authenticated,
      receivedAt,
      raw,
    });
    if (stored) noteDecision(records, account, push, receivedAt);
    if (!stored || !isReimburseStatus(status)) return stored;
    if (!invoice) return settleByPush(records, stored, receivedAt);
    if (isNewestOf(records, invoice.id, stored))
      records.invoices.addFacts(invoice.id, { reimburseStatus: status, openid }, receivedAt);
    return stored;
  });
}

/** A push of a card that no invoice has may settle one whose outcome, or whose code, is not known. */
function settleByPush(records: Records, stored: StatusEvent, receivedAt: string): StatusEvent {
  const { accountId, cardId, authenticated } = stored;
  // One that could be forged proves nothing. Cards that were issued by other means park thousands of codes: where no
  // invoice waits for one, they are not gone through.
  const isWaitedFor = authenticated && records.invoices.listLoose(accountId, cardId).length > 0;
  const settled = isWaitedFor ? settleByCode(records, accountId, cardId, receivedAt) : undefined;
  return settled?.cardCode === stored.code ? { ...stored, invoiceId: settled.id } : stored;
}
