import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Text } from '../../shared/text.ts';
import { errorWithReason } from './failures.ts';
import { type DecryptFault, decryptMessage, verifyMessageSignature, verifyPlainSignature } from './push-crypto.ts';
import { type PushFields, readEnvelope } from './push-envelope.ts';

interface PushCommon {
  /** Event, or MsgType where it is no event. */
  readonly event: string;
  /** FromUserName. */
  readonly openid: string;
  /** The account's id gh_… (ToUserName). */
  readonly accountId: string;
  /** Seconds since 1970. */
  readonly createTime: number;
  /** Whether the signature covered the content (safe mode). A plain push could be forged by whoever saw one address. */
  readonly authenticated: boolean;
  /** The message as it was read, decrypted. */
  readonly raw: string;
}

/** API section 7: the reimbursement status of a card changed. */
interface StatusPush extends PushCommon {
  readonly type: 'update_invoice_status';
  readonly status: string;
  readonly cardId: string;
  readonly code: string;
}

/** A customer authorised an order, or failed to. */
interface AuthorisationPush extends PushCommon {
  readonly type: 'user_authorize_invoice';
  readonly orderId: string;
  readonly isAuthorised: boolean;
  /** The appid the authorisation page was obtained with; empty where the push lacks it. */
  readonly appid: string;
  /** web, app, wxa or wap; empty where the push lacks it. */
  readonly source: string;
  /** s_pappid; empty where the push lacks it. */
  readonly platformId: string;
}

/** Any other message, kept as it came. */
interface OtherPush extends PushCommon {
  readonly type: 'other';
}

export type WeChatPush = StatusPush | AuthorisationPush | OtherPush;

/** What stands in the address that WeChat posts to. */
export interface PushQuery {
  readonly timestamp: string;
  readonly nonce: string;
  /** Plain and compatible mode. Does not cover the body. */
  readonly signature: string;
  /** msg_signature, safe and compatible mode; empty in plain mode. */
  readonly msgSignature: string;
}

export interface PushRequest {
  readonly body: string;
  readonly query: PushQuery;
  /** The Token of WeChat's console. */
  readonly token: string;
  readonly encodingAesKey?: string;
  readonly appid: string;
}

/**
 * Checks, decrypts and reads a push. Where it has an encrypted part and the key is known, only that part counts: in
 * compatible mode the plain one beside it is covered by no signature.
 */
export function decodePush(request: PushRequest): Result<WeChatPush, AppError> {
  const envelope = readEnvelope(request.body);
  if (!envelope.ok) return notUnderstood(envelope.error);
  const encrypt = envelope.value.get('Encrypt');
  const isReadableWithoutKey = envelope.value.has('MsgType');
  if (encrypt !== undefined && (request.encodingAesKey !== undefined || !isReadableWithoutKey))
    return decodeEncrypted(request, encrypt);
  const { token, query } = request;
  const { timestamp, nonce, signature } = query;
  if (!verifyPlainSignature({ token, timestamp, nonce, signature })) return fail(appError('push.bad-signature'));
  return toPush(envelope.value, { authenticated: false, raw: request.body });
}

const decryptFaults: Readonly<Record<DecryptFault, Text>> = {
  key: { zhCN: 'EncodingAESKey 缺失或不是 43 位', en: 'the EncodingAESKey is missing or has not 43 characters' },
  cipher: { zhCN: '密文不完整', en: 'the cipher text is incomplete' },
  padding: { zhCN: '密钥不匹配', en: 'the key does not fit' },
  length: { zhCN: '长度字段不对', en: 'its length field is wrong' },
  appid: { zhCN: '消息属于另一个 AppID', en: 'it belongs to another AppID' },
};

function decodeEncrypted(request: PushRequest, encrypt: string): Result<WeChatPush, AppError> {
  const { token, query, appid, encodingAesKey = '' } = request;
  const { timestamp, nonce, msgSignature: signature } = query;
  if (!verifyMessageSignature({ token, timestamp, nonce, encrypt, signature }))
    return fail(appError('push.bad-signature'));
  const message = decryptMessage({ encrypt, encodingAesKey, appid });
  if (!message.ok)
    return fail(errorWithReason('push.decrypt-failed', decryptFaults[message.error], { fault: message.error }));
  const inner = readEnvelope(message.value);
  return inner.ok ? toPush(inner.value, { authenticated: true, raw: message.value }) : notUnderstood(inner.error);
}

function toPush(fields: PushFields, origin: Pick<PushCommon, 'authenticated' | 'raw'>): Result<WeChatPush, AppError> {
  const createTime = fields.get('CreateTime') ?? '';
  if (!/^\d{1,11}$/.test(createTime)) return notUnderstood({ zhCN: '没有 CreateTime', en: 'it has no CreateTime' });
  const event = fields.get('Event') ?? fields.get('MsgType') ?? '';
  const common = {
    ...origin,
    event,
    openid: fields.get('FromUserName') ?? '',
    accountId: fields.get('ToUserName') ?? '',
    createTime: Number(createTime),
  };
  if (event === 'update_invoice_status') return statusPush(fields, common);
  if (event === 'user_authorize_invoice') return authorisationPush(fields, common);
  return ok({ ...common, type: 'other' });
}

function statusPush(fields: PushFields, common: PushCommon): Result<StatusPush, AppError> {
  const [status, cardId, code] = [fields.get('Status'), fields.get('CardId'), fields.get('Code')];
  if (status === undefined || cardId === undefined || code === undefined)
    return notUnderstood({ zhCN: '缺少 Status、CardId 或 Code', en: 'Status, CardId or Code is missing' });
  return ok({ ...common, type: 'update_invoice_status', status, cardId, code });
}

function authorisationPush(fields: PushFields, common: PushCommon): Result<AuthorisationPush, AppError> {
  const succeeded = fields.get('SuccOrderId');
  const orderId = succeeded ?? fields.get('FailOrderId');
  if (orderId === undefined)
    return notUnderstood({ zhCN: '缺少 SuccOrderId 和 FailOrderId', en: 'SuccOrderId and FailOrderId are missing' });
  return ok({
    ...common,
    type: 'user_authorize_invoice',
    orderId,
    isAuthorised: succeeded !== undefined,
    // Older documents call it AppId.
    appid: fields.get('AuthorizeAppId') ?? fields.get('AppId') ?? '',
    source: fields.get('Source') ?? '',
    platformId: fields.get('SPAppId') ?? '',
  });
}

function notUnderstood(reason: Text): { readonly ok: false; readonly error: AppError } {
  return fail(errorWithReason('push.not-understood', reason, {}));
}
