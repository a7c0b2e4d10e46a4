import * as z from 'zod';
import { fenSchema } from '../invoice/money.ts';
import { invoiceStates } from '../invoice/state.ts';
import { languages } from '../text.ts';
import { reimburseStatuses } from '../wechat/reimburse-status.ts';
import { idSchema, instantSchema, nothingSchema, operation, saveTokenSchema } from './operation.ts';

/** Which invoices are meant; what is absent does not matter. */
export const recordCriteriaSchema = z.strictObject({
  /**
   * Words that all occur in the invoice's number, code, order, buyer's title, buyer's tax ID or remarks, in any place;
   * upper case and full width do not matter.
   */
  text: z.string().max(200).default(''),
  accountId: idSchema.optional(),
  templateId: idSchema.optional(),
  state: z.enum(invoiceStates).optional(),
  reimburseStatus: z.enum(reimburseStatuses).optional(),
  /** Billing time, seconds since 1970: from this one on. */
  billedFrom: z.int().optional(),
  /** Billing time, seconds since 1970: before this one. */
  billedBefore: z.int().optional(),
  /** Total with tax in fen, at least and at most. */
  feeFrom: fenSchema.optional(),
  feeTo: fenSchema.optional(),
  /** Only what waits for a person: rejected, outcome unknown, or in doubt since a restore. */
  needsYou: z.boolean().default(false),
});
export type RecordCriteria = z.output<typeof recordCriteriaSchema>;

export const recordSortColumns = ['created', 'billingTime', 'fee', 'buyer'] as const;
export const recordSortSchema = z.strictObject({
  by: z.enum(recordSortColumns),
  descending: z.boolean(),
});
export type RecordSort = z.output<typeof recordSortSchema>;
const newestFirst: RecordSort = { by: 'created', descending: true };

/** The place of an invoice in the order of a search. */
export const recordPlaceSchema = z.strictObject({
  id: idSchema,
  /** What it is sorted by; null where that is the time it was created. */
  value: z.union([z.int(), z.string()]).nullable(),
});
export type RecordPlace = z.output<typeof recordPlaceSchema>;

export const recordRowSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  templateId: idSchema.nullable(),
  state: z.enum(invoiceStates),
  needsYou: z.boolean(),
  orderId: z.string(),
  title: z.string(),
  feeFen: fenSchema,
  feeWithoutTaxFen: fenSchema,
  taxFen: fenSchema,
  /** Seconds since 1970; 0: not filled in. */
  billingTime: z.int(),
  billingNo: z.string(),
  billingCode: z.string(),
  buyerNumber: z.string(),
  remarks: z.string(),
  cardCode: z.string().nullable(),
  reimburseStatus: z.enum(reimburseStatuses).nullable(),
  createdAt: instantSchema,
  issuedAt: instantSchema.nullable(),
});
export type RecordRow = z.output<typeof recordRowSchema>;

/** What the table of records can show, in its first order. */
export const recordColumns = [
  'state',
  'billingNo',
  'title',
  'fee',
  'billingTime',
  'orderId',
  'reimburseStatus',
  'account',
  'billingCode',
  'buyerNumber',
  'feeWithoutTax',
  'tax',
  'template',
  'cardCode',
  'remarks',
  'created',
  'issued',
] as const;
export const recordColumnSchema = z.enum(recordColumns);
export type RecordColumn = z.output<typeof recordColumnSchema>;

export const recordLayoutSchema = z.strictObject({
  /** The columns in their order. */
  columns: z
    .array(z.strictObject({ column: recordColumnSchema, width: z.int().min(40).max(2000), shown: z.boolean() }))
    .max(recordColumns.length),
  views: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        criteria: recordCriteriaSchema,
        sort: recordSortSchema,
      }),
    )
    .max(50),
});
export type RecordLayout = z.output<typeof recordLayoutSchema>;

export const recordOperations = {
  'record.search': operation({
    summary: { zhCN: '查找发票记录，一次一页', en: 'Search the invoices, a page at a time' },
    input: recordCriteriaSchema.extend({
      sort: recordSortSchema.default(newestFirst),
      /** The last invoice of the page before; absent: the first page. */
      after: recordPlaceSchema.optional(),
      limit: z.int().min(1).max(500).default(100),
      /** Who searches. Of one asker, a search for something else ends earlier ones with `work.cancelled`. */
      asker: z.string().max(40).default(''),
    }),
    output: z.strictObject({
      rows: z.array(recordRowSchema),
      /** Where the next page begins; null: there is none. */
      next: recordPlaceSchema.nullable(),
      /**
       * Invoices that can be found by their texts so far, newest first, while the index of texts is being made; null: all
       * of them can.
       */
      preparing: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
    }),
  }),
  'record.count': operation({
    summary: { zhCN: '查找结果有多少张发票', en: 'How many invoices a search finds' },
    input: recordCriteriaSchema.extend({ asker: z.string().max(40).default('') }),
    output: z.strictObject({
      count: z.int(),
      /**
       * Whether there may be more: with criteria no more than 10,000 are counted, of texts of one or two characters no
       * more than are found soon, and while the index of texts is being made, what is in it. Without criteria the count is
       * always whole.
       */
      isCapped: z.boolean(),
    }),
  }),
  'record.export': operation({
    summary: { zhCN: '把查找结果导出为 CSV 或 XLSX', en: 'Export what a search finds as CSV or XLSX' },
    input: recordCriteriaSchema.extend({
      sort: recordSortSchema.default(newestFirst),
      columns: z.array(recordColumnSchema).min(1).max(recordColumns.length),
      format: z.enum(['csv', 'xlsx']),
      target: saveTokenSchema,
      language: z.enum(languages).optional(),
    }),
    output: z.strictObject({ file: z.string(), rows: z.int() }),
  }),
  'record.cancelExport': operation({
    summary: { zhCN: '取消正在进行的导出，不留下文件', en: 'Cancel the export under way, leaving no file' },
    input: nothingSchema,
    output: z.strictObject({ cancelled: z.boolean() }),
  }),
  'record.readLayout': operation({
    summary: { zhCN: '读取记录表的列与视图', en: "Read the columns and views of the records' table" },
    input: nothingSchema,
    output: recordLayoutSchema,
  }),
  'record.saveLayout': operation({
    summary: { zhCN: '保存记录表的列与视图', en: "Save the columns and views of the records' table" },
    input: recordLayoutSchema.partial(),
    output: recordLayoutSchema,
  }),
  'file.chooseSave': operation({
    summary: { zhCN: '打开选择保存位置的窗口', en: 'Open the dialog that chooses where to save' },
    input: z.strictObject({
      /** The name that is offered. */
      name: z
        .string()
        .min(1)
        .max(120)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no file name may have
        .regex(/^[^\\/:*?"<>|\u0000-\u001f]+$/),
      kind: z.enum(['csv', 'xlsx', 'png', 'pdf', 'txt']),
    }),
    output: z.strictObject({
      /** Null: nothing was chosen. */
      target: z.strictObject({ token: saveTokenSchema, name: z.string() }).nullable(),
    }),
  }),
};
