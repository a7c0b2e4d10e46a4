import * as z from 'zod';

/** An account the practice server knows, as a person would have set it up in WeChat's console. */
export interface PracticeApp {
  readonly appid: string;
  readonly secret: string;
  /** The IP whitelist of the token calls; absent: every address. */
  readonly allowedIps?: readonly string[] | undefined;
  /** Whether insert wants the order authorised by its customer first (72038). */
  readonly customerMustAuthorise: boolean;
  /** Whether the 电子发票 plug-in is opened; `false` answers 48001. Default: true. */
  readonly hasInvoicePlugin?: boolean | undefined;
  /** Whether insert reads the PDF and compares the invoice number (72047). Default: false. */
  readonly checkPdfNumber?: boolean | undefined;
  readonly pushUrl?: string | undefined;
  readonly pushToken?: string | undefined;
  /** 43 characters; with it pushes go out encrypted. */
  readonly encodingAesKey?: string | undefined;
}

export const practiceAppSchema = z.strictObject({
  appid: z.string().min(1).max(64),
  secret: z.string().min(1),
  allowedIps: z.array(z.string()).optional(),
  customerMustAuthorise: z.boolean(),
  hasInvoicePlugin: z.boolean().optional(),
  checkPdfNumber: z.boolean().optional(),
  pushUrl: z.string().optional(),
  pushToken: z.string().optional(),
  encodingAesKey: z.string().length(43).optional(),
});

/** Switches for what the documents leave open or contradict themselves about. */
export const practiceSettingsSchema = z.strictObject({
  /** What insert does with an order or invoice number it has seen. `accept-everything` makes a second card. */
  duplicates: z.enum(['by-order-and-number', 'by-number-only', 'accept-everything']),
  repeatedOrderErrcode: z.union([z.literal(72056), z.literal(72018)]),
  /** seturl and createcard answer errcode as text, as their pages say. */
  errcodeAsString: z.boolean(),
  /** Every answer carries fields that no page names. */
  unknownFields: z.boolean(),
  /** Seconds a template must have existed before insert takes it (40078). */
  templateSettleSeconds: z.number().min(0),
  pdfLimitBytes: z.int().positive(),
  /** Calls a day and path until 45009, and a minute and path until 45011. */
  dailyLimit: z.int().positive().nullable(),
  minuteLimit: z.int().positive().nullable(),
  /** The public address the server pretends to see; null: the real one. */
  clientIp: z.string().nullable(),
});
export type PracticeSettings = z.output<typeof practiceSettingsSchema>;

export const defaultPracticeSettings: PracticeSettings = {
  duplicates: 'by-order-and-number',
  repeatedOrderErrcode: 72056,
  errcodeAsString: false,
  unknownFields: false,
  templateSettleSeconds: 0,
  pdfLimitBytes: 10 * 1024 * 1024,
  dailyLimit: null,
  minuteLimit: null,
  clientIp: null,
};

const misbehaviourKinds = [
  'errcode',
  'delay-ms',
  'drop-before',
  'drop-after',
  'token-expired',
  'garbage-body',
  'html-200',
  'http-status',
  'truncated-body',
  'wrong-content-length',
  'gzip-junk',
  'slow-drip',
  'late-reply',
  'hang',
] as const;
export type MisbehaviourKind = (typeof misbehaviourKinds)[number];

export const misbehaviourSchema = z.strictObject({
  kind: z.enum(misbehaviourKinds),
  /** How the path must begin, e.g. `/card/invoice/insert`. Default: every call but the control ones. */
  path: z.string().startsWith('/').default('/'),
  /** On how many calls. */
  times: z.int().positive().default(1),
  /** How many matching calls pass untouched first. */
  skip: z.int().min(0).default(0),
  /** Chance that a matching call is hit, drawn from a generator that begins with `seed`. */
  probability: z.number().min(0).max(1).default(1),
  seed: z.int().default(1),
  /** Whether the work is done behind the wrong answer. Default: by kind. */
  processed: z.boolean().optional(),
  errcode: z.int().default(-1),
  errmsg: z.string().optional(),
  /** For `delay-ms`, `late-reply`; for `slow-drip` the pause between two bytes. */
  milliseconds: z.int().min(0).max(600_000).default(50),
  status: z.int().min(100).max(599).default(502),
  /** How a connection ends: FIN or RST. */
  end: z.enum(['fin', 'rst']).default('fin'),
});
export type Misbehaviour = z.output<typeof misbehaviourSchema>;
export type MisbehaviourInput = z.input<typeof misbehaviourSchema>;

export const reimburseStatusNames = [
  'INVOICE_REIMBURSE_INIT',
  'INVOICE_REIMBURSE_LOCK',
  'INVOICE_REIMBURSE_CLOSURE',
  'INVOICE_REIMBURSE_CANCEL',
] as const;
export type ReimburseStatusName = (typeof reimburseStatusNames)[number];

export const authoriseSchema = z.strictObject({
  appid: z.string(),
  orderId: z.string().min(1),
  /** Fen. */
  money: z.int().optional(),
  /** What the customer types on a page of type 1; the rest of it counts beside a title only. */
  title: z.string().optional(),
  taxNumber: z.string().optional(),
  /** Absent: a company where there is a tax number. */
  kind: z.enum(['person', 'company']).optional(),
  address: z.string().optional(),
  phone: z.string().optional(),
  bankName: z.string().optional(),
  bankAccount: z.string().optional(),
  email: z.string().optional(),
  custom: z.array(z.strictObject({ key: z.string(), value: z.string() })).optional(),
  openid: z.string().optional(),
  /** `false`: the customer pressed 拒绝. */
  granted: z.boolean().default(true),
});
export type AuthoriseInput = z.input<typeof authoriseSchema>;

export const pushSchema = z.strictObject({
  appid: z.string(),
  mode: z.enum(['plain', 'safe', 'compat']).default('plain'),
  format: z.enum(['xml', 'json']).default('xml'),
  event: z.enum(['update_invoice_status', 'user_authorize_invoice']),
  openid: z.string().optional(),
  code: z.string().optional(),
  cardId: z.string().optional(),
  status: z.string().optional(),
  orderId: z.string().optional(),
  failed: z.boolean().default(false),
  /** Seconds. */
  createTime: z.int().optional(),
  /** Which part of an otherwise right push is spoilt. */
  spoil: z.enum(['signature', 'msg-signature', 'cipher', 'appid']).optional(),
  /** How often it is sent while nobody answers within five seconds. */
  attempts: z.int().min(1).max(4).default(1),
});
export type PushInput = z.input<typeof pushSchema>;

/** What the receiver of a push answered; `null` status: nothing within five seconds. */
export interface PushOutcome {
  readonly status: number | null;
  readonly body: string;
  readonly attempts: number;
}

export interface TemplateRecord {
  readonly cardId: string;
  readonly appid: string;
  readonly createdAt: number;
  readonly content: Readonly<Record<string, unknown>>;
}

export interface PdfRecord {
  readonly mediaId: string;
  readonly appid: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly uploadedAt: number;
  /** The card it belongs to; without one it is gone after three days. */
  readonly linkedCode: string | null;
  /** Its text, once insert had to read it. */
  readonly text: string | null;
}

export interface CardRecord {
  readonly code: string;
  readonly cardId: string;
  readonly appid: string;
  readonly orderId: string;
  readonly openid: string;
  readonly status: ReimburseStatusName;
  readonly lockedBy: 'issuer' | 'company' | null;
  readonly createdAt: number;
  readonly nonceStr: string;
  /** invoice_user_data as it was sent. */
  readonly invoice: Readonly<Record<string, unknown>>;
  readonly history: readonly { readonly at: number; readonly status: ReimburseStatusName; readonly by: string }[];
}

/** What a customer typed on a page of type 1. Books of an earlier version have title and tax number only. */
export interface BuyerRecord {
  readonly title: string;
  readonly taxNumber: string;
  readonly kind?: 'person' | 'company' | undefined;
  readonly address?: string | undefined;
  readonly phone?: string | undefined;
  readonly bankName?: string | undefined;
  readonly bankAccount?: string | undefined;
  readonly email?: string | undefined;
  readonly custom?: readonly { readonly key: string; readonly value: string }[] | undefined;
}

export interface OrderRecord {
  readonly appid: string;
  readonly orderId: string;
  /** The account whose s_pappid the authorisation named. */
  readonly platformAppid: string;
  readonly state: 'asked' | 'authorised' | 'denied' | 'rejected';
  readonly money: number;
  readonly type: number;
  readonly source: string;
  readonly redirectUrl: string;
  readonly openid: string;
  /** The secret in the authorisation page's address. */
  readonly pageKey: string;
  readonly authorisedAt: number | null;
  readonly buyer: BuyerRecord | null;
  readonly rejectReason: string | null;
}

export interface CallRecord {
  readonly at: number;
  readonly rid: string;
  readonly method: string;
  readonly path: string;
  readonly appid: string | null;
  readonly httpStatus: number | null;
  readonly errcode: number | null;
  readonly body: string;
  /** Whether the work was done, whatever was answered. */
  readonly processed: boolean;
  readonly misbehaviour: MisbehaviourKind | null;
}

/** The truth of what was processed. */
export interface PracticeBooks {
  readonly apps: readonly string[];
  readonly cards: readonly CardRecord[];
  readonly templates: readonly TemplateRecord[];
  readonly pdfs: readonly PdfRecord[];
  readonly orders: readonly OrderRecord[];
  readonly calls: readonly CallRecord[];
  /** How many older calls were dropped from the list. */
  readonly callsDropped: number;
  readonly tokensIssued: number;
  readonly repeatedNonces: readonly string[];
  /** Exceptions inside the practice server itself. */
  readonly faults: readonly { readonly rid: string; readonly message: string }[];
  readonly settings: PracticeSettings;
}
