import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { attributeEndpoints } from './attributes.ts';
import type { Call, Endpoint, Endpoints, JsonObject } from './call.ts';
import { cardEndpoints } from './cards.ts';
import type { PracticeContext } from './context.ts';
import { customerEndpoints } from './customers.ts';
import { type HttpAnswer, jsonAnswer, type ReadBody, readBody, sendAnswer } from './http.ts';
import { imageEndpoints } from './images.ts';
import { isReply, parseJsonBody } from './json-body.ts';
import { endConnection, sendMisbehaving } from './misbehaving-answer.ts';
import { isProcessed } from './misbehaviour.ts';
import { pdfEndpoints } from './pdfs.ts';
import type { Misbehaviour, PracticeApp } from './practice-types.ts';
import { countCall, createQuotaEndpoints } from './quota.ts';
import { createRid, type Reply, refuse, replyBody } from './replies.ts';
import { statusEndpoints } from './statuses.ts';
import { templateEndpoints } from './templates.ts';
import { checkToken, expireToken, noApp, tokenEndpoints } from './token.ts';

const endpoints: Endpoints = {
  ...tokenEndpoints,
  ...templateEndpoints,
  ...pdfEndpoints,
  ...cardEndpoints,
  ...statusEndpoints,
  ...customerEndpoints,
  ...attributeEndpoints,
  ...imageEndpoints,
  ...createQuotaEndpoints(() => Object.keys(endpoints)),
};

const stringErrcodePaths = ['/card/invoice/seturl', '/card/invoice/platform/createcard'];

interface Request {
  readonly rid: string;
  readonly startedAt: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly clientIp: string;
}

function readRequest(context: PracticeContext, incoming: IncomingMessage): Request {
  const url = new URL(incoming.url ?? '/', 'http://practice');
  const remote = incoming.socket.remoteAddress ?? '127.0.0.1';
  return {
    rid: createRid(),
    startedAt: context.now(),
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    contentType: incoming.headers['content-type'] ?? '',
    clientIp: context.settings().clientIp ?? remote.replace(/^::ffff:/, ''),
  };
}

/** What is shown of a body in the books: texts short, secrets out, files as their size. */
function excerpt(body: ReadBody, contentType: string): string {
  if (typeof body === 'string') return body;
  if (contentType.startsWith('multipart/')) return `multipart, ${body.length} bytes`;
  return body
    .subarray(0, 400)
    .toString('utf8')
    .replaceAll(/("secret"\s*:\s*)"[^"]*"/g, '$1"***"');
}

interface Outcome {
  readonly reply: Reply;
  readonly app: PracticeApp | undefined;
}

async function work(
  context: PracticeContext,
  endpoint: Endpoint,
  { query, path, method, contentType, clientIp }: Request,
  body: Buffer,
): Promise<Outcome> {
  let app: PracticeApp | undefined;
  if (endpoint.needs !== 'no-token') {
    const owner = checkToken(context, query.get('access_token'));
    if ('errcode' in owner) return { reply: owner, app };
    app = owner;
  }
  if (method !== endpoint.method) return { reply: refuse(endpoint.method === 'POST' ? 43002 : 43001), app };
  if (endpoint.needs === 'plugin' && app?.hasInvoicePlugin === false) return { reply: refuse(48001), app };
  const overQuota = countCall(context, app?.appid ?? '', path);
  if (overQuota !== undefined) return { reply: overQuota, app };
  const json: JsonObject | Reply = endpoint.body === 'json' ? parseJsonBody(body) : {};
  if (isReply(json)) return { reply: json, app };
  const call: Call = { context, path, query, headers: { contentType }, body, json, app: app ?? noApp, clientIp };
  return { reply: await endpoint.handle(call), app };
}

/** Does the work of a call; what fails unexpectedly is -1, as with the real one, and stands in the books. */
async function workSafely(context: PracticeContext, request: Request, body: ReadBody): Promise<Outcome> {
  const endpoint = Object.hasOwn(endpoints, request.path) ? endpoints[request.path] : undefined;
  if (endpoint === undefined) return { reply: refuse(40066), app: undefined };
  if (typeof body === 'string') return { reply: refuse(45001), app: undefined };
  try {
    const outcome = await work(context, endpoint, request, body);
    await context.books.settle();
    return outcome;
  } catch (error) {
    context.journal.noteFault(request.rid, error);
    return { reply: refuse(-1), app: undefined };
  }
}

function toHttp(context: PracticeContext, request: Request, reply: Reply): HttpAnswer {
  const settings = context.settings();
  let body = replyBody(reply, request.rid);
  if (settings.unknownFields) body = { ...body, practice_extra: { note: '未公布的字段', list: [1, null] } };
  if (settings.errcodeAsString && stringErrcodePaths.includes(request.path))
    body = { ...body, errcode: String(body['errcode']) };
  return jsonAnswer(body, reply.errcode === 40066 ? 404 : 200);
}

interface Noted {
  readonly outcome: Outcome;
  readonly answer: HttpAnswer | undefined;
  readonly body: ReadBody;
  readonly processed: boolean;
  readonly rule: Misbehaviour | undefined;
}

function note(context: PracticeContext, request: Request, { outcome, answer, body, processed, rule }: Noted): void {
  const text = excerpt(body, request.contentType);
  const appid = outcome.app?.appid ?? null;
  context.journal.note({
    at: request.startedAt,
    rid: request.rid,
    method: request.method,
    path: request.path,
    appid,
    httpStatus: answer?.status ?? null,
    errcode: answer === undefined ? null : outcome.reply.errcode,
    body: text,
    processed,
    misbehaviour: rule?.kind ?? null,
  });
  context.journal.noteRid(request.rid, {
    appid,
    invoke_time: Math.floor(request.startedAt / 1000),
    cost_in_ms: context.now() - request.startedAt,
    request_url: request.path,
    request_body: text,
    response_body: answer === undefined ? '' : answer.body.subarray(0, 400).toString('utf8'),
    client_ip: request.clientIp,
  });
}

const notDone: Outcome = { reply: refuse(-1), app: undefined };

async function answerMisbehaving(
  context: PracticeContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  rule: Misbehaviour,
): Promise<void> {
  const request = readRequest(context, incoming);
  const processed = isProcessed(rule);
  if (rule.kind === 'drop-before' && !processed) {
    note(context, request, { outcome: notDone, answer: undefined, body: 'broken', processed, rule });
    return endConnection(outgoing.socket, rule.end);
  }
  const body = await readBody(incoming);
  if (rule.kind === 'delay-ms') await sleep(rule.milliseconds, undefined, { ref: false });
  if (rule.kind === 'token-expired') expireToken(context, request.query.get('access_token'));
  const isWorked = processed || rule.kind === 'token-expired';
  const worked = isWorked ? await workSafely(context, request, body) : notDone;
  const outcome = rule.kind === 'errcode' ? { ...worked, reply: refuse(rule.errcode, rule.errmsg) } : worked;
  const answer = toHttp(context, request, outcome.reply);
  const isSilent = rule.kind === 'drop-before' || rule.kind === 'drop-after' || rule.kind === 'hang';
  note(context, request, { outcome, answer: isSilent ? undefined : answer, body, processed, rule });
  await sendMisbehaving(outgoing, answer, rule);
}

/** Answers one call of WeChat's API. What is processed stands in the books before a byte of the answer leaves. */
export async function answerCall(
  context: PracticeContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const path = (incoming.url ?? '/').split('?', 1)[0] ?? '/';
  const rule = context.misbehaviours.next(path);
  if (rule !== undefined) return answerMisbehaving(context, incoming, outgoing, rule);
  const request = readRequest(context, incoming);
  const body = await readBody(incoming);
  // Half a request is nothing to work on; nobody is there to be answered.
  if (body === 'broken') return void outgoing.destroy();
  const outcome = await workSafely(context, request, body);
  const answer = toHttp(context, request, outcome.reply);
  note(context, request, { outcome, answer, body, processed: true, rule: undefined });
  sendAnswer(outgoing, answer);
}
