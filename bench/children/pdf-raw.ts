import { openDocument } from '../../electron/pdf/open-document.ts';
import { findPdfAssets } from '../../electron/pdf/pdf-assets.ts';
import { answerTasks } from '../support/child.ts';
import { type PdfTask, type PdfTaskAnswer, readFixture } from '../support/pdf-task.ts';

interface CanvasFactory {
  create(width: number, height: number): { readonly canvas: HTMLCanvasElement };
}

/** The library alone: the text of the first page, and the page painted at 72 dpi. Nothing is understood. */
async function readRaw(bytes: Uint8Array, assets: ReturnType<typeof findPdfAssets>): Promise<void> {
  const opened = await openDocument(bytes, assets);
  if (!opened.ok) throw new Error(opened.failure);
  const page = await opened.document.getPage(1);
  await page.getTextContent();
  const viewport = page.getViewport({ scale: 1 });
  // Its own canvas of Node, which the types call an object.
  const factory = opened.document.canvasFactory as CanvasFactory;
  const { canvas } = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height));
  await page.render({ canvas, viewport }).promise;
  await opened.close();
}

answerTasks(async ({ names, times }: PdfTask): Promise<PdfTaskAnswer> => {
  const assets = findPdfAssets();
  const files = names.map(readFixture);
  const startedAt = performance.now();
  for (let round = 0; round < times; round += 1) for (const bytes of files) await readRaw(bytes, assets);
  return { milliseconds: performance.now() - startedAt };
});
