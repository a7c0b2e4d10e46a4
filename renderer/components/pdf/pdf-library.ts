import type { PDFDocumentProxy } from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?worker&url';

export type PdfFailure = 'password' | 'damaged' | 'too-many-pages' | 'too-complex';
export type OpenedPdf =
  | { readonly ok: true; readonly document: PDFDocumentProxy; readonly close: () => void }
  | { readonly ok: false; readonly failure: PdfFailure };

/** An invoice has a few pages; more is a mistake or an attack. */
const mostPages = 200;
/** 64 megapixels: a scan of A4 at 600 dpi is 35. */
const mostImagePixels = 64 * 1024 * 1024;
/** A file that keeps the worker busy for longer is not an invoice. */
const openTimeoutMs = 10_000;

function failureOf(error: unknown): PdfFailure {
  return error instanceof Error && error.name === 'PasswordException' ? 'password' : 'damaged';
}

function rejectAfter(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('timeout')), milliseconds);
  });
}

/**
 * Opens a PDF for drawing on a canvas: no scripting, no forms, no annotations. Fonts, character maps and decoders come
 * from the program's own folder. The bytes are copied, because pdf.js keeps what it is given.
 */
export async function openPdf(bytes: Uint8Array): Promise<OpenedPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerSrc = workerAddress;
  const folder = (name: string) => new URL(`./pdfjs/${name}/`, document.baseURI).href;
  const task = getDocument({
    data: bytes.slice(),
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    // The page fetches for the worker: the worker's fetch does not know the scheme of the program's own address.
    useWorkerFetch: false,
    disableWorkerRendering: true,
    enableXfa: false,
    maxImageSize: mostImagePixels,
    verbosity: 0,
  });
  const close = () => void task.destroy();
  try {
    const document = await Promise.race([task.promise, rejectAfter(openTimeoutMs)]);
    if (document.numPages <= mostPages) return { ok: true, document, close };
    close();
    return { ok: false, failure: 'too-many-pages' };
  } catch (error) {
    close();
    return { ok: false, failure: failureOf(error) };
  }
}
