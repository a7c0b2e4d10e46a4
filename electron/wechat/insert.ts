import * as z from 'zod';
import type { ErrorDetails } from '../../shared/errors/app-error.ts';
import type { Text } from '../../shared/text.ts';
import { describeErrmsg, errorFromWeChat } from '../../shared/wechat/error-table.ts';
import { optionalIdSchema } from './answer.ts';
import type { Call, Caller } from './call.ts';
import type { InsertAnswer, UnknownReason } from './client-types.ts';
import { errorFromTransport, errorWithReason } from './failures.ts';
import type { TransportFailure } from './transport.ts';

// Without an errcode only a card's code proves success.
const answerSchema = z
  .object({
    errcode: z.unknown().optional(),
    code: optionalIdSchema,
    openid: optionalIdSchema,
    unionid: optionalIdSchema,
  })
  .refine(({ errcode, code }) => errcode !== undefined || code !== null, { path: ['errcode'] });

/** API section 5: one request on a connection of its own, and exactly what is known about it afterwards. */
export async function insertCard(caller: Caller, body: Uint8Array): Promise<InsertAnswer> {
  const call: Call<z.output<typeof answerSchema>> = {
    name: 'insert',
    path: '/card/invoice/insert',
    manner: 'alone',
    body: () => body,
    schema: answerSchema,
  };
  const outcome = await caller.exchange(call);
  switch (outcome.kind) {
    case 'value': {
      const { code, openid, unionid } = outcome.value;
      return { kind: 'issued', code, openid, unionid };
    }
    case 'refusal':
      return refused(outcome.refusal.errcode, outcome.refusal.errmsg);
    case 'no-token':
      return { kind: 'not-sent', error: outcome.error };
    case 'no-answer':
      return withoutAnswer(outcome.failure);
    case 'unreadable': {
      const reason = outcome.error.code === 'wechat.http-status' ? 'http-status' : 'not-understood';
      return unknown(reason, outcome.error.text, outcome.error.details);
    }
  }
}

function refused(errcode: number, errmsg: string): InsertAnswer {
  // -1 is WeChat's own fault at an unknown point of its work; after it nobody may say that there is no card.
  if (errcode === -1)
    return unknown(
      'system-error',
      { zhCN: '微信回答“系统繁忙”', en: 'WeChat answered "system error"' },
      { errcode, ...describeErrmsg(errmsg) },
    );
  return { kind: 'refused', errcode, error: errorFromWeChat({ errcode, errmsg, call: 'insert' }) };
}

function withoutAnswer(failure: TransportFailure): InsertAnswer {
  const error = errorFromTransport(failure);
  if (!failure.sent) return { kind: 'not-sent', error };
  const reason = failure.kind === 'too-large' ? 'not-understood' : failure.kind;
  return unknown(reason, error.text, error.details);
}

function unknown(reason: UnknownReason, why: Text, details: ErrorDetails): InsertAnswer {
  return {
    kind: 'unknown',
    reason,
    error: errorWithReason('issue.outcome-unknown', why, { ...details, outcome: reason }),
  };
}
