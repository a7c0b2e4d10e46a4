import { basename } from 'node:path';
import type { Handlers, InputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { summariseCheck } from '../issuing/check-batch.ts';
import type { ImportSource } from '../issuing/open-import.ts';
import { reportBatch } from '../issuing/report-batch.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names = Extract<keyof Handlers, `batch.${string}`>;

/** Paths behind the tokens of a table and its PDFs. */
export function toSource({ files }: HandlerParts, input: InputOf<'batch.import'>): Result<ImportSource, AppError> {
  const table = files.resolve(input.table);
  if (!table.ok) return table;
  const folder = files.resolve(input.pdfFolder);
  if (!folder.ok) return folder;
  const { accountId, templateId, encoding, columns, edits } = input;
  return ok({
    accountId,
    templateId,
    tablePath: table.value,
    tableName: basename(table.value),
    pdfFolder: folder.value,
    reading: { encoding, columns, edits },
  });
}

export function createBatchHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records, batchRunner, importer } = parts;
  return {
    'batch.check': async (input) => {
      const source = toSource(parts, input);
      if (!source.ok) return source;
      const checked = await importer.check(source.value);
      return checked.ok ? ok(summariseCheck(checked.value)) : checked;
    },
    'batch.import': async (input) => {
      const source = toSource(parts, input);
      if (!source.ok) return source;
      const imported = await importer.run(source.value);
      if (!imported.ok) return imported;
      parts.deskChecks.letGo();
      parts.emit('record.changed', { kind: 'batch', id: imported.value.id });
      return imported;
    },
    'batch.cancelImport': async () => ok({ cancelled: importer.cancel() }),
    'batch.run': ({ batchId, concurrency, retryRejected }) => batchRunner.run(batchId, concurrency, retryRejected),
    'batch.askAgain': ({ batchId, concurrency }) => batchRunner.askAgain(batchId, concurrency),
    'batch.settle': ({ batchId, outcome, confirmedCount }) => batchRunner.settle(batchId, outcome, confirmedCount),
    'batch.cancel': async ({ batchId }) => batchRunner.cancel(batchId),
    'batch.stop': async ({ batchId }) => {
      batchRunner.stop(batchId);
      return ok({});
    },
    'batch.get': async ({ batchId, withRows }) => {
      const batch = records.batches.find(batchId);
      if (!batch) return fail(appError('batch.not-found'));
      const rows = withRows ? [...records.batches.rows(batchId)].map(({ cells: _cells, ...row }) => row) : [];
      return ok({ batch, rows });
    },
    'batch.rows': async ({ batchId, after, limit, invoiceIds }) => {
      if (!records.batches.source(batchId)) return fail(appError('batch.not-found'));
      if (invoiceIds) return ok({ rows: records.batches.rowsOfInvoices(batchId, invoiceIds), next: null });
      const rows = records.batches.rowPage(batchId, after, limit);
      return ok({ rows, next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) });
    },
    'batch.list': async ({ accountId }) => ok({ batches: records.batches.list(accountId) }),
    'batch.report': async ({ batchId, target }) => {
      const path = target === undefined ? undefined : parts.files.resolve(target);
      if (path && !path.ok) return path;
      return reportBatch(records, batchId, records.settings.read().language, path?.value);
    },
  };
}
