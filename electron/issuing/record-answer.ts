import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { EventIn } from '../../shared/invoice/state.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { landedErrcodes, putOffErrcodes } from '../../shared/wechat/insert-answers.ts';
import type { AttemptOutcome } from '../records/attempt-repository.ts';
import type { InvoiceChanges } from '../records/invoice-repository.ts';
import type { Records } from '../records/records.ts';
import type { InsertAnswer } from '../wechat/client.ts';
import { takeParked } from './card-codes.ts';
import { failedAttempt } from './upload-pdf.ts';

interface Sent {
  readonly event: 'send' | 'ask-again';
  /** Whether an earlier request for this very card may have made it. */
  readonly mayHaveLanded: boolean;
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

/** Writes the outcome of an insert: the attempt and the invoice in one durable step. */
export async function recordAnswer(
  records: Records,
  sent: Sent & {
    readonly invoiceId: number;
    readonly attempt: number;
    readonly answer: InsertAnswer;
    readonly now: string;
  },
): Promise<Result<Invoice, AppError>> {
  const { event, changes, attempt, error } = settlementOf(sent, sent.answer);
  const invoice = await records.inSharedTransaction(() => {
    records.attempts.finish(sent.attempt, sent.now, attempt);
    const settled = records.invoices.apply(sent.invoiceId, 'sending', event, sent.now, changes);
    return settled && takeParked(records, settled, sent.now);
  });
  if (!invoice) throw new Error(`invoice ${sent.invoiceId} was not sending when its answer came`);
  return error ? fail(error) : ok(invoice);
}
