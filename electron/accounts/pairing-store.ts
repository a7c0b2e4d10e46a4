import * as z from 'zod';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { pairingSchema } from './pairing-code.ts';
import { type SecretOwner, type SecretPlace, type SecretStore, unreadableOr } from './secret-store.ts';

/** What reads and decrypts an account's relay. */
export const pairedKeysSchema = z.strictObject({
  current: pairingSchema,
  /** Token and EncodingAESKey before the last pairing: what was pushed by then may still be on its way. */
  earlier: pairingSchema.pick({ token: true, encodingAesKey: true }).optional(),
  /** The key before the last change, as long as it is not certain that the relay has taken the new one. */
  earlierKey: z.string().optional(),
});
export type PairedKeys = z.output<typeof pairedKeysSchema>;

type Whose = Pick<StoredAccount, 'id' | 'appid' | 'name'>;

export type PairingStore = ReturnType<typeof createPairingStore>;

/** The relays' keys in the store of secrets. */
export function createPairingStore(secrets: SecretStore) {
  const ownerOf = ({ id: accountId, appid }: Whose): SecretOwner => ({ accountId, appid, purpose: 'relay' });
  return {
    place: (whose: Whose): Promise<SecretPlace> => secrets.place(ownerOf(whose)),
    /** The keys of an account's relay, or why there are none: never entered, or not to be opened now. */
    async read(whose: Whose): Promise<Result<PairedKeys, AppError>> {
      const text = await secrets.read(ownerOf(whose));
      const read = text === undefined ? undefined : pairedKeysSchema.safeParse(JSON.parse(text));
      if (read?.success) return ok(read.data);
      return fail(unreadableOr(appError('relay.keys-missing'), await secrets.place(ownerOf(whose)), whose.name));
    },
    save: (whose: Whose, keys: PairedKeys): Promise<SecretPlace> => secrets.save(ownerOf(whose), JSON.stringify(keys)),
    clear: (whose: Whose): Promise<SecretPlace> => secrets.clear(ownerOf(whose)),
  };
}
