import type { Batch, BatchCounts } from '../../shared/contract/batch-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { App } from '../app.ts';
import { callOperation } from './client.ts';
import type { Output } from './output.ts';

/** One line that adds up to the total; what is rare is named only where there is some of it. */
export function saySummary(output: Pick<Output, 'say'>, counts: BatchCounts): void {
  const { total, faulty, already, waiting, doubtful, cancelled, issued, rejected, unknown } = counts;
  const zhCN = `共 ${total} 单：本次开具 ${issued}，此前已开具 ${already}，有误 ${faulty}，被拒 ${rejected}，结果未知 ${unknown}，未开具 ${waiting}`;
  const en = `${total} orders: ${issued} issued now, ${already} issued before, ${faulty} faulty, ${rejected} rejected, ${unknown} unknown, ${waiting} not issued`;
  output.say({
    zhCN: `${zhCN}${doubtful > 0 ? `，恢复备份后待确认 ${doubtful}` : ''}${cancelled > 0 ? `，已取消 ${cancelled}` : ''}`,
    en: `${en}${doubtful > 0 ? `, ${doubtful} in doubt since a restore` : ''}${cancelled > 0 ? `, ${cancelled} cancelled` : ''}`,
  });
}

export function readConcurrency(flag: string | undefined): Result<number, AppError> {
  if (flag === undefined) return ok(4);
  const number = Number(flag);
  if (Number.isInteger(number) && number >= 1 && number <= 16) return ok(number);
  return fail(appError('usage.wrong', { reason: `--concurrency ${flag}: 1–16` }));
}

async function writeReport(app: App, batchId: number, path: string | undefined) {
  if (path === undefined) return callOperation(app, 'batch.report', { batchId });
  const target = await app.files.admitTarget(path);
  return target.ok ? callOperation(app, 'batch.report', { batchId, target: target.value }) : target;
}

export interface RunOptions {
  /** Where the report goes; undefined: beside the table. */
  readonly report: string | undefined;
  /** Whether a person asked to stop; the batch is then not begun. */
  readonly isInterrupted: () => boolean;
}

/** Whether nothing of the batch is left for a person or for another run. */
export const isAllDone = ({ counts: { total, issued, already, cancelled } }: Batch): boolean =>
  issued + already + cancelled === total;

/** What a person has to do about rows of which nobody knows whether they were issued. */
function sayUnsettled(output: Output, { unknown, doubtful }: BatchCounts): void {
  const count = unknown + doubtful;
  if (count === 0) return;
  output.say({
    zhCN: `有 ${count} 单需要您决定：请先在微信里确认，或用 resume --ask-again 再问一次微信（不会自动重发）。`,
    en: `${count} orders need you: look in WeChat, or ask it again with: resume --ask-again (nothing is sent again by itself).`,
  });
}

/** Works on a batch, writes its report, and says what became of it. */
export async function runAndReport(
  app: App,
  batchId: number,
  work: () => Promise<Result<Batch, AppError>>,
  { report: reportPath, isInterrupted }: RunOptions,
  output: Output,
): Promise<Result<Batch, AppError>> {
  const ran = isInterrupted() ? undefined : await work();
  // The report is written however the run ended: it is the record of what was done.
  const report = await writeReport(app, batchId, reportPath);
  const after = await callOperation(app, 'batch.get', { batchId });
  if (after.ok) saySummary(output, after.value.batch.counts);
  if (report.ok) output.say({ zhCN: `报告：${report.value.file}`, en: `Report: ${report.value.file}` });
  if (after.ok) sayUnsettled(output, after.value.batch.counts);
  if (isInterrupted()) {
    const { text, nextStep } = appError('work.cancelled');
    output.say(text);
    output.say(nextStep);
  }
  if (ran && !ran.ok) return ran;
  if (!report.ok) return report;
  if (!after.ok) return after;
  output.result({ ok: true, batch: after.value.batch, report: report.value });
  return ok(after.value.batch);
}
