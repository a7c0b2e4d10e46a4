import { createHash } from 'node:crypto';
import { verifyMessageSignature, verifyPlainSignature } from '../electron/wechat/push-crypto.ts';
import { type PushFields, readEnvelope } from '../electron/wechat/push-envelope.ts';
import { type RelayFault, staleSeconds } from '../shared/relay/relay-wire.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Channel, CheckedPush } from './store/store.ts';

const digestOf = (...parts: readonly string[]) => createHash('sha256').update(parts.join('\n')).digest('base64url');

/** What stands in the address of a request, by WeChat's names. */
export interface AddressPart {
  get(name: string): string | null;
}

function readQuery(query: AddressPart) {
  const part = (name: string) => (query.get(name) ?? '').slice(0, 128);
  return {
    signature: part('signature'),
    timestamp: part('timestamp'),
    nonce: part('nonce'),
    msgSignature: part('msg_signature'),
  };
}

/** Whether a handshake (GET) is WeChat's: its signature covers the Token, timestamp and nonce. */
export function isHandshakeOf({ token }: Channel, query: AddressPart): boolean {
  const { timestamp, nonce, signature } = readQuery(query);
  return verifyPlainSignature({ token, timestamp, nonce, signature });
}

/**
 * Checks a push by its signature and makes it ready to be stored. In safe mode it stays closed: the relay has no key to it.
 * A timestamp far from the relay's clock is noted, not refused: a cheap server's wrong clock must not cost an event.
 * @param now milliseconds since 1970
 */
export function checkPush(
  channel: Channel,
  query: AddressPart,
  body: string,
  now: number,
): Result<CheckedPush, RelayFault> {
  const envelope = readEnvelope(body);
  if (!envelope.ok) return fail('not-understood');
  const read = readQuery(query);
  const checked = { channel: channel.id, receivedAt: now, query: read, stale: isStale(read.timestamp, now) };
  const encrypt = envelope.value.get('Encrypt');
  const { token } = channel;
  if (encrypt !== undefined) {
    const { timestamp, nonce, msgSignature: signature } = read;
    if (!verifyMessageSignature({ token, timestamp, nonce, encrypt, signature })) return fail('bad-signature');
    const digest = digestOf(signature.toLowerCase());
    return ok({ ...checked, digest, body: closedPart(envelope.value, encrypt, body) });
  }
  if (channel.mode !== 'plain') return fail('plain-mode');
  if (!verifyPlainSignature({ token, ...read })) return fail('bad-signature');
  return ok({ ...checked, digest: digestOf(read.signature.toLowerCase(), body), body });
}

/** In compatible mode the same stands beside the encrypted part, open to read: that is not kept. */
function closedPart(fields: PushFields, encrypt: string, body: string): string {
  const hasMore = [...fields.keys()].some((name) => !['ToUserName', 'Encrypt'].includes(name));
  return hasMore ? JSON.stringify({ ToUserName: fields.get('ToUserName') ?? '', Encrypt: encrypt }) : body;
}

function isStale(timestamp: string, now: number): boolean {
  return !/^\d{1,11}$/.test(timestamp) || Math.abs(Number(timestamp) - now / 1000) > staleSeconds;
}
