import type { FileHandle } from 'node:fs/promises';
import type { TableEncoding } from './invoice-table.ts';

/** `found` with the number of bytes of the byte order mark, or why the file is no text. */
export type EncodingVerdict =
  | { readonly kind: 'found'; readonly encoding: TableEncoding; readonly markBytes: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'has-nul' }
  | { readonly kind: 'workbook' };

const marks: readonly (readonly [TableEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

// XLSX is a zip, XLS a compound file; both are met as "CSV" when someone only renames the file.
const workbookStarts: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Bytes read in one piece: small enough that parsing a piece is short, about 2 ms. */
const pieceBytes = 16_384;

/** Bytes of an open file from a position on, in pieces. */
async function* readBytes(file: FileHandle, from: number): AsyncGenerator<Uint8Array> {
  let position = from;
  for (;;) {
    const { bytesRead, buffer } = await file.read(new Uint8Array(pieceBytes), 0, pieceBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

export class DecodingError extends Error {}

function createDecoder(encoding: TableEncoding): (bytes?: Uint8Array) => string {
  // The mark is skipped by position; a second one inside the file is a character of the text.
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new DecodingError(`not ${encoding}`, { cause: error });
    }
  };
}

/**
 * The text of an open file in pieces, multi-byte characters at the edges of a piece kept whole.
 * @throws DecodingError where the bytes are not of that encoding
 */
export async function* readText(file: FileHandle, encoding: TableEncoding, markBytes: number): AsyncGenerator<string> {
  const decode = createDecoder(encoding);
  for await (const bytes of readBytes(file, markBytes)) yield decode(bytes);
  yield decode();
}

interface Candidate {
  readonly encoding: TableEncoding;
  readonly decode: (bytes?: Uint8Array) => string;
}

function stillDecodes({ decode }: Candidate, bytes?: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof DecodingError) return false;
    throw error;
  }
}

/** Decodes the whole file with every candidate at once: a fault can stand in the last line. */
async function firstThatDecodes(
  file: FileHandle,
  encodings: readonly TableEncoding[],
  markBytes: number,
): Promise<EncodingVerdict> {
  let candidates = encodings.map((encoding) => ({ encoding, decode: createDecoder(encoding) }));
  for await (const bytes of readBytes(file, markBytes)) {
    const isWide = encodings.some((encoding) => encoding.startsWith('utf-16'));
    if (!isWide && bytes.includes(0)) return { kind: 'has-nul' };
    candidates = candidates.filter((candidate) => stillDecodes(candidate, bytes));
    if (candidates.length === 0) return { kind: 'unknown' };
  }
  const [best] = candidates.filter((candidate) => stillDecodes(candidate));
  return best ? { kind: 'found', encoding: best.encoding, markBytes } : { kind: 'unknown' };
}

/**
 * Recognises the encoding of a whole file: byte order mark, then strict UTF-8, then strict GB18030 (what Chinese Excel
 * calls CSV). No guessing by frequency: that fails on short files.
 * @param chosen an encoding chosen by hand; it still has to fit
 */
export async function detectEncoding(file: FileHandle, chosen?: TableEncoding): Promise<EncodingVerdict> {
  const { bytesRead, buffer } = await file.read(new Uint8Array(4), 0, 4, 0);
  const start = buffer.subarray(0, bytesRead);
  if (workbookStarts.some((bytes) => startsWith(start, bytes))) return { kind: 'workbook' };
  const marked = marks.find(([, bytes]) => startsWith(start, bytes));
  const markBytes = marked && (chosen === undefined || chosen === marked[0]) ? marked[1].length : 0;
  const encoding = chosen ?? marked?.[0];
  return firstThatDecodes(file, encoding ? [encoding] : ['utf-8', 'gb18030'], markBytes);
}
