import * as z from 'zod';
import { batchStates } from './batch-operations.ts';
import { idSchema, instantSchema, nothingSchema, operation } from './operation.ts';

const count = z.int().min(0);

/** What was issued in a stretch of Beijing days. */
const issuedSumSchema = z.strictObject({ count, feeFen: z.int(), taxFen: z.int() });
export type IssuedSum = z.output<typeof issuedSumSchema>;

const periodSchema = issuedSumSchema.extend({
  /** Refused by WeChat in these days and not put right since. */
  rejected: count,
});

const expiringSchema = z.strictObject({
  invoiceId: idSchema,
  title: z.string(),
  orderId: z.string(),
  feeFen: z.int(),
  /** When WeChat erases the PDF that was uploaded for it. */
  expiresAt: instantSchema,
});

export const overviewSchema = z.strictObject({
  today: periodSchema,
  month: periodSchema,
  /** The last 30 Beijing days, today last; a day without an invoice is there too. */
  days: z.array(z.strictObject({ day: z.iso.date(), count, feeFen: z.int() })),
  todo: z.strictObject({
    /** The request went out and no answer came, or a restore has put it in doubt. */
    needsYou: count,
    rejected: count,
    drafts: count,
    /** PDFs at WeChat whose three days end within a day, of invoices without a card. */
    expiring: count,
    /** Orders whose customers have authorised, without a card. */
    ordersToIssue: count,
    /** Orders that were to be rejected, of which nobody knows whether they are. */
    ordersRejecting: count,
  }),
  /** The soonest of them. */
  expiring: z.array(expiringSchema),
  /** Batches that have not come to their end, newest first. */
  batches: z.array(z.strictObject({ id: idSchema, sourceName: z.string(), state: z.enum(batchStates) })),
});
export type Overview = z.output<typeof overviewSchema>;

export const overviewOperations = {
  'overview.read': operation({
    summary: {
      zhCN: '账号概览：今天、本月、每日数量、待处理的事',
      en: "An account's overview: today, this month, each day, what is to be done",
    },
    input: z.strictObject({ accountId: idSchema }),
    output: overviewSchema,
  }),
  'overview.hasIssued': operation({
    summary: { zhCN: '是否已经开具过发票', en: 'Whether an invoice was ever issued' },
    input: nothingSchema,
    output: z.strictObject({ hasIssued: z.boolean() }),
  }),
};
