import { createHash, randomBytes } from 'node:crypto';
import type { RelayFault } from '../shared/relay/relay-wire.ts';
import { fail, ok, type Result } from '../shared/result.ts';
import type { RelayParts } from './relay-parts.ts';
import type { Device } from './store/store.ts';

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');
export const createKey = (): string => randomBytes(32).toString('base64url');

/**
 * The device whose key a request carries; who tries many keys is not listened to for a while.
 * @param authorization the header of that name
 * @param address whom the request comes from
 */
export async function admitDevice(
  { store, limiter, metrics, log }: RelayParts,
  authorization: string | undefined,
  address: string,
): Promise<Result<Device, RelayFault>> {
  if (!limiter.mayTryKeys(address)) return fail('too-many-requests');
  const [, key] = /^Bearer ([\w-]{20,128})$/.exec(authorization ?? '') ?? [];
  const device = key === undefined ? undefined : await store.findDevice(hashOfKey(key));
  if (device) return ok(device);
  limiter.noteWrongKey(address);
  metrics.count('keys_refused');
  log.warn({ address }, 'key.refused');
  return fail('unauthorised');
}
