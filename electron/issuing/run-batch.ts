import PQueue from 'p-queue';
import type { Batch } from '../../shared/contract/batch-operations.ts';
import type { Emit, EventMap } from '../../shared/contract/events.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { dayLimitErrcodes } from '../../shared/wechat/insert-answers.ts';
import type { Records } from '../records/records.ts';
import type { WriterLock } from '../records/writer-lock.ts';
import type { Clock } from '../support/clock.ts';
import { errorWithReason } from '../wechat/failures.ts';
import type { Issuer } from './issuer.ts';
import { createPace, type Pace } from './pace.ts';

const progressEveryMs = 100;
/** A wait is looked at again after this long, so that a stop is heard. */
const longestNapMs = 500;
/** The connection is taken for gone after this many calls in a row that could not even be sent. */
const unsentInARow = 3;

export interface BatchRunnerParts {
  readonly records: Records;
  readonly issuer: Issuer;
  readonly writerLock: WriterLock;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Resolves after so many milliseconds, or at once when the program is ending. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Rows whose files are uploaded and that wait for their insert, at most, for each one under way. */
const uploadsAhead = 4;
/** How often one row is sent again because WeChat put it off. */
const mostRepeats = 5;

/** Why a batch cannot go on after a row failed, or undefined where the next row has a chance. */
function reasonToStop(error: AppError, unsent: number): AppError | undefined {
  if (error.class === 'fix-account' || error.class === 'fix-computer')
    return {
      ...errorWithReason('batch.stopped-by-account', error.text, { ...error.details, cause: error.code }),
      class: error.class,
      nextStep: error.nextStep,
      action: error.action,
    };
  if (error.code === 'database.locked') return error;
  const { errcode } = error.details;
  if (typeof errcode === 'number' && dayLimitErrcodes.includes(errcode))
    return appError('batch.day-limit', { errcode });
  return unsent >= unsentInARow ? error : undefined;
}

interface Run {
  stopping: boolean;
  stoppedBy: AppError | undefined;
  unsent: number;
  finished: number;
  readonly startedAt: number;
  readonly pace: Pace;
  lastProgressAt: number;
  /** Settles when every call of the run has ended. */
  done: Promise<unknown>;
}

export type BatchRunner = ReturnType<typeof createBatchRunner>;

/** Issues the waiting invoices of batches, a bounded number at once; each invoice is a durable step of its own. */
export function createBatchRunner(parts: BatchRunnerParts) {
  const { records, clock } = parts;
  const runs = new Map<number, Run>();

  function progress(batchId: number, run: Run, running: boolean): void {
    const now = clock.now();
    if (running && now - run.lastProgressAt < progressEveryMs) return;
    run.lastProgressAt = now;
    const counts = records.batches.counts(batchId);
    const minutes = (now - run.startedAt) / 60_000;
    const ratePerMinute = minutes > 0 ? Math.round(run.finished / minutes) : 0;
    const payload: EventMap['batch.progress'] = {
      batchId,
      running,
      counts,
      ratePerMinute,
      secondsLeft: run.finished > 0 && minutes > 0 ? Math.ceil((counts.waiting * minutes * 60) / run.finished) : null,
    };
    parts.emit('batch.progress', payload);
  }

  function note(batchId: number, run: Run, error: AppError | undefined): void {
    run.finished += 1;
    if (!error) run.pace.succeeded();
    run.unsent = error?.code === 'network.unreachable' ? run.unsent + 1 : 0;
    const reason = error && reasonToStop(error, run.unsent);
    if (reason && !run.stopping) {
      run.stopping = true;
      run.stoppedBy = reason;
    }
    progress(batchId, run, true);
  }

  async function keepPace(run: Run): Promise<void> {
    while (run.pace.waitMs() > 0 && !run.stopping) await parts.sleep(Math.min(run.pace.waitMs(), longestNapMs));
  }

  async function insertOne(batchId: number, run: Run, inserts: PQueue, invoiceId: number): Promise<void> {
    await keepPace(run);
    if (run.stopping) return;
    const result = await parts.issuer.issue(invoiceId, async (repeats) => {
      run.pace.pushedBack();
      inserts.concurrency = run.pace.limit();
      await keepPace(run);
      return repeats < mostRepeats && !run.stopping;
    });
    note(batchId, run, result.ok ? undefined : result.error);
    inserts.concurrency = run.pace.limit();
  }

  /** Uploads run ahead of inserts by a bounded number of rows, so that neither waits for the other. */
  async function runRows(batchId: number, run: Run, concurrency: number): Promise<void> {
    const uploads = new PQueue({ concurrency });
    const inserts = new PQueue({ concurrency });
    const rows: Promise<unknown>[] = [];
    for (const invoiceId of records.batches.waitingInvoiceIds(batchId)) {
      await uploads.onSizeLessThan(1);
      await inserts.onSizeLessThan(concurrency * uploadsAhead);
      if (run.stopping) break;
      const uploaded = uploads.add(() => parts.issuer.uploadAhead(invoiceId));
      rows.push(
        uploaded.then((result) =>
          result.ok ? inserts.add(() => insertOne(batchId, run, inserts, invoiceId)) : note(batchId, run, result.error),
        ),
      );
    }
    const ended = await Promise.allSettled(rows);
    const broken = ended.find(({ status }) => status === 'rejected');
    if (broken?.status === 'rejected') throw broken.reason;
  }

  function finish(batchId: number, run: Run): Result<Batch, AppError> {
    runs.delete(batchId);
    records.batches.setState(batchId, run.stopping ? 'stopped' : 'finished', run.stoppedBy ?? null);
    progress(batchId, run, false);
    parts.emit('record.changed', { kind: 'batch', id: batchId });
    if (run.stoppedBy) return fail(run.stoppedBy);
    const batch = records.batches.find(batchId);
    return batch ? ok(batch) : fail(appError('batch.not-found'));
  }

  return {
    /** Runs until nothing waits, or a stop: by a person, or by an error that every further row would meet. */
    async run(batchId: number, concurrency: number): Promise<Result<Batch, AppError>> {
      const locked = parts.writerLock.acquire();
      if (!locked.ok) return locked;
      if (!records.batches.find(batchId)) return fail(appError('batch.not-found'));
      if (runs.has(batchId)) return fail(appError('batch.running'));
      const now = clock.now();
      const run: Run = {
        stopping: false,
        stoppedBy: undefined,
        unsent: 0,
        finished: 0,
        startedAt: now,
        pace: createPace(concurrency, () => clock.now(), Math.random),
        lastProgressAt: 0,
        done: Promise.resolve(),
      };
      runs.set(batchId, run);
      records.batches.setState(batchId, 'running');
      try {
        progress(batchId, run, true);
        const work = runRows(batchId, run, concurrency);
        run.done = work;
        await work;
      } catch (error) {
        run.stopping = true;
        finish(batchId, run);
        throw error;
      }
      return finish(batchId, run);
    },
    /** Stops a run between two calls; what is on the wire is awaited. */
    stop(batchId: number): boolean {
      const run = runs.get(batchId);
      if (run) run.stopping = true;
      return run !== undefined;
    },
    stopAll(): void {
      for (const run of runs.values()) run.stopping = true;
    },
    /** Resolves when no run is left. */
    async idle(): Promise<void> {
      await Promise.allSettled([...runs.values()].map(({ done }) => done));
    },
  };
}
