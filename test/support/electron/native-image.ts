import type { NativeImage } from 'electron';
import { guard } from './guard.ts';

type ModelledImage = Pick<NativeImage, 'toPNG' | 'toDataURL' | 'isEmpty' | 'getSize'>;

/** A PNG as Electron's NativeImage. */
export function pngImage(png: Buffer): NativeImage {
  const size =
    png.length < 24 ? { width: 0, height: 0 } : { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
  const image: ModelledImage = {
    toPNG: () => png,
    toDataURL: () => `data:image/png;base64,${png.toString('base64')}`,
    isEmpty: () => png.length === 0,
    getSize: () => size,
  };
  return guard(image, 'NativeImage') as NativeImage;
}
