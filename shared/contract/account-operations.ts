import * as z from 'zod';
import { keptContactSchema } from './merchant-operations.ts';
import { fileTokenSchema, idSchema, instantSchema, nothingSchema, operation } from './operation.ts';

export const accountKinds = ['practice', 'wechat'] as const;
export const accountColours = ['green', 'blue', 'purple', 'orange', 'cyan', 'magenta'] as const;

/** Where the AppSecret is: never the secret itself. */
export const secretPlaces = ['missing', 'unreadable', 'keychain', 'session', 'environment', 'practice'] as const;

export const accountSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  kind: z.enum(accountKinds),
  appid: z.string(),
  baseUrl: z.string(),
  colour: z.enum(accountColours),
  /** s_pappid, once obtained. */
  platformId: z.string().nullable(),
  invoiceUrl: z.string().nullable(),
  /** Where WeChat keeps the logo that was uploaded last. */
  logoUrl: z.string().nullable(),
  secretPlace: z.enum(secretPlaces),
  createdAt: instantSchema,
});
export type Account = z.output<typeof accountSchema>;

export const accountNameSchema = z.string().trim().min(1).max(60);

export const templateContentSchema = z.strictObject({
  /** Full name of the payee, shown in the invoice details. */
  payee: z.string().trim().min(1).max(100),
  /** Invoice type, e.g. 增值税电子普通发票. */
  type: z.string().trim().min(1).max(60),
  /** Payee's short name in the list, at most 9 Chinese characters. */
  title: z.string().trim().min(1),
  logoUrl: z.string().min(1).max(1024),
  customUrlName: z.string().default(''),
  customUrl: z.string().max(1024).default(''),
  customUrlSubTitle: z.string().default(''),
  promotionUrlName: z.string().default(''),
  promotionUrl: z.string().max(1024).default(''),
  promotionUrlSubTitle: z.string().default(''),
});
export type TemplateContent = z.output<typeof templateContentSchema>;

export const templateSchema = templateContentSchema.extend({
  id: idSchema,
  accountId: idSchema,
  cardId: z.string(),
  createdAt: instantSchema,
  /** Since when it is no longer offered for new invoices; null: it is. */
  archivedAt: instantSchema.nullable(),
});
export type Template = z.output<typeof templateSchema>;

export const accountOperations = {
  'account.list': operation({
    summary: { zhCN: '列出全部账号', en: 'List the accounts' },
    input: nothingSchema,
    output: z.strictObject({ accounts: z.array(accountSchema) }),
  }),
  'account.create': operation({
    summary: { zhCN: '添加账号（真实或练习）', en: 'Add an account, real or practice' },
    input: z.strictObject({
      name: accountNameSchema,
      kind: z.enum(accountKinds),
      /** Required for real accounts; practice accounts get one of their own. */
      appid: z
        .string()
        .trim()
        .regex(/^wx[0-9a-f]{16}$/)
        .optional(),
      baseUrl: z.string().trim().optional(),
      colour: z.enum(accountColours).optional(),
    }),
    output: accountSchema,
  }),
  'account.check': operation({
    summary: {
      zhCN: '检查账号：凭证、IP 白名单、电子发票权限',
      en: 'Check an account: token, IP allow-list, invoice permission',
    },
    input: z.strictObject({ accountId: idSchema }),
    output: z.strictObject({
      tokenExpiresInSeconds: z.int(),
      /** Null: it has to be set before the first authorisation link (72063). */
      contact: keptContactSchema.nullable(),
    }),
  }),
  'credentials.save': operation({
    summary: { zhCN: '保存 AppSecret（只写，不可读回）', en: 'Save the AppSecret (write-only)' },
    input: z.strictObject({ accountId: idSchema, appSecret: z.string().trim().min(8).max(200) }),
    output: z.strictObject({ secretPlace: z.enum(secretPlaces) }),
  }),
  'credentials.clear': operation({
    summary: { zhCN: '删除 AppSecret', en: 'Remove the AppSecret' },
    input: z.strictObject({ accountId: idSchema }),
    output: z.strictObject({ secretPlace: z.enum(secretPlaces) }),
  }),
  'platform.obtainId': operation({
    summary: { zhCN: '获取开票平台识别码 s_pappid', en: 'Obtain the invoicing platform ID s_pappid' },
    apiSection: 1,
    input: z.strictObject({ accountId: idSchema }),
    output: z.strictObject({
      platformId: z.string(),
      invoiceUrl: z.string(),
      /** Whether the id decodes to this account's appid; a warning only, the format is undocumented. */
      prefix: z.enum(['matches', 'differs', 'unreadable']),
    }),
  }),
  'logo.upload': operation({
    summary: { zhCN: '上传商家 LOGO', en: "Upload the merchant's logo" },
    input: z.strictObject({ accountId: idSchema, file: fileTokenSchema }),
    output: z.strictObject({ url: z.string() }),
  }),
  'template.list': operation({
    summary: { zhCN: '列出账号的发票卡券模板', en: "List an account's invoice card templates" },
    input: z.strictObject({ accountId: idSchema }),
    output: z.strictObject({ templates: z.array(templateSchema) }),
  }),
  'template.create': operation({
    summary: { zhCN: '创建发票卡券模板', en: 'Create an invoice card template' },
    apiSection: 2,
    input: z.strictObject({ accountId: idSchema, content: templateContentSchema }),
    output: templateSchema,
  }),
  'practice.configure': operation({
    summary: {
      zhCN: '练习账号：客户是否必须先授权',
      en: 'Practice account: whether the customer must authorise first',
    },
    input: z.strictObject({ accountId: idSchema, customerMustAuthorise: z.boolean() }),
    output: z.strictObject({ customerMustAuthorise: z.boolean() }),
  }),
  'practice.authorise': operation({
    summary: {
      zhCN: '练习账号：扮演客户授权一个订单',
      en: 'Practice account: play the customer who authorises an order',
    },
    input: z.strictObject({ accountId: idSchema, orderId: z.string().min(1).max(64) }),
    output: nothingSchema,
  }),
};
