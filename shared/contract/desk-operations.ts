import * as z from 'zod';
import { accountColours, accountNameSchema, accountSchema, templateSchema } from './account-operations.ts';
import { backupCountsSchema } from './backup-operations.ts';
import { idSchema, nothingSchema, operation, saveTokenSchema } from './operation.ts';

/** What the pages Templates and Settings need beside the operations that stand for a call of the API. */
export const deskOperations = {
  'template.archive': operation({
    summary: {
      zhCN: '归档模板（不再供选择），或取消归档',
      en: 'Archive a template (no longer offered), or put it back',
    },
    input: z.strictObject({ templateId: idSchema, archived: z.boolean() }),
    output: templateSchema,
  }),
  'account.update': operation({
    summary: { zhCN: '修改账号的名称或颜色', en: "Change an account's name or colour" },
    input: z.strictObject({
      accountId: idSchema,
      name: accountNameSchema.optional(),
      colour: z.enum(accountColours).optional(),
    }),
    output: accountSchema,
  }),
  'folder.open': operation({
    summary: { zhCN: '在系统的文件管理器里打开数据文件夹', en: "Open the data folder in the system's file manager" },
    input: nothingSchema,
    output: nothingSchema,
  }),
  'backup.present': operation({
    summary: { zhCN: '现有记录的数量，与备份比较用', en: 'What is counted now, to compare a backup with' },
    input: nothingSchema,
    output: backupCountsSchema,
  }),
  'log.read': operation({
    summary: {
      zhCN: '读取最近的运行日志（已去除密钥）',
      en: 'Read the latest of the log, secrets removed',
    },
    input: nothingSchema,
    output: z.strictObject({ text: z.string() }),
  }),
  'diagnostics.save': operation({
    summary: {
      zhCN: '把诊断信息存为文本文件：版本、检查结果、数量、数据库结构、日志（不含密钥、发票内容与客户）',
      en: 'Save the diagnostics as text: versions, checks, counts, schema, log (no secrets, no invoices, no customers)',
    },
    input: z.strictObject({ target: saveTokenSchema }),
    output: z.strictObject({ name: z.string() }),
  }),
};
