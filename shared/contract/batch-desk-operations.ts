import * as z from 'zod';
import { chosenFileSchema } from './app-operations.ts';
import { fileTokenSchema, folderTokenSchema, idSchema, nothingSchema, operation } from './operation.ts';
import { tableReadingShape } from './table-reading.ts';

/** What is said on the desk of how its table is to be read; null: nothing. */
const deskShape = {
  templateId: idSchema.nullable(),
  encoding: tableReadingShape.encoding.unwrap().nullable(),
  columns: tableReadingShape.columns.unwrap().nullable(),
  edits: tableReadingShape.edits.unwrap(),
};
export const deskReadingSchema = z.strictObject(deskShape);

/** What lies on the desk for the next batch: it is there again when the program is. */
export const batchDeskOperations = {
  'desk.read': operation({
    summary: {
      zhCN: '取回批量开票页上放着的表格、文件夹和修改',
      en: 'What lies on the desk for the next batch: table, folder, and corrections',
    },
    input: z.strictObject({ accountId: idSchema }),
    output: deskReadingSchema.extend({
      table: chosenFileSchema.nullable(),
      folder: chosenFileSchema.nullable(),
      /** Names of what lay there and is not where it was. */
      gone: z.array(z.string()),
      /** Whether the table was written since, so that corrections of its cells do not hold any more. */
      tableChanged: z.boolean(),
    }),
  }),
  'desk.save': operation({
    summary: {
      zhCN: '记住批量开票页上放着的表格、文件夹和修改',
      en: 'Remember what lies on the desk for the next batch',
    },
    input: deskReadingSchema.extend({
      accountId: idSchema,
      table: fileTokenSchema.nullable(),
      folder: folderTokenSchema.nullable(),
    }),
    output: nothingSchema,
  }),
};
