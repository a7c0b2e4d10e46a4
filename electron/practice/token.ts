import { randomBytes } from 'node:crypto';
import type { TokenRecord } from './books.ts';
import { type Call, type Endpoints, textOf } from './call.ts';
import type { PracticeContext } from './context.ts';
import type { PracticeApp } from './practice-types.ts';
import { acceptBare, type Reply, refuse } from './replies.ts';

const lifetimeMs = 7200_000;
/** How long an old token lives on beside a new one, and how early the stable one is renewed. */
const overlapMs = 300_000;
const forcedPerDay = 20;
const forcedApartMs = 30_000;

const noApp: PracticeApp = { appid: '', secret: '', customerMustAuthorise: false };

function issue(context: PracticeContext, appid: string, kind: TokenRecord['kind'], now: number): TokenRecord {
  for (const { token, expiresAt } of [...context.books.tokens.values()])
    if (expiresAt < now - lifetimeMs) context.books.tokens.delete(token);
  const token = `88_${randomBytes(100).toString('base64url')}`;
  const record: TokenRecord = { token, appid, kind, issuedAt: now, expiresAt: now + lifetimeMs, replacedAt: null };
  context.books.tokens.put(token, record);
  context.journal.countToken();
  return record;
}

function replace(context: PracticeContext, appid: string, kind: TokenRecord['kind'], at: number): void {
  for (const record of [...context.books.tokens.values()])
    if (record.appid === appid && record.kind === kind && record.replacedAt === null)
      context.books.tokens.put(record.token, { ...record, replacedAt: at });
}

function answer({ token, expiresAt }: TokenRecord, now: number): Reply {
  return acceptBare({ access_token: token, expires_in: Math.floor((expiresAt - now) / 1000) });
}

interface Credentials {
  readonly grantType: string | undefined;
  readonly appid: string | undefined;
  readonly secret: string | undefined;
}

function checkCredentials(call: Call, given: Credentials, wrongSecret: number): PracticeApp | Reply {
  if (given.appid === undefined) return refuse(41002);
  if (given.secret === undefined) return refuse(41004);
  if (given.grantType !== 'client_credential') return refuse(40002);
  const app = call.context.books.apps.get(given.appid);
  if (app === undefined) return refuse(40013);
  const ip = call.clientIp;
  if (app.allowedIps !== undefined && !app.allowedIps.includes(ip))
    // Both forms of the message are seen in the wild.
    return wrongSecret === 40001
      ? refuse(40164, `invalid ip ${ip}, not in whitelist hint: [practice]`)
      : refuse(40164, `invalid ip ${ip} ipv6 ::ffff:${ip}, not in whitelist`);
  return app.secret === given.secret ? app : refuse(wrongSecret);
}

function plainToken(call: Call): Reply {
  const { query, context } = call;
  const part = (name: string) => query.get(name) ?? undefined;
  const app = checkCredentials(
    call,
    { grantType: part('grant_type'), appid: part('appid') || undefined, secret: part('secret') || undefined },
    40001,
  );
  if ('errcode' in app) return app;
  const now = context.now();
  replace(context, app.appid, 'plain', now + overlapMs);
  return answer(issue(context, app.appid, 'plain', now), now);
}

function stableToken(call: Call): Reply {
  const { json, context } = call;
  const app = checkCredentials(
    call,
    { grantType: textOf(json, 'grant_type'), appid: textOf(json, 'appid'), secret: textOf(json, 'secret') },
    40125,
  );
  if ('errcode' in app) return app;
  const now = context.now();
  const current = [...context.books.tokens.values()].findLast(
    ({ appid, kind, replacedAt, expiresAt }) =>
      appid === app.appid && kind === 'stable' && replacedAt === null && expiresAt > now,
  );
  if (json['force_refresh'] === true) return forcedToken(context, app.appid, current);
  if (current !== undefined && current.expiresAt - now > overlapMs) return answer(current, now);
  replace(context, app.appid, 'stable', now + overlapMs);
  return answer(issue(context, app.appid, 'stable', now), now);
}

/** Twenty a day; within thirty seconds of the last one nothing is refreshed. The old token dies at once. */
function forcedToken(context: PracticeContext, appid: string, current: TokenRecord | undefined): Reply {
  const now = context.now();
  const key = `forced ${appid}`;
  // Written by the lines below only.
  const earlier = ((context.books.meta.get(key) ?? []) as number[]).filter((at) => at > now - 86_400_000);
  const last = earlier.at(-1);
  if (current !== undefined && last !== undefined && now - last < forcedApartMs) return answer(current, now);
  if (earlier.length >= forcedPerDay) return refuse(45009);
  context.books.meta.put(key, [...earlier, now]);
  replace(context, appid, 'stable', now);
  return answer(issue(context, appid, 'stable', now), now);
}

/** Whose token it is, or the refusal that fits its fault. */
export function checkToken(context: PracticeContext, token: string | null): PracticeApp | Reply {
  if (token === null || token === '') return refuse(41001);
  if (!/^[\w-]{20,512}$/.test(token)) return refuse(40014);
  const record = context.books.tokens.get(token);
  if (record === undefined) return refuse(40001);
  const now = context.now();
  if (record.replacedAt !== null && record.replacedAt <= now) return refuse(40001);
  if (record.expiresAt <= now) return refuse(42001);
  return context.books.apps.get(record.appid) ?? refuse(40001);
}

/** Makes a token expire now, for the misbehaviour of that name. */
export function expireToken(context: PracticeContext, token: string | null): void {
  const record = context.books.tokens.get(token ?? '');
  if (record !== undefined) context.books.tokens.put(record.token, { ...record, expiresAt: context.now() });
}

export { noApp };

export const tokenEndpoints: Endpoints = {
  '/cgi-bin/token': { method: 'GET', body: 'none', needs: 'no-token', handle: plainToken },
  '/cgi-bin/stable_token': { method: 'POST', body: 'json', needs: 'no-token', handle: stableToken },
};
