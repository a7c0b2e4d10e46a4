import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from '@playwright/test';
import { findChromium } from '../../support/electron/find-chromium.ts';

/** Answers the first requests of a connection and processes an insert on it, then resets it without an answer. */
async function startKeptConnectionServer() {
  let processed = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.url === '/insert' && request.method === 'POST') {
        processed += 1;
        request.socket.resetAndDestroy();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>kept</title>');
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}`,
    processed: () => processed,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Chromium's own network stack doing what the program's client must not: one POST over a kept connection that dies.
 * @returns how often the server processed each single call; undefined where there is no Chromium
 */
export async function resendByChromium(calls: number): Promise<readonly number[] | undefined> {
  const executablePath = await findChromium().catch(() => undefined);
  if (executablePath === undefined) return undefined;
  const server = await startKeptConnectionServer();
  // Chromium refuses to run as root inside its sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const counts: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const before = server.processed();
      await page.evaluate(async () => {
        await (await fetch('/warm')).text();
        await fetch('/insert', { method: 'POST', body: '{}' }).catch(() => undefined);
      });
      counts.push(server.processed() - before);
    }
    return counts;
  } finally {
    await browser.close();
    await server.close();
  }
}
