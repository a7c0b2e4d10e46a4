import { type AppError, errorFromEntry } from '../errors/app-error.ts';
import type { ErrorEntry } from '../errors/error-entry.ts';
import { accountErrors } from './account-errors.ts';
import { type CustomerCall, errorsOfCustomerCalls } from './customer-call-errors.ts';
import { fileErrors } from './file-errors.ts';
import { invoiceErrors } from './invoice-errors.ts';
import { orderErrors } from './order-errors.ts';
import { wechatError } from './wechat-error.ts';
import { labelOfWireField } from './wire-fields.ts';

/** The calls of the API, named by the last part of their address. */
export type WeChatCall =
  | 'token'
  | 'seturl'
  | 'createcard'
  | 'uploadimg'
  | 'setpdf'
  | 'getpdf'
  | 'insert'
  | 'updatestatus'
  | 'decrypt'
  | CustomerCall;

const copyDetails: readonly [string, string] = [
  '请复制详情联系支持；也可在微信开放社区搜索这个错误码。',
  'Copy the details for support, or search the code in the WeChat community.',
];

/** What is said of a code that is in no table. */
export const unknownError = wechatError(
  'bug',
  ['微信返回了未知错误 {errcode}：{errmsg}', 'WeChat answered with an unknown error {errcode}: {errmsg}'],
  copyDetails,
  'copy-details',
);

/** 72067 to 72093 exist in WeChat's list by symbolic names only; the few that tell something have entries of their own. */
const symbolicError = wechatError(
  'fix-input',
  ['微信的发票服务拒绝了请求（{errcode} {errmsg}）', 'The invoice service of WeChat refused it ({errcode} {errmsg})'],
  [
    '请核对发票内容和 PDF；仍不行请复制详情联系支持。',
    'Check the invoice and its PDF; else copy the details for support.',
  ],
  'copy-details',
);
const symbolicCodes = Array.from({ length: 72093 - 72067 + 1 }, (_, index) => 72067 + index);

/** Every error code of the API document and of what is known around it. */
export const wechatErrors: Readonly<Record<number, ErrorEntry>> = {
  ...Object.fromEntries(symbolicCodes.map((code) => [code, symbolicError])),
  ...accountErrors,
  ...fileErrors,
  ...orderErrors,
  ...invoiceErrors,
};

/** What a code means on one call, where that differs from the table. */
export const errorsOfCall: Readonly<Partial<Record<WeChatCall, Readonly<Record<number, ErrorEntry>>>>> = {
  ...errorsOfCustomerCalls,
  token: {
    40001: wechatError(
      'fix-account',
      ['AppSecret 错误', 'The AppSecret is wrong'],
      [
        '请在微信公众平台查看或重置 AppSecret，然后在设置里重新填写。',
        "Look it up or reset it in WeChat's console, then enter it in Settings.",
      ],
      'open-account',
    ),
  },
  createcard: {
    72031: wechatError(
      'fix-input',
      ['模板参数错误', 'A parameter of the template is wrong'],
      ['请检查收款方全称、发票类型、标题和 LOGO。', 'Check payee, type, title and logo.'],
      'edit-input',
    ),
  },
  updatestatus: {
    72038: wechatError(
      'fix-input',
      [
        '卡券 code 不对：要用插卡成功时微信返回的 code，绝不是发票代码或发票号码',
        'The card code is wrong: it is the code that came with the card, never the 发票代码 or the 发票号码',
      ],
      [
        '请打开这张发票，使用记录里的卡券 code；没有的话等状态推送或解码跳转链接。',
        'Open the invoice and use the card code kept there; without one wait for a status push or decode a redirect link.',
      ],
      'open-invoice',
    ),
  },
};

const emptyParameter = wechatError(
  'fix-input',
  ['微信说这一项是空的：{label}', 'WeChat says this is empty: {label}'],
  ['请补上后再试；如果已经填写，请复制详情联系支持。', 'Fill it in; if it is filled in, copy the details for support.'],
  'edit-input',
);

const unknownIp = wechatError(
  'fix-account',
  ['这台电脑的公网 IP 不在公众号的 IP 白名单中', "This computer's public IP is not on the account's allow-list"],
  [
    '请查出公网 IP，加到微信公众平台“设置与开发 → 基本配置 → IP白名单”。',
    'Find out the public IP and add it in the console under 设置与开发 → 基本配置 → IP白名单.',
  ],
  'open-console',
);

export interface ErrmsgFacts {
  /** Without the trailing trace tags. */
  readonly errmsg: string;
  /** The trace id of the request; WeChat looks it up for 7 days. */
  readonly rid?: string;
  readonly hint?: string;
}

/** Takes the trailing trace tags off an errmsg, which is therefore never compared by equality. */
export function describeErrmsg(errmsg: string): ErrmsgFacts {
  const rid = /\brid: ?([0-9a-z-]+)/i.exec(errmsg)?.[1];
  const hint = /\bhint: ?\[([^\]]*)\]/i.exec(errmsg)?.[1]?.trim();
  const plain = errmsg
    .replace(/,?\s*\bhint: ?\[[^\]]*\]/i, '')
    .replace(/,?\s*\brid: ?[0-9a-z-]+/i, '')
    .trim();
  return { errmsg: plain, ...(rid ? { rid } : {}), ...(hint ? { hint } : {}) };
}

const ipPattern = /\binvalid ip ([0-9a-f.:]+)/i;
const emptyPattern = /^invalid params?,?\s*(.+?) is empty\b/i;

/**
 * The failure that an answer with an errcode means. Details: errcode, errmsg without its tags, rid, hint, `ip` to put on
 * the allow-list (40164), `field` that WeChat names as empty (72031).
 */
export function errorFromWeChat(answer: {
  readonly errcode: number;
  readonly errmsg: string;
  readonly call: WeChatCall;
}): AppError {
  const { errcode, call } = answer;
  const facts = describeErrmsg(answer.errmsg);
  const ip = errcode === 40164 ? ipPattern.exec(facts.errmsg)?.[1] : undefined;
  const field = errcode === 72031 ? emptyPattern.exec(facts.errmsg)?.[1] : undefined;
  const details = { errcode, call, ...facts, ...(ip ? { ip } : {}), ...(field ? { field } : {}) };
  const code = `wechat.${errcode}`;
  if (field !== undefined) return errorFromEntry(code, emptyEntry(field), details);
  if (errcode === 40164 && ip === undefined) return errorFromEntry(code, unknownIp, details);
  return errorFromEntry(code, errorsOfCall[call]?.[errcode] ?? wechatErrors[errcode] ?? unknownError, details);
}

function emptyEntry(field: string): ErrorEntry {
  const label = labelOfWireField(field);
  const { zhCN, en } = emptyParameter.text;
  return {
    ...emptyParameter,
    text: { zhCN: zhCN.replace('{label}', () => label.zhCN), en: en.replace('{label}', () => label.en) },
  };
}
