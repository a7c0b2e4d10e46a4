import { once } from 'node:events';
import { createInflateRaw } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: Uint8Array;
  /** What the zip says that it unpacks to, in bytes; 4 GB and more are told elsewhere and stand here as 4 GB. */
  readonly statedBytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endLength = 22;
const longestComment = 65_535;
const mostEntries = 10_000;

function findEnd(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - endLength - longestComment);
  for (let at = view.byteLength - endLength; at >= lowest; at -= 1)
    if (view.getUint32(at, true) === endSignature) return at;
  return undefined;
}

/** The entries of a zip by its central directory, or undefined where it has none that can be followed. */
export function listZipEntries(bytes: Uint8Array): readonly ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  try {
    for (let index = 0; index < count; index += 1) {
      if (view.getUint32(at, true) !== entrySignature) return undefined;
      const nameLength = view.getUint16(at + 28, true);
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      entries.push({
        name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
        method: view.getUint16(at + 10, true),
        statedBytes: view.getUint32(at + 24, true),
        packed: bytes.subarray(start, start + view.getUint32(at + 20, true)),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    // An offset that points out of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return entries;
}

/**
 * Whether the entries unpack to more than so many bytes. A zip that says so itself is believed; else they are unpacked to
 * be counted and nothing is kept, since the sizes that it states may be lies.
 */
export async function unpacksBeyond(entries: readonly ZipEntry[], limit: number): Promise<boolean> {
  if (entries.reduce((sum, { statedBytes }) => sum + statedBytes, 0) > limit) return true;
  let total = 0;
  for (const { method, packed } of entries) {
    if (method !== 8) {
      total += packed.byteLength;
      if (total > limit) return true;
      continue;
    }
    const inflate = createInflateRaw();
    const done = once(inflate, 'end');
    inflate.on('data', (piece: Uint8Array) => {
      total += piece.byteLength;
      if (total > limit) inflate.destroy(new RangeError('unpacks beyond its limit'));
    });
    inflate.end(packed);
    try {
      await done;
    } catch (error) {
      if (total > limit) return true;
      throw error;
    }
  }
  return total > limit;
}
