import * as z from 'zod';
import type { StoredAccount } from '../records/account-repository.ts';
import { pairingSchema } from './pairing-code.ts';
import type { SecretOwner, SecretPlace, SecretStore } from './secret-store.ts';

/** What reads and decrypts an account's relay. */
export const pairedKeysSchema = z.strictObject({
  current: pairingSchema,
  /** Token and EncodingAESKey before the last pairing: what was pushed by then may still be on its way. */
  earlier: pairingSchema.pick({ token: true, encodingAesKey: true }).optional(),
  /** The key before the last change, as long as it is not certain that the relay has taken the new one. */
  earlierKey: z.string().optional(),
});
export type PairedKeys = z.output<typeof pairedKeysSchema>;

type Whose = Pick<StoredAccount, 'id' | 'appid'>;

export type PairingStore = ReturnType<typeof createPairingStore>;

/** The relays' keys in the store of secrets. */
export function createPairingStore(secrets: SecretStore) {
  const ownerOf = ({ id: accountId, appid }: Whose): SecretOwner => ({ accountId, appid, purpose: 'relay' });
  return {
    place: (whose: Whose): Promise<SecretPlace> => secrets.place(ownerOf(whose)),
    async read(whose: Whose): Promise<PairedKeys | undefined> {
      const text = await secrets.read(ownerOf(whose));
      if (text === undefined) return undefined;
      const read = pairedKeysSchema.safeParse(JSON.parse(text));
      return read.success ? read.data : undefined;
    },
    save: (whose: Whose, keys: PairedKeys): Promise<SecretPlace> => secrets.save(ownerOf(whose), JSON.stringify(keys)),
    clear: (whose: Whose): Promise<SecretPlace> => secrets.clear(ownerOf(whose)),
  };
}
