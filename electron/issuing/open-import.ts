import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PdfStore } from '../records/pdf-store.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import type { TableSource } from '../tables/invoice-table.ts';
import { createPdfMatcher, listPdfFolder } from '../tables/match-pdf.ts';
import type { TableStream } from '../tables/table-worker.ts';
import type { PlanParts } from './plan-rows.ts';

export interface ImportSource {
  readonly accountId: number;
  readonly templateId: number;
  readonly tablePath: string;
  readonly tableName: string;
  readonly pdfFolder: string;
  /** How the table is to be read where its own look does not tell, and what was corrected in it. */
  readonly reading?: Pick<TableSource, 'encoding' | 'columns' | 'edits'>;
}

export interface OpenImport {
  readonly plan: PlanParts;
  readonly table: TableStream;
}

/**
 * Opens table and folder of an import; the table has to be closed.
 * @param pdfStore where good rows' PDFs are kept; undefined: nowhere
 */
export async function openImport(
  { records, clock }: { readonly records: Records; readonly clock: Clock },
  source: ImportSource,
  pdfStore: PdfStore | undefined,
  signal: AbortSignal,
): Promise<Result<OpenImport, AppError>> {
  const account = records.accounts.find(source.accountId);
  if (!account) return fail(appError('account.not-found', { account: String(source.accountId) }));
  const template = records.templates.find(source.templateId);
  if (!template || template.accountId !== account.id) return fail(appError('template.not-found'));
  const files = await listPdfFolder(source.pdfFolder);
  if (!files.ok) return files;
  const folder = {
    path: source.pdfFolder,
    files: files.value,
    match: await createPdfMatcher(files.value),
    owners: new Map<string, string>(),
  };
  // Its address is that of a worker, so it has to be a file of its own after bundling.
  const { readTableInWorker } = await import('../tables/table-worker.ts');
  const file = { path: source.tablePath, fileName: source.tableName, ...source.reading };
  const table = await readTableInWorker(file, Math.floor(clock.now() / 1000), signal);
  return table.ok ? ok({ plan: { records, account, folder, pdfStore }, table: table.value }) : table;
}
