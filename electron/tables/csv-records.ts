import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { unguardCell } from './cell-guard.ts';
import { detectDelimiter } from './csv-delimiter.ts';
import { type Delimiter, type TableRow, tableLimits } from './invoice-table.ts';
import { createPacer } from './pacer.ts';
import { notCsv, tableTooLarge } from './table-errors.ts';

interface CsvRecords {
  readonly delimiter: Delimiter;
  readonly rows: readonly TableRow[];
}

// An unquoted field ="0123": no valid CSV holds a quote there, so that nothing else is ever changed by quoting it.
const bareTextFormula = /(^|[,;\t\r\n])="([^",;\t\r\n]+)"(?=[,;\t\r\n]|$)/g;
const longestHeldBack = 4096;

/** Quotes fields written as `="0123"` without quotes, which spreadsheets accept and strict CSV does not. */
async function* quoteTextFormulas(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of pieces) {
    const text = held + piece;
    // What follows the last delimiter may go on in the next piece.
    const edge = Math.max(...[',', ';', '\t', '\r', '\n'].map((character) => text.lastIndexOf(character)), 0);
    const cut = text.length - edge > longestHeldBack ? text.length : edge;
    held = text.slice(cut);
    yield text.slice(0, cut).replaceAll(bareTextFormula, '$1"=""$2"""');
  }
  yield held.replaceAll(bareTextFormula, '$1"=""$2"""');
}

async function* withFirst(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function csvFailure(error: CsvError, fileName: string, lineBefore: number): AppError {
  const line = Number(error['lines'] ?? lineBefore + 1);
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return notCsv(fileName, lineBefore + 1, { zhCN: '引号没有关闭', en: 'a quote is not closed' });
    case 'CSV_MAX_RECORD_SIZE':
      return notCsv(fileName, lineBefore + 1, {
        zhCN: '一行的内容超过 1 MB，可能是引号没有关闭',
        en: 'one row has over 1 MB, a quote may not be closed',
      });
    default:
      return notCsv(fileName, line, {
        zhCN: '引号的位置不对',
        en: 'a quote stands in the wrong place',
      });
  }
}

function createParser(delimiter: Delimiter, onRow: (lines: number) => void) {
  return parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: tableLimits.recordBytes,
    on_record: (record: string[], { lines }) => {
      onRow(lines);
      return record;
    },
  });
}

/**
 * Reads decoded text as strict CSV. Ragged rows are kept as they are; an unclosed or misplaced quote ends the reading,
 * because nothing behind it can be trusted.
 */
export async function readCsvRecords(
  pieces: AsyncIterable<string>,
  fileName: string,
  signal?: AbortSignal,
): Promise<Result<CsvRecords, AppError>> {
  const rest = pieces[Symbol.asyncIterator]();
  const first = await rest.next();
  const start = first.done ? '' : first.value;
  const delimiter = detectDelimiter(start);
  let lineBefore = 0;
  const parser = createParser(delimiter, (lines) => {
    lineBefore = lines;
  });
  // One piece at a time: pieces read ahead would be parsed without a turn of the event loop between them.
  const source = Readable.from(quoteTextFormulas(withFirst(start, rest)), { highWaterMark: 1 });
  // pipe() does not pass failures on, and a decoding failure must reach the loop below.
  source.on('error', (error) => parser.destroy(error));
  const rows: TableRow[] = [];
  const pace = createPacer();
  let rowNumber = 0;
  try {
    for await (const record of source.pipe(parser)) {
      // csv-parse types its records as any; with `columns` off they are arrays of strings.
      const cells = record as string[];
      rowNumber += 1;
      await pace();
      if (cells.every((cell) => cell.trim() === '')) continue;
      if (cells.length > tableLimits.columns || rows.length > tableLimits.rows) return fail(tableTooLarge(fileName));
      rows.push({ rowNumber, cells: cells.map(unguardCell) });
      if (signal?.aborted) break;
    }
    return ok({ delimiter, rows });
  } catch (error) {
    if (error instanceof CsvError) return fail(csvFailure(error, fileName, lineBefore));
    throw error;
  } finally {
    source.destroy();
  }
}
