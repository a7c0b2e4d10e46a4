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

/** `faulty`: not importable; `already`: its card exists from an earlier run; the others as the invoice's own state. */
export const batchRowStates = ['faulty', 'already', 'waiting', 'issued', 'rejected', 'unknown'] as const;
export type BatchRowState = (typeof batchRowStates)[number];
export const batchStates = ['ready', 'running', 'stopped', 'finished'] as const;

const count = z.int().min(0);
export const batchCountsSchema = z.strictObject({
  total: count,
  faulty: count,
  already: count,
  waiting: count,
  issued: count,
  rejected: count,
  unknown: count,
});
export type BatchCounts = z.output<typeof batchCountsSchema>;

export const batchSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  templateId: idSchema,
  sourceName: z.string(),
  encoding: z.string(),
  state: z.enum(batchStates),
  counts: batchCountsSchema,
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
});
export type BatchRow = z.output<typeof batchRowSchema>;

const sourceSchema = z.strictObject({
  accountId: idSchema,
  templateId: idSchema,
  table: fileTokenSchema,
  pdfFolder: folderTokenSchema,
});

export const batchOperations = {
  'batch.check': operation({
    summary: { zhCN: '试读表格和 PDF，不写入任何内容', en: 'Read table and PDFs as a trial, writing nothing' },
    input: sourceSchema,
    output: z.strictObject({
      counts: batchCountsSchema,
      encoding: z.string(),
      rows: z.array(batchRowSchema.omit({ id: true })),
    }),
  }),
  'batch.import': operation({
    summary: { zhCN: '导入表格和 PDF，建立批次', en: 'Import table and PDFs as a batch' },
    input: sourceSchema,
    output: batchSchema,
  }),
  'batch.run': operation({
    summary: { zhCN: '开具批次里等待中的发票', en: "Issue the batch's waiting invoices" },
    input: z.strictObject({ batchId: idSchema, concurrency: z.int().min(1).max(16).default(4) }),
    output: batchSchema,
  }),
  'batch.stop': operation({
    summary: { zhCN: '在两次调用之间停下批次', en: 'Stop the batch between two calls' },
    input: z.strictObject({ batchId: idSchema }),
    output: nothingSchema,
  }),
  'batch.get': operation({
    summary: { zhCN: '查看批次及其各行', en: 'Look at a batch and its rows' },
    input: z.strictObject({ batchId: idSchema }),
    output: z.strictObject({ batch: batchSchema, rows: z.array(batchRowSchema) }),
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
