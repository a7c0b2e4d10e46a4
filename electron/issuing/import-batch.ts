import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Batch, noChanges, noCounts } from '../../shared/contract/batch-operations.ts';
import type { Emit } from '../../shared/contract/events.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { hasFault } from '../../shared/invoice/findings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ImportStep, UnfinishedImport } from '../records/import-repository.ts';
import type { PdfStore } from '../records/pdf-store.ts';
import type { Records } from '../records/records.ts';
import type { WriterLock } from '../records/writer-lock.ts';
import type { Clock } from '../support/clock.ts';
import { createProgressGate } from '../support/progress.ts';
import { type CheckedTable, checkTable } from './check-batch.ts';
import { discardSome, linkSome } from './link-rows.ts';
import { type ImportSource, type OpenImport, openImport } from './open-import.ts';
import { countRow, type PlannedRow, planRows, type RowCounts } from './plan-rows.ts';

interface ImportParts {
  readonly records: Records;
  readonly pdfStore: PdfStore;
  readonly writerLock: WriterLock;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Rows linked in one piece: about 20 ms, which the window does not notice. */
const linkRows = 200;

/** Its counts are kept here: counting in the database would hold up the window at the end of a large import. */
interface Work extends RowCounts {
  readonly unfinished: UnfinishedImport;
  readonly tell: (step: ImportStep, done: number) => void;
}

/** Stores rows as they were read, and beside those that are good what is to become of them. */
function stageRows({ records, clock }: ImportParts, work: Work, rows: readonly PlannedRow[]): void {
  const createdAt = new Date(clock.now()).toISOString();
  // Lost at a power cut, the whole import is thrown away at the next start, as it would be anyway.
  records.inLooseTransaction(() => {
    for (const { row, findings, comparison, pdf } of rows) {
      const batchRowId = records.batches.addRow(work.unfinished.batchId, {
        rowNumber: row.rowNumber,
        cells: row.cells,
        orderId: row.orderId,
        title: row.title,
        importState: 'faulty',
        invoiceId: null,
        findings,
        change: comparison?.change ?? null,
        changedFields: comparison?.changedFields ?? [],
      });
      if (row.fields && !hasFault(findings))
        records.imports.stage(batchRowId, row.fields, pdf ? records.pdfs.record({ ...pdf, createdAt }).id : null);
      else countRow(work, 'faulty', comparison?.change ?? null);
    }
  });
}

/** Tells how far an import is: at most ten times a second, and at the beginning and the end of a step. */
function createProgress({ emit, clock }: ImportParts, batchId: number, total: number) {
  const isDue = createProgressGate(clock);
  return (step: ImportStep, done: number): void => {
    if (isDue(done === 0 || done >= total)) emit('batch.importing', { batchId, step, done, total });
  };
}

async function readRows(
  parts: ImportParts,
  { plan, table }: OpenImport,
  work: Work,
  signal: AbortSignal,
): Promise<Result<void, AppError>> {
  let done = 0;
  work.tell('reading', done);
  for await (const chunk of table.chunks()) {
    const rows = await planRows(plan, chunk);
    signal.throwIfAborted();
    if (!rows.ok) return rows;
    stageRows(parts, work, rows.value);
    done += rows.value.length;
    work.tell('reading', done);
    await nextTurn();
  }
  signal.throwIfAborted();
  return ok(undefined);
}

async function link({ records, clock }: ImportParts, work: Work): Promise<void> {
  let done = 0;
  work.tell('linking', done);
  for (;;) {
    // Lost at a power cut, they are linked again at the next start.
    const linked = records.inLooseTransaction(() =>
      linkSome(records, work.unfinished, new Date(clock.now()).toISOString(), linkRows),
    );
    if (linked.length === 0) return;
    for (const { state, change } of linked) countRow(work, state, change);
    done += linked.length;
    work.tell('linking', done);
    await nextTurn();
  }
}

function begin({ records, clock }: ImportParts, source: ImportSource, { table }: OpenImport): UnfinishedImport {
  const { accountId, templateId, tablePath: path, tableName: name } = source;
  const { encoding, delimiter, header } = table;
  return records.inTransaction(() => {
    const createdAt = new Date(clock.now()).toISOString();
    const batchId = records.batches.create(
      accountId,
      templateId,
      { path, name, encoding, delimiter, header },
      createdAt,
    );
    records.imports.setStep(batchId, 'reading');
    return { batchId, accountId, templateId, step: 'reading' };
  });
}

/** An import under way, and whether it can still be thrown away. */
interface Running {
  readonly stop: AbortController;
  isDecided: boolean;
}

async function importOpen(parts: ImportParts, source: ImportSource, opened: OpenImport, running: Running) {
  const { records } = parts;
  const { signal } = running.stop;
  const unfinished = begin(parts, source, opened);
  const { batchId } = unfinished;
  const tell = createProgress(parts, batchId, opened.table.orders);
  const work: Work = { unfinished, tell, counts: { ...noCounts }, changes: { ...noChanges } };
  const discard = async () => {
    while (!discardSome(records, batchId)) await nextTurn();
  };
  try {
    const read = await readRows(parts, opened, work, signal);
    if (!read.ok) {
      await discard();
      return read;
    }
  } catch (error) {
    await discard();
    if (signal.aborted) return fail(appError('work.cancelled'));
    throw error;
  }
  // Until now nothing has come of it; from this durable step on all of it will, at the next start at the latest.
  records.inTransaction(() => records.imports.setStep(batchId, 'linking'));
  running.isDecided = true;
  await link(parts, work);
  records.inTransaction(() => records.imports.setStep(batchId, null));
  const batch = records.batches.describe(batchId, work);
  return batch ? ok(batch) : fail(appError('batch.not-found'));
}

export type Importer = ReturnType<typeof createImporter>;

/** Imports tables, one at a time: all of a table's rows become a batch, or none. */
export function createImporter(parts: ImportParts) {
  let running: Running | undefined;
  const checks = new Set<AbortController>();

  async function work(source: ImportSource, run: Running): Promise<Result<Batch, AppError>> {
    const opened = await openImport(parts, source, parts.pdfStore, run.stop.signal);
    if (!opened.ok) return opened;
    try {
      return await importOpen(parts, source, opened.value, run);
    } finally {
      await opened.value.table.close();
    }
  }

  function cancel(): boolean {
    if (!running || running.isDecided) return false;
    running.stop.abort();
    return true;
  }

  return {
    /** Says what an import would do, writing nothing. */
    async check(source: ImportSource): Promise<Result<CheckedTable, AppError>> {
      const stop = new AbortController();
      checks.add(stop);
      try {
        return await checkTable(parts, source, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return fail(appError('work.cancelled'));
        throw error;
      } finally {
        checks.delete(stop);
      }
    },
    /** Reads table and PDFs and stores them as one batch: good rows linked to invoices, faulty ones with their faults. */
    async run(source: ImportSource): Promise<Result<Batch, AppError>> {
      // Whoever has the lock may end unfinished imports, so nobody else's may be under way.
      const locked = parts.writerLock.acquire();
      if (!locked.ok) return locked;
      if (running) return fail(appError('batch.import-running'));
      running = { stop: new AbortController(), isDecided: false };
      try {
        return await work(source, running);
      } finally {
        running = undefined;
      }
    },
    /** Throws the import under way away; false where there is none, or where all its rows have been read. */
    cancel,
    /** Ends what can be ended: checks, and the import that can still be thrown away. */
    stopAll(): void {
      cancel();
      for (const check of checks) check.abort();
    },
  };
}
