import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** What a PDF truly says; docs/reading-invoice-pdfs.md describes it. What is left out is not judged. */
const truthSchema = z.object({
  layout: z.string().default('unnamed'),
  /** The code of the error with which the file has to be refused. */
  error: z.string().optional(),
  kind: z.enum(['vat', 'digital', 'not-invoice']).optional(),
  isRedLetter: z.boolean().optional(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
  lines: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).optional(),
});

export type TruthFile = z.output<typeof truthSchema>;

export interface JudgedPdf {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly truth: TruthFile;
}

/** Every PDF of a folder that has its truth beside it: `NAME.pdf` and `NAME.json`. */
export function readJudgedPdfs(folder: string): JudgedPdf[] {
  const names = readdirSync(folder);
  return names
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .toSorted()
    .flatMap((name) => {
      const beside = `${name.slice(0, -4)}.json`;
      if (!names.includes(beside)) return [];
      const truth = truthSchema.parse(JSON.parse(readFileSync(join(folder, beside), 'utf8')));
      return [{ name, bytes: new Uint8Array(readFileSync(join(folder, name))), truth }];
    });
}
