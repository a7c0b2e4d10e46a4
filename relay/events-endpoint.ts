import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { largestPage, longestWaitSeconds, type RelayedPush, type RelayFault } from '../shared/relay/relay-wire.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import { admitDevice, createKey, hashOfKey } from './admit-device.ts';
import { type Cursor, readCursor, writeCursor } from './cursor.ts';
import { type RelayParts, refuse } from './relay-parts.ts';
import type { Device, Position, StoredPush } from './store/store.ts';

/** A stream that says nothing is closed by what stands in between; so it says something. */
const heartbeatMs = 15_000;
/** Who takes nothing for so long is gone. */
const stuckMs = 60_000;

type Reader = Hono<{ Variables: { device: Device } }>;
type ReaderContext = Context<{ Variables: { device: Device } }>;

const beginning = (epoch: string, channel: string): Cursor => ({ epoch, channel, position: '0', check: '' });

function toWire({ epoch }: RelayParts['store'], push: StoredPush): RelayedPush {
  const { channel, position, check, receivedAt, query, body, stale } = push;
  return { cursor: writeCursor({ epoch, channel, position, check }), receivedAt, query, body, stale };
}

/** Where a device wants to go on, if that is a place of this store. */
async function placeOf(
  { store }: RelayParts,
  { channel }: Device,
  text: string | undefined,
): Promise<Result<Cursor, RelayFault>> {
  if (text === undefined || text === '') return ok(beginning(store.epoch, channel));
  const cursor = readCursor(text);
  if (cursor === undefined) return fail('not-understood');
  if (cursor.channel !== channel) return fail('cursor-of-another-channel');
  if (cursor.epoch !== store.epoch) return fail('cursor-unknown');
  const isBeginning = cursor.position === '0' && cursor.check === '';
  const isKnown = isBeginning || (await store.knows(channel, cursor.position, cursor.check));
  return isKnown ? ok(cursor) : fail('cursor-unknown');
}

/** A device that asks for what follows a place has stored everything up to there. */
async function acknowledge({ store, now }: RelayParts, { id }: Device, { position, check }: Cursor): Promise<void> {
  if (check !== '') await store.acknowledge(id, position, now());
}

const pageQuery = z.object({
  wait: z.coerce.number().min(0).max(longestWaitSeconds).catch(0),
  limit: z.coerce.number().int().min(1).max(largestPage).catch(largestPage),
});

/** `GET /events`: what follows a cursor, at once or as soon as there is something. */
async function answerPage(parts: RelayParts, context: ReaderContext): Promise<Response> {
  const device = context.get('device');
  const place = await placeOf(parts, device, context.req.query('after'));
  if (!place.ok) return refuse(context, place.error);
  await acknowledge(parts, device, place.value);
  const { wait, limit } = pageQuery.parse(context.req.query());
  const watch = parts.bell.watch(device.channel);
  try {
    const read = () => parts.store.read(device.channel, place.value.position, limit);
    let found = await read();
    if (found.length === 0 && wait > 0) {
      await watch.next(wait * 1000, AbortSignal.any([parts.stopping, context.req.raw.signal]));
      found = await read();
    }
    const pushes = found.map((push) => toWire(parts.store, push));
    return context.json({ pushes, cursor: pushes.at(-1)?.cursor ?? writeCursor(place.value) });
  } finally {
    watch.end();
  }
}

/** Writes, or gives the stream up where nobody takes what is written. */
async function writeInTime(stream: SSEStreamingApi, work: Promise<unknown>): Promise<void> {
  const stuck = setTimeout(() => stream.abort(), stuckMs);
  try {
    await work;
  } finally {
    clearTimeout(stuck);
  }
}

/** One server-sent event; JSON has no line break that would end it. */
const eventOf = (wire: RelayedPush): string => `event: push\nid: ${wire.cursor}\ndata: ${JSON.stringify(wire)}\n\n`;

async function pump(parts: RelayParts, { channel }: Device, from: Position, stream: SSEStreamingApi): Promise<void> {
  const { store, bell, stopping } = parts;
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  const end = AbortSignal.any([stopping, gone.signal]);
  const watch = bell.watch(channel);
  let after = from;
  try {
    while (!end.aborted) {
      const found = await store.read(channel, after, largestPage);
      const last = found.at(-1);
      if (last) {
        // A page in one piece: a desktop takes what arrives together as one step.
        await writeInTime(stream, stream.write(found.map((push) => eventOf(toWire(store, push))).join('')));
        after = last.position;
        continue;
      }
      await watch.next(heartbeatMs, end);
      if (!end.aborted) await writeInTime(stream, stream.write(': \n\n'));
    }
  } finally {
    watch.end();
  }
}

/** `GET /events/stream`: the same as server-sent events, resumed by `Last-Event-ID`. */
async function answerStream(parts: RelayParts, context: ReaderContext): Promise<Response> {
  const device = context.get('device');
  const { metrics, mostStreams } = parts;
  const place = await placeOf(parts, device, context.req.header('last-event-id') ?? context.req.query('after'));
  if (!place.ok) return refuse(context, place.error);
  if (metrics.value('streams_open') >= mostStreams) return refuse(context, 'too-many-streams');
  await acknowledge(parts, device, place.value);
  metrics.raise('streams_open');
  context.header('x-accel-buffering', 'no');
  return streamSSE(context, async (stream) => {
    try {
      // Tells at once that the stream gets through, even where nothing follows for long.
      await stream.writeSSE({ event: 'open', data: writeCursor(place.value), retry: 1000 });
      await pump(parts, device, place.value.position, stream);
    } finally {
      metrics.lower('streams_open');
    }
  });
}

const acknowledgement = z.object({ cursor: z.string().max(512) });

/** `POST /events/ack`: a device on a stream says how far it has stored. */
async function takeAcknowledgement(parts: RelayParts, context: ReaderContext): Promise<Response> {
  const device = context.get('device');
  const read = acknowledgement.safeParse(await context.req.json().catch(() => undefined));
  if (!read.success) return refuse(context, 'not-understood');
  const place = await placeOf(parts, device, read.data.cursor);
  if (!place.ok) return refuse(context, place.error);
  await acknowledge(parts, device, place.value);
  return context.json({});
}

/** Lets through who has a key. */
function admit(parts: RelayParts, app: Reader): void {
  app.use(async (context, next) => {
    if (parts.stopping.aborted) return refuse(context, 'stopping');
    const device = await admitDevice(parts, context.req.header('authorization'), parts.addressOf(context));
    if (!device.ok) return refuse(context, device.error);
    context.set('device', device.value);
    return next();
  });
}

/** What a paired desktop reads: its channel, the pushes, and another key. */
export function eventsEndpoint(parts: RelayParts): Reader {
  const { store } = parts;
  const app: Reader = new Hono<{ Variables: { device: Device } }>();
  admit(parts, app);
  app.use(bodyLimit({ maxSize: 4096, onError: (context) => refuse(context, 'too-large') }));
  app.get('/channel', async (context) => {
    const { id, channel } = context.get('device');
    const found = await store.findChannel(channel);
    return found
      ? context.json({ channel, mode: found.mode, epoch: store.epoch, device: id })
      : refuse(context, 'unknown-channel');
  });
  app.get('/events', (context) => answerPage(parts, context));
  app.get('/events/stream', (context) => answerStream(parts, context));
  app.post('/events/ack', (context) => takeAcknowledgement(parts, context));
  app.post('/key', async (context) => {
    const key = createKey();
    await store.offerKey(context.get('device').id, hashOfKey(key));
    parts.log.info({ device: context.get('device').id }, 'key.offered');
    return context.json({ key });
  });
  return app;
}
