import { createHash, randomBytes } from 'node:crypto';
import { request } from 'undici';
import type { PracticeContext } from './context.ts';
import { ControlFault } from './control-fault.ts';
import {
  type CardRecord,
  type OrderRecord,
  type PracticeApp,
  type PushInput,
  type PushOutcome,
  pushSchema,
} from './practice-types.ts';
import { encryptPush, signPush } from './push-crypto.ts';
import { platformIdOf } from './templates.ts';

/** WeChat waits five seconds, then sends again, three times at most. */
const patienceMs = 5000;
const longestAnswer = 2000;

type PushFields = readonly (readonly [name: string, value: string | number])[];

/** The account's own id in pushes. */
function originalIdOf(appid: string): string {
  return `gh_${createHash('sha1').update(appid).digest('hex').slice(0, 12)}`;
}

function toXml(fields: PushFields): string {
  const lines = fields.map(([name, value]) =>
    typeof value === 'number'
      ? `<${name}>${value}</${name}>`
      : // A CDATA section cannot hold its own end.
        `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`,
  );
  return `<xml>${lines.join('\n')}</xml>`;
}

function write(fields: PushFields, format: PushInput['format']): string {
  return format === 'json' ? JSON.stringify(Object.fromEntries(fields)) : toXml(fields);
}

function eventFields(context: PracticeContext, app: PracticeApp, input: PushInput): PushFields {
  const card = input.code === undefined ? undefined : context.books.cards.get(input.code);
  const head: PushFields = [
    ['ToUserName', originalIdOf(app.appid)],
    ['FromUserName', input.openid ?? card?.openid ?? 'oPRACTICE00000000000000000001'.slice(0, 28)],
    ['CreateTime', input.createTime ?? Math.floor(context.now() / 1000)],
    ['MsgType', 'event'],
    ['Event', input.event],
  ];
  if (input.event === 'update_invoice_status')
    return [
      ...head,
      ['Status', input.status ?? card?.status ?? 'INVOICE_REIMBURSE_INIT'],
      ['CardId', input.cardId ?? card?.cardId ?? ''],
      ['Code', input.code ?? ''],
    ];
  return [
    ...head,
    ['SuccOrderId', input.failed === true ? '' : (input.orderId ?? '')],
    ['FailOrderId', input.failed === true ? (input.orderId ?? '') : ''],
    ['AuthorizeAppId', app.appid],
    ['Source', 'web'],
    ['SPAppId', platformIdOf(app.appid)],
  ];
}

interface Message {
  readonly query: URLSearchParams;
  readonly body: string;
}

function flip(text: string): string {
  return (text.startsWith('0') ? '1' : '0') + text.slice(1);
}

function compose(context: PracticeContext, app: PracticeApp, input: PushInput, fields: PushFields): Message {
  const token = app.pushToken ?? '';
  const timestamp = String(Math.floor(context.now() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const signature = signPush(token, timestamp, nonce);
  const query = new URLSearchParams({
    signature: input.spoil === 'signature' ? flip(signature) : signature,
    timestamp,
    nonce,
    openid: String(fields.find(([name]) => name === 'FromUserName')?.[1] ?? ''),
  });
  if (input.mode === 'plain' || input.mode === undefined) return { query, body: write(fields, input.format) };
  if (app.encodingAesKey === undefined) throw new ControlFault(`${app.appid} has no EncodingAESKey`);
  const owner = input.spoil === 'appid' ? `${app.appid}x` : app.appid;
  const encrypted = encryptPush(write(fields, input.format), app.encodingAesKey, owner);
  const cipher = input.spoil === 'cipher' ? encrypted.slice(0, -8) : encrypted;
  const mark = signPush(token, timestamp, nonce, cipher);
  query.set('encrypt_type', 'aes');
  query.set('msg_signature', input.spoil === 'msg-signature' ? flip(mark) : mark);
  const shown = input.mode === 'compat' ? fields : fields.slice(0, 1);
  return { query, body: write([...shown, ['Encrypt', cipher]], input.format) };
}

async function deliver(url: URL, body: string, format: PushInput['format'], attempts: number): Promise<PushOutcome> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: { 'content-type': format === 'json' ? 'application/json' : 'text/xml' },
        body,
        reset: true,
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: text.slice(0, longestAnswer), attempts: attempt };
    } catch {
      // Nobody there, or nobody who answers in time: the same message goes out again.
    }
  }
  return { status: null, body: '', attempts };
}

function appOf(context: PracticeContext, appid: string): PracticeApp {
  const app = context.books.apps.get(appid);
  if (app === undefined) throw new ControlFault(`no account ${appid}`);
  return app;
}

function targetOf(app: PracticeApp, query: URLSearchParams): URL {
  if (app.pushUrl === undefined || !URL.canParse(app.pushUrl)) throw new ControlFault(`${app.appid} has no push URL`);
  const url = new URL(app.pushUrl);
  for (const [name, value] of query) url.searchParams.set(name, value);
  return url;
}

/** Sends an event as WeChat would, and answers what the receiver answered. */
export async function push(context: PracticeContext, input: PushInput): Promise<PushOutcome> {
  const app = appOf(context, input.appid);
  const { query, body } = compose(context, app, input, eventFields(context, app, input));
  return deliver(targetOf(app, query), body, input.format, input.attempts ?? 1);
}

/** The GET with which WeChat tests a push address; `spoil`: with a wrong signature. */
export async function pushHandshake(
  context: PracticeContext,
  appid: string,
  spoil: boolean,
): Promise<PushOutcome & { readonly echostr: string }> {
  const app = appOf(context, appid);
  const echostr = String(randomBytes(8).readBigUInt64BE());
  const timestamp = String(Math.floor(context.now() / 1000));
  const nonce = String(randomBytes(4).readUInt32BE());
  const signature = signPush(app.pushToken ?? '', timestamp, nonce);
  const query = new URLSearchParams({ signature: spoil ? flip(signature) : signature, timestamp, nonce, echostr });
  try {
    const answer = await request(targetOf(app, query), { reset: true, signal: AbortSignal.timeout(patienceMs) });
    const body = (await answer.body.text()).slice(0, longestAnswer);
    return { status: answer.statusCode, body, attempts: 1, echostr };
  } catch (error) {
    if (error instanceof ControlFault) throw error;
    return { status: null, body: '', attempts: 1, echostr };
  }
}

async function pushWhereWanted(context: PracticeContext, app: PracticeApp | undefined, input: object) {
  if (app?.pushUrl === undefined) return null;
  const mode = app.encodingAesKey === undefined ? 'plain' : 'safe';
  return push(context, pushSchema.parse({ ...input, appid: app.appid, mode, attempts: 4 }));
}

/** What WeChat sends by itself after a reimbursing company changed a card. `null`: the account wants no pushes. */
export function pushStatus(context: PracticeContext, card: CardRecord): Promise<PushOutcome | null> {
  const { code, cardId, status, openid, appid } = card;
  const input = { event: 'update_invoice_status', code, cardId, status, openid };
  return pushWhereWanted(context, context.books.apps.get(appid), input);
}

/** What WeChat sends by itself after a customer decided on the authorisation page. */
export function pushAuthorisation(context: PracticeContext, order: OrderRecord): Promise<PushOutcome | null> {
  const input = {
    event: 'user_authorize_invoice',
    orderId: order.orderId,
    openid: order.openid,
    failed: order.state !== 'authorised',
  };
  return pushWhereWanted(context, context.books.apps.get(order.platformAppid), input);
}
