import { inflateSync } from 'node:zlib';

/** A stream that unpacks to more is no invoice's data. */
const mostBytes = 16 * 1024 * 1024;

interface RawObject {
  readonly dictionary: string;
  readonly stream: Buffer | undefined;
}

/** PDF is bytes; as Latin-1 every byte is one character and offsets stay. */
const asText = (bytes: Buffer) => bytes.toString('latin1');

function unpack(dictionary: string, bytes: Buffer): Buffer | undefined {
  const filter = /\/Filter\s*\[?\s*\/(\w+)/.exec(dictionary)?.[1];
  if (filter === undefined) return bytes;
  if (filter !== 'FlateDecode') return undefined;
  try {
    return inflateSync(bytes, { maxOutputLength: mostBytes });
  } catch {
    // Encrypted or broken: then it says nothing.
    return undefined;
  }
}

/** The object of a number, the last one written: files are changed by appending. */
function readObject(bytes: Buffer, text: string, number: number): RawObject | undefined {
  const starts = [...text.matchAll(new RegExp(`(?<![0-9])${number}\\s+0\\s+obj\\b`, 'g'))];
  const start = starts.at(-1);
  if (!start) return undefined;
  const end = text.indexOf('endobj', start.index);
  const whole = text.slice(start.index + start[0].length, end < 0 ? undefined : end);
  const head = /^([\s\S]*?)stream\r?\n/.exec(whole);
  if (!head) return { dictionary: whole, stream: undefined };
  const dictionary = head[1] ?? '';
  const from = start.index + start[0].length + head[0].length;
  const length = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? Number.NaN);
  const marked = text.indexOf('endstream', from);
  const to = Number.isNaN(length) ? marked : from + length;
  return { dictionary, stream: unpack(dictionary, bytes.subarray(from, to < 0 ? undefined : to)) };
}

/** Objects packed into streams; the catalogue may be among them. */
function unpackObjectStreams(bytes: Buffer, text: string): string {
  const numbers = [...text.matchAll(/(?<![0-9])(\d{1,7})\s+0\s+obj\s*<<[^>]*\/ObjStm\b/g)].map(([, number]) =>
    Number(number),
  );
  return numbers.map((number) => asText(readObject(bytes, text, number)?.stream ?? Buffer.alloc(0))).join('\n');
}

/**
 * The streams that catalogues name as their metadata, unpacked. The PDF library hands over only what is XMP, and some
 * vendors put the invoice's data there in forms of their own.
 */
export function readMetadataStreams(file: Uint8Array): Buffer[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const text = asText(bytes);
  const named = `${text}\n${unpackObjectStreams(bytes, text)}`.matchAll(/\/Metadata\s+(\d{1,7})\s+0\s+R/g);
  const numbers = new Set([...named].map(([, number]) => Number(number)));
  return [...numbers].flatMap((number) => readObject(bytes, text, number)?.stream ?? []);
}
