import * as z from 'zod';
import { findingSchema } from '../invoice/findings.ts';
import { chosenFileSchema } from './app-operations.ts';
import { sourceSchema } from './batch-operations.ts';
import { folderTokenSchema, nothingSchema, operation, saveTokenSchema } from './operation.ts';

/** Long work that reads many PDFs: `make` makes a table of them, `compare` holds a table against them. */
export type PdfWorkName = 'make' | 'compare';

/** A file that was not used, with the reason. */
const refusedPdfSchema = z.strictObject({ file: z.string(), finding: findingSchema });
export type RefusedPdf = z.output<typeof refusedPdfSchema>;

const rowNumber = z.int().min(2);

/** Something in a PDF that a person has to look at; the row that was made of it. */
const pdfNoteSchema = refusedPdfSchema.extend({ row: rowNumber });

/** What a PDF says about a row of a table. */
const pdfFindingSchema = z.strictObject({
  row: rowNumber,
  /** Column of the file, from 0; null: it has none for that. */
  column: z.int().min(0).nullable(),
  /** The cell as it was when it was compared: of another text it is not said. */
  cell: z.string(),
  finding: findingSchema,
  /** What the cell says when it takes over the PDF's value; null: there is nothing to take over. */
  take: z.string().nullable(),
  /** Whether the PDF's value was read beyond doubt. */
  sure: z.boolean(),
});
export type PdfFinding = z.output<typeof pdfFindingSchema>;

export const pdfTableOperations = {
  'folder.look': operation({
    summary: { zhCN: '看文件夹里有多少 PDF、表格和别的文件', en: 'Count the PDFs, tables and other files of a folder' },
    input: z.strictObject({ folder: folderTokenSchema }),
    output: z.strictObject({
      pdfs: z.int(),
      tables: z.int(),
      /** Other files, and folders inside it. */
      others: z.int(),
    }),
  }),
  'table.fromPdfs': operation({
    summary: {
      zhCN: '读出文件夹里全部发票 PDF，做成一张可以直接检查和导入的表格',
      en: 'Read all invoice PDFs of a folder into a table that is ready to be checked and imported',
    },
    input: z.strictObject({
      folder: folderTokenSchema,
      /** Where to write it; absent: in the data folder. */
      target: saveTokenSchema.optional(),
    }),
    output: z.strictObject({
      /** Null where there is not one invoice among the files. */
      table: chosenFileSchema.nullable(),
      rows: z.int(),
      refused: z.array(refusedPdfSchema),
      notes: z.array(pdfNoteSchema),
    }),
  }),
  'table.comparePdfs': operation({
    summary: {
      zhCN: '把表格各行与 PDF 的内容核对，并按内容找出文件名对不上的 PDF',
      en: "Compare a table's rows with what their PDFs say, and find by content the PDFs that no name leads to",
    },
    input: sourceSchema.extend({
      /** An earlier `table.check` of the same: its rows are used. */
      known: z.int().positive().optional(),
    }),
    output: z.strictObject({
      /** PDFs that were compared with the row that uses them. */
      compared: z.int(),
      findings: z.array(pdfFindingSchema),
      /** Rows without a PDF, and the unused PDF with the same number and code. */
      matches: z.array(z.strictObject({ row: rowNumber, file: z.string() })),
      /** Unused PDFs that cannot be read, or cannot become a card. */
      refused: z.array(refusedPdfSchema),
    }),
  }),
  'table.cancelPdfs': operation({
    summary: { zhCN: '停止正在进行的 PDF 读取', en: 'Stop the reading of PDFs that is under way' },
    input: nothingSchema,
    output: z.strictObject({ cancelled: z.boolean() }),
  }),
};
