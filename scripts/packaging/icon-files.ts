/** A square picture: its PNG, and its pixels from the top left as red, green, blue, opacity. */
export interface Picture {
  readonly size: number;
  readonly png: Buffer;
  readonly pixels: Buffer;
}

/** The pixels as Windows had them before PNG: from the bottom up, blue first, with an empty mask behind. */
function bitmapOf({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  // Of picture and mask together.
  header.writeInt32LE(size * 2, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const colours = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const from = (row * size + column) * 4;
      const to = ((size - 1 - row) * size + column) * 4;
      const [red = 0, green = 0, blue = 0, opacity = 0] = pixels.subarray(from, from + 4);
      colours.set([blue, green, red, opacity], to);
    }
  const maskRow = Math.ceil(size / 32) * 4;
  return Buffer.concat([header, colours, Buffer.alloc(maskRow * size)]);
}

/** An icon file for Windows. PNG is understood in the largest picture only by every reader, the installer's among them. */
export function icoFile(pictures: readonly Picture[]): Buffer {
  const images = pictures.map((picture) => (picture.size >= 256 ? picture.png : bitmapOf(picture)));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size }] of pictures.entries()) {
    const place = 6 + 16 * index;
    const length = images[index]?.length ?? 0;
    // 0 stands for 256.
    head.writeUInt8(size % 256, place);
    head.writeUInt8(size % 256, place + 1);
    head.writeUInt16LE(1, place + 4);
    head.writeUInt16LE(32, place + 6);
    head.writeUInt32LE(length, place + 8);
    head.writeUInt32LE(offset, place + 12);
    offset += length;
  }
  return Buffer.concat([head, ...images]);
}

/** The names of the places in an icon file for macOS that hold a PNG; some sizes stand for themselves and for half of them. */
const macPlaces: readonly (readonly [name: string, size: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/**
 * An icon file for macOS.
 * @throws RangeError where a size is missing
 */
export function icnsFile(pictures: readonly Picture[]): Buffer {
  const parts = macPlaces.map(([name, size]) => {
    const picture = pictures.find((one) => one.size === size);
    if (!picture) throw new RangeError(`the icon is wanted at ${size} pixels`);
    const head = Buffer.alloc(8);
    head.write(name, 0, 'latin1');
    head.writeUInt32BE(picture.png.length + 8, 4);
    return Buffer.concat([head, picture.png]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
