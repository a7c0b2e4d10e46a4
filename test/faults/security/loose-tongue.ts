import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const json = (response: ServerResponse, value: unknown) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
};

type Tell = (request: IncomingMessage, response: ServerResponse, heard: string) => void;

/** Ways to fail that say aloud what was asked, as a proxy in between may. */
const ways: readonly Tell[] = [
  ({ url }, response, heard) => json(response, { errcode: 40013, errmsg: `invalid appid, asked ${url} with ${heard}` }),
  ({ url }, response, heard) => {
    response.statusCode = 502;
    response.end(`<html>upstream failed: ${url}\n${heard}</html>`);
  },
  ({ url }, response) => {
    response.statusCode = 302;
    response.setHeader('location', `http://127.0.0.1:9${url}`);
    response.end();
  },
  ({ url }, response, heard) => response.end(`{"errcode":0,"errmsg":"ok ${url} ${heard.slice(0, 300)}"`),
  (_request, response) => response.destroy(),
  ({ url }, response) => json(response, { errcode: 72_015, errmsg: `unauthorized: ${url}` }),
  ({ url }, response, heard) => json(response, { errcode: 40_001, errmsg: `access_token is invalid: ${url} ${heard}` }),
  ({ url }, response) => json(response, { unexpected: url }),
];

/** A server in WeChat's place that tells every secret it hears with whatever it answers. */
export async function startLooseTongue() {
  const tokens = new Set<string>();
  let count = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const heard = Buffer.concat(chunks).toString('latin1').slice(0, 2000);
      count += 1;
      if (request.url?.startsWith('/cgi-bin/stable_token')) {
        if (count % 5 === 0) return json(response, { errcode: 40_125, errmsg: `invalid appsecret in ${heard}` });
        if (count % 7 === 0) return void response.end(`<p>upstream failed: ${heard}`);
        const token = `token${randomBytes(24).toString('hex')}`;
        tokens.add(token);
        return json(response, { access_token: token, expires_in: 7200 });
      }
      ways[count % ways.length]?.(request, response, heard);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // A TCP server has an address of this shape.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens: tokens as ReadonlySet<string>,
    requests: () => count,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
