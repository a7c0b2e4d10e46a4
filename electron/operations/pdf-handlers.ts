import { basename } from 'node:path';
import type { Handlers, InputOf, OutputOf } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPdfReader, type PdfReader } from '../pdf/pdf-reader.ts';
import type { HandlerParts } from './handler-parts.ts';
import { readingError, readPdfBytes } from './read-pdf.ts';

type FileInput = InputOf<'pdf.extract'>['file'];

interface Place {
  readonly path: string;
  /** What a person knows the file by; a stored one is named by its content. */
  readonly file: string;
}

function placeOf(parts: HandlerParts, file: FileInput): Result<Place, AppError> {
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
  file: FileInput,
): Promise<Result<OutputOf<'pdf.extract'>, AppError>> {
  const place = placeOf(parts, file);
  if (!place.ok) return place;
  const bytes = await readPdfBytes(place.value.path);
  if (!bytes.ok) return bytes;
  const reading = await reader.read(bytes.value, parts.ending);
  return reading.ok ? ok(reading.extraction) : fail(readingError(reading.failure, place.value.file));
}

/** What is read out of invoice PDFs. */
export function createPdfHandlers(parts: HandlerParts): Pick<Handlers, 'pdf.extract'> {
  const reader = createPdfReader();
  // An idle thread would keep the command line from ending.
  parts.ending.addEventListener('abort', () => void reader.close(), { once: true });
  return { 'pdf.extract': ({ file }) => extract(parts, reader, file) };
}
