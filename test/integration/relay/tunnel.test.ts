import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp, createServer } from 'node:net';
import { Readable } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startPracticeServer } from '../../../electron/practice/practice-server.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import { createWeChatClient } from '../../../electron/wechat/client.ts';
import { createTransport } from '../../../electron/wechat/transport.ts';
import { ok } from '../../../shared/result.ts';
import { shop } from '../../support/app-under-test.ts';
import { pairingOf, type RelayStageOptions, startRelayStage } from '../../support/relay-stage.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');
const ca = fixture('ca.pem');

function portOf(server: { address(): unknown }): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null || !('port' in address)) throw new Error('no port');
  return Number(address.port);
}

/** The practice server behind TLS, as WeChat's API is; `seen` counts the connections that spoke TLS to their end. */
async function startWeChat(certificate: 'wechat' | 'other' = 'wechat') {
  const practice = await startPracticeServer({ apps: [shop] });
  if (!practice.ok) throw new Error(practice.error.text.en);
  const seen: string[] = [];
  const server = createTlsServer(
    { key: fixture(`${certificate}.key`), cert: fixture(`${certificate}.pem`) },
    (socket) => {
      const inside = connectTcp(practice.value.port, '127.0.0.1');
      socket.on('data', (bytes: Buffer) => seen.push(bytes.toString('latin1')));
      socket.pipe(inside).pipe(socket);
      for (const one of [socket, inside]) one.on('error', () => undefined);
    },
  );
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await practice.value.close();
  });
  return { target: { host: '127.0.0.1', port: portOf(server) }, seen, practice: practice.value };
}

async function startTunnel(certificate?: 'wechat' | 'other', options: RelayStageOptions = {}) {
  const wechat = await startWeChat(certificate);
  const relay = await startRelayStage({ tunnelTarget: wechat.target, ...options });
  const { key } = pairingOf(relay.words);
  const tunnel = { url: relay.url, key, ca };
  return { wechat, relay, tunnel };
}

const timeouts = { connectMs: 3000 };
const insert = { path: '/card/invoice/insert', headers: {}, body: new Uint8Array(), manner: 'alone' } as const;

function transportThrough(tunnel: { readonly url: string; readonly key: string; readonly ca: string }) {
  const transport = createTransport('https://api.weixin.qq.com', timeouts, tunnel);
  onTestFinished(() => transport.close());
  return transport;
}

describe('the tunnel', () => {
  test('carries the calls of the desktop to WeChat, and lets the relay see none of them', async () => {
    const { wechat, relay, tunnel } = await startTunnel();
    const client = createWeChatClient({
      baseUrl: 'https://api.weixin.qq.com',
      appid: shop.appid,
      readSecret: async () => ok(shop.secret),
      clock: { now: () => Date.now() },
      log: createMemoryLog(),
      timeouts,
      tunnel,
    });
    onTestFinished(() => client.close());
    expect(await client.fetchToken()).toMatchObject({ ok: true });
    expect(await client.obtainPlatformId()).toMatchObject({ ok: true });
    expect(wechat.seen.join('')).toContain('host: api.weixin.qq.com');
    expect(wechat.practice.books().calls.length).toBeGreaterThan(0);
    expect(JSON.stringify(relay.lines)).not.toContain(shop.secret);
    expect(relay.metrics().value('tunnels_open')).toBeGreaterThan(0);
  });

  test('makes a connection of its own for an insert, and closes it after', async () => {
    const { relay, tunnel } = await startTunnel();
    const transport = transportThrough(tunnel);
    expect(await transport.send(insert)).toMatchObject({ ok: true, value: { status: 200 } });
    await expect.poll(() => relay.metrics().value('tunnels_open')).toBe(0);
  });

  test.each([
    ['somebody who is not WeChat answers', 'other' as const, {}, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['the relay does not know the key', 'wechat' as const, { key: 'k'.repeat(43) }, 'RELAY_UNREACHABLE'],
    ['nobody is at the relay', 'wechat' as const, { url: 'http://127.0.0.1:9' }, 'RELAY_UNREACHABLE'],
  ])('certainly sends nothing where %s', async (_, certificate, change, cause) => {
    const { wechat, tunnel } = await startTunnel(certificate);
    const sent = await transportThrough({ ...tunnel, ...change }).send(insert);
    expect(sent).toEqual({ ok: false, error: { kind: 'unreachable', sent: false, cause } });
    expect(wechat.seen).toEqual([]);
    expect(wechat.practice.books().calls).toEqual([]);
  });

  test('certainly sends nothing where WeChat is not reached from the relay', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const port = portOf(closed);
    closed.close();
    const { tunnel } = await startTunnel('wechat', { tunnelTarget: { host: '127.0.0.1', port } });
    const sent = await transportThrough(tunnel).send(insert);
    expect(sent).toMatchObject({ ok: false, error: { kind: 'unreachable', sent: false } });
  });

  test('certainly sends nothing where WeChat does not answer in time', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { tunnel } = await startTunnel('wechat', { tunnelTarget: { host: '127.0.0.1', port: portOf(silent) } });
    const transport = createTransport('https://api.weixin.qq.com', { connectMs: 300 }, tunnel);
    onTestFinished(() => transport.close());
    expect(await transport.send(insert)).toMatchObject({ ok: false, error: { kind: 'unreachable', sent: false } });
  });

  test('is lost with the relay: what was on its way then is not known', async () => {
    const { relay, tunnel, wechat } = await startTunnel();
    const transport = transportThrough(tunnel);
    const stuck = transport.send({ ...insert, body: Readable.from(neverEnding()) });
    await expect.poll(() => wechat.seen.length).toBeGreaterThan(0);
    await relay.stop();
    expect(await stuck).toMatchObject({ ok: false, error: { kind: 'connection-lost', sent: true } });
  });

  test('leads nowhere else, and is no way in for who has no key', async () => {
    const { relay } = await startTunnel();
    for (const [path, status] of [
      ['/tunnel?to=example.com:443', 401],
      ['/elsewhere', 404],
    ] as const) {
      const socket = connectTcp(Number(new URL(relay.url).port), '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: relay\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n`);
      const [bytes] = (await once(socket, 'data')) as [Buffer];
      expect(bytes.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      socket.destroy();
    }
  });
});

async function* neverEnding() {
  yield Buffer.from('{');
  await new Promise(() => undefined);
}
