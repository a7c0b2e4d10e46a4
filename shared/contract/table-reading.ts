import * as z from 'zod';

export const tableEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;

const mostColumns = 500;
const mostEdits = 50_000;

/** The column of an edit that names the PDF of its row, also where the file has no column for that. */
export const pdfNameColumn = mostColumns;

/** A cell that was corrected on the page: counted as a spreadsheet does, rows from 1 with the header, columns from 0. */
export const cellEditSchema = z.strictObject({
  row: z.int().min(2),
  column: z.int().min(0).max(pdfNameColumn),
  value: z.string().max(10_000),
});
export type CellEdit = z.output<typeof cellEditSchema>;

/** How a table is to be read where the program's own reading of it is not the right one. */
export const tableReadingShape = {
  encoding: z.enum(tableEncodings).optional(),
  /** A target for each column of the file, see `shared/table/column-target.ts`; null: not said. */
  columns: z.array(z.string().max(40).nullable()).max(mostColumns).optional(),
  edits: z.array(cellEditSchema).max(mostEdits).optional(),
};
