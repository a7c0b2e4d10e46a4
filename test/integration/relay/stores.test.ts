import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../relay/open-store.ts';
import type { CheckedPush, RelayStore } from '../../../relay/store/store.ts';
import { startRedis, type TestRedis } from '../../support/redis-server.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

let serial = 0;
const channelName = () => {
  serial += 1;
  return `channel${serial}`;
};

const pushOf = (channel: string, number: number, changes: Partial<CheckedPush> = {}): CheckedPush => ({
  channel,
  digest: `digest-${number}`,
  receivedAt: 1_700_000_000_000 + number,
  query: { signature: 's', timestamp: '1700000000', nonce: String(number), msgSignature: `m${number}` },
  body: `<xml>发票 ${number}</xml>`,
  stale: false,
  ...changes,
});

/** One store for each test, or one Redis for all, with a channel of the test's own. */
async function openAt(address: string): Promise<{ readonly store: RelayStore; readonly channel: string }> {
  const store = await openStore(address);
  onTestFinished(() => store.close());
  const channel = channelName();
  await store.saveChannel({ id: channel, token: 'token', mode: 'safe', forwardUrl: null });
  return { store, channel };
}

const addresses = {
  sqlite: () => `sqlite:${join(createTempFolder(), 'relay.db')}`,
  redis: () => redis.url,
} as const;

describe.each(['sqlite', 'redis'] as const)('a store in %s', (kind) => {
  const open = async (address = addresses[kind]()) => ({ ...(await openAt(address)), address });

  test('keeps pushes in their order, each channel its own, and hands them out from a place on', async () => {
    const { store, channel } = await open();
    const other = channelName();
    await store.saveChannel({ id: other, token: 't', mode: 'plain', forwardUrl: 'https://old.example.com/push' });
    for (const number of [1, 2, 3]) expect(await store.append(pushOf(channel, number))).toBe(true);
    await store.append(pushOf(other, 4));
    const all = await store.read(channel, null, 10);
    expect(all.map(({ body, query, receivedAt, stale }) => ({ body, query, receivedAt, stale }))).toEqual(
      [1, 2, 3].map((number) => {
        const { body, query, receivedAt, stale } = pushOf(channel, number);
        return { body, query, receivedAt, stale };
      }),
    );
    const [first, second] = all;
    expect((await store.read(channel, first?.position ?? '', 1)).map(({ digest }) => digest)).toEqual(['digest-2']);
    expect((await store.read(channel, second?.position ?? '', 9)).map(({ digest }) => digest)).toEqual(['digest-3']);
    expect((await store.read(other, '0', 9)).map(({ digest }) => digest)).toEqual(['digest-4']);
  });

  test('stores the same push once, however often and together it comes', async () => {
    const { store, channel } = await open();
    const added = await Promise.all([1, 1, 1, 2].map((number) => store.append(pushOf(channel, number))));
    expect(added.filter(Boolean)).toHaveLength(2);
    expect(await store.append(pushOf(channel, 1))).toBe(false);
    expect(await store.read(channel, null, 10)).toHaveLength(2);
  });

  test('has everything after it was closed and opened again, its epoch included', async () => {
    const address = addresses[kind]();
    const { store, channel } = await open(address);
    await store.append(pushOf(channel, 1, { stale: true }));
    await store.addDevice({ id: `d-${channel}`, channel }, `hash-${channel}`, 5);
    const again = await openStore(address);
    onTestFinished(() => again.close());
    expect(again.epoch).toBe(store.epoch);
    expect(await again.read(channel, null, 10)).toEqual(await store.read(channel, null, 10));
    expect(await again.findChannel(channel)).toEqual({ id: channel, token: 'token', mode: 'safe', forwardUrl: null });
    expect(await again.findDevice(`hash-${channel}`)).toEqual({ id: `d-${channel}`, channel });
  });

  test('knows a place by its push, not by its number alone', async () => {
    const { store, channel } = await open();
    await store.append(pushOf(channel, 1));
    const [push] = await store.read(channel, null, 1);
    if (!push) throw new Error('nothing was stored');
    expect(await store.knows(channel, push.position, push.check)).toBe(true);
    expect(await store.knows(channel, push.position, 'other')).toBe(false);
    expect(await store.knows(channelName(), push.position, push.check)).toBe(false);
    for (const nonsense of ['', 'x', '-1', '99999999', '1e3', "1' OR 1"])
      expect(await store.knows(channel, nonsense, push.check)).toBe(false);
  });

  test('a new key of a device takes over when it is used, not before', async () => {
    const { store, channel } = await open();
    const device = { id: `d-${channel}`, channel };
    const key = (number: number) => `${channel}-key-${number}`;
    await store.addDevice(device, key(1), 1);
    await store.offerKey(device.id, key(2));
    await store.offerKey(device.id, key(3));
    expect(await store.findDevice(key(2))).toBeUndefined();
    expect(await store.findDevice(key(1))).toEqual(device);
    expect(await store.findDevice(key(3))).toEqual(device);
    expect(await store.findDevice(key(1))).toBeUndefined();
    expect(await store.findDevice(key(3))).toEqual(device);
    expect(await store.forgetDevice(device.id)).toBe(true);
    expect(await store.forgetDevice(device.id)).toBe(false);
    expect(await store.findDevice(key(3))).toBeUndefined();
    expect(await store.listDevices(channel)).toEqual([]);
  });

  test('removes what is old, but nothing that the slowest device has not', async () => {
    const { store, channel } = await open();
    const later = Date.now() + 3_600_000;
    for (const number of [1, 2, 3, 4]) await store.append(pushOf(channel, number));
    const places = (await store.read(channel, null, 10)).map(({ position }) => position);
    await store.addDevice({ id: `a-${channel}`, channel }, `a-${channel}`, 1);
    await store.addDevice({ id: `b-${channel}`, channel }, `b-${channel}`, 1);
    await store.prune(later);
    expect(await store.read(channel, null, 10)).toHaveLength(4);
    await store.acknowledge(`a-${channel}`, places[3] ?? '', 2);
    await store.acknowledge(`b-${channel}`, places[1] ?? '', 2);
    // The one that was acknowledged last stays: by it the device finds its place again.
    await store.prune(later);
    expect((await store.read(channel, null, 10)).map(({ position }) => position)).toEqual(places.slice(1));
    await store.prune(0);
    expect(await store.read(channel, null, 10)).toHaveLength(3);
    expect((await store.listDevices(channel)).map(({ id, seenAt }) => [id, seenAt])).toEqual([
      [`a-${channel}`, 2],
      [`b-${channel}`, 2],
    ]);
  });

  test('tells at once of a new push, until nobody listens', async () => {
    const { store, channel } = await open();
    const heard: string[] = [];
    const ring = Promise.withResolvers<void>();
    const deafen = store.listen((name) => {
      heard.push(name);
      ring.resolve();
    });
    await store.append(pushOf(channel, 1));
    await ring.promise;
    expect(heard).toEqual([channel]);
    deafen();
    await store.append(pushOf(channel, 2));
    await store.read(channel, null, 1);
    expect(heard).toEqual([channel]);
  });
});

test('of two relays on one Redis each hears what the other takes in', async () => {
  const { store, channel } = await openAt(redis.url);
  const second = await openStore(redis.url);
  onTestFinished(() => second.close());
  const heard = new Promise<string>((resolve) => second.listen(resolve));
  await store.append(pushOf(channel, 1));
  expect(await heard).toBe(channel);
  expect(await second.append(pushOf(channel, 1))).toBe(false);
});

test.each([
  ['appendfsync', 'everysec'],
  ['appendonly', 'no'],
  ['maxmemory-policy', 'allkeys-lru'],
])('a Redis with %s %s is refused: it would lose pushes', async (name, value) => {
  const weak = await startRedis({ [name]: value });
  onTestFinished(() => weak.stop());
  await expect(openStore(weak.url)).rejects.toThrow(`the Redis has ${name} ${value}`);
});

test('an address that names no store is refused by its kind', async () => {
  await expect(openStore('mysql://root:secret@host')).rejects.toThrow('not mysql:');
  await expect(openStore('mysql://root:secret@host')).rejects.not.toThrow('secret');
});
