import { basename } from 'node:path';
import type { Handlers, OutputOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createPdfReader, type PdfReader } from '../pdf/pdf-reader.ts';
import type { HandlerParts } from './handler-parts.ts';
import { readingError, readPdfBytes } from './read-pdf.ts';

async function extract(
  { files, ending }: HandlerParts,
  reader: PdfReader,
  token: string,
): Promise<Result<OutputOf<'pdf.extract'>, AppError>> {
  const path = files.resolve(token);
  if (!path.ok) return path;
  const bytes = await readPdfBytes(path.value);
  if (!bytes.ok) return bytes;
  const reading = await reader.read(bytes.value, ending);
  return reading.ok ? ok(reading.extraction) : fail(readingError(reading.failure, basename(path.value)));
}

/** What is read out of invoice PDFs. */
export function createPdfHandlers(parts: HandlerParts): Pick<Handlers, 'pdf.extract'> {
  const reader = createPdfReader();
  // An idle thread would keep the command line from ending.
  parts.ending.addEventListener('abort', () => void reader.close(), { once: true });
  return { 'pdf.extract': ({ file }) => extract(parts, reader, file) };
}
