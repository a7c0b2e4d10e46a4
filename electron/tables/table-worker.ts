import { once } from 'node:events';
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ImportedRow, TableSource } from './invoice-table.ts';
import { type OpenTable, openInvoiceTable } from './read-invoice-table.ts';

interface Task {
  readonly task: 'read-table';
  readonly source: TableSource;
  readonly nowSeconds: number;
}

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'task' in data && data.task === 'read-table';
}

type Opened = Result<Omit<OpenTable, 'rows'>, AppError>;
/** Answer to the question for more; empty: there are no more. */
type Chunk = readonly ImportedRow[];

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

async function answer(port: MessagePort, { source, nowSeconds }: Task): Promise<void> {
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
  let chunk: ImportedRow[] = [];
  for await (const row of rows()) {
    chunk.push(row);
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
  // Flags meant for the program's own start, such as --import, are not for the worker.
  const worker = new Worker(new URL(import.meta.url), { workerData: task, execArgv: [] });
  const close = async () => {
    await worker.terminate();
  };
  // A fault inside rejects what waits for the next message; ended early, the worker answers nothing more.
  const next = async <Message>(): Promise<Message> => (await once(worker, 'message', { signal }))[0] as Message;
  try {
    const opened = await next<Opened>();
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
      const chunk = next<Chunk>();
      worker.postMessage('next');
      return chunk;
    };
    return ok({ ...opened.value, chunks, close });
  } catch (error) {
    await close();
    if (signal.aborted) return fail(appError('work.cancelled'));
    throw error;
  }
}
