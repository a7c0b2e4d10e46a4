import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { writeXlsxStream } from 'hucre/xlsx';
import type { RecordColumn, RecordCriteria, RecordRow, RecordSort } from '../../shared/contract/record-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { recordColumnLabels } from '../../shared/invoice/record-labels.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { inLanguage, type Language } from '../../shared/text.ts';
import { type RecordNames, readRecordNames } from '../records/record-names.ts';
import { createRecordSearch } from '../records/search-run.ts';
import { openForReading } from '../records/searcher.ts';
import { startThread, type Thread, threadFailure } from '../support/thread.ts';
import { amountOf, recordCell } from './record-cells.ts';
import { formatRow } from './report.ts';
import { writeFailure } from './table-errors.ts';

export interface RecordExport {
  readonly databasePath: string;
  readonly criteria: RecordCriteria;
  readonly sort: RecordSort;
  readonly columns: readonly RecordColumn[];
  readonly format: 'csv' | 'xlsx';
  readonly language: Language;
}

interface Task extends RecordExport {
  readonly task: 'export-records';
  readonly path: string;
  /** Anything but 0: nobody wants it any more. A thread in the middle of a query must not be torn out of it. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

type Message =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly rows: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: AppError };

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'task' in data && data.task === 'export-records';
}

const rowsBetweenGlances = 100;
const millisecondsBetweenReports = 100;
/** Text collected before it is written. */
const pieceLength = 65_536;

interface Source {
  readonly rows: () => Iterable<RecordRow>;
  readonly names: RecordNames;
  readonly headings: readonly string[];
}

async function writeCsv(file: FileHandle, { columns, language }: Task, source: Source): Promise<void> {
  let piece = `\uFEFF${formatRow(source.headings, ',')}`;
  for (const row of source.rows()) {
    const cells = columns.map((column) => recordCell(row, column, source.names, language));
    piece += formatRow(cells, ',');
    if (piece.length < pieceLength) continue;
    await file.appendFile(piece);
    piece = '';
  }
  await file.appendFile(piece);
}

async function writeXlsx(file: FileHandle, { columns, language }: Task, source: Source): Promise<void> {
  function* cells() {
    for (const row of source.rows())
      yield columns.map((column) => {
        const fen = amountOf(row, column);
        // Sheets know no other numbers; a double of this size still has both decimals.
        return fen === undefined ? recordCell(row, column, source.names, language) : fen / 100;
      });
  }
  const isAmount = (column: RecordColumn) => ['fee', 'feeWithoutTax', 'tax'].includes(column);
  const stream = writeXlsxStream(cells(), {
    name: language === 'en' ? 'Invoices' : '发票记录',
    columns: columns.map((column, index) => ({
      header: source.headings[index] ?? '',
      width: column === 'title' || column === 'remarks' || column === 'template' ? 32 : 20,
      ...(isAmount(column) ? { numFmt: '#,##0.00' } : {}),
    })),
    freezePane: { rows: 1 },
  });
  for await (const bytes of stream) await file.appendFile(bytes);
}

/** @returns what became of it; a file that is not whole is removed by the one who asked for it */
async function run(task: Task, report: (message: Message) => void): Promise<Message> {
  const database = openForReading(task.databasePath);
  const isStopped = () => Atomics.load(task.stop, 0) !== 0;
  try {
    const search = createRecordSearch(database);
    const ids = search.findAll(task.criteria, task.sort, isStopped) ?? [];
    function* rows() {
      let reportedAt = Number.NEGATIVE_INFINITY;
      for (const [index, id] of ids.entries()) {
        if (index % rowsBetweenGlances === 0 && isStopped()) return;
        if (index % rowsBetweenGlances === 0 && performance.now() - reportedAt >= millisecondsBetweenReports) {
          reportedAt = performance.now();
          report({ kind: 'progress', done: index, total: ids.length });
        }
        const row = search.row(id);
        if (row) yield row;
      }
    }
    const source: Source = {
      rows,
      names: readRecordNames(database),
      headings: task.columns.map((column) => inLanguage(recordColumnLabels[column], task.language)),
    };
    await using file = await open(task.path, 'wx');
    await (task.format === 'csv' ? writeCsv(file, task, source) : writeXlsx(file, task, source));
    await file.sync();
    return isStopped() ? { kind: 'stopped' } : { kind: 'done', rows: ids.length };
  } finally {
    database.close();
  }
}

// This module is its own worker: whoever imports it gets the address under which it is found, bundled or not.
if (!isMainThread && parentPort && isTask(workerData)) {
  const port = parentPort;
  const task = workerData;
  const report = (message: Message) => port.postMessage(message);
  try {
    report(await run(task, report));
  } catch (error) {
    report({ kind: 'failed', error: writeFailure(error, basename(task.path)) });
  }
  port.close();
}

async function outcomeOf(
  thread: Thread<Message>,
  onProgress: (done: number, total: number) => void,
): Promise<Result<number, AppError>> {
  let message = await thread.next();
  for (; message.kind === 'progress'; message = await thread.next()) onProgress(message.done, message.total);
  // Not before its file is closed: Windows renames none that is open.
  await thread.exited;
  if (message.kind === 'done') return ok(message.rows);
  return fail(message.kind === 'stopped' ? appError('work.cancelled') : message.error);
}

/**
 * Writes what a search finds into a table, in a thread of its own. The file appears whole or not at all.
 * @param onProgress how many invoices are written, and of how many
 * @param signal ends it with `work.cancelled`
 */
export async function exportRecords(
  { path, ...wanted }: RecordExport & { readonly path: string },
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<{ readonly file: string; readonly rows: number }, AppError>> {
  // In the same folder, because only there renaming is one step.
  const temporary = `${path}.${randomUUID()}.tmp`;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { ...wanted, path: temporary, stop, task: 'export-records' };
  const cancel = () => Atomics.store(stop, 0, 1);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  const thread = startThread<Message>({ module: import.meta.url, task });
  try {
    const rows = await outcomeOf(thread, onProgress);
    if (!rows.ok) return rows;
    await rename(temporary, path);
    return ok({ file: basename(path), rows: rows.value });
  } catch (error) {
    return fail(threadFailure(error) ?? writeFailure(error, basename(path)));
  } finally {
    signal.removeEventListener('abort', cancel);
    await rm(temporary, { force: true });
  }
}
