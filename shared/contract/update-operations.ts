import * as z from 'zod';
import { appErrorSchema } from '../errors/app-error.ts';
import { instantSchema, nothingSchema, operation } from './operation.ts';

/** Why a copy of the program never looks for updates. */
export const updateOffReasons = ['not-packaged', 'no-place', 'unsigned', 'package-manager'] as const;

const updateStateSchema = z.strictObject({
  stage: z.enum(['off', 'idle', 'checking', 'offered', 'downloading', 'ready', 'installing']),
  offReason: z.enum(updateOffReasons).nullable(),
  current: z.string(),
  /** The newer version, with what its makers say about it. */
  offered: z.strictObject({ version: z.string(), notes: z.string(), releasedAt: instantSchema }).nullable(),
  /** Of the download, 0 to 100. */
  percent: z.number().min(0).max(100),
  checkedAt: instantSchema.nullable(),
  /** Why the last step failed. */
  error: appErrorSchema.nullable(),
});
export type UpdateState = z.output<typeof updateStateSchema>;

export const updateOperations = {
  'update.state': operation({
    summary: { zhCN: '查看更新的情况', en: 'How it stands with updates' },
    input: nothingSchema,
    output: updateStateSchema,
  }),
  'update.check': operation({
    summary: { zhCN: '检查有没有新版本', en: 'Look for a newer version' },
    input: nothingSchema,
    output: updateStateSchema,
  }),
  'update.download': operation({
    summary: { zhCN: '下载并核对新版本的安装包', en: 'Download the newer version and verify it' },
    input: nothingSchema,
    output: updateStateSchema,
  }),
  'update.install': operation({
    summary: { zhCN: '退出程序并安装已核对的新版本', en: 'End the program and install the version that was verified' },
    input: nothingSchema,
    output: updateStateSchema,
  }),
};
