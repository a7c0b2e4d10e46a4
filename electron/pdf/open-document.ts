/// <reference path="./pdf-worker-library.d.ts" />
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfAssets } from './pdf-assets.ts';

export type OpenedDocument =
  | { readonly ok: true; readonly document: PDFDocumentProxy; readonly close: () => Promise<void> }
  | { readonly ok: false; readonly failure: 'encrypted' | 'damaged' };

/** 64 megapixels: a scan of A4 at 600 dpi is 35. */
const mostImagePixels = 64 * 1024 * 1024;

/** Opens a PDF for reading only: nothing in it runs, and everything needed comes from the program's own files. */
export async function openDocument(bytes: Uint8Array, assets: PdfAssets): Promise<OpenedDocument> {
  // Names itself in the global scope, where the library looks for it before it would load a file.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    // The library keeps what it is given.
    data: bytes.slice(),
    cMapUrl: assets.cMaps,
    cMapPacked: true,
    standardFontDataUrl: assets.standardFonts,
    wasmUrl: assets.decoders,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    maxImageSize: mostImagePixels,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = () => task.destroy();
  try {
    return { ok: true, document: await task.promise, close };
  } catch (error) {
    await close();
    const isEncrypted = error instanceof Error && error.name === 'PasswordException';
    return { ok: false, failure: isEncrypted ? 'encrypted' : 'damaged' };
  }
}
