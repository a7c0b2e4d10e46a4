import * as z from 'zod';
import { chosenFileSchema } from './app-operations.ts';
import { batchCountsSchema, batchRowSchema, changeCountsSchema, sourceSchema } from './batch-operations.ts';
import { fileTokenSchema, folderTokenSchema, idSchema, operation } from './operation.ts';
import { tableReadingShape } from './table-reading.ts';

const cellsSchema = z.array(z.string());
const columnsSchema = z.array(z.string().nullable());

export const checkedRowSchema = batchRowSchema.omit({ id: true, changedFields: true }).extend({
  rowNumbers: z.array(z.int()),
  cells: z.array(cellsSchema),
  /** Name of the PDF that was found for it, or null. */
  pdf: z.string().nullable(),
});
export type CheckedRow = z.output<typeof checkedRowSchema>;

const checkIdSchema = z.int().positive();
const rowsLimitSchema = z.int().min(1).max(5000);
/** Rows in the order of the table. */
const rowsShape = {
  rows: z.array(checkedRowSchema),
  /** The row after which there are more, for `table.checkedRows`; null: these are the last. */
  next: z.int().nullable(),
};

export const tableOperations = {
  'table.open': operation({
    summary: {
      zhCN: '打开表格：表头、前几行、编码和各列的含义',
      en: 'Open a table: header, first rows, encoding, and what its columns mean',
    },
    input: z.strictObject({ table: fileTokenSchema, encoding: tableReadingShape.encoding }),
    output: z.strictObject({
      encoding: z.string(),
      header: cellsSchema,
      rows: z.array(z.strictObject({ rowNumber: z.int(), cells: cellsSchema })),
      rowCount: z.int(),
      /** What each column means; null where that is not known. */
      columns: columnsSchema,
      /** Whether a person said so for a table of the same shape before. */
      remembered: z.boolean(),
    }),
  }),
  'table.check': operation({
    summary: {
      zhCN: '试读表格和 PDF，给出各行内容、问题和 PDF 的对应结果，不写入发票',
      en: "Read table and PDFs as a trial, with each row's cells, findings and PDF, writing no invoice",
    },
    input: sourceSchema.extend({
      /** An earlier check: only what differs from it is told, and what is the same on the disk is not read again. */
      known: checkIdSchema.optional(),
      /** Rows in the answer, at most. */
      limit: rowsLimitSchema.optional(),
    }),
    output: z.strictObject({
      checkId: checkIdSchema,
      /** The earlier check whose rows stay as they are where nothing is said of them; null: all rows are told. */
      base: checkIdSchema.nullable(),
      encoding: z.string(),
      header: cellsSchema,
      columns: columnsSchema,
      counts: batchCountsSchema,
      changes: changeCountsSchema,
      ...rowsShape,
      /** First rows of orders of the earlier check that are there no more. */
      goneRows: z.array(z.int()),
      pdfCount: z.int(),
      /** Names of PDFs in the folder that no row uses; those of orders that have their card are not looked for. */
      unusedPdfs: z.array(z.string()),
    }),
  }),
  'table.checkedRows': operation({
    summary: { zhCN: '试读结果的其余各行', en: 'Further rows of what a trial reading found' },
    input: z.strictObject({
      checkId: checkIdSchema,
      base: checkIdSchema.nullable(),
      after: z.int().min(0),
      limit: rowsLimitSchema,
    }),
    output: z.strictObject(rowsShape),
  }),
  'table.sample': operation({
    summary: { zhCN: '把样例表格和 PDF 存到文件夹里', en: 'Save the sample table and its PDFs to a folder' },
    input: z.strictObject({ folder: folderTokenSchema }),
    output: z.strictObject({ table: chosenFileSchema, pdfFolder: chosenFileSchema }),
  }),
  'table.faultyRows': operation({
    summary: {
      zhCN: '把批次里有误的行做成一张表，供改正后重新导入',
      en: "Make a table of the batch's faulty rows, to be corrected and imported again",
    },
    input: z.strictObject({ batchId: idSchema }),
    output: z.strictObject({ table: chosenFileSchema }),
  }),
  'table.openReport': operation({
    summary: {
      zhCN: '用系统里的程序打开批次报告',
      en: "Open the batch's report in the program that the system has for it",
    },
    input: z.strictObject({ batchId: idSchema }),
    output: z.strictObject({ name: z.string(), rows: z.int() }),
  }),
  'table.report': operation({
    summary: { zhCN: '把批次报告写到文件夹里', en: "Write the batch's report to a folder" },
    input: z.strictObject({ batchId: idSchema, folder: folderTokenSchema }),
    output: z.strictObject({ name: z.string(), rows: z.int() }),
  }),
};
