import { safeStorage } from 'electron';
import { createSealedSecrets, type Sealer } from '../accounts/sealed-secrets.ts';
import type { SecretStore } from '../accounts/secret-store.ts';
import type { Log } from '../support/log.ts';

const sealer: Sealer = {
  async isAvailable() {
    if (!(await safeStorage.isAsyncEncryptionAvailable().catch(() => false))) return false;
    // Linux without a keyring "encrypts" with a password printed in Chromium's source: that is no protection.
    return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
  },
  seal: (text) => safeStorage.encryptStringAsync(text),
  async open(sealed) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
    return { text: result, isStale: shouldReEncrypt };
  },
};

/** Secrets sealed by the keychain of the operating system, in a file of the data folder. */
export function createKeychain(file: string, log: Log): SecretStore {
  return createSealedSecrets(file, sealer, log);
}
