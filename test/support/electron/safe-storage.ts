import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app.ts';
import { guard } from './guard.ts';
import { lifecycle } from './lifecycle.ts';

type Modelled = Pick<
  SafeStorage,
  | 'isEncryptionAvailable'
  | 'encryptString'
  | 'decryptString'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
>;
type Keyring = 'ok' | 'basic_text' | 'unavailable';

const VERSION = Buffer.from('v10');
const IV_LENGTH = 12;
const TAG_LENGTH = 16;
let plainTextAllowed = false;

/** STANDIN_KEYRING says what the system's keyring is like. Read at each call, so that a test can change it. */
function keyring(): Keyring {
  const wanted = process.env['STANDIN_KEYRING'] ?? 'ok';
  if (wanted === 'ok' || wanted === 'basic_text' || wanted === 'unavailable') return wanted;
  throw new Error(`stand-in: STANDIN_KEYRING=${wanted} (ok, basic_text or unavailable)`);
}

function available(): boolean {
  if (!lifecycle.ready) return false;
  return keyring() === 'ok' || (keyring() === 'basic_text' && plainTextAllowed);
}

/** The keyring of the stand-in: a file only the user can read, beside the data. */
function key(): Buffer {
  const file = path.join(app.getPath('userData'), 'stand-in.key');
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return fs.readFileSync(file);
}

function encrypt(text: string): Buffer {
  if (!available())
    throw new Error(
      'Error while encrypting the text provided to safeStorage.encryptString. Encryption is not available.',
    );
  const iv = randomBytes(IV_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key(), iv);
  return Buffer.concat([VERSION, iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(data: Buffer): string {
  if (!available())
    throw new Error(
      'Error while decrypting the ciphertext provided to safeStorage.decryptString. Decryption is not available.',
    );
  const start = VERSION.length + IV_LENGTH;
  try {
    if (!data.subarray(0, VERSION.length).equals(VERSION)) throw new Error('unknown version');
    const decipher = createDecipheriv('aes-256-gcm', key(), data.subarray(VERSION.length, start));
    decipher.setAuthTag(data.subarray(-TAG_LENGTH));
    return decipher.update(data.subarray(start, -TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
  }
}

const modelled: Modelled = {
  isEncryptionAvailable: available,
  encryptString: encrypt,
  decryptString: decrypt,
  getSelectedStorageBackend: () => (keyring() === 'ok' ? 'gnome_libsecret' : 'basic_text'),
  setUsePlainTextEncryption: (usePlainText) => {
    plainTextAllowed = usePlainText;
  },
  isAsyncEncryptionAvailable: async () => available(),
  encryptStringAsync: async (text) => encrypt(text),
  decryptStringAsync: async (data) => ({ result: decrypt(data), shouldReEncrypt: false }),
};

export const safeStorage = guard(modelled, 'safeStorage') as SafeStorage;
