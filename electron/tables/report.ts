import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isReportHeader, reportHeaders } from '../../shared/table/columns.ts';
import { inLanguage, type Language, type Text } from '../../shared/text.ts';
import { guardCell } from './cell-guard.ts';
import type { Delimiter } from './invoice-table.ts';
import { writeFailure } from './table-errors.ts';

/** What became of one order; `cells` are its rows as {@link ImportedRow.cells} holds them. */
export interface ReportRow {
  readonly cells: readonly (readonly string[])[];
  readonly outcome: Text;
  readonly cardCode: string;
  readonly openid: string;
  readonly explanation: Text;
  readonly cure: Text;
}

export interface ReportInput {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: Iterable<ReportRow> | AsyncIterable<ReportRow>;
  readonly language: Language;
  readonly delimiter: Delimiter;
}

/** Text collected before it is written. */
const pieceLength = 65_536;

/** A line of CSV that a spreadsheet opens without running or changing anything. */
export function formatRow(cells: readonly string[], delimiter: Delimiter): string {
  const quoted = cells.map((cell) => {
    const guarded = guardCell(cell);
    const needsQuotes = /["\r\n]/.test(guarded) || guarded.includes(delimiter) || guarded.trim() !== guarded;
    return needsQuotes ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  });
  return `${quoted.join(delimiter)}\r\n`;
}

/**
 * Rows with too many or too few cells must not pass as whole ones when the report is imported again: what is too much
 * stands behind the report's columns, and for what is missing a note stands there that makes the row too long.
 */
function splitCells(cells: readonly string[], width: number, language: Language) {
  const note: Text = {
    zhCN: `这一行原来只有 ${cells.length} 列，核对后请删除本格`,
    en: `this row had ${cells.length} columns only; check it, then delete this cell`,
  };
  const own = Array.from({ length: width }, (_, index) => cells[index] ?? '');
  const tooMuch = cells.slice(width);
  const behind = tooMuch.some((cell) => cell.trim() !== '') ? tooMuch : [];
  return { own, behind: cells.length < width ? [inLanguage(note, language)] : behind };
}

/** The report's text: the columns of the import, without those of an earlier report, and the five of this one. */
async function* formatReport({ header, rows, language, delimiter }: ReportInput): AsyncGenerator<string, number> {
  const width = header.findLastIndex((name) => name.trim() !== '') + 1;
  const kept = [...header.keys()].filter((index) => index < width && !isReportHeader(header[index] ?? ''));
  yield `\uFEFF${formatRow([...kept.map((index) => header[index] ?? ''), ...reportHeaders(language)], delimiter)}`;
  let count = 0;
  for await (const { cells, outcome, cardCode, openid, explanation, cure } of rows) {
    const added = [
      inLanguage(outcome, language),
      cardCode,
      openid,
      inLanguage(explanation, language),
      inLanguage(cure, language),
    ];
    for (const row of cells) {
      const { own, behind } = splitCells(row, width, language);
      const ownKept = kept.map((index) => own[index] ?? '');
      yield formatRow([...ownKept, ...added, ...behind], delimiter);
    }
    count += 1;
  }
  return count;
}

async function writePieces(file: FileHandle, input: ReportInput): Promise<number> {
  const lines = formatReport(input);
  let piece = '';
  for (;;) {
    const line = await lines.next();
    if (!line.done) piece += line.value;
    if (line.done || piece.length >= pieceLength) {
      await file.appendFile(piece);
      piece = '';
    }
    if (line.done) return line.value;
  }
}

/**
 * Writes a report that spreadsheets open rightly (UTF-8 with mark, no cell that runs as a formula or loses digits) and
 * that can be corrected and imported again as it is. The file appears whole or not at all.
 * @returns the number of orders in it
 */
export async function writeReport(input: ReportInput): Promise<Result<{ path: string; rows: number }, AppError>> {
  const { path } = input;
  // In the same folder, because only there renaming is one step.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const rows = await writeTemporary(temporary, input);
    await rename(temporary, path);
    return ok({ path, rows });
  } catch (error) {
    await rm(temporary, { force: true });
    return fail(writeFailure(error, basename(path)));
  }
}

async function writeTemporary(temporary: string, input: ReportInput): Promise<number> {
  await using file = await open(temporary, 'wx');
  const rows = await writePieces(file, input);
  await file.sync();
  return rows;
}
