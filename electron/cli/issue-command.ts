import type { Batch, BatchRow, ChangeCounts } from '../../shared/contract/batch-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { Finding } from '../../shared/invoice/findings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { nameFields } from '../../shared/table/columns.ts';
import type { App } from '../app.ts';
import { admitFile, type BatchInput, callOperation, findAccountId, findTemplateId } from './client.ts';
import type { CommandLine } from './command-line.ts';
import type { Output } from './output.ts';
import { isAllDone, type RunOptions, readConcurrency, runAndReport, saySummary } from './run-and-report.ts';

type Flags = CommandLine['flags'];

async function readSource(app: App, flags: Flags): Promise<Result<BatchInput, AppError>> {
  if (!flags.csv || !flags['pdf-dir'])
    return fail(appError('usage.wrong', { reason: '需要 --csv 和 --pdf-dir / --csv and --pdf-dir are needed' }));
  const accountId = await findAccountId(app, flags.account);
  if (!accountId.ok) return accountId;
  const templateId = await findTemplateId(app, accountId.value, flags.template);
  if (!templateId.ok) return templateId;
  const table = await admitFile(app, 'file', flags.csv);
  if (!table.ok) return table;
  const pdfFolder = await admitFile(app, 'folder', flags['pdf-dir']);
  if (!pdfFolder.ok) return pdfFolder;
  return ok({
    accountId: accountId.value,
    templateId: templateId.value,
    table: table.value,
    pdfFolder: pdfFolder.value,
  });
}

function sayFindings(output: Output, rows: readonly { rowNumber: number; findings: readonly Finding[] }[]): void {
  for (const { rowNumber, findings } of rows)
    for (const { severity, field, text, cure } of findings)
      output.say({
        zhCN: `${severity === 'fault' ? '✗' : '!'} 第 ${rowNumber} 行 ${field}：${text.zhCN} ${cure.zhCN}`,
        en: `${severity === 'fault' ? '✗' : '!'} row ${rowNumber} ${field}: ${text.en}. ${cure.en}`,
      });
}

/** Each row whose record changes, and how many there are of each kind: what is shown before anything runs. */
function sayChanges(
  output: Output,
  rows: readonly Pick<BatchRow, 'rowNumber' | 'orderId' | 'change' | 'changedFields'>[],
  changes: ChangeCounts,
): void {
  for (const { rowNumber, orderId, change, changedFields } of rows)
    if (change === 'changed')
      output.say({
        zhCN: `~ 第 ${rowNumber} 行 订单 ${orderId}：将更新${nameFields(changedFields, 'zh-CN').join('、')}`,
        en: `~ row ${rowNumber} order ${orderId}: updates ${nameFields(changedFields, 'en').join(', ')}`,
      });
  output.say({
    zhCN: `与已有记录相比：新增 ${changes.new}，未变 ${changes.unchanged}，有改动 ${changes.changed}，冲突 ${changes.conflicting}`,
    en: `against the records: ${changes.new} new, ${changes.unchanged} unchanged, ${changes.changed} changed, ${changes.conflicting} conflicting`,
  });
}

async function dryRun(app: App, source: BatchInput, output: Output): Promise<Result<boolean, AppError>> {
  const checked = await callOperation(app, 'batch.check', source);
  if (!checked.ok) return checked;
  sayFindings(output, checked.value.rows);
  sayChanges(output, checked.value.rows, checked.value.changes);
  saySummary(output, checked.value.counts);
  output.result({ ok: true, dryRun: true, ...checked.value });
  return ok(checked.value.counts.faulty === 0);
}

/** Imports and runs one table, writes its report, and says what became of it. */
export async function issueTable(
  app: App,
  source: BatchInput,
  how: RunOptions & { readonly concurrency: number },
  output: Output,
): Promise<Result<Batch, AppError>> {
  const imported = await callOperation(app, 'batch.import', source);
  if (!imported.ok) return imported;
  const batchId = imported.value.id;
  const rows = await callOperation(app, 'batch.get', { batchId });
  if (!rows.ok) return rows;
  sayFindings(output, rows.value.rows);
  return runAndReport(
    app,
    batchId,
    () => callOperation(app, 'batch.run', { batchId, concurrency: how.concurrency }),
    how,
    output,
  );
}

/** `issue`: the main job. True where nothing was left undone. */
export async function issueCommand(
  app: App,
  { flags }: CommandLine,
  output: Output,
  isInterrupted: () => boolean,
): Promise<Result<boolean, AppError>> {
  const concurrency = readConcurrency(flags.concurrency);
  if (!concurrency.ok) return concurrency;
  const source = await readSource(app, flags);
  if (!source.ok) return source;
  if (flags['dry-run']) return dryRun(app, source.value, output);
  // A wrong secret or a missing network is found out before the table is stored.
  const reachable = await callOperation(app, 'account.check', { accountId: source.value.accountId });
  if (!reachable.ok) return reachable;
  const how = { concurrency: concurrency.value, report: flags.report, isInterrupted };
  const batch = await issueTable(app, source.value, how, output);
  if (!batch.ok) return batch;
  return ok(isAllDone(batch.value));
}
