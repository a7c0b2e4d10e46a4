import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist';
import { type RefObject, useEffect, useState } from 'react';
import { openPdf, type PdfFailure } from './pdf-library.ts';

export type PdfState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly document: PDFDocumentProxy }
  | { readonly kind: 'failed'; readonly failure: PdfFailure };

/** Keeps one PDF open for as long as it is shown. */
export function usePdf(bytes: Uint8Array): PdfState {
  const [state, setState] = useState<PdfState>({ kind: 'opening' });
  useEffect(() => {
    let left = false;
    let close = () => {};
    setState({ kind: 'opening' });
    void openPdf(bytes).then((opened) => {
      if (!opened.ok) return left || setState({ kind: 'failed', failure: opened.failure });
      close = opened.close;
      return left ? close() : setState({ kind: 'open', document: opened.document });
    });
    return () => {
      left = true;
      close();
    };
  }, [bytes]);
  return state;
}

interface View {
  readonly pageNumber: number;
  /** `fit`: as wide as the place it stands in; a number: of its natural size (1 pt = 1/72 inch, at 96 dpi). */
  readonly zoom: 'fit' | number;
  /** Width to fit into, in CSS pixels. */
  readonly width: number;
}

const cssPixelsPerPoint = 96 / 72;
/** A page that takes longer to draw may have no end; an invoice takes a tenth of a second. */
const longestDrawingMs = 10_000;

/** Draws a page of an open PDF; the zoom at which it was drawn comes back. */
export function usePageDrawing(
  document: PDFDocumentProxy,
  canvas: RefObject<HTMLCanvasElement | null>,
  { pageNumber, zoom, width }: View,
): { readonly drawnZoom: number; readonly failure: PdfFailure | null } {
  const [drawnZoom, setDrawnZoom] = useState(1);
  const [failure, setFailure] = useState<PdfFailure | null>(null);
  useEffect(() => {
    let task: RenderTask | undefined;
    let left = false;
    let isTooLong = false;
    const limit = setTimeout(() => {
      isTooLong = true;
      task?.cancel();
    }, longestDrawingMs);
    const draw = async () => {
      const page = await document.getPage(pageNumber);
      const target = canvas.current;
      if (left || !target || width <= 0) return;
      const natural = page.getViewport({ scale: cssPixelsPerPoint });
      const scale = zoom === 'fit' ? width / natural.width : zoom;
      const sharpness = Math.min(window.devicePixelRatio || 1, 3);
      const viewport = page.getViewport({ scale: cssPixelsPerPoint * scale * sharpness });
      const layer = window.document.createElement('canvas');
      layer.width = Math.max(1, Math.floor(viewport.width));
      layer.height = Math.max(1, Math.floor(viewport.height));
      task = page.render({ canvas: layer, viewport });
      await task.promise;
      if (left) return;
      // Drawn aside and put in place at once: resizing the canvas that is seen would make it flash.
      target.width = layer.width;
      target.height = layer.height;
      target.style.width = `${natural.width * scale}px`;
      target.getContext('2d')?.drawImage(layer, 0, 0);
      setDrawnZoom(scale);
      setFailure(null);
    };
    draw()
      .catch(() => {
        if (!left) setFailure(isTooLong ? 'too-complex' : 'damaged');
      })
      .finally(() => clearTimeout(limit));
    return () => {
      left = true;
      clearTimeout(limit);
      task?.cancel();
    };
  }, [document, canvas, pageNumber, zoom, width]);
  return { drawnZoom, failure };
}
