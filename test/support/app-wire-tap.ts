import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';

/** A request as it came over the wire. */
export interface TappedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WireTap {
  readonly url: string;
  readonly requests: readonly TappedRequest[];
  /** What was sent to this address last. */
  last(path: string): TappedRequest;
  close(): Promise<void>;
}

/** Stands between the program and a server, hands everything on unchanged, and keeps what the program sent. */
export async function startWireTap(target: string): Promise<WireTap> {
  const requests: TappedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await buffer(incoming);
      const url = new URL(incoming.url ?? '/', target);
      const { method = 'GET', headers } = incoming;
      requests.push({ method, path: url.pathname, query: url.searchParams, headers, body });
      const answer = await request(url, {
        method: method === 'POST' ? 'POST' : 'GET',
        headers: { 'content-type': headers['content-type'] ?? '' },
        body: method === 'POST' ? body : null,
        reset: true,
      });
      outgoing.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type'] ?? '') });
      outgoing.end(Buffer.from(await answer.body.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the tap has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    last(path) {
      const found = requests.findLast((one) => one.path === path);
      if (!found) throw new Error(`nothing was sent to ${path}`);
      return found;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
