import { apply, invert, type Point } from './matrix.ts';
import { type Drawing, type GreyImage, type PlacedImage, pageWidth, type Shape } from './page-content.ts';

/** A picture of the page without its text: enough to find a QR code, however it is drawn. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

function boundsOf(points: readonly Point[], width: number, height: number) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    right: Math.min(width - 1, Math.ceil(Math.max(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    bottom: Math.min(height - 1, Math.ceil(Math.max(...ys))),
  };
}

interface Crossing {
  readonly x: number;
  readonly turn: number;
}

/** Where the sides of polygons cross the middle of a row of dots. */
function crossingsAt(polygons: readonly (readonly Point[])[], y: number): Crossing[] {
  return polygons
    .flatMap((polygon) =>
      polygon.flatMap(([x1, y1], index): Crossing[] => {
        const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [x1, y1];
        if (y1 <= y === y2 <= y) return [];
        return [{ x: x1 + ((y - y1) * (x2 - x1)) / (y2 - y1), turn: y2 > y1 ? 1 : -1 }];
      }),
    )
    .toSorted((one, other) => one.x - other.x);
}

function fillShape(raster: Raster, { polygons, isEvenOdd, grey }: Shape, scale: number): void {
  const scaled = polygons.map((polygon) => polygon.map(([x, y]): Point => [x * scale, y * scale]));
  const { top, bottom } = boundsOf(scaled.flat(), raster.width, raster.height);
  for (let y = top; y <= bottom; y += 1) {
    let winding = 0;
    const crossings = crossingsAt(scaled, y + 0.5);
    for (const [index, { x, turn }] of crossings.entries()) {
      winding += isEvenOdd ? 1 : turn;
      const isInside = isEvenOdd ? winding % 2 === 1 : winding !== 0;
      const end = crossings[index + 1]?.x;
      // A dot belongs to the shape when its middle does.
      if (isInside && end !== undefined)
        raster.samples.fill(
          grey,
          y * raster.width + Math.max(0, Math.round(x)),
          y * raster.width + Math.min(raster.width, Math.max(0, Math.round(end))),
        );
    }
  }
}

/** The mean of the samples around one of an image, `reach` to each side. */
function meanAround({ width, height, samples }: GreyImage, column: number, row: number, reach: number): number {
  if (reach === 0) return samples[row * width + column] ?? 255;
  let sum = 0;
  let count = 0;
  for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y += 1)
    for (let x = Math.max(0, column - reach); x <= Math.min(width - 1, column + reach); x += 1) {
      sum += samples[y * width + x] ?? 255;
      count += 1;
    }
  return sum / count;
}

function drawImage(raster: Raster, { image, place }: PlacedImage, scale: number): void {
  const [a, b, c, d, e, f] = place;
  const back = invert([a * scale, b * scale, c * scale, d * scale, e * scale, f * scale]);
  if (!back) return;
  const corners = (
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const
  ).map((corner) => apply(place, corner));
  const scaled = corners.map(([x, y]): Point => [x * scale, y * scale]);
  const { left, right, top, bottom } = boundsOf(scaled, raster.width, raster.height);
  // Several dots of the image to one of the raster: their mean.
  const reach = Math.min(2, Math.floor(image.width / Math.max(1, Math.hypot(a, b) * scale) / 2));
  // Written out, as this runs for every dot of a page.
  const [ua, va, uc, vc, ue, ve] = back;
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      const u = ua * (x + 0.5) + uc * (y + 0.5) + ue;
      const v = 1 - (va * (x + 0.5) + vc * (y + 0.5) + ve);
      if (u < 0 || u >= 1 || v < 0 || v >= 1) continue;
      const grey = meanAround(image, Math.floor(u * image.width), Math.floor(v * image.height), reach);
      if (image.isStencil && grey >= 255) continue;
      raster.samples[y * raster.width + x] = grey;
    }
}

/** Paints shapes and images of a page. Strokes are left out: no QR code is made of them. */
export function paintRaster(drawings: readonly Drawing[], pageHeight: number, scale: number): Raster {
  const width = Math.round(pageWidth * scale);
  const height = Math.min(Math.round(pageHeight * scale), width * 3);
  const raster: Raster = { width, height, samples: new Uint8Array(width * height).fill(255) };
  for (const drawing of drawings) {
    if (drawing.kind === 'image') drawImage(raster, drawing, scale);
    else if (drawing.paint === 'fill') fillShape(raster, drawing, scale);
  }
  return raster;
}

/** An image by itself on white, with the quiet border that readers want. */
export function frameImage({ width, height, samples }: GreyImage): Raster {
  const border = Math.ceil(Math.max(width, height) / 10) + 8;
  const framed = { width: width + 2 * border, height: height + 2 * border };
  const target = new Uint8Array(framed.width * framed.height).fill(255);
  for (let y = 0; y < height; y += 1)
    target.set(samples.subarray(y * width, (y + 1) * width), (y + border) * framed.width + border);
  return { ...framed, samples: target };
}
