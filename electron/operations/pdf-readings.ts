import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Extraction } from '../../shared/contract/pdf-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PdfReader, PdfReading } from '../pdf/pdf-reader.ts';
import type { PdfSays } from '../tables/pdf-rows.ts';
import { type ReadingFailure, readingError, readPdfBytes } from './read-pdf.ts';

/** About two kilobytes each; the oldest are forgotten beyond this many. */
const mostReadings = 20_000;

type Outcome =
  | { readonly ok: true; readonly says: PdfSays }
  | { readonly ok: false; readonly failure: Exclude<ReadingFailure, 'cancelled'> };

/** What is kept of a reading: without the places on the page and the lines as printed. */
function keepOf({ kind, isRedLetter, fields, items, findings }: Extraction): PdfSays {
  const kept = Object.entries(fields).map(([name, read]) => [
    name,
    read && { value: read.value, confidence: read.confidence },
  ]);
  // The same names, each with less about it.
  return { kind, isRedLetter, fields: Object.fromEntries(kept) as PdfSays['fields'], items, findings };
}

/** @returns nothing where the reading was called off, which says nothing about the file */
function outcomeFrom(reading: PdfReading): Outcome | undefined {
  if (reading.ok) return { ok: true, says: keepOf(reading.extraction) };
  return reading.failure === 'cancelled' ? undefined : { ok: false, failure: reading.failure };
}

function setBounded<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > mostReadings && oldest !== undefined) map.delete(oldest);
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    // Reading it says what is wrong.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

export type PdfReadings = ReturnType<typeof createPdfReadings>;

/** What PDFs say, kept by content: a file is read once, under whatever name and however often it is asked for. */
export function createPdfReadings(reader: Pick<PdfReader, 'read'>) {
  const byContent = new Map<string, Outcome>();
  const contentOf = new Map<string, { readonly stamp: string; readonly sha256: string }>();

  async function outcomeOf(path: string, signal: AbortSignal): Promise<Result<Outcome, AppError>> {
    const stamp = await stampOf(path);
    const seen = contentOf.get(path);
    const known = seen && seen.stamp === stamp ? byContent.get(seen.sha256) : undefined;
    if (known) return ok(known);
    const bytes = await readPdfBytes(path);
    if (!bytes.ok) return bytes;
    const sha256 = createHash('sha256').update(bytes.value).digest('hex');
    if (stamp !== undefined) setBounded(contentOf, path, { stamp, sha256 });
    const same = byContent.get(sha256);
    if (same) return ok(same);
    const reading = await reader.read(bytes.value, signal);
    const outcome = outcomeFrom(reading);
    if (!outcome) return fail(readingError('cancelled', basename(path)));
    setBounded(byContent, sha256, outcome);
    return ok(outcome);
  }

  return {
    /** @param signal ends the reading with `work.cancelled`, and the thread that does it */
    async read(path: string, signal: AbortSignal): Promise<Result<PdfSays, AppError>> {
      const outcome = await outcomeOf(path, signal);
      if (!outcome.ok) return outcome;
      return outcome.value.ok ? ok(outcome.value.says) : fail(readingError(outcome.value.failure, basename(path)));
    },
  };
}
