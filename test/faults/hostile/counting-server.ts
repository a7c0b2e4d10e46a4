import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that lets everybody in and remembers what was asked for. */
export async function startCountingServer() {
  const came: string[] = [];
  const server = createServer((request, response) => {
    came.push(String(request.url));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port.
  const { port } = server.address() as AddressInfo;
  return { came, url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
