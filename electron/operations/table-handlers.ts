import { mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import type { pdfTableOperations } from '../../shared/contract/pdf-table-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { targetOf } from '../../shared/table/column-target.ts';
import { matchHeader } from '../../shared/table/columns.ts';
import { reportBatch, reportPathBeside } from '../issuing/report-batch.ts';
import { copySamples } from '../tables/copy-samples.ts';
import { toSource } from './batch-handlers.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names = Exclude<Extract<keyof Handlers, `table.${string}`>, keyof typeof pdfTableOperations>;

async function openTable(
  { records, files }: HandlerParts,
  { table, encoding }: InputOf<'table.open'>,
): Promise<Result<OutputOf<'table.open'>, AppError>> {
  const path = files.resolve(table);
  if (!path.ok) return path;
  // Its address is that of a worker, so it has to be a file of its own after bundling.
  const { previewTableInWorker } = await import('../tables/table-worker.ts');
  const preview = await previewTableInWorker({ path: path.value, fileName: basename(path.value), encoding });
  if (!preview.ok) return preview;
  const { header, rows, rowCount } = preview.value;
  const known = records.tableProfiles.find(header);
  return ok({
    encoding: preview.value.encoding,
    header: [...header],
    rows: rows.map(({ rowNumber, cells }) => ({ rowNumber, cells: [...cells] })),
    rowCount,
    columns: [...(known ?? header.map((name) => targetOf(matchHeader(name))))],
    remembered: known !== undefined,
  });
}

async function makeFaultyTable(
  { records, files, dataFolder }: HandlerParts,
  batchId: number,
): Promise<Result<OutputOf<'table.faultyRows'>, AppError>> {
  const source = records.batches.source(batchId);
  if (!source) return fail(appError('batch.not-found'));
  const folder = join(dataFolder, 'corrections');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${basename(source.name, extname(source.name))}.${batchId}.csv`);
  const { language } = records.settings.read();
  const written = await reportBatch(records, batchId, language, path, ['faulty', 'rejected']);
  if (!written.ok) return written;
  const table = await files.admit(path);
  return table.ok ? ok({ table: table.value }) : table;
}

async function saveSample(
  { files, resourcesFolder }: HandlerParts,
  folder: string,
): Promise<Result<OutputOf<'table.sample'>, AppError>> {
  const parent = files.resolve(folder);
  if (!parent.ok) return parent;
  if (resourcesFolder === undefined) return fail(appError('file.not-found', { file: '发票.csv' }));
  const copied = await copySamples(join(resourcesFolder, 'samples'), parent.value);
  if (!copied.ok) return copied;
  const table = await files.admit(copied.value.table);
  if (!table.ok) return table;
  const pdfFolder = await files.admit(copied.value.pdfFolder);
  return pdfFolder.ok ? ok({ table: table.value, pdfFolder: pdfFolder.value }) : pdfFolder;
}

/** The report as it is now, in a place of our own: what is opened need not be kept anywhere. */
async function openReport(
  { records, dataFolder, openFolder }: HandlerParts,
  batchId: number,
): Promise<Result<OutputOf<'table.openReport'>, AppError>> {
  if (!openFolder) return fail(appError('window.needed'));
  const source = records.batches.source(batchId);
  if (!source) return fail(appError('batch.not-found'));
  const folder = join(dataFolder, 'reports');
  await mkdir(folder, { recursive: true });
  const target = join(folder, `${batchId}-${basename(reportPathBeside(source.name))}`);
  const written = await reportBatch(records, batchId, records.settings.read().language, target);
  if (!written.ok) return written;
  const { file, rows } = written.value;
  const name = basename(file);
  return (await openFolder(file))
    ? ok({ name, rows })
    : fail(appError('file.not-readable', { file: name, reason: 'no program opens it' }));
}

/** What the page of batches does with tables before they are batches, and with what came of them. */
export function createTableHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records, files, deskChecks } = parts;
  return {
    'table.open': (input) => openTable(parts, input),
    'table.check': async (input) => {
      const source = toSource(parts, input);
      if (!source.ok) return source;
      const checked = await deskChecks.check(source.value, input);
      if (!checked.ok) return checked;
      const { base, header } = checked.value;
      if (input.columns && base === null) records.tableProfiles.remember(header, input.columns);
      return checked;
    },
    'table.checkedRows': async ({ checkId, base, after, limit }) => {
      const further = deskChecks.rowsAfter(checkId, base, after, limit);
      return further ? ok(further) : fail(appError('table.check-outdated'));
    },
    'table.sample': ({ folder }) => saveSample(parts, folder),
    'table.faultyRows': ({ batchId }) => makeFaultyTable(parts, batchId),
    'table.openReport': ({ batchId }) => openReport(parts, batchId),
    'table.report': async ({ batchId, folder }) => {
      const path = files.resolve(folder);
      if (!path.ok) return path;
      const source = records.batches.source(batchId);
      if (!source) return fail(appError('batch.not-found'));
      const target = join(path.value, basename(reportPathBeside(source.name)));
      const written = await reportBatch(records, batchId, records.settings.read().language, target);
      return written.ok ? ok({ name: basename(written.value.file), rows: written.value.rows }) : written;
    },
  };
}
