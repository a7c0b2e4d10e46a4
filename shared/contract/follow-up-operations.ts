import * as z from 'zod';
import { invoiceSchema } from './invoice-operations.ts';
import { idSchema, instantSchema, nothingSchema, operation } from './operation.ts';

export const decodedLinkSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  code: z.string(),
  /** Empty where the link was given without it. */
  cardId: z.string(),
  /** The invoice whose card has this code, as far as it is known now. */
  invoiceId: idSchema.nullable(),
  decodedAt: instantSchema,
});
export type DecodedLink = z.output<typeof decodedLinkSchema>;

/** What is done with an invoice after it was issued, and with the links that its card brings back. */
export const followUpOperations = {
  'pdf.latestUpload': operation({
    summary: { zhCN: '查找一个 PDF 最近一次上传的 s_media_id', en: "Find the s_media_id of a PDF's latest upload" },
    input: z.strictObject({ accountId: idSchema, pdfId: idSchema }),
    output: z.strictObject({
      /** Null: this account never uploaded it. */
      upload: z.strictObject({ mediaId: z.string(), expiresAt: instantSchema }).nullable(),
    }),
  }),
  'invoice.copyToDraft': operation({
    summary: {
      zhCN: '把一张发票的内容复制成新的草稿，订单号留空',
      en: 'Copy the content of an invoice into a new draft with an empty order number',
    },
    input: z.strictObject({ invoiceId: idSchema }),
    output: invoiceSchema,
  }),
  'code.history': operation({
    summary: { zhCN: '列出最近解码的链接，新的在前', en: 'List the links decoded last, newest first' },
    input: z.strictObject({ accountId: idSchema, limit: z.int().min(1).max(500).default(50) }),
    output: z.strictObject({ links: z.array(decodedLinkSchema) }),
  }),
  'code.clearHistory': operation({
    summary: { zhCN: '清空解码历史', en: 'Clear the history of decoded links' },
    input: z.strictObject({ accountId: idSchema }),
    output: nothingSchema,
  }),
};
