import type { Handlers } from '../../shared/contract/contract.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type PairingFault, readPairingCode } from '../accounts/pairing-code.ts';
import type { PairedKeys } from '../accounts/pairing-store.ts';
import { createRelayClient } from '../feed/relay-client.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';

type Names =
  | 'relay.pair'
  | 'relay.unpair'
  | 'relay.list'
  | 'relay.reconnect'
  | 'relay.test'
  | 'relay.rotateKey'
  | 'relay.setRoute'
  | 'push.listUnread'
  | 'push.readAgain';

const codeErrors = {
  'not-a-code': 'relay.not-a-code',
  incomplete: 'relay.incomplete-code',
  'insecure-address': 'relay.insecure-address',
} as const satisfies Record<PairingFault, string>;

/** Tells the practice server where WeChat's pushes go: it plays WeChat. */
async function introduceToPractice(parts: HandlerParts, account: StoredAccount): Promise<Result<void, AppError>> {
  return account.kind === 'practice' ? parts.practice.introduce(account) : ok(undefined);
}

async function pair(parts: HandlerParts, account: StoredAccount, code: string): Promise<Result<void, AppError>> {
  const pairing = readPairingCode(code);
  if (!pairing.ok) return fail(appError(codeErrors[pairing.error]));
  const { url, channel } = pairing.value;
  const client = createRelayClient(pairing.value);
  const answer = await client.channel();
  await client.close();
  if (!answer.ok) return answer;
  if (answer.value.channel !== channel) return fail(appError('relay.incomplete-code'));
  const before = await parts.pairings.read(account);
  const isOther = before.ok && before.value.current.encodingAesKey !== pairing.value.encodingAesKey;
  const keys: PairedKeys = {
    current: pairing.value,
    ...(isOther
      ? { earlier: { token: before.value.current.token, encodingAesKey: before.value.current.encodingAesKey } }
      : {}),
  };
  await parts.pairings.save(account, keys);
  parts.records.relays.save({ accountId: account.id, relayUrl: url, channel, pairedAt: isoNow(parts) });
  return introduceToPractice(parts, account);
}

/** The new key is kept beside the old one until the relay has certainly taken it: a crash in between locks nobody out. */
async function rotateKey(parts: HandlerParts, account: StoredAccount): Promise<Result<void, AppError>> {
  const read = await parts.pairings.read(account);
  if (!read.ok) return read;
  const keys = read.value;
  const client = createRelayClient(keys.current);
  const answer = await client.newKey();
  await client.close();
  if (!answer.ok) return answer;
  const { key } = answer.value;
  await parts.pairings.save(account, { ...keys, current: { ...keys.current, key }, earlierKey: keys.current.key });
  await parts.feeds.restart(account);
  await parts.clients.drop(account.id);
  return ok(undefined);
}

/** The relay of an account: paired, tried out, left. */
export function createRelayHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records, feeds, pairings } = parts;
  return {
    'relay.pair': async ({ accountId, pairingCode }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const paired = await pair(parts, account.value, pairingCode);
      if (!paired.ok) return paired;
      await feeds.restart(account.value);
      await parts.clients.drop(accountId);
      return feeds.ofAccount(account.value);
    },
    'relay.unpair': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      await feeds.stop(accountId);
      records.relays.remove(accountId);
      await parts.clients.drop(accountId);
      await pairings.clear(account.value);
      const introduced = await introduceToPractice(parts, account.value);
      return introduced.ok ? ok({}) : introduced;
    },
    'relay.list': async () => ok({ relays: await feeds.list() }),
    'relay.reconnect': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const done = await feeds.reconnect(account.value);
      return done.ok ? ok({}) : done;
    },
    'relay.test': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const tested = await feeds.test(account.value);
      return tested.ok ? ok({ milliseconds: tested.value }) : tested;
    },
    'relay.rotateKey': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      const rotated = await rotateKey(parts, account.value);
      return rotated.ok ? feeds.ofAccount(account.value) : rotated;
    },
    'relay.setRoute': async ({ accountId, carriesCalls }) => {
      const account = findAccount(parts, accountId);
      if (!account.ok) return account;
      records.relays.setCarriesCalls(accountId, carriesCalls);
      // Its connections go the other way.
      await parts.clients.drop(accountId);
      parts.emit('record.changed', { kind: 'relay', id: accountId });
      return feeds.ofAccount(account.value);
    },
    'push.listUnread': async ({ accountId, limit }) =>
      ok({
        pushes: records.relays
          .listUnread(accountId, limit)
          .map(({ id, accountId: owner, receivedAt, reason }) => ({ id, accountId: owner, receivedAt, reason })),
      }),
    'push.readAgain': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? feeds.readAgain(account.value) : account;
    },
  };
}
