import { basename, join } from 'node:path';
import { type Batch, type BatchRow, noCounts } from '../../shared/contract/batch-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { type Finding, finding, hasFault } from '../../shared/invoice/findings.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { headerOf } from '../../shared/table/columns.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { InvoiceContent } from '../records/invoice-repository.ts';
import { inspectPdf, type KeptPdf, type PdfStore } from '../records/pdf-store.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import type { ImportedRow, ImportedTable } from '../tables/invoice-table.ts';
import { createPdfMatcher, listPdfFolder } from '../tables/match-pdf.ts';
import { readInvoiceTable } from '../tables/read-invoice-table.ts';
import { type Comparison, compareRow, mayHaveCard } from './compare-row.ts';

export interface ImportSource {
  readonly accountId: number;
  readonly templateId: number;
  readonly tablePath: string;
  readonly tableName: string;
  readonly pdfFolder: string;
}

interface ImportParts {
  readonly records: Records;
  readonly pdfStore: PdfStore;
  readonly clock: Clock;
}

/** What is to become of one row, decided before anything is written. */
interface PlannedRow {
  readonly row: ImportedRow;
  readonly findings: readonly Finding[];
  readonly fields: InvoiceFields | undefined;
  /** The PDF in the folder, absent for faulty rows. */
  readonly pdfPath: string | undefined;
  /** How it stands to the records; absent where it could not be read. */
  readonly comparison: Comparison | undefined;
}

interface Plan {
  readonly table: ImportedTable;
  readonly account: StoredAccount;
  readonly rows: readonly PlannedRow[];
}

function findingOfPdf(error: AppError, field: string): Finding {
  const file = String(error.details['file'] ?? '');
  switch (error.code) {
    case 'pdf.empty':
    case 'pdf.not-pdf':
      return finding(error.code, field, file, { file });
    case 'pdf.too-large':
      return finding('pdf.too-large', field, file, {
        file,
        sizeMb: String(error.details['sizeMb']),
        limitMb: String(error.details['limitMb']),
      });
    default:
      return finding('pdf.not-found', field, file);
  }
}

/** The folder with the PDFs, its names read once for all rows. */
interface PdfFolder {
  readonly path: string;
  readonly match: Awaited<ReturnType<typeof createPdfMatcher>>;
}

async function planPdf(row: ImportedRow, fields: InvoiceFields, folder: PdfFolder) {
  const column = headerOf('pdfFile');
  const match = folder.match({ pdfFile: row.pdfFile, fields });
  if (match.kind === 'none') return { findings: [finding('pdf.not-found', column, row.pdfFile)], path: undefined };
  if (match.kind === 'ambiguous')
    return {
      findings: [finding('pdf.ambiguous', column, '', { files: match.files.slice(0, 5).join('、') })],
      path: undefined,
    };
  const path = join(folder.path, match.file);
  const inspected = await inspectPdf(path);
  return inspected.ok ? { findings: [], path } : { findings: [findingOfPdf(inspected.error, column)], path: undefined };
}

async function planRow(
  { records }: ImportParts,
  account: StoredAccount,
  row: ImportedRow,
  folder: PdfFolder,
): Promise<PlannedRow> {
  const { fields } = row;
  if (!fields || hasFault(row.findings))
    return { row, findings: row.findings, fields, pdfPath: undefined, comparison: undefined };
  const comparison = compareRow(records, account, fields);
  const { existing, findings } = comparison;
  const settled = existing !== undefined && mayHaveCard(existing);
  const pdf = settled ? { findings: [], path: undefined } : await planPdf(row, fields, folder);
  return { row, findings: [...row.findings, ...findings, ...pdf.findings], fields, pdfPath: pdf.path, comparison };
}

async function plan(parts: ImportParts, source: ImportSource): Promise<Result<Plan, AppError>> {
  const { records, clock } = parts;
  const account = records.accounts.find(source.accountId);
  if (!account) return fail(appError('account.not-found', { account: String(source.accountId) }));
  const template = records.templates.find(source.templateId);
  if (!template || template.accountId !== account.id) return fail(appError('template.not-found'));
  const files = await listPdfFolder(source.pdfFolder);
  if (!files.ok) return files;
  const nowSeconds = Math.floor(clock.now() / 1000);
  const table = await readInvoiceTable({ path: source.tablePath, fileName: source.tableName }, { nowSeconds });
  if (!table.ok) return table;
  const rows: PlannedRow[] = [];
  const folder: PdfFolder = { path: source.pdfFolder, match: await createPdfMatcher(files.value) };
  for (const row of table.value.rows) rows.push(await planRow(parts, account, row, folder));
  return ok({ table: table.value, account, rows: refuseSharedPdfs(rows) });
}

/** Two rows may not use one file: the later one is at fault. */
function refuseSharedPdfs(rows: readonly PlannedRow[]): PlannedRow[] {
  const owners = new Map<string, string>();
  return rows.map((planned) => {
    const { pdfPath, fields } = planned;
    if (pdfPath === undefined || !fields) return planned;
    const orderId = owners.get(pdfPath);
    if (orderId === undefined || orderId === fields.orderId) {
      owners.set(pdfPath, fields.orderId);
      return planned;
    }
    const file = basename(pdfPath);
    const findings = [...planned.findings, finding('pdf.used-by-other', headerOf('pdfFile'), file, { file, orderId })];
    return { ...planned, findings, pdfPath: undefined };
  });
}

function stateOf({ findings, comparison }: PlannedRow): BatchRow['state'] {
  const existing = comparison?.existing;
  if (hasFault(findings)) return 'faulty';
  if (existing?.state === 'issued') return 'already';
  if (existing && existing.doubtedAt !== null) return 'doubtful';
  return existing?.state === 'unknown' || existing?.state === 'sending' ? 'unknown' : 'waiting';
}

/** Reads table and PDFs and says what an import would do, writing nothing. */
export async function checkBatch(parts: ImportParts, source: ImportSource) {
  const planned = await plan(parts, source);
  if (!planned.ok) return planned;
  const { table, rows } = planned.value;
  const shown = rows.map((one) => ({
    rowNumber: one.row.rowNumber,
    state: stateOf(one),
    orderId: one.row.orderId,
    title: one.row.title,
    invoiceId: one.comparison?.existing?.id ?? null,
    findings: [...one.findings],
    change: one.comparison?.change ?? null,
    changedFields: [...(one.comparison?.changedFields ?? [])],
  }));
  const changes = { new: 0, unchanged: 0, changed: 0, conflicting: 0 };
  for (const { change } of shown) if (change) changes[change] += 1;
  const counts = { ...noCounts, total: shown.length };
  for (const { state } of shown) counts[state] += 1;
  return ok({ counts, changes, encoding: table.encoding, rows: shown });
}

interface StoredRow extends PlannedRow {
  readonly pdf: KeptPdf | undefined;
}

async function keepPdf(pdfStore: PdfStore, planned: PlannedRow): Promise<Result<StoredRow, AppError>> {
  if (planned.pdfPath === undefined || hasFault(planned.findings)) return ok({ ...planned, pdf: undefined });
  const kept = await pdfStore.add(planned.pdfPath);
  if (kept.ok) return ok({ ...planned, pdf: kept.value });
  // Our own store's fault, not that of the row's file.
  if (kept.error.code === 'file.not-writable') return kept;
  const findings = [...planned.findings, findingOfPdf(kept.error, headerOf('pdfFile'))];
  return ok({ ...planned, pdf: undefined, findings });
}

async function keepPdfs(pdfStore: PdfStore, rows: readonly PlannedRow[]): Promise<Result<StoredRow[], AppError>> {
  const stored: StoredRow[] = [];
  for (const planned of rows) {
    const kept = await keepPdf(pdfStore, planned);
    if (!kept.ok) return kept;
    stored.push(kept.value);
  }
  return ok(stored);
}

function linkInvoice(parts: ImportParts, account: StoredAccount, batchId: number, templateId: number, row: StoredRow) {
  const { records } = parts;
  const now = new Date(parts.clock.now()).toISOString();
  const { comparison, fields, pdf } = row;
  const existing = comparison?.existing;
  if (!fields) throw new Error('a row without fields has no invoice');
  if (existing && mayHaveCard(existing)) return existing;
  const pdfId = pdf ? records.pdfs.record({ ...pdf, createdAt: now }).id : null;
  const content: InvoiceContent = { fields, templateId, batchId, pdfId, tripPdfId: existing?.tripPdf?.id ?? null };
  const invoice = existing ? records.invoices.edit(existing.id, content, now) : undefined;
  return invoice ?? records.invoices.createDraft(account, content, now);
}

/** Reads table and PDFs and stores them as one batch: good rows linked to invoices, faulty ones kept with their faults. */
export async function importBatch(parts: ImportParts, source: ImportSource): Promise<Result<Batch, AppError>> {
  const planned = await plan(parts, source);
  if (!planned.ok) return planned;
  const { table, account, rows } = planned.value;
  const kept = await keepPdfs(parts.pdfStore, rows);
  if (!kept.ok) return kept;
  const stored = kept.value;
  const { records, clock } = parts;
  return records.inTransaction(() => {
    const createdAt = new Date(clock.now()).toISOString();
    const batchId = records.batches.create(
      account.id,
      source.templateId,
      {
        path: source.tablePath,
        name: source.tableName,
        encoding: table.encoding,
        delimiter: table.delimiter,
        header: table.header,
      },
      createdAt,
    );
    for (const row of stored) {
      const state = stateOf(row);
      const invoice = state === 'faulty' ? undefined : linkInvoice(parts, account, batchId, source.templateId, row);
      records.batches.addRow(batchId, {
        rowNumber: row.row.rowNumber,
        cells: row.row.cells,
        orderId: row.row.orderId,
        title: row.row.title,
        importState: state === 'faulty' || state === 'already' ? state : 'linked',
        invoiceId: invoice?.id ?? null,
        findings: row.findings,
        change: row.comparison?.change ?? null,
        changedFields: row.comparison?.changedFields ?? [],
      });
    }
    const batch = records.batches.find(batchId);
    return batch ? ok(batch) : fail(appError('batch.not-found'));
  });
}
