import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { EventIn } from '../../shared/invoice/state.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Text } from '../../shared/text.ts';
import { landedErrcodes, putOffErrcodes } from '../../shared/wechat/insert-answers.ts';
import type { AttemptOutcome } from '../records/attempt-repository.ts';
import type { InvoiceChanges } from '../records/invoice-repository.ts';
import type { Records } from '../records/records.ts';
import type { InsertAnswer } from '../wechat/client.ts';
import type { Answered } from './answer-keeper.ts';
import { takeParked } from './card-codes.ts';
import { failedAttempt } from './upload-pdf.ts';

interface Sent {
  readonly event: 'send' | 'ask-again';
  /** Whether an earlier request for this very card may have made it. */
  readonly mayHaveLanded: boolean;
}

interface AnsweredRequest extends Sent {
  readonly invoiceId: number;
  readonly orderId: string;
  readonly attempt: number;
  readonly answer: InsertAnswer;
  readonly now: string;
}

interface Settlement {
  readonly event: EventIn<'sending'>;
  readonly changes: InvoiceChanges;
  readonly attempt: AttemptOutcome;
  /** What the caller is told beside the new state; absent: it is issued. */
  readonly error?: AppError;
}

function settleRefusal(sent: Sent, answer: Extract<InsertAnswer, { kind: 'refused' }>): Settlement {
  const { error, errcode } = answer;
  const attempt = failedAttempt(error);
  if (sent.mayHaveLanded && landedErrcodes.includes(errcode))
    return { event: 'accept', changes: { error: null }, attempt };
  // Another refusal of a repeat says nothing about the first request, so that stays unknown, for the reason it had.
  if (sent.event === 'ask-again') return { event: 'lose', changes: {}, attempt, error };
  if (putOffErrcodes.includes(errcode)) return { event: 'put-off', changes: { error }, attempt, error };
  return { event: 'refuse', changes: { error }, attempt, error };
}

/** What an answer to insert means for the invoice, by the state machine. */
export function settlementOf(sent: Sent, answer: InsertAnswer): Settlement {
  switch (answer.kind) {
    case 'issued': {
      const { code: cardCode, openid, unionid } = answer;
      return { event: 'accept', changes: { error: null, cardCode, openid, unionid }, attempt: { outcome: 'done' } };
    }
    case 'refused':
      return settleRefusal(sent, answer);
    case 'not-sent':
      return sent.event === 'send'
        ? { event: 'not-sent', changes: { error: answer.error }, attempt: { outcome: 'not-sent' }, error: answer.error }
        : { event: 'lose', changes: {}, attempt: { outcome: 'not-sent' }, error: answer.error };
    case 'unknown':
      return {
        event: 'lose',
        changes: { error: answer.error },
        attempt: { outcome: 'unknown' },
        error: answer.error,
      };
  }
}

/** What an answer says of an order, for a person to note down. */
function wordsOfAnswer(orderId: string, answer: InsertAnswer): Text {
  switch (answer.kind) {
    case 'issued':
      return {
        zhCN: `订单 ${orderId} 已开具，卡券编号 ${answer.code}`,
        en: `order ${orderId} was issued, its card code is ${answer.code}`,
      };
    case 'refused':
      return {
        zhCN: `订单 ${orderId} 被拒绝（${answer.errcode}）`,
        en: `order ${orderId} was refused (${answer.errcode})`,
      };
    case 'not-sent':
      return { zhCN: `订单 ${orderId} 没有发出`, en: `order ${orderId} was not sent` };
    case 'unknown':
      return { zhCN: `订单 ${orderId} 没有回答`, en: `order ${orderId} got no answer` };
  }
}

/** Writes the outcome of an insert: the attempt and the invoice in one durable step. */
async function recordAnswer(records: Records, sent: AnsweredRequest): Promise<Result<Invoice, AppError>> {
  const { event, changes, attempt, error } = settlementOf(sent, sent.answer);
  const invoice = await records.inSharedTransaction(() => {
    records.attempts.finish(sent.attempt, sent.now, attempt);
    const settled = records.invoices.apply(sent.invoiceId, 'sending', event, sent.now, changes);
    return settled && takeParked(records, settled, sent.now);
  });
  if (!invoice) throw new Error(`invoice ${sent.invoiceId} was not sending when its answer came`);
  return error ? fail(error) : ok(invoice);
}

/** An answer to insert, to be written down by the one who keeps those that the disk does not take. */
export function answeredInsert(records: Records, sent: AnsweredRequest): Answered {
  const { invoiceId, orderId, attempt, answer } = sent;
  return {
    invoiceId,
    attempt,
    words: wordsOfAnswer(orderId, answer),
    facts: { orderId, ...(answer.kind === 'issued' ? { cardCode: answer.code } : {}) },
    write: () => recordAnswer(records, sent),
  };
}
