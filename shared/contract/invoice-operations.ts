import * as z from 'zod';
import { appErrorSchema } from '../errors/app-error.ts';
import { findingSchema } from '../invoice/findings.ts';
import { invoiceFieldsSchema } from '../invoice/invoice.ts';
import { invoiceStates } from '../invoice/state.ts';
import { reimburseStatuses } from '../wechat/reimburse-status.ts';
import { fileTokenSchema, idSchema, instantSchema, nothingSchema, operation, saveTokenSchema } from './operation.ts';

export const storedPdfSchema = z.strictObject({
  id: idSchema,
  sha256: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
});
export type StoredPdf = z.output<typeof storedPdfSchema>;

export const invoiceSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  templateId: idSchema.nullable(),
  batchId: idSchema.nullable(),
  state: z.enum(invoiceStates),
  fields: invoiceFieldsSchema,
  pdf: storedPdfSchema.nullable(),
  tripPdf: storedPdfSchema.nullable(),
  /** The card's code; null until known. An issued invoice without it is *issued, code not known yet*. */
  cardCode: z.string().nullable(),
  openid: z.string().nullable(),
  unionid: z.string().nullable(),
  /** The last status WeChat pushed or we set; null: not known since issue. */
  reimburseStatus: z.enum(reimburseStatuses).nullable(),
  /** Why it was refused, or why its outcome is unknown. */
  error: appErrorSchema.nullable(),
  /** Since when it may have been sent without a record of it: an older backup was restored. Null: no doubt. */
  doubtedAt: instantSchema.nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  issuedAt: instantSchema.nullable(),
});
export type Invoice = z.output<typeof invoiceSchema>;

export const attemptSchema = z.strictObject({
  id: idSchema,
  call: z.enum(['setpdf', 'insert', 'updatestatus']),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  outcome: z.enum(['running', 'done', 'refused', 'not-sent', 'unknown']),
  errcode: z.int().nullable(),
  errmsg: z.string().nullable(),
});
export type Attempt = z.output<typeof attemptSchema>;

export const statusEventSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  invoiceId: idSchema.nullable(),
  event: z.string(),
  cardId: z.string(),
  code: z.string(),
  /** The order that was authorised, or was not; empty: it is about a card. */
  orderId: z.string(),
  status: z.string(),
  openid: z.string(),
  /** WeChat's CreateTime, seconds since 1970. */
  createTime: z.int(),
  source: z.enum(['push', 'set-here']),
  authenticated: z.boolean(),
  receivedAt: instantSchema,
});
export type StatusEvent = z.output<typeof statusEventSchema>;

/** A buyer as an earlier invoice names it. */
export const buyerSchema = invoiceFieldsSchema.pick({
  title: true,
  buyerNumber: true,
  buyerAddressAndPhone: true,
  buyerBankAccount: true,
});
export type Buyer = z.output<typeof buyerSchema>;
/** More are no help. */
export const mostBuyers = 8;

const draftSchema = z.strictObject({
  /** Absent: a new draft. */
  invoiceId: idSchema.optional(),
  accountId: idSchema,
  templateId: idSchema.nullable(),
  fields: invoiceFieldsSchema,
  /** Absent: the PDF stays as it is; null: taken away. */
  pdf: fileTokenSchema.nullable().optional(),
  tripPdf: fileTokenSchema.nullable().optional(),
});

export const invoiceOperations = {
  'pdf.upload': operation({
    summary: { zhCN: '上传发票 PDF（三天内有效）', en: 'Upload an invoice PDF (valid for three days)' },
    apiSection: 3,
    input: z.strictObject({ accountId: idSchema, file: fileTokenSchema }),
    output: z.strictObject({ pdf: storedPdfSchema, mediaId: z.string(), expiresAt: instantSchema }),
  }),
  'pdf.query': operation({
    summary: {
      zhCN: '查询已上传 PDF 的地址（两小时内有效）',
      en: 'Query the URL of an uploaded PDF (valid for two hours)',
    },
    apiSection: 4,
    input: z.strictObject({ accountId: idSchema, mediaId: z.string().regex(/^\d{1,20}$/) }),
    output: z.strictObject({ url: z.string(), expiresAt: instantSchema }),
  }),
  'pdf.read': operation({
    summary: { zhCN: '读取已保存的 PDF 用于预览', en: 'Read a stored PDF for its preview' },
    input: z.strictObject({ pdfId: idSchema }),
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
  'pdf.saveCopy': operation({
    summary: { zhCN: '把已保存的 PDF 另存一份', en: 'Save a copy of a stored PDF' },
    input: z.strictObject({ pdfId: idSchema, target: saveTokenSchema }),
    output: z.strictObject({ name: z.string() }),
  }),
  'pdf.dragOut': operation({
    summary: { zhCN: '把已保存的 PDF 拖出窗口', en: 'Drag a stored PDF out of the window' },
    input: z.strictObject({ pdfId: idSchema }),
    /** Given once the system has taken over the drag that the page began. */
    output: nothingSchema,
  }),
  'invoice.check': operation({
    summary: { zhCN: '检查发票内容', en: "Check an invoice's content" },
    input: z.strictObject({
      accountId: idSchema,
      invoiceId: idSchema.optional(),
      fields: invoiceFieldsSchema,
    }),
    output: z.strictObject({
      findings: z.array(findingSchema),
      /** Its order or its number belongs to another invoice of the records. */
      taken: z.array(findingSchema),
    }),
  }),
  'buyer.suggest': operation({
    summary: { zhCN: '按名称或税号查找最近的购买方', en: 'Find recent buyers by name or tax ID' },
    input: z.strictObject({ accountId: idSchema, text: z.string().trim().max(100) }),
    output: z.strictObject({ buyers: z.array(buyerSchema).max(mostBuyers) }),
  }),
  'invoice.saveDraft': operation({
    summary: { zhCN: '保存草稿', en: 'Save a draft' },
    input: draftSchema,
    output: invoiceSchema,
  }),
  'invoice.removeDraft': operation({
    summary: { zhCN: '删除草稿', en: 'Remove a draft' },
    input: z.strictObject({ invoiceId: idSchema }),
    output: nothingSchema,
  }),
  'invoice.issue': operation({
    summary: {
      zhCN: '开具：把发票插入客户的微信卡包',
      en: "Issue: put the invoice into the customer's Cards & Offers",
    },
    apiSection: 5,
    input: z.strictObject({ invoiceId: idSchema }),
    output: invoiceSchema,
  }),
  'invoice.askAgain': operation({
    summary: {
      zhCN: '结果未知时，用同样的内容再问一次微信',
      en: 'With an unknown outcome: ask WeChat again with the same bytes',
    },
    apiSection: 5,
    input: z.strictObject({ invoiceId: idSchema }),
    output: invoiceSchema,
  }),
  'invoice.settle': operation({
    summary: {
      zhCN: '结果未知时，由人确认卡券在或不在客户卡包里',
      en: 'With an unknown outcome: a person states whether the card is there',
    },
    input: z.strictObject({
      invoiceId: idSchema,
      outcome: z.enum(['found', 'absent']),
      cardCode: z.string().trim().min(1).max(64).optional(),
    }),
    output: invoiceSchema,
  }),
  'invoice.get': operation({
    summary: { zhCN: '查看一张发票', en: 'Look at one invoice' },
    input: z.strictObject({ invoiceId: idSchema }),
    output: z.strictObject({
      invoice: invoiceSchema,
      attempts: z.array(attemptSchema),
      statusEvents: z.array(statusEventSchema),
    }),
  }),
  'invoice.list': operation({
    summary: { zhCN: '列出发票，新的在前', en: 'List invoices, newest first' },
    input: z.strictObject({
      accountId: idSchema.optional(),
      batchId: idSchema.optional(),
      state: z.enum(invoiceStates).optional(),
      /** Only invoices with a smaller id (the last one seen), for the next page. */
      beforeId: idSchema.optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    output: z.strictObject({ invoices: z.array(invoiceSchema), total: z.int() }),
  }),
  'invoice.updateStatus': operation({
    summary: { zhCN: '更新发票卡券状态', en: 'Update the status of an invoice card' },
    apiSection: 6,
    input: z.strictObject({
      invoiceId: idSchema,
      status: z.enum(reimburseStatuses),
      /** The invoice's number as a person typed it: required for what cannot be taken back. */
      confirmedNumber: z.string().max(40).optional(),
    }),
    output: invoiceSchema,
  }),
  'invoice.updateStatusMany': operation({
    summary: { zhCN: '更新多张发票卡券的状态', en: 'Update the status of many invoice cards' },
    apiSection: 6,
    input: z.strictObject({
      invoiceIds: z.array(idSchema).min(1).max(1000),
      status: z.enum(reimburseStatuses),
      /** How many there are, as a person typed it: required for what cannot be taken back. */
      confirmedCount: z.int().optional(),
    }),
    output: z.strictObject({
      updated: z.int(),
      failed: z.int(),
      results: z.array(z.strictObject({ invoiceId: idSchema, error: appErrorSchema.nullable() })),
    }),
  }),
  'push.receive': operation({
    summary: { zhCN: '接收并解读一条微信推送', en: 'Take in and decode one push from WeChat' },
    apiSection: 7,
    input: z.strictObject({
      accountId: idSchema,
      body: z.string().max(65_536),
      query: z.strictObject({
        signature: z.string().max(64).default(''),
        timestamp: z.string().max(20),
        nonce: z.string().max(64),
        msgSignature: z.string().max(64).default(''),
      }),
      token: z.string().min(1).max(64),
      encodingAesKey: z.string().length(43).optional(),
    }),
    output: z.strictObject({
      event: statusEventSchema.nullable(),
      /** Whether it was seen before (WeChat repeats a push up to three times). */
      duplicate: z.boolean(),
      type: z.string(),
    }),
  }),
  'event.list': operation({
    summary: { zhCN: '列出状态变化，新的在前', en: 'List status changes, newest first' },
    input: z.strictObject({
      accountId: idSchema.optional(),
      /** Only events with a smaller id (the last one seen), for the next page. */
      beforeId: idSchema.optional(),
      /** Only of this status. */
      status: z.enum(reimburseStatuses).optional(),
      source: statusEventSchema.shape.source.optional(),
      /** Only events that name a card no invoice here has. */
      withoutInvoice: z.boolean().optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    output: z.strictObject({ events: z.array(statusEventSchema) }),
  }),
  'code.decrypt': operation({
    summary: { zhCN: '解码跳转链接里的 encrypt_code', en: 'Decrypt the encrypt_code of a redirect link' },
    apiSection: 8,
    input: z.strictObject({
      accountId: idSchema,
      encryptCode: z.string().trim().min(1).max(2048),
      /** card_id of the same link: it tells the template, and so may settle an invoice whose code is not known. */
      cardId: z.string().trim().min(1).max(128).optional(),
    }),
    output: z.strictObject({ code: z.string(), invoiceId: idSchema.nullable() }),
  }),
};
