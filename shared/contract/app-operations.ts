import * as z from 'zod';
import { languages, textSchema } from '../text.ts';
import { fileTokenSchema, folderTokenSchema, nothingSchema, operation } from './operation.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const settingsSchema = z.strictObject({
  language: z.enum(languages),
  theme: z.enum(themes),
  /** The account the window works for; null until there is one. */
  currentAccountId: z.int().nullable(),
});
export type Settings = z.output<typeof settingsSchema>;

export const fileKinds = ['pdf', 'table', 'image', 'pdf-folder'] as const;
export const chosenFileSchema = z.strictObject({
  token: z.union([fileTokenSchema, folderTokenSchema]),
  name: z.string(),
  sizeBytes: z.int(),
});
export type ChosenFile = z.output<typeof chosenFileSchema>;

export const doctorFindingSchema = z.strictObject({
  check: z.enum([
    'program',
    'data-folder',
    'database',
    'disk',
    'account',
    'secret',
    'network',
    'token',
    'practice',
    'permission',
    'contact',
    'template',
  ]),
  state: z.enum(['good', 'warning', 'bad']),
  text: textSchema,
  nextStep: textSchema,
});
export type DoctorFinding = z.output<typeof doctorFindingSchema>;

export const appOperations = {
  'app.info': operation({
    summary: { zhCN: '程序版本、数据文件夹与练习服务器', en: 'Program versions, data folder and practice server' },
    input: nothingSchema,
    output: z.strictObject({
      version: z.string(),
      node: z.string(),
      electron: z.string().nullable(),
      sqlite: z.string(),
      dataFolder: z.string(),
      practiceUrl: z.string().nullable(),
    }),
  }),
  'app.doctor': operation({
    summary: {
      zhCN: '检查网络、凭证、IP 白名单、数据库与磁盘',
      en: 'Check network, token, IP allow-list, database and disk',
    },
    input: z.strictObject({ accountId: z.int().positive().optional() }),
    output: z.strictObject({ findings: z.array(doctorFindingSchema), healthy: z.boolean() }),
  }),
  'settings.read': operation({
    summary: { zhCN: '读取设置', en: 'Read the settings' },
    input: nothingSchema,
    output: settingsSchema,
  }),
  'settings.write': operation({
    summary: { zhCN: '修改设置', en: 'Change settings' },
    input: settingsSchema.partial(),
    output: settingsSchema,
  }),
  'file.choose': operation({
    summary: { zhCN: '打开选择文件的窗口', en: 'Open the dialog that chooses a file' },
    input: z.strictObject({ kind: z.enum(fileKinds) }),
    output: z.strictObject({ file: chosenFileSchema.nullable() }),
  }),
  'file.read': operation({
    summary: { zhCN: '读取 PDF 内容用于预览', en: 'Read a PDF for its preview' },
    input: z.strictObject({ file: fileTokenSchema }),
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
};
