import { createPdfReader } from '../../electron/pdf/pdf-reader.ts';
import { answerTasks } from '../support/child.ts';
import { type PdfTask, type PdfTaskAnswer, readFixture } from '../support/pdf-task.ts';

const readers = new Map<number, ReturnType<typeof createPdfReader>>();

function readerWith(threads: number) {
  const reader = readers.get(threads) ?? createPdfReader({ threads });
  readers.set(threads, reader);
  return reader;
}

/** Reads invoices as the program does, QR code included. */
answerTasks(async ({ names, times, threads }: PdfTask): Promise<PdfTaskAnswer> => {
  const reader = readerWith(threads);
  const files = names.map(readFixture);
  const startedAt = performance.now();
  const rounds = Array.from({ length: times }, () => files).flat();
  const readings = await Promise.all(rounds.map((bytes) => reader.read(bytes)));
  const milliseconds = performance.now() - startedAt;
  if (readings.some((reading) => !reading.ok)) throw new Error('not all could be read');
  return { milliseconds };
});
