import { ImageKind } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { GreyImage } from './page-content.ts';

interface RawImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly kind?: unknown;
}

/** Checks what the reader hands over as an image. */
export function isRawImage(value: unknown): value is RawImage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'width' in value &&
    typeof value.width === 'number' &&
    'height' in value &&
    typeof value.height === 'number' &&
    'data' in value &&
    (value.data instanceof Uint8Array || value.data instanceof Uint8ClampedArray)
  );
}

function readBits({ width, height, data }: RawImage, whenSet: number, whenClear: number): Uint8Array {
  const samples = new Uint8Array(width * height);
  const rowBytes = (width + 7) >> 3;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const byte = data[y * rowBytes + (x >> 3)] ?? 0;
      samples[y * width + x] = (byte >> (7 - (x & 7))) & 1 ? whenSet : whenClear;
    }
  return samples;
}

/** Colours to brightness; what is transparent lets white paper through. */
function readColours({ width, height, data }: RawImage, channels: 3 | 4): Uint8Array {
  const samples = new Uint8Array(width * height);
  for (let index = 0; index < samples.length; index += 1) {
    const start = index * channels;
    const grey = (3 * (data[start] ?? 0) + 6 * (data[start + 1] ?? 0) + (data[start + 2] ?? 0)) / 10;
    const alpha = channels === 4 ? (data[start + 3] ?? 255) / 255 : 1;
    samples[index] = 255 - (255 - grey) * alpha;
  }
  return samples;
}

/** Turns an image of the reader into brightness. */
export function toGreyImage(raw: RawImage): GreyImage {
  const { width, height } = raw;
  const samples =
    raw.kind === ImageKind.GRAYSCALE_1BPP
      ? readBits(raw, 255, 0)
      : readColours(raw, raw.kind === ImageKind.RGBA_32BPP ? 4 : 3);
  return { width, height, samples, isStencil: false };
}

/** Turns a stencil into brightness: its clear dots are painted. */
export function toStencil(raw: RawImage, grey: number): GreyImage {
  const { width, height } = raw;
  return { width, height, samples: readBits(raw, 255, Math.min(grey, 254)), isStencil: true };
}
