import { randomBytes } from 'node:crypto';
import { createClient } from 'redis';
import * as z from 'zod';
import { relayedPushSchema } from '../../shared/relay/relay-wire.ts';
import type { Channel, CheckedPush, Device, RelayStore, StoredPush } from './store.ts';

const keys = {
  epoch: 'fapiao:epoch',
  channels: 'fapiao:channels',
  heard: 'fapiao:heard',
  keys: 'fapiao:keys',
  pushes: (channel: string) => `fapiao:pushes:${channel}`,
  seen: (channel: string) => `fapiao:seen:${channel}`,
  devices: (channel: string) => `fapiao:devices:${channel}`,
  device: (id: string) => `fapiao:device:${id}`,
};

/** A push is noted as seen, appended and told of in one step; one that was seen before is not appended again. */
const appendOnce = `
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('XADD', KEYS[2], '*', 'push', ARGV[3], 'mark', ARGV[4])
redis.call('PUBLISH', KEYS[3], ARGV[5])
return 1`;

const beginning = '0-0';
const position = /^\d{1,16}-\d{1,16}$/;

const storedPushSchema = relayedPushSchema.omit({ cursor: true }).extend({ channel: z.string(), digest: z.string() });
const channelSchema = z.strictObject({
  id: z.string(),
  token: z.string(),
  mode: z.enum(['safe', 'plain']),
  forwardUrl: z.string().nullable(),
});
const deviceSchema = z.object({
  channel: z.string(),
  keyHash: z.string(),
  nextKeyHash: z.string(),
  acknowledged: z.string(),
  seenAt: z.coerce.number(),
});

type Client = ReturnType<typeof createClient>;

/** A store that answers before its disk has it would lose what WeChat was told is safe. */
async function assertDurable(client: Client): Promise<void> {
  const wanted = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' } as const;
  for (const [name, value] of Object.entries(wanted)) {
    const found = (await client.configGet(name))[name];
    if (found !== value)
      throw new Error(
        `the Redis has ${name} ${found ?? 'unknown'}; a relay needs ${value}, or a power cut loses pushes`,
      );
  }
}

async function epochOf(client: Client): Promise<string> {
  await client.set(keys.epoch, randomBytes(9).toString('base64url'), { condition: 'NX' });
  const epoch = await client.get(keys.epoch);
  if (epoch === null) throw new Error('the Redis did not keep what was written');
  return epoch;
}

function toPush(entry: { readonly id: string; readonly message: Readonly<Record<string, string>> }): StoredPush {
  const { push = '', mark = '' } = entry.message;
  return { ...storedPushSchema.parse(JSON.parse(push)), position: entry.id, check: mark };
}

function createDevices(client: Client) {
  const find = async (id: string) => {
    const read = deviceSchema.safeParse(await client.hGetAll(keys.device(id)));
    return read.success ? read.data : undefined;
  };
  return {
    find,
    async addDevice({ id, channel }: Device, keyHash: string, at: number) {
      const fields = { channel, keyHash, nextKeyHash: '', acknowledged: beginning, seenAt: String(at) };
      await client
        .multi()
        .hSet(keys.device(id), fields)
        .sAdd(keys.devices(channel), id)
        .hSet(keys.keys, keyHash, id)
        .exec();
    },
    async findDevice(keyHash: string): Promise<Device | undefined> {
      const id = await client.hGet(keys.keys, keyHash);
      const device = id === null ? undefined : await find(id);
      if (id === null || !device) return undefined;
      if (device.nextKeyHash === keyHash)
        await client.multi().hSet(keys.device(id), { keyHash, nextKeyHash: '' }).hDel(keys.keys, device.keyHash).exec();
      return { id, channel: device.channel };
    },
    async offerKey(id: string, keyHash: string) {
      const known = await find(id);
      if (!known) return;
      const step = client.multi().hSet(keys.device(id), 'nextKeyHash', keyHash).hSet(keys.keys, keyHash, id);
      await (known.nextKeyHash === '' ? step : step.hDel(keys.keys, known.nextKeyHash)).exec();
    },
    async listDevices(channel: string) {
      const ids = (await client.sMembers(keys.devices(channel))).toSorted();
      const found = await Promise.all(ids.map(async (id) => ({ id, device: await find(id) })));
      return found.flatMap(({ id, device }) => (device ? [{ id, channel, seenAt: device.seenAt }] : []));
    },
    async forgetDevice(id: string) {
      const known = await find(id);
      if (!known) return false;
      await client
        .multi()
        .del(keys.device(id))
        .sRem(keys.devices(known.channel), id)
        .hDel(keys.keys, [known.keyHash, known.nextKeyHash])
        .exec();
      return true;
    },
    async acknowledge(id: string, at: string, seenAt: number) {
      await client.hSet(keys.device(id), { acknowledged: at, seenAt: String(seenAt) });
    },
  };
}

const earlier = (left: string, right: string): string => {
  const [leftTime = 0, leftCount = 0] = left.split('-').map(Number);
  const [rightTime = 0, rightCount = 0] = right.split('-').map(Number);
  return leftTime < rightTime || (leftTime === rightTime && leftCount <= rightCount) ? left : right;
};

/** Removes old pushes of a channel, up to what the slowest of its devices has. */
async function pruneChannel(
  client: Client,
  devices: ReturnType<typeof createDevices>,
  channel: string,
  before: number,
): Promise<number> {
  const ids = await client.sMembers(keys.devices(channel));
  const known = await Promise.all(ids.map((id) => devices.find(id)));
  const limit = known.flatMap((device) => (device ? [device.acknowledged] : [])).reduce(earlier, `${before}-0`);
  // The client's own command takes a number, which an id is not.
  const removed = Number(await client.sendCommand(['XTRIM', keys.pushes(channel), 'MINID', limit]));
  const [time = '0'] = limit.split('-');
  await client.zRemRangeByScore(keys.seen(channel), '-inf', `(${time}`);
  return removed;
}

/** Tells of new pushes, whichever relay took them in. What is missed while the connection is renewed is found by the next reading. */
async function createEars(client: Client) {
  const listeners = new Set<(channel: string) => void>();
  const ears = client.duplicate();
  ears.on('error', () => undefined);
  await ears.connect();
  await ears.subscribe(keys.heard, (channel) => {
    for (const heard of listeners) heard(channel);
  });
  return { listeners, ears };
}

/**
 * The store of several relays behind a balancer: one Redis, each channel a stream.
 * @throws Error where it is not reached, or would lose pushes at a power cut
 */
export async function openRedisStore(address: string): Promise<RelayStore> {
  const client: Client = createClient({
    url: address,
    // What cannot be stored now is refused now: WeChat sends it again.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 3000), connectTimeout: 5000 },
  });
  // Each command fails by itself; without a listener the process would end.
  client.on('error', () => undefined);
  await client.connect();
  await assertDurable(client);
  const epoch = await epochOf(client);
  const { listeners, ears } = await createEars(client);
  const { find: _inner, ...devices } = createDevices(client);
  const listChannels = async () =>
    Object.values(await client.hGetAll(keys.channels))
      .map((text) => channelSchema.parse(JSON.parse(text)))
      .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return {
    epoch,
    async append(push: CheckedPush) {
      const { channel, digest, receivedAt } = push;
      const mark = randomBytes(6).toString('base64url');
      const added = await client.eval(appendOnce, {
        keys: [keys.seen(channel), keys.pushes(channel), keys.heard],
        arguments: [digest, String(receivedAt), JSON.stringify(push), mark, channel],
      });
      return added === 1;
    },
    async read(channel, after, limit) {
      const isBeginning = after === null || after === '0';
      const entries = await client.xRange(keys.pushes(channel), isBeginning ? '-' : `(${after}`, '+', { COUNT: limit });
      return (entries ?? []).map(toPush);
    },
    async knows(channel, at, check) {
      if (!position.test(at)) return false;
      const [entry] = (await client.xRange(keys.pushes(channel), at, at)) ?? [];
      return entry?.message['mark'] === check;
    },
    async findChannel(id) {
      const text = await client.hGet(keys.channels, id);
      return text === null ? undefined : channelSchema.parse(JSON.parse(text));
    },
    async saveChannel(channel: Channel) {
      await client.hSet(keys.channels, channel.id, JSON.stringify(channel));
    },
    listChannels,
    ...devices,
    async prune(before) {
      const removed = (await listChannels()).map(({ id }) => pruneChannel(client, createDevices(client), id, before));
      return (await Promise.all(removed)).reduce((sum, one) => sum + one, 0);
    },
    listen(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    async close() {
      await ears.close();
      await client.close();
    },
  };
}
