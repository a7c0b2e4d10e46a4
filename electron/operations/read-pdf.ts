import { basename } from 'node:path';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { AppErrorCode } from '../../shared/errors/error-catalogue.ts';
import { fail, type Result } from '../../shared/result.ts';
import { decodeText } from '../pdf/embedded-values.ts';
import { isInvoiceXml } from '../pdf/invoice-xml.ts';
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

const headBytes = 4096;

/** OFD is a ZIP archive, the national format in which invoices come as well. */
function isOfd(path: string, head: Uint8Array): boolean {
  return path.toLowerCase().endsWith('.ofd') || Buffer.from(head).includes('OFD.xml');
}

/** The bytes of a file that can be an invoice: its PDF, or the XML that comes with a digital one. */
export async function readPdfBytes(path: string): Promise<Result<Uint8Array<ArrayBuffer>, AppError>> {
  const inspected = await inspectPdf(path);
  if (inspected.ok) return readFileBytes(path);
  if (inspected.error.code !== 'pdf.not-pdf') return inspected;
  const bytes = await readFileBytes(path);
  if (!bytes.ok) return inspected;
  const head = bytes.value.subarray(0, headBytes);
  if (isOfd(path, head)) return fail(appError('pdf.is-ofd', { file: basename(path) }));
  return isInvoiceXml(decodeText(head)) ? bytes : inspected;
}
