import type { Batch } from '../../shared/contract/batch-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { App } from '../app.ts';
import { callOperation } from './client.ts';
import type { CommandLine } from './command-line.ts';
import type { Output } from './output.ts';
import { isAllDone, readConcurrency, runAndReport } from './run-and-report.ts';

async function chooseBatch(app: App, wanted: string | undefined): Promise<Result<Batch | undefined, AppError>> {
  const listed = await callOperation(app, 'batch.list', {});
  if (!listed.ok) return listed;
  const { batches } = listed.value;
  if (wanted === undefined)
    return ok(batches.find(({ counts: { waiting, unknown, doubtful } }) => waiting + unknown + doubtful > 0));
  const found = batches.find(({ id }) => String(id) === wanted);
  return found ? ok(found) : fail(appError('batch.not-found'));
}

/** `resume`: goes on with a batch that was interrupted, the newest where none is named. True where nothing is left. */
export async function resumeCommand(
  app: App,
  { flags }: CommandLine,
  output: Output,
  isInterrupted: () => boolean,
): Promise<Result<boolean, AppError>> {
  const chosen = readConcurrency(flags.concurrency);
  if (!chosen.ok) return chosen;
  const concurrency = chosen.value;
  const batch = await chooseBatch(app, flags.batch);
  if (!batch.ok) return batch;
  if (!batch.value) {
    output.say({ zhCN: '没有未完成的批次。', en: 'There is no unfinished batch.' });
    output.result({ ok: true, batch: null });
    return ok(true);
  }
  const unfinished = batch.value;
  const { id: batchId, sourceName } = unfinished;
  output.say({ zhCN: `继续批次 ${batchId}（${sourceName}）`, en: `Going on with batch ${batchId} (${sourceName})` });
  const work = async () => {
    // First what is open: a row that turns out never to have arrived is issued by that.
    const asked = flags['ask-again'] ? await callOperation(app, 'batch.askAgain', { batchId, concurrency }) : undefined;
    if ((asked && !asked.ok) || isInterrupted()) return asked ?? ok(unfinished);
    return callOperation(app, 'batch.run', { batchId, concurrency, retryRejected: flags['retry-rejected'] ?? false });
  };
  const done = await runAndReport(app, batchId, work, { report: flags.report, isInterrupted }, output);
  return done.ok ? ok(isAllDone(done.value)) : done;
}
