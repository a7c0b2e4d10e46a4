import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  /** As it lies in the file. */
  readonly packed: Uint8Array;
  readonly method: 0 | 8;
  readonly crc: number;
  /** What the zip says it unpacks to, in bytes. */
  readonly statedBytes: number;
}

/** A part as any program would write it. */
export function zipPart(name: string, content: string | Uint8Array, method: 0 | 8 = 8): ZipPart {
  const bytes = Buffer.from(content);
  return {
    name,
    packed: method === 8 ? deflateRawSync(bytes) : bytes,
    method,
    crc: crc32(bytes),
    statedBytes: bytes.byteLength,
  };
}

/** A part that is the same text very many times over, made without ever holding all of it. */
export function endlessPart(
  name: string,
  {
    head = '',
    text,
    times,
    tail = '',
  }: { readonly head?: string; readonly text: string; readonly times: number; readonly tail?: string },
  statedBytes?: number,
): ZipPart {
  // A block that ends at a byte can be followed by itself.
  const block = (content: string) => deflateRawSync(content, { finishFlush: 2 });
  const repeated = block(text);
  return {
    name,
    packed: Buffer.concat([block(head), ...Array<Buffer>(times).fill(repeated), deflateRawSync(tail)]),
    method: 8,
    crc: 0,
    statedBytes: statedBytes ?? Buffer.byteLength(head) + Buffer.byteLength(text) * times + Buffer.byteLength(tail),
  };
}

interface Lies {
  /** Every entry of the directory leads to the first part. */
  readonly overlapping?: boolean;
  /** What the end says: how many entries there are, and where the directory begins. */
  readonly count?: number;
  readonly directoryAt?: number;
}

/** A zip with its local headers, its directory and its end; with lies where they are asked for. */
export function zipFile(parts: readonly ZipPart[], { overlapping = false, count, directoryAt }: Lies = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, packed, method, crc, statedBytes } of parts) {
    const path = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(method, 4);
    facts.writeUInt32LE(crc, 10);
    facts.writeUInt32LE(packed.byteLength, 14);
    facts.writeUInt32LE(statedBytes % 2 ** 32, 18);
    facts.writeUInt16LE(path.byteLength, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    facts.copy(entry, 6);
    entry.writeUInt32LE(overlapping ? 0 : at, 42);
    directory.push(entry, path);
    if (overlapping && at > 0) continue;
    const local = Buffer.from([0x50, 0x4b, 3, 4]);
    pieces.push(local, facts, path, Buffer.from(packed));
    at += local.byteLength + facts.byteLength + path.byteLength + packed.byteLength;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count ?? parts.length, 8);
  end.writeUInt16LE(count ?? parts.length, 10);
  end.writeUInt32LE(entries.byteLength, 12);
  end.writeUInt32LE(directoryAt ?? at, 16);
  return Buffer.concat([...pieces, entries, end]);
}
