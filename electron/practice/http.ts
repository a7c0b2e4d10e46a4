import type { IncomingMessage, ServerResponse } from 'node:http';

/** No WeChat call carries more; a body beyond it is read away and refused with 45001. */
const longestBodyBytes = 30 * 1024 * 1024;

/** The body of a request, or what became of it: too long, or the sender went away. */
export type ReadBody = Buffer | 'too-long' | 'broken';

/** Reads a body into memory within {@link longestBodyBytes}; what is beyond is thrown away as it comes. */
export async function readBody(incoming: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of incoming) {
      // Without an encoding set, a request stream yields Buffers only.
      const bytes = chunk as Buffer;
      length += bytes.length;
      if (length <= longestBodyBytes) chunks.push(bytes);
      else chunks.length = 0;
      // Somebody who goes on and on is cut off.
      if (length > 4 * longestBodyBytes) return 'broken';
    }
  } catch {
    return 'broken';
  }
  return length > longestBodyBytes ? 'too-long' : Buffer.concat(chunks, length);
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export function jsonAnswer(value: unknown, status = 200): HttpAnswer {
  return { status, contentType: 'application/json; encoding=utf-8', body: Buffer.from(JSON.stringify(value)) };
}

export function sendAnswer(outgoing: ServerResponse, { status, contentType, body, headers }: HttpAnswer): void {
  if (outgoing.destroyed || outgoing.headersSent) return;
  outgoing.writeHead(status, { ...headers, 'content-type': contentType, 'content-length': body.length });
  outgoing.end(body);
}

/** Bytes past Node's own bookkeeping, for answers that Node would refuse to send. */
export function rawHead(status: number, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Practice\r\n${lines.join('')}\r\n`;
}
