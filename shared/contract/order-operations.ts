import * as z from 'zod';
import { appErrorSchema } from '../errors/app-error.ts';
import { findingSchema } from '../invoice/findings.ts';
import { authorisationKinds, orderSources, orderStages, userTitleSchema } from '../invoice/order.ts';
import { invoiceStates } from '../invoice/state.ts';
import { chosenFileSchema } from './app-operations.ts';
import {
  fileTokenSchema,
  folderTokenSchema,
  idSchema,
  instantSchema,
  operation,
  saveTokenSchema,
} from './operation.ts';
import { tableReadingShape } from './table-reading.ts';

/** How the links of one or many orders are to be. */
const linkShape = {
  kind: z.enum(authorisationKinds).default('collect'),
  source: z.enum(orderSources).default('web'),
  /** Where WeChat sends the customer afterwards; empty: nowhere. */
  redirectUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(1024)]).default(''),
};

export const newOrderSchema = z.strictObject({
  orderId: z
    .string()
    .trim()
    .regex(/^[^\s\p{Cc}]{1,64}$/u),
  moneyFen: z.int().positive(),
  /** Whose order it is, in the merchant's own words: a name, a table, a phone. WeChat never sees it. */
  note: z.string().trim().max(200).default(''),
  ...linkShape,
});
export type NewOrder = z.output<typeof newOrderSchema>;

export const orderSchema = newOrderSchema.extend({
  id: idSchema,
  accountId: idSchema,
  stage: z.enum(orderStages),
  link: z
    .strictObject({
      url: z.string(),
      /** appid of the mini program that opens it; null: it is opened as an address. */
      appid: z.string().nullable(),
      obtainedAt: instantSchema,
    })
    .nullable(),
  authorisedAt: instantSchema.nullable(),
  openid: z.string().nullable(),
  /** What the customer filled in; null: nothing, or not asked. */
  title: userTitleSchema.nullable(),
  rejection: z.strictObject({ reason: z.string(), url: z.string(), at: instantSchema }).nullable(),
  /** Why there is no link, or why the last question was not answered. */
  error: appErrorSchema.nullable(),
  /** When WeChat was asked last, and when it will be asked again; null: never. */
  checkedAt: instantSchema.nullable(),
  nextCheckAt: instantSchema.nullable(),
  invoice: z.strictObject({ id: idSchema, state: z.enum(invoiceStates) }).nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Order = z.output<typeof orderSchema>;

const count = z.int().min(0);
export const orderCountsSchema = z.record(z.enum(orderStages), count);
export type OrderCounts = z.output<typeof orderCountsSchema>;

/** Columns of a table of orders, from 0; null: the table has none. */
const orderColumnsSchema = z.strictObject({ orderId: count, money: count, note: count.nullable() });
export type OrderColumns = z.output<typeof orderColumnsSchema>;

const orderTableShape = {
  accountId: idSchema,
  table: fileTokenSchema,
  encoding: tableReadingShape.encoding,
  columns: orderColumnsSchema.optional(),
};

const faultyRowSchema = z.strictObject({ row: z.int().min(2), cells: z.array(z.string()), finding: findingSchema });
export type FaultyOrderRow = z.output<typeof faultyRowSchema>;

const tableCountsShape = {
  /** Orders that are not here yet. */
  created: count,
  /** Orders that are here with the same amount. */
  known: count,
  faulty: count,
};

const byId = z.strictObject({ id: idSchema });

/** Orders for which customers authorise invoices: links out, authorisations and titles in. */
export const orderOperations = {
  'order.create': operation({
    summary: {
      zhCN: '为一个订单取授权链接（客户点开后才能开具）',
      en: 'Get the authorisation link of an order; only then can it be issued',
    },
    input: z.strictObject({ accountId: idSchema, order: newOrderSchema }),
    output: orderSchema,
  }),
  'order.renewLink': operation({
    summary: { zhCN: '重新取一个订单的授权链接', en: 'Get the authorisation link of an order anew' },
    input: byId,
    output: orderSchema,
  }),
  'order.list': operation({
    summary: { zhCN: '列出订单和各阶段的数量', en: 'List orders, with how many there are in each stage' },
    input: z.strictObject({
      accountId: idSchema.optional(),
      stage: z.enum(orderStages).optional(),
      /** In order number, note, title or tax number. */
      text: z.string().trim().max(200).default(''),
      beforeId: idSchema.optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    output: z.strictObject({
      /** Newest first. */
      orders: z.array(orderSchema),
      counts: orderCountsSchema,
    }),
  }),
  'order.find': operation({
    summary: { zhCN: '按订单号查找订单', en: 'Find an order by its number' },
    input: z.strictObject({ accountId: idSchema, orderId: z.string().trim().min(1).max(64) }),
    output: z.strictObject({ order: orderSchema.nullable() }),
  }),
  'order.check': operation({
    summary: { zhCN: '现在就问微信：这个订单授权了吗', en: 'Ask WeChat now whether an order is authorised' },
    input: byId,
    output: orderSchema,
  }),
  'order.reject': operation({
    summary: {
      zhCN: '拒绝为这个订单开票（不能撤回，订单号从此作废）',
      en: 'Reject to invoice an order; it cannot be taken back, and its number is burnt',
    },
    input: byId.extend({
      reason: z.string().trim().min(1).max(200),
      url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(1024)]).default(''),
    }),
    output: orderSchema,
  }),
  'order.dismiss': operation({
    summary: { zhCN: '不再等待一个订单，或重新等待', en: 'No longer wait for an order, or wait for it again' },
    input: byId.extend({ dismissed: z.boolean() }),
    output: orderSchema,
  }),
  'order.readTable': operation({
    summary: { zhCN: '试读订单表格，不写入', en: 'Read a table of orders as a trial, storing nothing' },
    input: z.strictObject(orderTableShape),
    output: z.strictObject({
      encoding: z.string(),
      header: z.array(z.string()),
      /** Null where it is not known which columns hold order number and amount. */
      columns: orderColumnsSchema.nullable(),
      rows: count,
      ...tableCountsShape,
      faults: z.array(faultyRowSchema),
      sample: z.array(z.strictObject({ orderId: z.string(), moneyFen: z.int(), note: z.string() })),
    }),
  }),
  'order.importTable': operation({
    summary: {
      zhCN: '导入订单表格；有误的行不导入，接着可以批量取链接',
      en: 'Store the orders of a table but for its faulty rows; their links can be got next',
    },
    input: z.strictObject({ ...orderTableShape, ...linkShape }),
    output: z.strictObject(tableCountsShape),
  }),
  'order.requestLinks': operation({
    summary: {
      zhCN: '为所有还没有链接的订单取授权链接',
      en: 'Get the links of all orders that have none yet',
    },
    input: z.strictObject({ accountId: idSchema }),
    output: z.strictObject({ obtained: count, failed: count, left: count }),
  }),
  'order.cancelRequests': operation({
    summary: { zhCN: '停止批量取链接', en: 'Stop getting links' },
    input: z.strictObject({ accountId: idSchema }),
    output: z.strictObject({ cancelled: z.boolean() }),
  }),
  'order.exportLinks': operation({
    summary: { zhCN: '把订单和授权链接存成 CSV', en: 'Save orders and their links as CSV' },
    input: z.strictObject({
      accountId: idSchema,
      stage: z.enum(orderStages).optional(),
      target: saveTokenSchema,
    }),
    output: z.strictObject({ name: z.string(), rows: count }),
  }),
  'order.makeTable': operation({
    summary: {
      zhCN: '把已授权的订单和文件夹里的发票 PDF 对上，做成可以直接导入的发票表格',
      en: 'Match authorised orders with the invoice PDFs of a folder into a table that is ready to be imported',
    },
    input: z.strictObject({ accountId: idSchema, folder: folderTokenSchema }),
    output: z.strictObject({
      /** Null where nothing matched. */
      table: chosenFileSchema.nullable(),
      rows: count,
      /** Authorised orders that no PDF was found for. */
      ordersWithoutPdf: z.array(z.string()),
      /** PDFs that no order was found for, or that cannot become a card. */
      pdfsWithoutOrder: z.array(z.strictObject({ file: z.string(), finding: findingSchema })),
      /** What a person has to look at, by the row that was made of the file. */
      notes: z.array(z.strictObject({ file: z.string(), row: z.int().min(2), finding: findingSchema })),
    }),
  }),
  'picture.save': operation({
    summary: { zhCN: '把二维码存成图片', en: 'Save a QR code as a picture' },
    input: z.strictObject({
      target: saveTokenSchema,
      /** A PNG, in base64. */
      png: z.base64().max(2_000_000),
    }),
    output: z.strictObject({ name: z.string() }),
  }),
};
