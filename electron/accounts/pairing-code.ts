import * as z from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

/** WeChat's key of 43 letters and digits. */
export const encodingAesKeySchema = z.string().regex(/^[A-Za-z0-9]{43}$/);

/** All that a desktop needs to read and decrypt a channel. Every part but the address is a secret. */
export const pairingSchema = z.strictObject({
  /** Where the relay answers, without a slash at its end. */
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  channel: z.string().regex(/^[\w-]{4,64}$/),
  /** By which the channel is read. */
  key: z.string().min(32).max(128),
  /** The Token of WeChat's console: what the relay says is checked here once more. */
  token: z.string().min(3).max(32),
  encodingAesKey: encodingAesKeySchema,
});
export type Pairing = z.output<typeof pairingSchema>;

const mark = 'fapiao-relay-1.';

/** Why a pairing code cannot be used. */
export type PairingFault = 'not-a-code' | 'incomplete' | 'insecure-address';

function toText(code: string): string | undefined {
  const isWord = /^[\w-]+$/.test(code);
  return isWord ? Buffer.from(code, 'base64url').toString('utf8') : undefined;
}

/** One word to copy from the relay's terminal into the program. */
export function writePairingCode(pairing: Pairing): string {
  return mark + Buffer.from(JSON.stringify(pairing)).toString('base64url');
}

/** Whether an address may carry a key: encrypted, or on this very computer. */
export function mayCarryKey(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** Reads a pairing code; blanks and line breaks that copying brought in are no matter. */
export function readPairingCode(code: string): Result<Pairing, PairingFault> {
  const word = code.replaceAll(/\s/g, '');
  const text = word.startsWith(mark) ? toText(word.slice(mark.length)) : undefined;
  if (text === undefined) return fail('not-a-code');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('incomplete');
  }
  const read = pairingSchema.safeParse(value);
  if (!read.success) return fail('incomplete');
  return mayCarryKey(read.data.url) ? ok(read.data) : fail('insecure-address');
}
