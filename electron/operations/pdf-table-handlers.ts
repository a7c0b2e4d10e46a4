import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { PdfFinding } from '../../shared/contract/pdf-table-operations.ts';
import type { CheckedRow } from '../../shared/contract/table-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPacer } from '../tables/pacer.ts';
import { listFolder } from '../tables/pdf-folder.ts';
import { type ReadPdf, refusalOf, tableOfPdfs } from '../tables/pdf-rows.ts';
import { isComparable, matchByContent, reconcileRow } from '../tables/reconcile-rows.ts';
import { readHeader } from '../tables/table-header.ts';
import { toSource } from './batch-handlers.ts';
import type { HandlerParts } from './handler-parts.ts';
import { keepTable, readPdfs } from './pdf-table-parts.ts';

type Names = 'folder.look' | 'table.fromPdfs' | 'table.comparePdfs' | 'table.cancelPdfs';

/** The table of a folder is always the same file: made again, it takes the place of the last one. */
function placeOf(dataFolder: string, folder: string): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(dataFolder, 'pdf-tables', key, `${basename(folder) || 'pdf'}.csv`);
}

const isOfd = (file: string): boolean => /\.ofd$/i.test(file);

function refuseOther(file: string): ReadPdf {
  return { file, read: fail(appError(isOfd(file) ? 'pdf.is-ofd' : 'pdf.not-pdf', { file })) };
}

const refuseFolder = (file: string): ReadPdf => ({ file, read: fail(appError('file.is-folder', { file })) });

async function makeTable(
  parts: HandlerParts,
  { folder, target }: InputOf<'table.fromPdfs'>,
): Promise<Result<OutputOf<'table.fromPdfs'>, AppError>> {
  const { files, dataFolder } = parts;
  const path = files.resolve(folder);
  if (!path.ok) return path;
  const place = target === undefined ? ok(placeOf(dataFolder, path.value)) : files.resolve(target);
  if (!place.ok) return place;
  const content = await listFolder(path.value);
  if (!content.ok) return content;
  const { pdfs, tables, folders, others } = content.value;
  const hasInvoices = pdfs.length > 0 || others.some(isOfd);
  if (!hasInvoices) return fail(appError('folder.no-pdfs', { folder: basename(path.value) }));
  const read = await readPdfs(parts, 'make', path.value, pdfs);
  if (!read.ok) return read;
  const made = await tableOfPdfs([
    ...read.value,
    ...[...others, ...tables].map(refuseOther),
    ...folders.map(refuseFolder),
  ]);
  const answer = { rows: made.rows.length, refused: [...made.refused], notes: [...made.notes] };
  const table = await keepTable(parts, place.value, made);
  return table.ok ? ok({ table: table.value, ...answer }) : table;
}

/** The rows of a table as they are checked, without reading it again where that was done. */
async function checkedRows(
  { deskChecks }: HandlerParts,
  source: Parameters<typeof deskChecks.check>[0],
  known?: number,
) {
  const checked = await deskChecks.check(source, { known, limit: 1 });
  if (!checked.ok) return checked;
  const { checkId, header, columns, unusedPdfs } = checked.value;
  const rows = deskChecks.rowsAfter(checkId, null, 0, Infinity)?.rows;
  if (!rows) return fail(appError('table.check-outdated'));
  const understood = readHeader(header, columns);
  return understood.ok ? ok({ rows: rows.filter(isComparable), header: understood.value, unusedPdfs }) : understood;
}

const hasPdf = (row: CheckedRow): row is CheckedRow & { pdf: string } => row.pdf !== null;

async function compare(
  parts: HandlerParts,
  { known, ...input }: InputOf<'table.comparePdfs'>,
): Promise<Result<OutputOf<'table.comparePdfs'>, AppError>> {
  const source = toSource(parts, input);
  if (!source.ok) return source;
  const checked = await checkedRows(parts, source.value, known);
  if (!checked.ok) return checked;
  const { rows, header, unusedPdfs } = checked.value;
  const withPdf = rows.filter(hasPdf);
  const without = rows.filter((row) => !hasPdf(row));
  const names = [...new Set([...withPdf.map(({ pdf }) => pdf), ...(without.length > 0 ? unusedPdfs : [])])];
  const read = await readPdfs(parts, 'compare', source.value.pdfFolder, names);
  if (!read.ok) return read;
  const byFile = new Map(read.value.map((one) => [one.file, one]));
  const unused = unusedPdfs.flatMap((name) => byFile.get(name) ?? []);
  const pace = createPacer();
  const findings: PdfFinding[] = [];
  for (const row of withPdf) {
    await pace();
    const pdf = byFile.get(row.pdf);
    if (pdf) findings.push(...reconcileRow(row, header, pdf));
  }
  return ok({
    compared: withPdf.length,
    findings,
    matches: await matchByContent(without, header, unused),
    refused: unused.flatMap((pdf) => {
      const reason = refusalOf(pdf);
      return reason ? [{ file: pdf.file, finding: reason }] : [];
    }),
  });
}

/** Tables and what PDFs say: one made of them, or held against them. */
export function createPdfTableHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  return {
    'folder.look': async ({ folder }) => {
      const path = parts.files.resolve(folder);
      if (!path.ok) return path;
      const content = await listFolder(path.value);
      if (!content.ok) return content;
      const { pdfs, tables, folders, others } = content.value;
      return ok({ pdfs: pdfs.length, tables: tables.length, others: folders.length + others.length });
    },
    'table.fromPdfs': (input) => makeTable(parts, input),
    'table.comparePdfs': (input) => compare(parts, input),
    'table.cancelPdfs': async () => ok({ cancelled: parts.pdfWork.cancel() }),
  };
}
