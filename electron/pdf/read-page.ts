import { setTimeout } from 'node:timers/promises';
import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
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

/** The parts of a page's stores that are asked. */
interface Store {
  readonly has: (name: string) => boolean;
  readonly get: (name: string, done?: (stored: unknown) => void) => unknown;
}

function findStored(stores: readonly Store[], name: string): unknown {
  return stores.find((store) => store.has(name))?.get(name);
}

/** Names of the images the list paints: they are decoded while the list is already complete. */
function imageNames({ fnArray, argsArray }: { readonly fnArray: number[]; readonly argsArray: unknown[] }): string[] {
  return fnArray.flatMap((operator, index) => {
    const operands = argsArray[index];
    const first: unknown = Array.isArray(operands) ? operands[0] : undefined;
    if (operator === OPS.paintImageXObject && typeof first === 'string') return [first];
    const isStencil = operator === OPS.paintImageMaskXObject && typeof first === 'object' && first !== null;
    return isStencil && 'data' in first && typeof first.data === 'string' ? [first.data] : [];
  });
}

/** The reader marks the names of what several pages share. */
const isShared = (name: string) => name.startsWith('g_');

/** A page is read without an image that takes longer: the text says more than any of them. */
const imageTimeoutMs = 3000;

async function waitForImages(names: readonly string[], own: Store, shared: Store): Promise<void> {
  if (names.length === 0) return;
  const ending = new AbortController();
  const decoded = names.map(
    (name) => new Promise<unknown>((resolve) => (isShared(name) ? shared : own).get(name, resolve)),
  );
  const late = setTimeout(imageTimeoutMs, undefined, { signal: ending.signal }).catch(() => undefined);
  await Promise.race([Promise.all(decoded), late]);
  ending.abort();
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
  const plain = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: pageWidth / (plain.width || pageWidth) });
  const [a = 1, b = 0, c = 0, d = -1, e = 0, f = plain.height] = viewport.transform.map(Number);
  const toPage: Matrix = [a, b, c, d, e, f];
  // The types leave out what the stores hold; both answer by name.
  const [own, shared] = [page.objs as Store, page.commonObjs as Store];
  const stores = [own, shared];
  await waitForImages(imageNames(list), own, shared);
  const { runs, drawings } = readOperators({
    operators: list.fnArray,
    operands: list.argsArray,
    toPage,
    font: (name) => factsOf(findStored(stores, name)),
    image: imageFinder(stores),
  });
  return { number: page.pageNumber, height: viewport.height, runs, drawings, rules: findRules(drawings) };
}
