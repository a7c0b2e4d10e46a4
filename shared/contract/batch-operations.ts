import * as z from 'zod';
import { appErrorSchema } from '../errors/app-error.ts';
import { findingSchema } from '../invoice/findings.ts';
import {
  fileTokenSchema,
  folderTokenSchema,
  idSchema,
  instantSchema,
  nothingSchema,
  operation,
  saveTokenSchema,
} from './operation.ts';
import { tableReadingShape } from './table-reading.ts';

/**
 * `faulty`: not importable; `already`: its card exists from an earlier run; `doubtful`: may have been issued before a
 * restore; `cancelled`: was waiting when the batch was cancelled; the others as the invoice's own state.
 */
export const batchRowStates = [
  'faulty',
  'already',
  'waiting',
  'doubtful',
  'cancelled',
  'issued',
  'rejected',
  'unknown',
] as const;
export type BatchRowState = (typeof batchRowStates)[number];
export const batchStates = ['ready', 'running', 'stopped', 'finished', 'cancelled'] as const;

/**
 * What an import does to the record of a row's order. `changed`: a record without a card gets the row's content;
 * `conflicting`: the order or the invoice number belongs to a record that has a card, or may have one.
 */
export const rowChanges = ['new', 'unchanged', 'changed', 'conflicting'] as const;
export type RowChange = (typeof rowChanges)[number];

const count = z.int().min(0);
export const changeCountsSchema = z.strictObject({ new: count, unchanged: count, changed: count, conflicting: count });
export type ChangeCounts = z.output<typeof changeCountsSchema>;
export const noChanges: ChangeCounts = { new: 0, unchanged: 0, changed: 0, conflicting: 0 };

export const batchCountsSchema = z.strictObject({
  total: count,
  faulty: count,
  already: count,
  waiting: count,
  doubtful: count,
  cancelled: count,
  issued: count,
  rejected: count,
  unknown: count,
});
export type BatchCounts = z.output<typeof batchCountsSchema>;
export const noCounts: BatchCounts = {
  total: 0,
  faulty: 0,
  already: 0,
  waiting: 0,
  doubtful: 0,
  cancelled: 0,
  issued: 0,
  rejected: 0,
  unknown: 0,
};

export const batchSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  templateId: idSchema,
  sourceName: z.string(),
  encoding: z.string(),
  state: z.enum(batchStates),
  counts: batchCountsSchema,
  /** What its import did to the records; rows that could not be read are in none. */
  changes: changeCountsSchema,
  /** Why it stopped before its end. */
  error: appErrorSchema.nullable(),
  createdAt: instantSchema,
});
export type Batch = z.output<typeof batchSchema>;

export const batchRowSchema = z.strictObject({
  id: idSchema,
  rowNumber: z.int(),
  state: z.enum(batchRowStates),
  orderId: z.string(),
  title: z.string(),
  invoiceId: idSchema.nullable(),
  findings: z.array(findingSchema),
  /** Null: the row could not be read. */
  change: z.enum(rowChanges).nullable(),
  /** Names of the invoice's fields in which the row differs from the record of its order. */
  changedFields: z.array(z.string()),
});
export type BatchRow = z.output<typeof batchRowSchema>;

const concurrencySchema = z.int().min(1).max(16).default(4);

export const sourceSchema = z.strictObject({
  accountId: idSchema,
  templateId: idSchema,
  table: fileTokenSchema,
  pdfFolder: folderTokenSchema,
  ...tableReadingShape,
});

export const batchOperations = {
  'batch.check': operation({
    summary: { zhCN: '试读表格和 PDF，不写入任何内容', en: 'Read table and PDFs as a trial, writing nothing' },
    input: sourceSchema,
    output: z.strictObject({
      counts: batchCountsSchema,
      changes: changeCountsSchema,
      encoding: z.string(),
      rows: z.array(batchRowSchema.omit({ id: true })),
    }),
  }),
  'batch.import': operation({
    summary: { zhCN: '导入表格和 PDF，建立批次', en: 'Import table and PDFs as a batch' },
    input: sourceSchema,
    output: batchSchema,
  }),
  'batch.cancelImport': operation({
    summary: { zhCN: '取消正在进行的导入，不留下任何内容', en: 'Cancel the import under way, leaving nothing of it' },
    input: nothingSchema,
    output: z.strictObject({
      /** Whether there was one. One whose rows have all been read is finished nevertheless. */
      cancelled: z.boolean(),
    }),
  }),
  'batch.run': operation({
    summary: { zhCN: '开具批次里等待中的发票', en: "Issue the batch's waiting invoices" },
    input: z.strictObject({
      batchId: idSchema,
      concurrency: concurrencySchema,
      /** Whether those that WeChat rejected are sent once more, too. */
      retryRejected: z.boolean().default(false),
    }),
    output: batchSchema,
  }),
  'batch.stop': operation({
    summary: { zhCN: '在两次调用之间停下批次，可以继续', en: 'Stop the batch between two calls; it can be resumed' },
    input: z.strictObject({ batchId: idSchema }),
    output: nothingSchema,
  }),
  'batch.cancel': operation({
    summary: {
      zhCN: '取消批次：已发出的等待回答，其余不再开具',
      en: 'Cancel the batch: what was sent is awaited, the rest is not issued',
    },
    input: z.strictObject({ batchId: idSchema }),
    output: batchSchema,
  }),
  'batch.askAgain': operation({
    summary: {
      zhCN: '批次里结果未知的，用同样的内容再问一次微信',
      en: 'Ask WeChat again about every invoice of the batch whose outcome is unknown, with the same bytes',
    },
    apiSection: 5,
    input: z.strictObject({ batchId: idSchema, concurrency: concurrencySchema }),
    output: batchSchema,
  }),
  'batch.settle': operation({
    summary: {
      zhCN: '批次里结果未知的，由人确认卡券都在或都不在',
      en: 'A person states that the cards of all unknown invoices of the batch are there, or are not',
    },
    input: z.strictObject({
      batchId: idSchema,
      outcome: z.enum(['found', 'absent']),
      /** How many there are, as a person typed it. */
      confirmedCount: z.int(),
    }),
    output: batchSchema,
  }),
  'batch.get': operation({
    summary: { zhCN: '查看批次及其各行', en: 'Look at a batch and its rows' },
    input: z.strictObject({
      batchId: idSchema,
      /** Whether its rows are wanted, too; `batch.rows` gives them page by page. */
      withRows: z.boolean().default(true),
    }),
    output: z.strictObject({ batch: batchSchema, rows: z.array(batchRowSchema) }),
  }),
  'batch.rows': operation({
    summary: {
      zhCN: '分页查看批次各行，或只看某些发票的行',
      en: "Look at a batch's rows page by page, or at those of some invoices",
    },
    input: z.strictObject({
      batchId: idSchema,
      /** The id of the row before the first one wanted. */
      after: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000),
      invoiceIds: z.array(idSchema).max(1000).optional(),
    }),
    output: z.strictObject({
      rows: z.array(batchRowSchema),
      /** The row after which there are more; null: these are the last. */
      next: idSchema.nullable(),
    }),
  }),
  'batch.list': operation({
    summary: { zhCN: '列出批次，新的在前', en: 'List batches, newest first' },
    input: z.strictObject({ accountId: idSchema.optional() }),
    output: z.strictObject({ batches: z.array(batchSchema) }),
  }),
  'batch.report': operation({
    summary: { zhCN: '把批次报告写在来源表格旁边', en: "Write the batch's report beside its source table" },
    input: z.strictObject({ batchId: idSchema, target: saveTokenSchema.optional() }),
    output: z.strictObject({ file: z.string(), rows: z.int() }),
  }),
};
