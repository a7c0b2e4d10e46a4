import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isRawImage, toGreyImage, toStencil } from './grey-image.ts';
import type { Matrix } from './matrix.ts';
import { type GreyImage, type PageContent, pageWidth } from './page-content.ts';
import { readOperators } from './read-operators.ts';
import { findRules } from './rules.ts';
import type { FontFacts } from './text-state.ts';

const usualUnit = 0.001;

function factsOf(font: unknown): FontFacts {
  if (typeof font !== 'object' || font === null) return { unit: usualUnit, isVertical: false };
  const matrix = 'fontMatrix' in font && Array.isArray(font.fontMatrix) ? Number(font.fontMatrix[0]) : usualUnit;
  return { unit: matrix || usualUnit, isVertical: 'vertical' in font && font.vertical === true };
}

/** The parts of a page's stores that are asked; what is missing there is not waited for. */
interface Store {
  readonly has: (name: string) => boolean;
  readonly get: (name: string) => unknown;
}

function findStored(stores: readonly Store[], name: string): unknown {
  return stores.find((store) => store.has(name))?.get(name);
}

function imageFinder(stores: readonly Store[]) {
  return (operand: unknown, kind: 'image' | 'stencil', grey: number): GreyImage | undefined => {
    const named = typeof operand === 'object' && operand !== null && 'data' in operand ? operand.data : operand;
    const stored = typeof named === 'string' ? findStored(stores, named) : operand;
    if (!isRawImage(stored)) return undefined;
    return kind === 'image' ? toGreyImage(stored) : toStencil(stored, grey);
  };
}

/** Everything of a page that matters here, scaled to one width and turned upright. */
export async function readPage(page: PDFPageProxy): Promise<PageContent> {
  const list = await page.getOperatorList({ annotationMode: 0 });
  const [, , rawWidth, rawHeight] = page.getViewport({ scale: 1 }).viewBox as [number, number, number, number];
  const plain = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pageWidth / (plain.width || rawWidth || 1) });
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = rawHeight] = viewport.transform.map(Number);
  const toPage: Matrix = [a, b, c, d, e, f];
  // The types leave out what the stores hold; both answer by name.
  const stores = [page.objs as Store, page.commonObjs as Store];
  const { runs, drawings } = readOperators({
    operators: list.fnArray,
    operands: list.argsArray,
    toPage,
    font: (name) => factsOf(findStored(stores, name)),
    image: imageFinder(stores),
  });
  return { number: page.pageNumber, height: viewport.height, runs, drawings, rules: findRules(drawings) };
}
