import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';
import * as z from 'zod';
import type { SecretOwner, SecretPlace, SecretStore } from '../accounts/secret-store.ts';
import type { Log } from '../support/log.ts';

const sealedFileSchema = z.record(z.string(), z.string());
const sealedSecretSchema = z.strictObject({
  purpose: z.enum(['app-secret', 'relay']),
  appid: z.string(),
  secret: z.string(),
});

const keyOf = ({ accountId, purpose }: SecretOwner) =>
  purpose === 'app-secret' ? `account-${accountId}` : `account-${accountId}-${purpose}`;

/** Linux without a keyring "encrypts" with a password printed in Chromium's source: that is no protection. */
async function canSeal(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/**
 * Secrets sealed by the operating system in one file of the data folder. Where the system offers no real
 * encryption they live for this session only and nothing is written.
 */
export function createKeychain(file: string, log: Log): SecretStore {
  const session = new Map<string, string>();

  async function readSealed(): Promise<Record<string, string>> {
    try {
      return sealedFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      // A half-written or foreign file is left where it is; the secret is asked for again.
      log.warn('keychain.unreadable', { reason: error instanceof Error ? error.name : 'unknown' });
      return {};
    }
  }

  async function writeSealed(sealed: Record<string, string>): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(sealed), { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  }

  async function unseal(owner: SecretOwner): Promise<string | undefined> {
    const blob = (await readSealed())[keyOf(owner)];
    if (blob === undefined || !(await canSeal())) return undefined;
    try {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(blob, 'base64'));
      const opened = sealedSecretSchema.parse(JSON.parse(result));
      return opened.appid === owner.appid && opened.purpose === owner.purpose ? opened.secret : undefined;
    } catch (error) {
      log.warn('keychain.unsealed', { reason: error instanceof Error ? error.name : 'unknown' });
      return undefined;
    }
  }

  async function place(owner: SecretOwner): Promise<SecretPlace> {
    if (session.has(keyOf(owner))) return 'session';
    return (await unseal(owner)) === undefined ? 'missing' : 'keychain';
  }

  return {
    place,
    read: async (owner) => session.get(keyOf(owner)) ?? (await unseal(owner)),
    async save(owner, secret) {
      session.delete(keyOf(owner));
      if (!(await canSeal())) {
        session.set(keyOf(owner), secret);
        return 'session';
      }
      const content = JSON.stringify({ purpose: owner.purpose, appid: owner.appid, secret });
      const blob = await safeStorage.encryptStringAsync(content);
      await writeSealed({ ...(await readSealed()), [keyOf(owner)]: blob.toString('base64') });
      return place(owner);
    },
    async clear(owner) {
      session.delete(keyOf(owner));
      const { [keyOf(owner)]: _gone, ...rest } = await readSealed();
      await writeSealed(rest);
      return place(owner);
    },
  };
}
