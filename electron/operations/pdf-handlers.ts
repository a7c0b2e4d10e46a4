import { basename } from 'node:path';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { AppErrorCode } from '../../shared/errors/error-catalogue.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPdfReader, type PdfReader, type PdfReading, readTimeoutMs } from '../pdf/pdf-reader.ts';
import { inspectPdf, readFileBytes } from '../records/pdf-store.ts';
import type { HandlerParts } from './handler-parts.ts';

const failureCodes = {
  encrypted: 'pdf.encrypted',
  damaged: 'pdf.damaged',
  'image-only': 'pdf.image-only',
  'too-complex': 'pdf.too-complex',
  cancelled: 'work.cancelled',
} as const satisfies Record<Extract<PdfReading, { ok: false }>['failure'], AppErrorCode>;

/** OFD is a ZIP archive, the national format in which invoices come as well. */
async function isOfd(path: string): Promise<boolean> {
  if (path.toLowerCase().endsWith('.ofd')) return true;
  const bytes = await readFileBytes(path);
  return bytes.ok && Buffer.from(bytes.value.buffer, 0, Math.min(bytes.value.length, 4096)).includes('OFD.xml');
}

interface Place {
  readonly path: string;
  /** What a person knows the file by; a stored one is named by its content. */
  readonly file: string;
}

function placeOf(parts: HandlerParts, file: InputOf<'pdf.extract'>['file']): Result<Place, AppError> {
  if (typeof file === 'number') {
    const stored = parts.records.pdfs.find(file);
    if (!stored) return fail(appError('file.not-found', { file: 'PDF' }));
    return ok({ path: parts.pdfStore.pathOf(stored.sha256), file: stored.fileName });
  }
  const path = parts.files.resolve(file);
  return path.ok ? ok({ path: path.value, file: basename(path.value) }) : path;
}

async function extract(
  parts: HandlerParts,
  reader: PdfReader,
  input: InputOf<'pdf.extract'>['file'],
): Promise<Result<OutputOf<'pdf.extract'>, AppError>> {
  const place = placeOf(parts, input);
  if (!place.ok) return place;
  const { path, file } = place.value;
  const inspected = await inspectPdf(path);
  if (!inspected.ok)
    return inspected.error.code === 'pdf.not-pdf' && (await isOfd(path))
      ? fail(appError('pdf.is-ofd', { file }))
      : inspected;
  const bytes = await readFileBytes(path);
  if (!bytes.ok) return bytes;
  const reading = await reader.read(bytes.value);
  if (reading.ok) return ok(reading.extraction);
  return fail(appError(failureCodes[reading.failure], { file, seconds: readTimeoutMs / 1000 }));
}

/** What is read out of invoice PDFs. */
export function createPdfHandlers(parts: HandlerParts): Pick<Handlers, 'pdf.extract'> {
  const reader = createPdfReader();
  return { 'pdf.extract': ({ file }) => extract(parts, reader, file) };
}
