import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Hex SHA-1 of the sorted parts put together: WeChat's signature. */
function signatureOf(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given.toLowerCase()), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Checks `signature` (plain mode and the handshake). It does not cover the body. */
export function verifyPlainSignature(given: {
  readonly token: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}): boolean {
  return isSame(given.signature, signatureOf([given.token, given.timestamp, given.nonce]));
}

/** Checks `msg_signature` (safe mode), which covers the encrypted body. */
export function verifyMessageSignature(given: {
  readonly token: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
  readonly signature: string;
}): boolean {
  return isSame(given.signature, signatureOf([given.token, given.timestamp, given.nonce, given.encrypt]));
}

const randomBytes = 16;
const lengthBytes = 4;
const largestPad = 32;

/** Why a message could not be decrypted, for the error's `{reason}`. */
export type DecryptFault = 'key' | 'cipher' | 'padding' | 'length' | 'appid';

/**
 * Decrypts the Encrypt part of a push: AES-256-CBC, then 16 random bytes, the message's length, the message, the appid.
 * WeChat pads to 32 bytes, which Node's own unpadding refuses, so it is taken off by hand.
 */
export function decryptMessage(input: {
  readonly encrypt: string;
  readonly encodingAesKey: string;
  readonly appid: string;
}): Result<string, DecryptFault> {
  const key = Buffer.from(`${input.encodingAesKey}=`, 'base64');
  if (!/^[A-Za-z0-9+/]{43}$/.test(input.encodingAesKey) || key.length !== 32) return fail('key');
  const cipher = Buffer.from(input.encrypt, 'base64');
  if (cipher.length === 0 || cipher.length % 16 !== 0) return fail('cipher');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(cipher), decipher.final()]);
  const full = withoutPadding(padded);
  if (full === undefined) return fail('padding');
  return openMessage(full, input.appid);
}

function withoutPadding(padded: Buffer): Buffer | undefined {
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > largestPad || pad > padded.length) return undefined;
  const isWhole = padded.subarray(padded.length - pad).every((byte) => byte === pad);
  return isWhole ? padded.subarray(0, padded.length - pad) : undefined;
}

function openMessage(full: Buffer, appid: string): Result<string, DecryptFault> {
  const start = randomBytes + lengthBytes;
  if (full.length < start) return fail('length');
  const end = start + full.readUInt32BE(randomBytes);
  if (end > full.length) return fail('length');
  if (full.subarray(end).toString('utf8') !== appid) return fail('appid');
  return ok(full.subarray(start, end).toString('utf8'));
}
