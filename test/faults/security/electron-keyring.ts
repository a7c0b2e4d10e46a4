/** Stands in for the module `electron` where the keychain is tried: its safeStorage, with a keyring that tests change. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface Keyring {
  backend: 'gnome_libsecret' | 'kwallet6' | 'basic_text';
  /** `rejects`: even the question whether it is there fails. */
  state: 'up' | 'down' | 'rejects';
  /** Newest first: the first seals; the others still open, and say that it should be sealed anew. */
  keys: Buffer[];
  /** Sealing fails, whatever is said of being there. */
  isSealingBroken: boolean;
}

export const newKey = (): Buffer => randomBytes(32);

/** One for the whole process, as the system's is: the module is loaded anew for each planted defect. */
const shared = globalThis as { fapiaoKeyring?: Keyring };
shared.fapiaoKeyring ??= { backend: 'gnome_libsecret', state: 'up', keys: [newKey()], isSealingBroken: false };
export const keyring: Keyring = shared.fapiaoKeyring;

function demandUp(): void {
  if (keyring.state !== 'up') throw new Error('the keyring is locked');
}

function openWith(key: Buffer, sealed: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(sealed.subarray(-16));
    return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

export const safeStorage = {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    if (keyring.state === 'rejects') throw new Error('no answer from the keyring');
    return keyring.state === 'up';
  },
  getSelectedStorageBackend: () => keyring.backend,
  async encryptStringAsync(text: string): Promise<Buffer> {
    demandUp();
    const [key] = keyring.keys;
    if (keyring.isSealingBroken || !key) throw new Error('sealing failed');
    // What Chromium does there protects nothing: as good as the text itself.
    if (keyring.backend === 'basic_text') return Buffer.from(text);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    demandUp();
    for (const [index, key] of keyring.keys.entries()) {
      const result = openWith(key, sealed);
      if (result !== undefined) return { result, shouldReEncrypt: index > 0 };
    }
    throw new Error('another key');
  },
};
