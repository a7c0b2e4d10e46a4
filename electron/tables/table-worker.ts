import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { OrderColumns } from '../../shared/contract/order-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isOutOfMemory, startThread, type Thread, threadFailure } from '../support/thread.ts';
import type { HandedRow, RawTable, TableSource } from './invoice-table.ts';
import { type OrderTable, readOrderTable } from './order-table.ts';
import { type OpenTable, openInvoiceTable, readRawTable } from './read-invoice-table.ts';
import { tableTooLarge } from './table-errors.ts';

interface Task {
  /** `preview`: the first rows only, understood by nobody. */
  readonly task: 'read-table' | 'preview' | 'orders';
  readonly source: TableSource;
  readonly nowSeconds: number;
  /** Of a table of orders. */
  readonly columns?: OrderColumns | undefined;
}

function isTask(data: unknown): data is Task {
  return (
    typeof data === 'object' &&
    data !== null &&
    'task' in data &&
    (data.task === 'read-table' || data.task === 'preview' || data.task === 'orders')
  );
}

type Opened = Result<Omit<OpenTable, 'rows'>, AppError>;
/** Answer to the question for more; empty: there are no more. */
type Chunk = readonly HandedRow[];

/** A table before anything in it is understood. */
export interface TablePreview extends RawTable {
  readonly rowCount: number;
}

/** Enough to see whether encoding and columns are right. */
const previewRows = 20;
/** Several times what the largest allowed table needs; a hostile one ends its thread and not the program. */
const maxOldGenerationSizeMb = 2048;

/** Orders handed over at once: few enough that taking them over is 2 to 3 ms of the other thread's time. */
const chunkOrders = 100;

/** Counts what was asked for: a question may come while the answer is still being worked on. */
function createQuestions(port: MessagePort) {
  let open = 0;
  let wake = () => {};
  port.on('message', () => {
    open += 1;
    wake();
  });
  return {
    async next(): Promise<void> {
      while (open === 0) await new Promise<void>((resolve) => (wake = resolve));
      open -= 1;
    },
  };
}

async function answerPreview(port: MessagePort, source: TableSource): Promise<void> {
  // With columns given, though none is known, a header without a known word is no sign of a wrong encoding.
  const raw = await readRawTable({ ...source, columns: [] });
  const { rows, ...table } = raw.ok ? raw.value : { rows: [] };
  port.postMessage(raw.ok ? ok({ ...table, rows: rows.slice(0, previewRows), rowCount: rows.length }) : raw);
}

async function answer(port: MessagePort, { task, source, nowSeconds, columns }: Task): Promise<void> {
  if (task === 'preview') return answerPreview(port, source);
  if (task === 'orders') return port.postMessage(await readOrderTable(source, columns));
  const questions = createQuestions(port);
  const opened = await openInvoiceTable(source, { nowSeconds });
  if (!opened.ok) return port.postMessage(opened satisfies Opened);
  const { rows, ...table } = opened.value;
  port.postMessage(ok(table) satisfies Opened);
  // What is read ahead is one chunk.
  const hand = async (chunk: Chunk) => {
    await questions.next();
    port.postMessage(chunk);
  };
  let chunk: HandedRow[] = [];
  for await (const row of rows()) {
    chunk.push({ ...row, cells: JSON.stringify(row.cells) });
    if (chunk.length < chunkOrders) continue;
    await hand(chunk);
    chunk = [];
  }
  if (chunk.length > 0) await hand(chunk);
  await hand([]);
}

// This module is its own worker: whoever imports it gets the address under which it is found, bundled or not.
if (!isMainThread && parentPort && isTask(workerData)) {
  await answer(parentPort, workerData);
  parentPort.close();
}

function start<Message>(task: Task): Thread<Message> {
  return startThread({ module: import.meta.url, task, maxOldGenerationSizeMb });
}

/** A table that fills the thread's memory is too large; what else ends the thread is said; the rest is a bug. */
function failureInside(error: unknown, source: TableSource): AppError {
  const failure = isOutOfMemory(error) ? tableTooLarge(source.fileName) : threadFailure(error);
  if (!failure) throw error;
  return failure;
}

/** What a thread of its own answers to a task that has one answer. */
async function askWorker<Value>(task: Task): Promise<Result<Value, AppError>> {
  const thread = start<Result<Value, AppError>>(task);
  try {
    return await thread.next();
  } catch (error) {
    return fail(failureInside(error, task.source));
  } finally {
    await thread.terminate();
  }
}

/** The first rows of a table as text, read in a thread of its own. */
export function previewTableInWorker(source: TableSource): Promise<Result<TablePreview, AppError>> {
  return askWorker({ task: 'preview', source, nowSeconds: 0 });
}

/**
 * A table of orders, read in a thread of its own.
 * @param columns where they are known; else they are found by their headers
 */
export function readOrdersInWorker(
  source: TableSource,
  columns: OrderColumns | undefined,
): Promise<Result<OrderTable, AppError>> {
  return askWorker({ task: 'orders', source, nowSeconds: 0, columns });
}

/** A table being read in a thread of its own. */
export interface TableStream extends Omit<OpenTable, 'rows'> {
  /** Orders in the order of the table, some at a time. */
  readonly chunks: () => AsyncGenerator<Chunk>;
  /** Ends the thread, wherever it is. */
  readonly close: () => Promise<void>;
}

/**
 * Decodes, parses and checks a table in a thread of its own, so that the one that serves the window never waits for it.
 * @param signal ends the reading with `work.cancelled`
 */
export async function readTableInWorker(
  source: TableSource,
  nowSeconds: number,
  signal: AbortSignal,
): Promise<Result<TableStream, AppError>> {
  if (signal.aborted) return fail(appError('work.cancelled'));
  const task: Task = { task: 'read-table', source, nowSeconds };
  const thread = start<Opened | Chunk>(task);
  const close = thread.terminate;
  try {
    // Said first, before any chunk is asked for.
    const opened = (await thread.next(signal)) as Opened;
    if (!opened.ok) return opened;
    async function* chunks(): AsyncGenerator<Chunk> {
      let coming = ask();
      for (let chunk = await coming; chunk.length > 0; chunk = await coming) {
        coming = ask();
        // Where nobody comes for it any more, its failure is nobody's.
        coming.catch(() => undefined);
        yield chunk;
      }
    }
    const ask = () => {
      thread.post('next');
      // All that follows are chunks.
      return thread.next(signal) as Promise<Chunk>;
    };
    return ok({ ...opened.value, chunks, close });
  } catch (error) {
    await close();
    if (signal.aborted) return fail(appError('work.cancelled'));
    return fail(failureInside(error, source));
  }
}
