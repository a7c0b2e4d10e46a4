import type { Emit } from '../../shared/contract/events.ts';
import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';
import type { Relay } from '../../shared/contract/relay-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { RelayedPush } from '../../shared/relay/relay-wire.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isReimburseStatus } from '../../shared/wechat/reimburse-status.ts';
import type { PairedKeys, PairingStore } from '../accounts/pairing-store.ts';
import { tellDecision } from '../orders/note-decision.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import type { StoredRelay } from '../records/relay-repository.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { sleep } from '../support/sleep.ts';
import { applyPushes, applyUnread } from './apply-pushes.ts';
import { type FeedSession, type SessionState, startFeedSession } from './feed-session.ts';
import { createRelayClient, type RelayClient } from './relay-client.ts';
import { composeTestPush } from './test-push.ts';

export interface FeedParts {
  readonly records: Records;
  readonly pairings: PairingStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: Emit;
}

/** A test push has to be back by then. */
const testPatienceMs = 20_000;
/** News of a relay's state are told no closer together than this, in milliseconds. */
const newsApartMs = 200;

export type Feeds = ReturnType<typeof createFeeds>;

/** Tells what came in, once it is durable. */
function createTeller({ emit, records }: FeedParts) {
  let due: NodeJS.Timeout | undefined;
  const changed = new Set<number>();
  return {
    stateChanged(accountId: number): void {
      changed.add(accountId);
      due ??= setTimeout(() => {
        due = undefined;
        for (const id of changed) emit('record.changed', { kind: 'relay', id });
        changed.clear();
      }, newsApartMs).unref();
    },
    arrived(account: StoredAccount, events: readonly StatusEvent[]): void {
      const accountId = account.id;
      const last = events.at(-1);
      if (!last) return;
      emit('record.changed', { kind: 'event', id: last.id });
      const changes = events.flatMap(({ invoiceId, status }) =>
        invoiceId !== null && isReimburseStatus(status) ? [{ invoiceId, status }] : [],
      );
      for (const id of new Set(changes.map(({ invoiceId }) => invoiceId)))
        emit('record.changed', { kind: 'invoice', id });
      for (const event of events) tellDecision({ records, emit }, account, event);
      if (changes.length > 0) emit('feed.arrived', { accountId, changes });
    },
    end: () => clearTimeout(due),
  };
}

/** The client of a pairing; where the relay has not taken the newest key yet, by the one before. */
async function openClient(
  { pairings }: FeedParts,
  account: StoredAccount,
  keys: PairedKeys,
): Promise<{ readonly client: RelayClient; readonly keys: PairedKeys }> {
  const { current, earlierKey } = keys;
  const client = createRelayClient(current);
  if (earlierKey === undefined) return { client, keys };
  const answer = await client.channel();
  const { earlierKey: _gone, ...settled } = keys;
  if (answer.ok) {
    await pairings.save(account, settled);
    return { client, keys: settled };
  }
  if (answer.error.code !== 'relay.unauthorised') return { client, keys };
  await client.close();
  const back = { ...settled, current: { ...current, key: earlierKey } };
  await pairings.save(account, back);
  return { client: createRelayClient(back.current), keys: back };
}

/** Waiters for test pushes, by their marks. */
function createTestMarks() {
  const waiting = new Map<string, () => void>();
  return {
    async until(mark: string, milliseconds: number): Promise<boolean> {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.set(mark, () => resolve(true));
      const timer = setTimeout(() => resolve(false), milliseconds);
      const came = await promise;
      clearTimeout(timer);
      waiting.delete(mark);
      return came;
    },
    came(raw: string): void {
      for (const [mark, resolve] of waiting) if (raw.includes(mark)) resolve();
    },
  };
}

/** The feeds of all accounts that have a relay. They run from {@link Feeds.start} on, each for itself. */
export function createFeeds(parts: FeedParts) {
  const { records, pairings, clock, log } = parts;
  const sessions = new Map<number, { readonly session: FeedSession; readonly keys: PairedKeys }>();
  const opening = new Map<number, Promise<void>>();
  /** Why the keys of a relay are not at hand. */
  const missing = new Map<number, AppError>();
  const teller = createTeller(parts);
  const marks = createTestMarks();
  const isoNow = () => new Date(clock.now()).toISOString();
  let isEnded = false;

  function applyTo(account: StoredAccount, keys: PairedKeys, pushes: readonly RelayedPush[]): void {
    const { events, tests, unread } = applyPushes(records, account, keys, pushes, isoNow());
    for (const raw of tests) marks.came(raw);
    teller.arrived(account, events);
    if (unread > 0) log.warn('feed.unread', { account: account.id, unread });
    teller.stateChanged(account.id);
  }

  function open(account: StoredAccount): Promise<void> {
    const begun = opening.get(account.id) ?? openOnce(account).finally(() => opening.delete(account.id));
    opening.set(account.id, begun);
    return begun;
  }

  async function openOnce(account: StoredAccount): Promise<void> {
    const stored = await pairings.read(account);
    if (stored.ok) missing.delete(account.id);
    else missing.set(account.id, stored.error);
    if (!stored.ok || isEnded || sessions.has(account.id)) return;
    const { client, keys } = await openClient(parts, account, stored.value);
    if (isEnded) return client.close();
    const session = startFeedSession({
      client,
      cursor: () => records.relays.find(account.id)?.cursor ?? '',
      apply: (pushes) => applyTo(account, keys, pushes),
      startOver: () => {
        log.warn('feed.other-memory', { account: account.id });
        records.relays.startOver(account.id, isoNow());
      },
      changed: ({ state, error }) => {
        if (error) log.warn('feed.state', { account: account.id, state, code: error.code });
        teller.stateChanged(account.id);
      },
      now: () => clock.now(),
      sleep,
      random: Math.random,
    });
    sessions.set(account.id, { session, keys });
  }

  async function halt(accountId: number): Promise<void> {
    await opening.get(accountId);
    const running = sessions.get(accountId);
    sessions.delete(accountId);
    await running?.session.stop();
  }

  function stateOf(relay: StoredRelay): SessionState {
    const running = sessions.get(relay.accountId);
    if (running) return running.session.state();
    const since = Date.parse(relay.pairedAt);
    const error = missing.get(relay.accountId);
    return error
      ? { state: 'refused', since, error, lagSeconds: null }
      : { state: 'connecting', since, error: null, lagSeconds: null };
  }

  async function toRelay(relay: StoredRelay, account: StoredAccount): Promise<Relay> {
    const { cursor: _place, ...stored } = relay;
    const { state, since, error, lagSeconds } = stateOf(relay);
    return {
      ...stored,
      secretPlace: await pairings.place(account),
      state,
      since: new Date(since).toISOString(),
      error,
      lagSeconds,
      unread: records.relays.countUnread(relay.accountId),
    };
  }

  async function running(account: StoredAccount): Promise<Result<PairedKeys, AppError>> {
    if (!records.relays.find(account.id)) return fail(appError('relay.not-paired'));
    await open(account);
    const found = sessions.get(account.id);
    return found ? ok(found.keys) : fail(missing.get(account.id) ?? appError('relay.keys-missing'));
  }

  return {
    /** Follows every relay there is, and tries those again at once that are not reached. */
    async start(): Promise<void> {
      for (const { accountId } of records.relays.list()) {
        const account = records.accounts.find(accountId);
        if (account) await open(account);
        sessions.get(accountId)?.session.wake();
      }
    },
    async list(): Promise<Relay[]> {
      const found = records.relays.list().map((relay) => ({ relay, account: records.accounts.find(relay.accountId) }));
      return Promise.all(found.flatMap(({ relay, account }) => (account ? [toRelay(relay, account)] : [])));
    },
    async ofAccount(account: StoredAccount): Promise<Result<Relay, AppError>> {
      const relay = records.relays.find(account.id);
      return relay ? ok(await toRelay(relay, account)) : fail(appError('relay.not-paired'));
    },
    /** Takes up a relay after its keys were saved, or changed. */
    async restart(account: StoredAccount): Promise<void> {
      await halt(account.id);
      await open(account);
      teller.stateChanged(account.id);
    },
    async stop(accountId: number): Promise<void> {
      await halt(accountId);
      missing.delete(accountId);
      teller.stateChanged(accountId);
    },
    async reconnect(account: StoredAccount): Promise<Result<void, AppError>> {
      const keys = await running(account);
      if (!keys.ok) return keys;
      sessions.get(account.id)?.session.wake();
      return ok(undefined);
    },
    /** Sends a test push to the relay and waits until it has come in here. @returns how long that took, in milliseconds */
    async test(account: StoredAccount): Promise<Result<number, AppError>> {
      const keys = await running(account);
      if (!keys.ok) return keys;
      const { current } = keys.value;
      const { mark, query, body } = composeTestPush(current, account.appid, clock.now());
      const client = createRelayClient(current);
      const startedAt = performance.now();
      const arriving = marks.until(mark, testPatienceMs);
      const sent = await client.push(current.channel, query, body);
      await client.close();
      if (!sent.ok) return sent;
      sessions.get(account.id)?.session.wake();
      return (await arriving) ? ok(performance.now() - startedAt) : fail(appError('relay.test-lost'));
    },
    /** Decodes again what could not be decoded. */
    async readAgain(
      account: StoredAccount,
    ): Promise<Result<{ readonly read: number; readonly left: number }, AppError>> {
      const keys = await running(account);
      if (!keys.ok) return keys;
      const { events, read, left } = applyUnread(records, account, keys.value, isoNow());
      teller.arrived(account, events);
      teller.stateChanged(account.id);
      return ok({ read, left });
    },
    async close(): Promise<void> {
      isEnded = true;
      teller.end();
      await Promise.all([...opening.values()]);
      await Promise.all([...sessions.keys()].map(halt));
    },
  };
}
