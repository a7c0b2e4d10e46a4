import { finished } from 'node:stream/promises';
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

/** A parser that hands over each record as it is read; through a stream of objects it would take half as long again. */
function createParser(delimiter: Delimiter, onRecord: (cells: string[], lines: number) => void) {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: tableLimits.recordBytes,
    on_record: (record: string[], { lines }) => {
      onRecord(record, lines);
      return null;
    },
  });
  parser.resume();
  const done = finished(parser);
  // A failure that its write tells already is told there.
  done.catch(() => undefined);
  return {
    write: (piece: string) =>
      new Promise<void>((resolve, reject) => {
        parser.write(piece, (error) => (error ? reject(error) : resolve()));
      }),
    end: () => {
      parser.end();
      return done;
    },
  };
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
  const rows: TableRow[] = [];
  const pace = createPacer();
  let rowNumber = 0;
  let lineBefore = 0;
  let isTooLarge = false;
  const parser = createParser(delimiter, (cells, lines) => {
    lineBefore = lines;
    rowNumber += 1;
    if (cells.every((cell) => cell.trim() === '')) return;
    isTooLarge ||= cells.length > tableLimits.columns || rows.length > tableLimits.rows;
    if (!isTooLarge) rows.push({ rowNumber, cells: cells.map(unguardCell) });
  });
  try {
    for await (const piece of quoteTextFormulas(withFirst(start, rest))) {
      await parser.write(piece);
      if (isTooLarge) return fail(tableTooLarge(fileName));
      if (signal?.aborted) return ok({ delimiter, rows });
      await pace();
    }
    await parser.end();
    return isTooLarge ? fail(tableTooLarge(fileName)) : ok({ delimiter, rows });
  } catch (error) {
    if (error instanceof CsvError) return fail(csvFailure(error, fileName, lineBefore));
    throw error;
  }
}
