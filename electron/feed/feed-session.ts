import type { FeedState } from '../../shared/contract/relay-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { RelayedPush } from '../../shared/relay/relay-wire.ts';
import type { RelayClient } from './relay-client.ts';

/** How the session is, for the screen. */
export interface SessionState {
  readonly state: FeedState;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly error: AppError | null;
  /** From the relay's receipt to the records here, of the last push. */
  readonly lagSeconds: number | null;
}

export interface SessionParts {
  readonly client: RelayClient;
  readonly cursor: () => string;
  /** Takes pushes into the records, with their cursor. Throws where the disk does not take them: they come again. */
  readonly apply: (pushes: readonly RelayedPush[]) => void;
  /** The relay does not know the cursor: what it has is read from the beginning. */
  readonly startOver: () => void;
  readonly changed: (state: SessionState) => void;
  readonly now: () => number;
  /** Fulfilled after so many milliseconds, or at once when the signal says so. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1, for the spread of waits. */
  readonly random: () => number;
  /** A stream that is open and does not say so by then is held back by something in between. */
  readonly openWithinMs?: number;
}

const usualOpenWithinMs = 10_000;
const shortestWaitMs = 500;
const longestWaitMs = 60_000;
/** Between two questions where not even a waiting answer gets through. */
const pollEveryMs = 20_000;
/** After so long the better way is tried again. */
const tryBetterAfterMs = 600_000;
const pageWaitSeconds = 25;

/** From the best to the plainest: a stream, an answer that waits for news, a question now and then. */
const ways = ['stream', 'long-poll', 'poll'] as const;
type Way = (typeof ways)[number];

/** What trying again cannot help: somebody has to act. */
const hopeless: readonly string[] = ['relay.unauthorised', 'relay.unknown-channel', 'relay.keys-missing'];

interface Round {
  /** Why it ended; undefined: by itself, or it was stopped. */
  readonly error: AppError | undefined;
  /** Whether something came through, so that the next try need not wait longer than the first. */
  readonly worked: boolean;
  /** Whether this way does not get through, though the relay is there. */
  readonly blocked: boolean;
}

export interface FeedSession {
  state(): SessionState;
  /** Tries again at once. */
  wake(): void;
  /** Ends it; fulfilled when nothing of it runs any more. */
  stop(): Promise<void>;
}

function createStateKeeper({ now, changed }: SessionParts) {
  let current: SessionState = { state: 'connecting', since: now(), error: null, lagSeconds: null };
  return {
    read: () => current,
    set(state: FeedState, error: AppError | null = null): void {
      const isSame = current.state === state && current.error?.code === error?.code;
      if (isSame) return;
      // A try that failed like the one before has not begun anything new.
      current = { ...current, state, error, since: now() };
      changed(current);
    },
    noteLag(pushes: readonly RelayedPush[]): void {
      const last = pushes.at(-1);
      if (last) current = { ...current, lagSeconds: Math.max(0, (now() - last.receivedAt) / 1000) };
      changed(current);
    },
  };
}
type StateKeeper = ReturnType<typeof createStateKeeper>;

/** One acknowledgement at a time; what came meanwhile goes with the next. */
function createAcknowledger({ client, cursor }: SessionParts) {
  let underWay: Promise<unknown> | undefined;
  let wanted = false;
  const send = async () => {
    do {
      wanted = false;
      // A lost one is made up for by the next, or by the next connection.
      await client.acknowledge(cursor());
    } while (wanted);
    underWay = undefined;
  };
  return {
    want(): void {
      wanted = true;
      underWay ??= send();
    },
    idle: async () => {
      await underWay;
    },
  };
}

async function streamOnce(parts: SessionParts, keeper: StateKeeper, stop: AbortSignal): Promise<Round> {
  const acknowledger = createAcknowledger(parts);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), parts.openWithinMs ?? usualOpenWithinMs);
  let worked = false;
  let failure: unknown;
  const ears = {
    opened: () => {
      clearTimeout(timer);
      worked = true;
      keeper.set('live');
    },
    pushed: (pushes: readonly RelayedPush[]) => {
      try {
        parts.apply(pushes);
      } catch (error) {
        failure = error;
        late.abort();
        return;
      }
      keeper.noteLag(pushes);
      acknowledger.want();
    },
  };
  const error = await parts.client.stream(parts.cursor(), ears, AbortSignal.any([stop, late.signal]));
  clearTimeout(timer);
  await acknowledger.idle();
  if (failure !== undefined) return { error: notStored(failure), worked: false, blocked: false };
  return { error, worked, blocked: late.signal.aborted && !worked };
}

function notStored(failure: unknown): AppError {
  return appError('relay.not-stored', { reason: failure instanceof Error ? failure.message : String(failure) });
}

/** Asks page after page, as long as it gets answers, or until the better way is worth another try. */
async function pollFor(
  parts: SessionParts,
  keeper: StateKeeper,
  stop: AbortSignal,
  way: Exclude<Way, 'stream'>,
): Promise<Round> {
  const until = parts.now() + tryBetterAfterMs;
  let worked = false;
  while (!stop.aborted && parts.now() < until) {
    const waitSeconds = way === 'long-poll' ? pageWaitSeconds : 0;
    const page = await parts.client.page(parts.cursor(), waitSeconds, stop);
    if (stop.aborted) break;
    if (!page.ok) return { error: page.error, worked, blocked: !worked && way === 'long-poll' };
    worked = true;
    keeper.set('polling');
    const { pushes } = page.value;
    try {
      if (pushes.length > 0) parts.apply(pushes);
    } catch (error) {
      return { error: notStored(error), worked: false, blocked: false };
    }
    if (pushes.length > 0) keeper.noteLag(pushes);
    else if (way === 'poll') await parts.sleep(pollEveryMs, stop);
  }
  return { error: undefined, worked, blocked: false };
}

/**
 * Follows one channel until it is stopped: by a stream; where that does not get through, by answers that wait; where those
 * do not, by asking now and then. It comes back by itself, after longer and longer waits.
 */
export function startFeedSession(parts: SessionParts): FeedSession {
  const stopping = new AbortController();
  let waking = new AbortController();
  const keeper = createStateKeeper(parts);
  const run = async () => {
    let way: Way = 'stream';
    let failures = 0;
    while (!stopping.signal.aborted) {
      const round: Round =
        way === 'stream'
          ? await streamOnce(parts, keeper, stopping.signal)
          : await pollFor(parts, keeper, stopping.signal, way);
      if (stopping.signal.aborted) return;
      if (round.error?.code === 'relay.other-memory') {
        parts.startOver();
        continue;
      }
      if (round.blocked) way = way === 'stream' ? 'long-poll' : 'poll';
      else if (!round.error && way !== 'stream') way = 'stream';
      failures = round.worked ? 0 : failures + 1;
      if (round.error) keeper.set(hopeless.includes(round.error.code) ? 'refused' : 'offline', round.error);
      if (round.blocked || (!round.error && round.worked && way !== 'stream')) continue;
      const wait = Math.min(longestWaitMs, shortestWaitMs * 2 ** failures) * (0.5 + parts.random());
      waking = new AbortController();
      await parts.sleep(wait, AbortSignal.any([stopping.signal, waking.signal]));
    }
  };
  const running = run();
  return {
    state: keeper.read,
    wake: () => waking.abort(),
    async stop() {
      stopping.abort();
      await running;
      await parts.client.close();
    },
  };
}
