export interface Part {
  readonly name: string;
  readonly fileName: string | undefined;
  readonly contentType: string;
  readonly content: Buffer;
}

const longestHeader = 16 * 1024;
const mostParts = 20;

function parameter(header: string, name: string): string | undefined {
  const extended = new RegExp(`;\\s*${name}\\*=UTF-8''([^;\\s]+)`, 'i').exec(header)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return undefined;
    }
  }
  const quoted = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1];
  return quoted ?? new RegExp(`;\\s*${name}=([^;\\s"]+)`, 'i').exec(header)?.[1];
}

function parsePart(head: string, content: Buffer): Part | undefined {
  const headers = new Map(
    head.split('\r\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (!disposition.toLowerCase().startsWith('form-data') || name === undefined) return undefined;
  const fileName = parameter(disposition, 'filename');
  return { name, fileName, contentType: headers.get('content-type') ?? 'text/plain', content };
}

/** The parts of a multipart/form-data body, or undefined where it is none. */
export function parseMultipart(body: Buffer, contentType: string): readonly Part[] | undefined {
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined;
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) return undefined;
  const marker = Buffer.from(`\r\n--${delimiter}`);
  // The first delimiter may stand at the very beginning, without its line break.
  const startsAtOnce = body.subarray(0, marker.length - 2).equals(marker.subarray(2));
  let at = startsAtOnce ? -2 : body.indexOf(marker);
  if (!startsAtOnce && at < 0) return undefined;
  const parts: Part[] = [];
  while (parts.length < mostParts) {
    const start = at + marker.length;
    if (body.subarray(start, start + 2).equals(Buffer.from('--'))) return parts;
    const next = body.indexOf(marker, start);
    const headEnd = body.indexOf('\r\n\r\n', start);
    if (next < 0 || headEnd < 0 || headEnd > next || headEnd - start > longestHeader) return undefined;
    const part = parsePart(body.subarray(start + 2, headEnd).toString('utf8'), body.subarray(headEnd + 4, next));
    if (part === undefined) return undefined;
    parts.push(part);
    at = next;
  }
  return undefined;
}
