import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { writePairingCode } from '../../../electron/accounts/pairing-code.ts';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { openStore } from '../../../relay/open-store.ts';
import { startRelay } from '../../../relay/relay-server.ts';
import { openApp } from '../../support/app-under-test.ts';
import { startRedis } from '../../support/redis-server.ts';
import { pairingOf, startRelayStage } from '../../support/relay-stage.ts';
import { appid } from '../../support/safe-push.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

/** What stands in front of several relays: each new connection goes to the one that is chosen. */
async function startBalancer(chosen: () => number) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const inside = connect(chosen(), '127.0.0.1');
    for (const one of [socket, inside]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        socket.destroy();
        inside.destroy();
      });
    }
    socket.pipe(inside).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, cut };
}

test('of two relays on one Redis a desktop changes to the other one again and again, and misses nothing', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const first = await startRelayStage({ store: await openStore(redis.url) });
  const secondStore = await openStore(redis.url);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const limits = { perSecond: 1e6, burst: 1e6 };
  const second = await startRelay({ store: secondStore, log, port: 0, host: '127.0.0.1', limits });
  onTestFinished(async () => {
    await second.close();
    await secondStore.close();
  });
  const ports = [Number(new URL(first.url).port), second.port] as const;
  let turn = 0;
  const balancer = await startBalancer(() => ports[turn % 2] ?? ports[0]);
  const app = openApp({
    dataFolder: createTempFolder(),
    clock: { now: () => Date.now() },
    secrets: createEnvironmentSecretStore({}),
  });
  onTestFinished(() => app.close());
  const { id: accountId } = await app.succeed('account.create', { name: '青禾', kind: 'wechat', appid });
  const pairingCode = writePairingCode({ ...pairingOf(first.words), url: balancer.url });
  await app.succeed('relay.pair', { accountId, pairingCode });
  const codes = async () =>
    (await app.succeed('event.list', { limit: 500 })).events.map(({ code }) => code).toReversed();
  const sent: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (let count = 0; count < 5; count += 1) {
      const code = String(sent.length).padStart(12, '0');
      sent.push(code);
      // WeChat's own connections go to either, whichever the desktop is on.
      expect((await first.push(code, 'INVOICE_REIMBURSE_LOCK', 1_700_000_000 + sent.length)).text).toBe('success');
    }
    turn += 1;
    balancer.cut();
    await app.succeed('relay.reconnect', { accountId });
  }
  await expect.poll(codes, { timeout: 30_000 }).toEqual(sent);
  expect(second.metrics.value('streams_open') + first.metrics().value('streams_open')).toBeGreaterThan(0);
});
