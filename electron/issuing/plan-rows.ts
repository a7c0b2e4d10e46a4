import { basename, join } from 'node:path';
import type { BatchCounts, BatchRowState, ChangeCounts, RowChange } from '../../shared/contract/batch-operations.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { type Finding, finding, hasFault } from '../../shared/invoice/findings.ts';
import { ok, type Result } from '../../shared/result.ts';
import { headerOf } from '../../shared/table/columns.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { KeysInUse } from '../records/invoice-repository.ts';
import { inspectPdf, type KeptPdf, type PdfStore } from '../records/pdf-store.ts';
import type { Records } from '../records/records.ts';
import type { HandedRow } from '../tables/invoice-table.ts';
import type { createPdfMatcher } from '../tables/match-pdf.ts';
import { type Comparison, compareRow, mayHaveCard } from './compare-row.ts';

/** What is to become of one row, decided before anything is written. */
export interface PlannedRow {
  readonly row: HandedRow;
  readonly findings: readonly Finding[];
  /** How it stands to the records; absent where it could not be read. */
  readonly comparison: Comparison | undefined;
  /** The PDF in the folder, absent for faulty rows and for those that have their card. */
  readonly pdfPath: string | undefined;
  /** The same in the program's own store; absent where nothing is written. */
  readonly pdf: KeptPdf | undefined;
}

/** The folder with the PDFs, its names read once for all rows. */
export interface PdfFolder {
  readonly path: string;
  readonly files: readonly string[];
  readonly match: Awaited<ReturnType<typeof createPdfMatcher>>;
  /** Orders by the file they use. */
  readonly owners: { get(path: string): string | undefined; set(path: string, orderId: string): unknown };
}

export interface PlanParts {
  readonly records: Records;
  readonly account: StoredAccount;
  readonly folder: PdfFolder;
  /** Where good rows' PDFs are kept; absent: they are only looked at. */
  readonly pdfStore: PdfStore | undefined;
}

/** Files worked on at once: what is waited for is mostly the disk. */
const filesAtOnce = 8;

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

/** Which of the rows' orders and numbers there are at all: asked once for all of them. */
function keysInUse({ records, account }: PlanParts, rows: readonly HandedRow[]): KeysInUse {
  const fields = rows.flatMap((row) => row.fields ?? []);
  return records.invoices.keysInUse(
    account,
    fields.map(({ orderId }) => orderId),
    fields.map(({ billingNo }) => billingNo),
  );
}

/** Everything that needs no look at a file. */
function planRow({ records, account, folder }: PlanParts, row: HandedRow, known: KeysInUse): PlannedRow {
  const { fields } = row;
  const nothing = { pdfPath: undefined, pdf: undefined };
  if (!fields || hasFault(row.findings)) return { row, findings: row.findings, comparison: undefined, ...nothing };
  const comparison = compareRow(records, account, fields, known);
  const { existing } = comparison;
  const findings = [...row.findings, ...comparison.findings];
  if (existing && mayHaveCard(existing)) return { row, findings, comparison, ...nothing };
  const match = folder.match({ pdfFile: row.pdfFile, fields });
  if (match.kind === 'found') return { row, findings, comparison, ...nothing, pdfPath: join(folder.path, match.file) };
  const files = match.kind === 'ambiguous' ? match.files.slice(0, 5).join('、') : '';
  const fault =
    match.kind === 'ambiguous'
      ? finding('pdf.ambiguous', headerOf('pdfFile'), '', { files })
      : finding('pdf.not-found', headerOf('pdfFile'), row.pdfFile);
  return { row, findings: [...findings, fault], comparison, ...nothing };
}

/** Looks at a row's PDF and keeps it; that of a faulty row is only looked at. Fails where our own store takes no file. */
async function takePdf({ pdfStore }: PlanParts, planned: PlannedRow): Promise<Result<PlannedRow, AppError>> {
  const { pdfPath, findings } = planned;
  if (pdfPath === undefined) return ok(planned);
  const taken = pdfStore && !hasFault(findings) ? await pdfStore.add(pdfPath) : await inspectPdf(pdfPath);
  if (taken.ok) return ok(typeof taken.value === 'number' ? planned : { ...planned, pdf: taken.value });
  if (taken.error.code === 'file.not-writable') return taken;
  const fault = findingOfPdf(taken.error, headerOf('pdfFile'));
  return ok({ ...planned, findings: [...findings, fault], pdfPath: undefined });
}

/** Two rows may not use one file: the later one is at fault. */
export function refuseSharedPdf({ folder }: PlanParts, planned: PlannedRow): PlannedRow {
  const { pdfPath, row } = planned;
  if (pdfPath === undefined) return planned;
  const owner = folder.owners.get(pdfPath);
  if (owner === undefined || owner === row.orderId) {
    folder.owners.set(pdfPath, row.orderId);
    return planned;
  }
  const file = basename(pdfPath);
  const fault = finding('pdf.used-by-other', headerOf('pdfFile'), file, { file, orderId: owner });
  return { ...planned, findings: [...planned.findings, fault], pdfPath: undefined, pdf: undefined };
}

/** Decides about some rows of a table, in its order. */
export async function planRows(parts: PlanParts, rows: readonly HandedRow[]): Promise<Result<PlannedRow[], AppError>> {
  const known = keysInUse(parts, rows);
  const planned = rows.map((row) => planRow(parts, row, known));
  for (let from = 0; from < planned.length; from += filesAtOnce) {
    const some = planned.slice(from, from + filesAtOnce);
    if (some.every(({ pdfPath }) => pdfPath === undefined)) continue;
    const taken = await Promise.all(some.map((one) => takePdf(parts, one)));
    for (const [index, one] of taken.entries()) {
      if (!one.ok) return one;
      planned[from + index] = one.value;
    }
  }
  return ok(planned.map((one) => refuseSharedPdf(parts, one)));
}

/** A row's state by the invoice of its order. */
export function stateOfExisting(existing: Invoice | undefined): BatchRowState {
  if (existing?.state === 'issued') return 'already';
  if (existing && existing.doubtedAt !== null) return 'doubtful';
  return existing?.state === 'unknown' || existing?.state === 'sending' ? 'unknown' : 'waiting';
}

export function stateOf({ findings, comparison }: PlannedRow): BatchRowState {
  return hasFault(findings) ? 'faulty' : stateOfExisting(comparison?.existing);
}

export interface RowCounts {
  readonly counts: BatchCounts;
  readonly changes: ChangeCounts;
}

/** Counts a row by its state and by what it does to the records; null: it could not be compared. */
export function countRow({ counts, changes }: RowCounts, state: BatchRowState, change: RowChange | null): void {
  counts.total += 1;
  counts[state] += 1;
  if (change) changes[change] += 1;
}
