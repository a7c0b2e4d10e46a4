import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** SHA-1 over the sorted parts, as every push is signed. */
export function signPush(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/**
 * Encrypts a push: AES-256-CBC over 16 random bytes, the length in bytes, the message and the appid, padded to 32.
 * @param random 16 bytes, given only by tests that compare with published vectors
 */
export function encryptPush(
  message: string,
  encodingAesKey: string,
  appid: string,
  random: Buffer = randomBytes(16),
): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const full = Buffer.concat([random, length, text, Buffer.from(appid)]);
  // PKCS#7 with blocks of 32, which Node's own padding does not know.
  const padding = 32 - (full.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([full, Buffer.alloc(padding, padding)])), cipher.final()]).toString(
    'base64',
  );
}
