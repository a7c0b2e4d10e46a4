import { randomBytes } from 'node:crypto';

/** English texts of the error codes, as the documents give them. */
const errorTexts: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40009: 'invalid image size',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40056: 'invalid serial code',
  40066: 'invalid url',
  40073: 'invalid card id',
  40078: 'invalid card status',
  40097: 'invalid args',
  40125: 'invalid appsecret',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41005: 'media data missing',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  44001: 'empty media data',
  44002: 'empty post data',
  45001: 'media size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45021: 'some argument may be out of length limit! please check document and request json!',
  47001: 'data format error',
  47002: 'data format error, do NOT use json unicode encode (\\uxxxx\\uxxxx), please use utf8 encoded text!',
  48001: 'api unauthorized',
  48006: 'forbid to clear quota because of reaching the limit',
  72018: 'duplicate order id, invoice had inserted to user',
  72023: 'invoice has been lock',
  72024: 'invoice status error',
  72028: 'invoice never set pay mch info',
  72029: 'invoice never set auth field',
  72030: 'invalid mchid',
  72031: 'invalid params',
  72035: 'biz reject insert',
  72038: 'invoice order never auth',
  72039: 'invoice must be lock first',
  72040: 'invoice pdf error',
  72042: 'billing_code and billing_no repeated',
  72043: 'billing_code or billing_no size error',
  72045: 'check_code is empty',
  72047: 'pdf billing_code or pdf billing_no is error',
  72056: 'order_id repeated, please check order_id',
  72060: 'this invoice has been cancelled, check the reimburse_status please',
  72061: 'this invoice has been closed, check the reimburse_status please',
  72063: 'biz contact is empty, set contact first please',
  76001: 'rid not found',
  76002: 'rid is error',
  76003: 'no permission',
  76021: 'cgi_path not found, please check',
};

/** Codes whose message carries `hint: [..]` before the rid. */
const codesWithHint = new Set([40001, 40013, 40014, 41001, 42001]);

export type Fields = Readonly<Record<string, unknown>>;

/** What a call is answered with, before it becomes bytes. */
export interface Reply {
  readonly errcode: number;
  readonly errmsg: string;
  readonly fields: Fields;
  /** Token answers carry no errcode when all is well. */
  readonly bare: boolean;
}

export function accept(fields: Fields = {}): Reply {
  return { errcode: 0, errmsg: 'ok', fields, bare: false };
}

export function acceptBare(fields: Fields): Reply {
  return { errcode: 0, errmsg: 'ok', fields, bare: true };
}

/** @param text replaces the documented message, for those that name a field or an address */
export function refuse(errcode: number, text?: string): Reply {
  return { errcode, errmsg: text ?? errorTexts[errcode] ?? 'system error', fields: {}, bare: false };
}

/** 72031 as WeChat words it when it names the field. */
export function refuseEmpty(field: string): Reply {
  return refuse(72031, `invalid params, ${field} is empty`);
}

/** A request id as WeChat puts it behind every message. */
export function createRid(): string {
  const hex = randomBytes(12).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16)}`;
}

/** The object that is sent: fields beside errcode and errmsg, failures with their trace. */
export function replyBody(reply: Reply, rid: string): Fields {
  if (reply.bare) return reply.fields;
  if (reply.errcode === 0) return { errcode: 0, errmsg: reply.errmsg, ...reply.fields };
  const hint = codesWithHint.has(reply.errcode) ? ` hint: [${rid.slice(0, 6)}_${rid.slice(9, 13)}]` : '';
  return { errcode: reply.errcode, errmsg: `${reply.errmsg}${hint} rid: ${rid}` };
}
