import * as z from 'zod';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errorFromWeChat } from '../../shared/wechat/error-table.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { readAnswer, secondsSchema } from './answer.ts';
import { errorFromTransport } from './failures.ts';
import { encodeJson } from './json.ts';
import type { Transport } from './transport.ts';

const path = '/cgi-bin/stable_token';
const answerSchema = z.object({ access_token: z.string().min(1), expires_in: secondsSchema });

interface Token {
  readonly value: string;
  readonly expiresInSeconds: number;
  /** Milliseconds since 1970; from then on a new one is fetched first. */
  readonly renewAtMs: number;
}

export interface TokenStore {
  /** The token at hand, or a new one. */
  obtain(): Promise<Result<string, AppError>>;
  /** Another token after WeChat turned `refused` away. */
  replace(refused: string): Promise<Result<string, AppError>>;
  /** Asks WeChat even where a token is at hand. */
  fetchAnew(): Promise<Result<{ readonly expiresInSeconds: number }, AppError>>;
}

// The platform renews its stable token 5 minutes before the end, and refuses to force a new one more often than this.
const longestHeadStartMs = 300_000;
const betweenForcedMs = 30_000;

/**
 * Keeps the account's access token: one request at a time for all callers, from `stable_token`, which hands every desk of
 * the merchant the same one, so that they do not put each other out.
 */
export function createTokenStore(parts: {
  readonly appid: string;
  readSecret(): Promise<Result<string, AppError>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly transport: Transport;
}): TokenStore {
  let cached: Token | undefined;
  let flight: Promise<Result<Token, AppError>> | undefined;
  let lastForcedAtMs = Number.NEGATIVE_INFINITY;

  async function request(isForced: boolean): Promise<Result<Token, AppError>> {
    const secret = await parts.readSecret();
    if (!secret.ok) return secret;
    const askedAtMs = parts.clock.now();
    const answer = await requestToken(parts, secret.value, isForced);
    if (!answer.ok) {
      parts.log.warn('wechat.token', { outcome: answer.error.code, isForced });
      return answer;
    }
    const { access_token: value, expires_in: expiresInSeconds } = answer.value;
    const lifetimeMs = expiresInSeconds * 1000;
    const renewAtMs = askedAtMs + lifetimeMs - Math.min(longestHeadStartMs, lifetimeMs / 10);
    cached = { value, expiresInSeconds, renewAtMs };
    parts.log.info('wechat.token', { outcome: 'ok', isForced, expiresInSeconds });
    return ok(cached);
  }

  function share(isForced: boolean): Promise<Result<Token, AppError>> {
    flight ??= request(isForced).finally(() => {
      flight = undefined;
    });
    return flight;
  }

  const otherThan = (refused: string) => (cached && cached.value !== refused ? cached : undefined);

  async function fetchOther(refused: string): Promise<Result<Token, AppError>> {
    const newer = otherThan(refused);
    if (newer) return ok(newer);
    cached = undefined;
    const fetched = await share(false);
    if (!fetched.ok || fetched.value.value !== refused) return fetched;
    // WeChat handed out the very token it had turned away: only force makes it let go. 20 times a day at most.
    const newest = otherThan(refused);
    if (newest) return ok(newest);
    if (!flight && parts.clock.now() - lastForcedAtMs < betweenForcedMs) return fetched;
    if (!flight) lastForcedAtMs = parts.clock.now();
    return share(true);
  }

  return {
    async obtain() {
      if (cached && parts.clock.now() < cached.renewAtMs) return ok(cached.value);
      return textOf(await share(false));
    },
    async replace(refused) {
      return textOf(await fetchOther(refused));
    },
    async fetchAnew() {
      const fetched = await share(false);
      return fetched.ok ? ok({ expiresInSeconds: fetched.value.expiresInSeconds }) : fetched;
    },
  };
}

const textOf = (token: Result<Token, AppError>) => (token.ok ? ok(token.value.value) : token);

async function requestToken(
  { appid, transport }: { readonly appid: string; readonly transport: Transport },
  secret: string,
  isForced: boolean,
): Promise<Result<z.output<typeof answerSchema>, AppError>> {
  const body = encodeJson({
    grant_type: 'client_credential',
    appid,
    secret,
    ...(isForced ? { force_refresh: true } : {}),
  });
  const send = () => transport.send({ path, headers: { 'content-type': 'application/json' }, body, manner: 'plain' });
  let answer = await send();
  // Fetching the stable token twice changes nothing; forcing it twice does.
  if (!answer.ok && answer.error.kind === 'connection-lost' && !isForced) answer = await send();
  if (!answer.ok) return fail(errorFromTransport(answer.error));
  const read = readAnswer(answer.value, answerSchema, [secret]);
  switch (read.kind) {
    case 'value':
      return ok(read.value);
    case 'refusal':
      return fail(errorFromWeChat({ ...read.refusal, call: 'token' }));
    case 'unreadable':
      return fail(read.error);
  }
}
