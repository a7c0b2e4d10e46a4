import type { Readable } from 'node:stream';
import type * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errorFromWeChat, type WeChatCall } from '../../shared/wechat/error-table.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { TokenStore } from './access-token.ts';
import { type ReadAnswer, readAnswer } from './answer.ts';
import { errorFromTransport } from './failures.ts';
import type { HttpAnswer, HttpRequest, Transport, TransportFailure } from './transport.ts';

/** One call of the API. The body is made for each sending, since a stream can be read once. */
export interface Call<Value> {
  readonly name: WeChatCall;
  /** With its own query string, without the token. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly manner?: HttpRequest['manner'];
  /** Whether doing it twice is the same as once; then a lost connection is tried once more. */
  readonly isRead?: boolean;
  /** Absent: a GET. */
  body?(): Uint8Array | Readable;
  readonly schema: z.ZodType<Value>;
}

/** How a call ended, in full. Most callers want {@link Caller.call}. */
type CallOutcome<Value> =
  | ReadAnswer<Value>
  /** No answer came. */
  | { readonly kind: 'no-answer'; readonly failure: TransportFailure }
  /** There was no access token to call with, so WeChat did nothing. */
  | { readonly kind: 'no-token'; readonly error: AppError };

export interface Caller {
  call<Value>(call: Call<Value>): Promise<Result<Value, AppError>>;
  exchange<Value>(call: Call<Value>): Promise<CallOutcome<Value>>;
}

// WeChat checks the token before it does anything, so a call refused with one of these was not processed.
const tokenErrcodes: readonly number[] = [40001, 40014, 42001];

/** Calls with the account's token. A refused token is renewed once and the call repeated once, never more. */
export function createCaller(parts: {
  readonly transport: Transport;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly log: Log;
}): Caller {
  const { transport, tokens, clock, log } = parts;

  async function send(call: Call<unknown>, token: string): Promise<Result<HttpAnswer, TransportFailure>> {
    const path = `${call.path}${call.path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
    const headers = call.headers ?? (call.body ? { 'content-type': 'application/json' } : {});
    const once = () => transport.send({ path, headers, body: call.body?.() ?? null, manner: call.manner ?? 'plain' });
    const answer = await once();
    const isToRepeat = !answer.ok && answer.error.kind === 'connection-lost' && call.isRead === true;
    return isToRepeat ? once() : answer;
  }

  async function attempt<Value>(call: Call<Value>, token: string): Promise<CallOutcome<Value>> {
    const startedAtMs = clock.now();
    const answer = await send(call, token);
    const outcome: CallOutcome<Value> = answer.ok
      ? readAnswer(answer.value, call.schema, [token])
      : { kind: 'no-answer', failure: answer.error };
    log.info('wechat.call', {
      call: call.name,
      outcome: outcome.kind,
      errcode: outcome.kind === 'refusal' ? outcome.refusal.errcode : null,
      milliseconds: clock.now() - startedAtMs,
    });
    return outcome;
  }

  async function exchange<Value>(call: Call<Value>): Promise<CallOutcome<Value>> {
    const token = await tokens.obtain();
    if (!token.ok) return { kind: 'no-token', error: token.error };
    const first = await attempt(call, token.value);
    if (first.kind !== 'refusal' || !tokenErrcodes.includes(first.refusal.errcode)) return first;
    const other = await tokens.replace(token.value);
    if (!other.ok) return { kind: 'no-token', error: other.error };
    return attempt(call, other.value);
  }

  return {
    exchange,
    async call(call) {
      const outcome = await exchange(call);
      switch (outcome.kind) {
        case 'value':
          return ok(outcome.value);
        case 'refusal':
          return fail(errorFromWeChat({ ...outcome.refusal, call: call.name }));
        case 'no-answer':
          return fail(errorFromTransport(outcome.failure));
        case 'unreadable':
        case 'no-token':
          return fail(outcome.error);
      }
    },
  };
}
