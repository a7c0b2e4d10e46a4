import { describe, expect, it } from 'vitest';
import { type FeedSession, type SessionState, startFeedSession } from '../../../electron/feed/feed-session.ts';
import type { RelayClient, StreamEars } from '../../../electron/feed/relay-client.ts';
import { type AppError, appError } from '../../../shared/errors/app-error.ts';
import type { RelayedPush } from '../../../shared/relay/relay-wire.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

const pushAt = (number: number): RelayedPush => ({
  cursor: `c${number}`,
  receivedAt: number * 1000,
  query: { signature: '', timestamp: '', nonce: '', msgSignature: '' },
  body: String(number),
  stale: false,
});

type Stream = RelayClient['stream'];
type Page = Awaited<ReturnType<RelayClient['page']>>;

interface World {
  readonly session: FeedSession;
  readonly states: SessionState[];
  readonly applied: string[];
  readonly waits: number[];
  readonly asked: string[];
  readonly restarts: () => number;
}

/** A session over a relay that is played: each time it connects or asks, the next of the answers. */
function play(options: {
  readonly streams?: readonly Stream[];
  readonly pages?: readonly ((waitSeconds: number) => Page)[];
  readonly apply?: (pushes: readonly RelayedPush[]) => void;
  /** Stops when so many waits are over. */
  readonly waits?: number;
}): World {
  const states: SessionState[] = [];
  const applied: string[] = [];
  const waits: number[] = [];
  const asked: string[] = [];
  let cursor = '';
  let restarts = 0;
  let now = 0;
  const streams = [...(options.streams ?? [])];
  const pages = [...(options.pages ?? [])];
  const untilStopped: Stream = (_cursor, _ears, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  const client: RelayClient = {
    stream: (from, ears, signal) => {
      asked.push(`stream ${from}`);
      return (streams.shift() ?? untilStopped)(from, ears, signal);
    },
    page: async (from, waitSeconds, signal) => {
      asked.push(`page ${from} ${waitSeconds}`);
      const next = pages.shift();
      if (next) return next(waitSeconds);
      await untilStopped(from, { opened: () => undefined, pushed: () => undefined }, signal ?? AbortSignal.abort());
      return fail(appError('relay.unreachable', { reason: 'over' }));
    },
    acknowledge: async (at) => {
      asked.push(`ack ${at}`);
      return ok({});
    },
    channel: () => Promise.reject(new Error('not asked for')),
    newKey: () => Promise.reject(new Error('not asked for')),
    push: () => Promise.reject(new Error('not asked for')),
    close: async () => undefined,
  };
  const session = startFeedSession({
    client,
    cursor: () => cursor,
    apply: (pushes) => {
      options.apply?.(pushes);
      applied.push(...pushes.map(({ body }) => body));
      cursor = pushes.at(-1)?.cursor ?? cursor;
    },
    startOver: () => {
      restarts += 1;
      cursor = '';
    },
    changed: (state) => states.push(state),
    now: () => now,
    sleep: async (milliseconds, signal) => {
      waits.push(milliseconds);
      now += milliseconds;
      if (waits.length >= (options.waits ?? 1)) await untilStopped('', {} as StreamEars, signal);
    },
    random: () => 0.5,
    openWithinMs: 20,
  });
  return { session, states, applied, waits, asked, restarts: () => restarts };
}

const unreachable: AppError = appError('relay.unreachable', { reason: 'ECONNREFUSED' });
const failing =
  (error: AppError): Stream =>
  async () =>
    error;
const bringing =
  (...numbers: readonly number[]): Stream =>
  async (_cursor, { opened, pushed }) => {
    opened();
    pushed(numbers.map(pushAt));
    return undefined;
  };
const page =
  (...numbers: readonly number[]): (() => Page) =>
  () =>
    ok({ pushes: numbers.map(pushAt), cursor: `c${numbers.at(-1) ?? ''}` });

async function settled({ session, waits }: World, count = 1): Promise<void> {
  await expect.poll(() => waits.length).toBeGreaterThanOrEqual(count);
  await session.stop();
}

describe('a session', () => {
  it('is live as soon as the stream says so, takes what comes and acknowledges it', async () => {
    const world = play({ streams: [bringing(1, 2)] });
    await settled(world);
    expect(world.applied).toEqual(['1', '2']);
    expect(world.asked).toEqual(['stream ', 'ack c2']);
    expect(world.states.map(({ state }) => state)).toEqual(['live', 'live']);
  });

  it('goes on where it was after the stream has ended, after a short wait', async () => {
    const world = play({ streams: [bringing(1), bringing(2)], waits: 2 });
    await settled(world, 2);
    expect(world.asked.filter((one) => one.startsWith('stream'))).toEqual(['stream ', 'stream c1']);
    expect(world.waits[0]).toBeLessThanOrEqual(1000);
  });

  it('waits longer after each failure, a minute and a half at most, and begins anew after a success', async () => {
    const streams = [...Array.from({ length: 9 }, () => failing(unreachable)), bringing(1), failing(unreachable)];
    const world = play({ streams, waits: 11 });
    await settled(world, 11);
    expect(world.waits.slice(0, 9)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(world.waits[10]).toBe(1000);
    expect(world.states[0]).toMatchObject({ state: 'offline', error: { code: 'relay.unreachable' }, since: 0 });
    // Offline since the first failure, however often it is tried.
    expect(world.states.filter(({ state }) => state === 'offline')).toHaveLength(2);
  });

  it('says that somebody has to act where trying again helps nothing', async () => {
    const world = play({ streams: [failing(appError('relay.unauthorised'))] });
    await settled(world);
    expect(world.session.state()).toMatchObject({ state: 'refused', error: { code: 'relay.unauthorised' } });
  });

  it('reads everything again where the relay does not know its place', async () => {
    const world = play({ streams: [bringing(7), failing(appError('relay.other-memory')), bringing(7, 8)], waits: 2 });
    await settled(world, 2);
    expect(world.restarts()).toBe(1);
    expect(world.asked.filter((one) => one.startsWith('stream'))).toEqual(['stream ', 'stream c7', 'stream ']);
    expect(world.applied).toEqual(['7', '7', '8']);
  });

  it('moves on to nothing that the disk has not taken', async () => {
    let isFull = true;
    const world = play({
      streams: [bringing(1), bringing(1)],
      waits: 2,
      apply: () => {
        if (isFull) {
          isFull = false;
          throw new Error('SQLITE_FULL');
        }
      },
    });
    await settled(world, 2);
    expect(world.states.some(({ error }) => error?.code === 'relay.not-stored')).toBe(true);
    expect(world.asked.filter((one) => !one.startsWith('ack c'))).toEqual(['stream ', 'stream ']);
    expect(world.applied).toEqual(['1']);
  });

  it('tries again at once when it is woken', async () => {
    const world = play({ streams: [failing(unreachable), bringing(1)] });
    await expect.poll(() => world.waits.length).toBe(1);
    world.session.wake();
    await expect.poll(() => world.applied).toEqual(['1']);
    await world.session.stop();
  });

  it('ends when it is stopped, in the middle of a stream', async () => {
    const world = play({});
    await world.session.stop();
    expect(world.asked).toEqual(['stream ']);
  });
});

describe('where a stream is held back by something in between', () => {
  /** Open, and silent: a proxy that keeps everything until the end. */
  const heldBack: Stream = (_cursor, _ears, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });

  it('asks instead, with answers that wait for news', async () => {
    const world = play({ streams: [heldBack], pages: [page(1), page(), page(2)] });
    await expect.poll(() => world.applied).toEqual(['1', '2']);
    expect(world.asked.slice(0, 3)).toEqual(['stream ', 'page  25', 'page c1 25']);
    expect(world.session.state().state).toBe('polling');
    await world.session.stop();
  });

  it('asks now and then where not even those get through, and tries the stream again later', async () => {
    const broken = () => fail(unreachable) as Result<never, AppError>;
    const quiet = Array.from({ length: 31 }, () => page());
    const world = play({ streams: [heldBack, bringing(9)], pages: [broken, page(1), ...quiet], waits: 40 });
    await expect.poll(() => world.applied).toEqual(['1', '9']);
    expect(world.asked.slice(0, 3)).toEqual(['stream ', 'page  25', 'page  0']);
    expect(world.waits.filter((wait) => wait === 20_000)).toHaveLength(30);
    await world.session.stop();
  });
});
