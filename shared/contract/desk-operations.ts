import * as z from 'zod';
import { accountColours, accountNameSchema, accountSchema, templateSchema } from './account-operations.ts';
import { backupCountsSchema } from './backup-operations.ts';
import { idSchema, nothingSchema, operation } from './operation.ts';

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
};
