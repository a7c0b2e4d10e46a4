import { basename, join } from 'node:path';
import type { ChosenFile } from '../../shared/contract/app-operations.ts';
import type { PdfWorkName } from '../../shared/contract/pdf-table-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { PdfTable, ReadPdf } from '../tables/pdf-rows.ts';
import { writeTable } from '../tables/write-table.ts';
import type { HandlerParts } from './handler-parts.ts';

/** What files of a folder say, each by its name; in the background, with progress. */
export async function readPdfs(
  { pdfWork }: HandlerParts,
  work: PdfWorkName,
  folder: string,
  names: readonly string[],
): Promise<Result<ReadPdf[], AppError>> {
  const many = await pdfWork.read(
    work,
    names.map((name) => join(folder, name)),
  );
  return many.ok ? ok(many.value.map(({ path, read }) => ({ file: basename(path), read }))) : many;
}

/** Writes a table of PDFs. @returns its handle; null where it has no row and none is written */
export async function keepTable(
  { files }: HandlerParts,
  place: string,
  { header, rows }: Pick<PdfTable, 'header' | 'rows'>,
): Promise<Result<ChosenFile | null, AppError>> {
  if (rows.length === 0) return ok(null);
  const written = await writeTable(place, [header, ...rows]);
  return written.ok ? files.admit(place) : written;
}
