import { opendir } from 'node:fs/promises';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPacer } from './pacer.ts';
import { readFailure } from './table-errors.ts';

export interface PdfRow {
  readonly pdfFile: string;
  readonly fields: Pick<InvoiceFields, 'billingNo' | 'billingCode' | 'orderId'>;
}

export type PdfMatch =
  | { readonly kind: 'found'; readonly file: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous'; readonly files: readonly string[] };

const mostFiles = 50_000;

/** One form for names that file systems write differently: macOS decomposes letters, Windows ignores case. */
function comparable(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function withoutExtension(name: string): string {
  return name.replace(/\.pdf$/i, '');
}

interface NamedFile {
  readonly file: string;
  /** Comparable, without `.pdf`. */
  readonly name: string;
}

interface PdfIndex {
  readonly files: readonly NamedFile[];
  readonly byFile: ReadonlyMap<string, NamedFile>;
  /** By comparable name, and by every run of digits and of letters and digits in it. */
  readonly byPiece: ReadonlyMap<string, readonly NamedFile[]>;
}

function piecesOf(name: string): Set<string> {
  const pieces = new Set([name]);
  for (const piece of name.match(/[a-z0-9]+/g) ?? []) {
    pieces.add(piece);
    for (const digits of piece.match(/\d+/g) ?? []) pieces.add(digits);
  }
  return pieces;
}

function createIndex(): PdfIndex & { readonly add: (file: string) => void } {
  const files: NamedFile[] = [];
  const byFile = new Map<string, NamedFile>();
  const byPiece = new Map<string, NamedFile[]>();
  const add = (file: string): void => {
    const named = { file, name: comparable(withoutExtension(file)) };
    files.push(named);
    byFile.set(file, named);
    for (const piece of piecesOf(named.name)) {
      const known = byPiece.get(piece);
      if (known) known.push(named);
      else byPiece.set(piece, [named]);
    }
  };
  return { files, byFile, byPiece, add };
}

function settle(found: readonly NamedFile[]): PdfMatch {
  const [first, second] = found;
  if (!first) return { kind: 'none' };
  return second ? { kind: 'ambiguous', files: found.map(({ file }) => file) } : { kind: 'found', file: first.file };
}

function matchColumn({ byFile, byPiece }: PdfIndex, pdfFile: string): PdfMatch {
  // People paste whole paths; only the name says something about the folder that was chosen.
  const written = pdfFile.split(/[\\/]/).at(-1) ?? '';
  const exact = byFile.get(written);
  if (exact) return { kind: 'found', file: exact.file };
  const name = comparable(withoutExtension(written.trim()));
  return settle((byPiece.get(name) ?? []).filter((one) => one.name === name));
}

function matchNumber({ byPiece }: PdfIndex, billingNo: string, billingCode: string): PdfMatch {
  if (!/^\d+$/.test(billingNo)) return { kind: 'none' };
  const whole = billingCode + billingNo;
  const names = [billingNo, `${billingCode}_${billingNo}`, `${billingCode}-${billingNo}`, whole];
  const candidates = new Set([...(byPiece.get(billingNo) ?? []), ...(byPiece.get(whole) ?? [])]);
  // An 8-digit number is unique only together with its code: a name with another code is another invoice's.
  const ofThisCode = [...candidates].filter(({ name }) => {
    const codes: readonly string[] = name.match(/(?<!\d)(?:\d{10}|\d{12})(?!\d)/g) ?? [];
    return billingCode === '' || codes.length === 0 || codes.includes(billingCode);
  });
  const equal = ofThisCode.filter(({ name }) => names.includes(name));
  return settle(equal.length > 0 ? equal : ofThisCode);
}

function matchOrder({ files, byPiece }: PdfIndex, orderId: string): PdfMatch {
  const order = comparable(orderId.trim());
  if (order === '') return { kind: 'none' };
  const [piece] = order.match(/[a-z0-9]+/) ?? [];
  const candidates = piece === undefined ? files : (byPiece.get(piece) ?? []);
  const equal = candidates.filter(({ name }) => name === order);
  if (equal.length > 0) return settle(equal);
  const escaped = order.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  // `1001-1` is the second invoice of a split order, not a file of order 1001.
  const token = new RegExp(`(?<![a-z0-9]|\\d[-_])${escaped}(?![a-z0-9]|[-_]\\d)`);
  return settle(candidates.filter(({ name }) => token.test(name)));
}

function matchRow(index: PdfIndex, { pdfFile, fields }: PdfRow): PdfMatch {
  if (pdfFile.trim() !== '') return matchColumn(index, pdfFile);
  const byNumber = matchNumber(index, fields.billingNo, fields.billingCode);
  return byNumber.kind === 'none' ? matchOrder(index, fields.orderId) : byNumber;
}

/**
 * Finds the PDF of one row: the file named in the column PDF文件; else the one whose name holds the invoice number as a
 * whole run of digits (with no other invoice code beside it); else the one whose name holds the order number.
 */
export function matchPdfFile(row: PdfRow, files: readonly string[]): PdfMatch {
  const index = createIndex();
  for (const file of files) index.add(file);
  return matchRow(index, row);
}

/** {@link matchPdfFile} for many rows: looks at a folder's names once, and each row then takes microseconds. */
export async function createPdfMatcher(files: readonly string[]): Promise<(row: PdfRow) => PdfMatch> {
  const index = createIndex();
  const pace = createPacer();
  for (const file of files) {
    index.add(file);
    await pace();
  }
  return (row) => matchRow(index, row);
}

/** Names of the PDFs directly in a folder, sorted; symbolic links are left out. At most 50,000. */
export async function listPdfFolder(folder: string): Promise<Result<readonly string[], AppError>> {
  const names: string[] = [];
  try {
    // Entries of a folder opened with opendir are read in small portions, so that a huge folder blocks nothing.
    for await (const entry of await opendir(folder)) {
      if (entry.isFile() && /\.pdf$/i.test(entry.name)) names.push(entry.name);
      if (names.length > mostFiles) return fail(appError('folder.too-many-files', { folder, limit: mostFiles }));
    }
  } catch (error) {
    const isNoFolder = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
    return fail(isNoFolder ? appError('file.not-folder', { file: folder }) : readFailure(error, folder));
  }
  return ok(names.sort());
}
