import { readFile } from 'node:fs/promises';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { type Claims, toClaims } from './claims.ts';
import { type PageContent, pageWidth } from './page-content.ts';
import { type QrContent, readQrContent } from './qr-content.ts';
import { frameImage, paintRaster, type Raster } from './raster.ts';
import type { Box } from './text-lines.ts';

export interface FoundQr {
  readonly content: QrContent;
  readonly box: Box | null;
}

/** Hands the reader its WebAssembly from the program's own files; by itself it would fetch it from the internet. */
export async function prepareQrReader(wasmPath: string): Promise<void> {
  const bytes = await readFile(wasmPath);
  const wasmBinary = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** Alpha of a dot, in the little-endian order of every machine the program runs on. */
const opaque = 0xff000000;

async function readRaster({ width, height, samples }: Raster) {
  const dots = new Uint32Array(width * height);
  for (let index = 0; index < dots.length; index += 1) dots[index] = (samples[index] ?? 255) * 0x010101 + opaque;
  const image = { data: new Uint8ClampedArray(dots.buffer), width, height, colorSpace: 'srgb' };
  // Node has no ImageData; the reader looks at these members only.
  return readBarcodes(image as Parameters<typeof readBarcodes>[0], { formats: ['QRCode'], tryHarder: true });
}

/** Narrower images than a QR code has modules, and larger ones than a scan, are not looked at by themselves. */
const [fewestDots, mostDots] = [21, 5000];

async function findIn(raster: Raster, page: PageContent, scale: number | undefined): Promise<FoundQr | undefined> {
  for (const { text, position } of await readRaster(raster)) {
    const content = readQrContent(text);
    if (!content) continue;
    if (scale === undefined) return { content, box: null };
    const { topLeft, topRight, bottomLeft, bottomRight } = position;
    const points = [topLeft, topRight, bottomLeft, bottomRight];
    const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
    const part = (dots: number, whole: number) => Math.round((dots / scale / whole) * 10_000) / 10_000;
    const box = {
      page: page.number,
      x: part(left, pageWidth),
      y: part(top, page.height),
      width: part(right - left, pageWidth),
      height: part(bottom - top, page.height),
    };
    return { content, box };
  }
  return undefined;
}

/** Looks for the invoice's QR code: on the page at two scales, then in each of its images. */
export async function findQr(page: PageContent): Promise<FoundQr | undefined> {
  if (!page.drawings.some((drawing) => drawing.kind === 'image' || drawing.paint === 'fill')) return undefined;
  for (const scale of [2, 3]) {
    const found = await findIn(paintRaster(page.drawings, page.height, scale), page, scale);
    if (found) return found;
  }
  for (const drawing of page.drawings) {
    if (drawing.kind !== 'image') continue;
    const { width, height } = drawing.image;
    if (Math.min(width, height) < fewestDots || Math.max(width, height) > mostDots) continue;
    const found = await findIn(frameImage(drawing.image), page, undefined);
    if (found) return found;
  }
  return undefined;
}

/** What the QR code says about the invoice's fields. */
export function claimsOfQr({ content, box }: FoundQr): Claims {
  const claim = (value: string | number | undefined) =>
    value === undefined || value === '' ? undefined : { value, box };
  return toClaims({
    billingNo: claim(content.billingNo),
    billingCode: claim(content.billingCode),
    billingTime: claim(content.billingTime),
    checkCode: claim(content.checkCode),
    [content.amountIs === 'total' ? 'feeFen' : 'feeWithoutTaxFen']: claim(content.amountFen),
  });
}
