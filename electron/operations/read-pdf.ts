import { basename } from 'node:path';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { AppErrorCode } from '../../shared/errors/error-catalogue.ts';
import { fail, type Result } from '../../shared/result.ts';
import { type PdfReading, readTimeoutMs } from '../pdf/pdf-reader.ts';
import { inspectPdf, readFileBytes } from '../records/pdf-store.ts';

export type ReadingFailure = Extract<PdfReading, { ok: false }>['failure'];

const failureCodes = {
  encrypted: 'pdf.encrypted',
  damaged: 'pdf.damaged',
  'image-only': 'pdf.image-only',
  'too-complex': 'pdf.too-complex',
  cancelled: 'work.cancelled',
} as const satisfies Record<ReadingFailure, AppErrorCode>;

/** Why nothing was read out of a file. */
export function readingError(failure: ReadingFailure, file: string): AppError {
  return appError(failureCodes[failure], { file, seconds: readTimeoutMs / 1000 });
}

/** OFD is a ZIP archive, the national format in which invoices come as well. */
async function isOfd(path: string): Promise<boolean> {
  if (path.toLowerCase().endsWith('.ofd')) return true;
  const bytes = await readFileBytes(path);
  return bytes.ok && Buffer.from(bytes.value.buffer, 0, Math.min(bytes.value.length, 4096)).includes('OFD.xml');
}

/** The bytes of a file that can be an invoice PDF. */
export async function readPdfBytes(path: string): Promise<Result<Uint8Array<ArrayBuffer>, AppError>> {
  const inspected = await inspectPdf(path);
  if (inspected.ok) return readFileBytes(path);
  return inspected.error.code === 'pdf.not-pdf' && (await isOfd(path))
    ? fail(appError('pdf.is-ofd', { file: basename(path) }))
    : inspected;
}
