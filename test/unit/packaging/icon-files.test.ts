import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsFile, icoFile, type Picture } from '../../../scripts/packaging/icon-files.ts';

const icons = join(import.meta.dirname, '..', '..', '..', 'resources', 'icons');
const isPng = (bytes: Buffer) => bytes.subarray(1, 4).toString('latin1') === 'PNG';

function readIco(file: Buffer) {
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const place = 6 + 16 * index;
    const offset = file.readUInt32LE(place + 12);
    const bytes = file.subarray(offset, offset + file.readUInt32LE(place + 8));
    return { size: file.readUInt8(place) || 256, bytes };
  });
}

function readIcns(file: Buffer) {
  const parts: { readonly name: string; readonly bytes: Buffer }[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    parts.push({
      name: file.toString('latin1', at, at + 4),
      bytes: file.subarray(at + 8, at + file.readUInt32BE(at + 4)),
    });
  return parts;
}

test('the icon for Windows has every size, the largest as PNG and the others as Windows had them before', () => {
  const images = readIco(readFileSync(join(icons, 'icon.ico')));
  expect(images.map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 128, 256]);
  for (const { size, bytes } of images) {
    expect(isPng(bytes)).toBe(size === 256);
    if (size < 256) expect(bytes).toHaveLength(40 + size * size * 4 + Math.ceil(size / 32) * 4 * size);
  }
});

test('the icon for macOS has every size, each as the PNG of that size', () => {
  const file = readFileSync(join(icons, 'icon.icns'));
  expect(file.readUInt32BE(4)).toBe(file.length);
  const widths = readIcns(file).map(({ name, bytes }) => [name, isPng(bytes) ? bytes.readUInt32BE(16) : 0]);
  expect(Object.fromEntries(widths)).toMatchObject({ icp4: 16, ic07: 128, ic10: 1024, ic11: 32, ic14: 512 });
});

test('pixels go from the bottom up and blue first, and a size that is missing is told', () => {
  const pixels = Buffer.from([1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255]);
  const picture: Picture = { size: 2, png: Buffer.from('png'), pixels };
  const [image] = readIco(icoFile([picture]));
  expect([...(image?.bytes.subarray(40, 56) ?? [])]).toEqual([
    9, 8, 7, 255, 12, 11, 10, 255, 3, 2, 1, 255, 6, 5, 4, 255,
  ]);
  expect(() => icnsFile([picture])).toThrow('16 pixels');
});
