import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { startThread, type Thread } from '../support/thread.ts';
import type { Extracted } from './extract-invoice.ts';

/** What the thread is asked: the bytes of one file. It answers each with an {@link Extracted}, in order. */
export type PdfQuestion = Uint8Array;
export type PdfAnswer = Extracted;
/** The first message of a thread, once its readers are loaded. */
export type PdfThreadReady = typeof ready;
const ready = 'ready';

/** Several times what an invoice needs; a hostile file ends its thread and not the program. */
const maxOldGenerationSizeMb = 768;

function isTask(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'task' in data && data.task === 'read-pdf';
}

async function serve(port: MessagePort): Promise<void> {
  // Loaded here, because whoever imports this module to start the thread does not need the readers.
  const { extractInvoice } = await import('./extract-invoice.ts');
  const { findPdfAssets } = await import('./pdf-assets.ts');
  const { prepareQrReader } = await import('./qr-channel.ts');
  const assets = findPdfAssets();
  await prepareQrReader(assets.qrReader);
  port.on('message', (bytes: PdfQuestion) => {
    const answer = extractInvoice(bytes, assets);
    // What breaks inside ends the thread, and the one who asked hears of it as the thread's error.
    void answer.then((extracted) => port.postMessage(extracted satisfies PdfAnswer));
  });
  port.postMessage(ready);
}

// This module is its own worker: whoever imports it gets the address under which it is found, bundled or not.
if (!isMainThread && parentPort && isTask(workerData)) await serve(parentPort);

/** Starts a thread that reads PDFs; it says first that it is ready. */
export function startPdfThread(): Thread<PdfThreadReady | PdfAnswer> {
  // Its library says on stderr that it has no canvas to draw on, which nobody asks it to. Failures come as messages.
  return startThread({ module: import.meta.url, task: { task: 'read-pdf' }, maxOldGenerationSizeMb, isQuiet: true });
}
