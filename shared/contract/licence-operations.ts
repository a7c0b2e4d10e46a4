import * as z from 'zod';
import { nothingSchema, operation } from './operation.ts';

const packageLicenceSchema = z.strictObject({ name: z.string(), version: z.string(), licence: z.string() });
export type PackageLicence = z.output<typeof packageLicenceSchema>;

export const licenceOperations = {
  'app.licences': operation({
    summary: { zhCN: '列出程序所用的开源软件及其许可证', en: 'List the open source that the program is made with' },
    input: nothingSchema,
    /** Empty where the program runs from its sources. */
    output: z.strictObject({ packages: z.array(packageLicenceSchema) }),
  }),
  'app.licenceText': operation({
    summary: { zhCN: '读取一个软件包的许可证原文', en: 'Read the licence of one package' },
    input: z.strictObject({ name: z.string().min(1).max(214), version: z.string().min(1).max(64) }),
    output: z.strictObject({ text: z.string() }),
  }),
};
