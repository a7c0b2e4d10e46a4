import PQueue from 'p-queue';
import type { Batch, BatchRowState } from '../../shared/contract/batch-operations.ts';
import type { Emit, EventMap } from '../../shared/contract/events.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { dayLimitErrcodes } from '../../shared/wechat/insert-answers.ts';
import { storageFailure } from '../records/database.ts';
import type { Records } from '../records/records.ts';
import type { WriterLock } from '../records/writer-lock.ts';
import type { Clock } from '../support/clock.ts';
import { errorWithReason } from '../wechat/failures.ts';
import { createCalls } from './calls-under-way.ts';
import type { BeforeRepeat, Issuer } from './issuer.ts';
import { createPace, type Pace } from './pace.ts';

const progressEveryMs = 100;
/** Counting a long batch takes its time: between two counts it works so many times as long. */
const mostlyWork = 50;
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
  /** The newest attempt when it was decided. */
  readonly lastAttemptId: number;
  readonly pace: Pace;
  lastProgressAt: number;
  progressEveryMs: number;
  /** Settles when every call of the run has ended. */
  done: Promise<unknown>;
}

/** Where one call after the other is made for the rows of a run. */
interface Lane {
  readonly batchId: number;
  readonly run: Run;
  readonly inserts: PQueue;
  readonly call: (invoiceId: number, beforeRepeat: BeforeRepeat) => Promise<Result<unknown, AppError>>;
}

/** Rows of which only a person can say, or ask WeChat, what became of them. */
const unsettledStates: readonly BatchRowState[] = ['unknown', 'doubtful'];

/** The calls of a run; where one breaks, no further one is made. */
const callsOf = (run: Run) =>
  createCalls(() => {
    run.stopping = true;
  });

export type BatchRunner = ReturnType<typeof createBatchRunner>;

/** Issues the waiting invoices of batches, a bounded number at once; each invoice is a durable step of its own. */
export function createBatchRunner(parts: BatchRunnerParts) {
  const { records, clock } = parts;
  const runs = new Map<number, Run>();

  function progress(batchId: number, run: Run, running: boolean): void {
    const now = clock.now();
    if (running && now - run.lastProgressAt < run.progressEveryMs) return;
    run.lastProgressAt = now;
    const countedFrom = performance.now();
    const counts = records.batches.counts(batchId);
    run.progressEveryMs = Math.max(progressEveryMs, (performance.now() - countedFrom) * mostlyWork);
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
    // An answer that could not be saved names those before it as well, so the last one told has to be the one shown.
    if (reason && (!run.stopping || error.code === 'answer.not-saved')) {
      run.stopping = true;
      run.stoppedBy = reason;
    }
    progress(batchId, run, true);
  }

  async function keepPace(run: Run): Promise<void> {
    while (run.pace.waitMs() > 0 && !run.stopping) await parts.sleep(Math.min(run.pace.waitMs(), longestNapMs));
  }

  /** Makes one call that may put an insert on the wire, at the run's pace. */
  async function insertOne({ batchId, run, inserts, call }: Lane, invoiceId: number): Promise<void> {
    await keepPace(run);
    // Whoever sent it meanwhile decided about it, too: what that request brought is theirs to see, not this run's to repeat.
    if (run.stopping || records.attempts.wasInsertedAfter(invoiceId, run.lastAttemptId)) return;
    const result = await call(invoiceId, async (repeats) => {
      run.pace.pushedBack();
      inserts.concurrency = run.pace.limit();
      await keepPace(run);
      return repeats < mostRepeats && !run.stopping;
    });
    note(batchId, run, result.ok ? undefined : result.error);
    inserts.concurrency = run.pace.limit();
  }

  /** Uploads run ahead of inserts by a bounded number of rows, so that neither waits for the other. */
  async function issueRows(batchId: number, run: Run, concurrency: number, states: readonly BatchRowState[]) {
    const uploads = new PQueue({ concurrency });
    const inserts = new PQueue({ concurrency });
    const lane: Lane = { batchId, run, inserts, call: parts.issuer.issue };
    const rows = callsOf(run);
    for (const invoiceId of records.batches.invoiceIds(batchId, states)) {
      await uploads.onSizeLessThan(1);
      await inserts.onSizeLessThan(concurrency * uploadsAhead);
      if (run.stopping) break;
      const uploaded = uploads.add(() => parts.issuer.uploadAhead(invoiceId));
      rows.add(
        uploaded.then((result) =>
          result.ok ? inserts.add(() => insertOne(lane, invoiceId)) : note(batchId, run, result.error),
        ),
      );
    }
    await rows.allEnded();
  }

  async function askRows(batchId: number, run: Run, concurrency: number): Promise<void> {
    const inserts = new PQueue({ concurrency });
    const lane: Lane = { batchId, run, inserts, call: parts.issuer.askAgain };
    const ids = records.batches.invoiceIds(batchId, unsettledStates);
    const rows = callsOf(run);
    for (const invoiceId of ids) {
      await inserts.onSizeLessThan(concurrency);
      rows.add(inserts.add(() => insertOne(lane, invoiceId)));
    }
    await rows.allEnded();
  }

  function found(batchId: number): Result<Batch, AppError> {
    const batch = records.batches.find(batchId);
    return batch ? ok(batch) : fail(appError('batch.not-found'));
  }

  function writeEnd(batchId: number, run: Run): void {
    try {
      const isDone = !run.stopping && records.batches.counts(batchId).waiting === 0;
      records.batches.setState(batchId, isDone ? 'finished' : 'stopped', run.stoppedBy ?? null);
    } catch (error) {
      const failure = storageFailure(error);
      if (!failure) throw error;
      // The batch is found running at the next start, and stopped then; what stopped it first is what is told.
      run.stoppedBy ??= failure;
    }
  }

  function finish(batchId: number, run: Run): Result<Batch, AppError> {
    runs.delete(batchId);
    writeEnd(batchId, run);
    progress(batchId, run, false);
    parts.emit('record.changed', { kind: 'batch', id: batchId });
    if (run.stoppedBy) return fail(run.stoppedBy);
    return found(batchId);
  }

  /** Why a batch cannot be worked on now, or undefined where it can. */
  function reasonNotToRun(batchId: number): AppError | undefined {
    const locked = parts.writerLock.acquire();
    if (!locked.ok) return locked.error;
    if (!records.batches.find(batchId)) return appError('batch.not-found');
    return runs.has(batchId) ? appError('batch.running') : undefined;
  }

  async function work(batchId: number, concurrency: number, rows: (run: Run) => Promise<void>) {
    const run: Run = {
      stopping: false,
      stoppedBy: undefined,
      unsent: 0,
      finished: 0,
      startedAt: clock.now(),
      lastAttemptId: records.attempts.lastId(),
      pace: createPace(concurrency, () => clock.now(), Math.random),
      lastProgressAt: 0,
      progressEveryMs,
      done: Promise.resolve(),
    };
    records.batches.setState(batchId, 'running');
    runs.set(batchId, run);
    try {
      progress(batchId, run, true);
      const done = rows(run);
      run.done = done;
      await done;
    } catch (error) {
      run.stopping = true;
      finish(batchId, run);
      throw error;
    }
    return finish(batchId, run);
  }

  function stop(batchId: number): boolean {
    const run = runs.get(batchId);
    if (run) run.stopping = true;
    return run !== undefined;
  }

  return {
    isRunning: (): boolean => runs.size > 0,
    /** Issues what waits until nothing does, or a stop: by a person, or by an error that every further row would meet. */
    async run(batchId: number, concurrency: number, retryRejected = false): Promise<Result<Batch, AppError>> {
      const reason = reasonNotToRun(batchId);
      if (reason) return fail(reason);
      if (records.batches.find(batchId)?.state === 'cancelled') return fail(appError('batch.cancelled'));
      const { doubtful } = records.batches.counts(batchId);
      if (doubtful > 0) return fail(appError('batch.in-doubt', { count: doubtful }));
      return work(batchId, concurrency, (run) =>
        issueRows(batchId, run, concurrency, retryRejected ? ['waiting', 'rejected'] : ['waiting']),
      );
    },
    /** By a person's one decision for all of them: asks WeChat again about each invoice that is unknown or in doubt. */
    async askAgain(batchId: number, concurrency: number): Promise<Result<Batch, AppError>> {
      const reason = reasonNotToRun(batchId);
      return reason ? fail(reason) : work(batchId, concurrency, (run) => askRows(batchId, run, concurrency));
    },
    /** A person looked, and says of all that are unknown or in doubt that their cards are there, or are not. */
    async settle(
      batchId: number,
      outcome: 'found' | 'absent',
      confirmedCount: number,
    ): Promise<Result<Batch, AppError>> {
      const reason = reasonNotToRun(batchId);
      if (reason) return fail(reason);
      const ids = records.batches.invoiceIds(batchId, unsettledStates);
      if (ids.length !== confirmedCount) return fail(appError('batch.count-not-confirmed', { count: ids.length }));
      for (const id of ids) {
        const settled = await parts.issuer.settle(id, outcome, undefined);
        if (!settled.ok) return settled;
      }
      parts.emit('record.changed', { kind: 'batch', id: batchId });
      return found(batchId);
    },
    /** Stops a batch for good; what is on the wire is awaited by its run. */
    cancel(batchId: number): Result<Batch, AppError> {
      const batch = records.batches.find(batchId);
      // What is done already stays done.
      if (batch?.state === 'finished') return ok(batch);
      stop(batchId);
      records.batches.cancel(batchId, new Date(clock.now()).toISOString());
      parts.emit('record.changed', { kind: 'batch', id: batchId });
      return found(batchId);
    },
    /** Stops a run between two calls; what is on the wire is awaited. */
    stop,
    stopAll(): void {
      for (const run of runs.values()) run.stopping = true;
    },
    /** Resolves when no run is left. */
    async idle(): Promise<void> {
      await Promise.allSettled([...runs.values()].map(({ done }) => done));
    },
  };
}
