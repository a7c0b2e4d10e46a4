import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { PracticeContext } from './context.ts';

/** The server's own key, made once and kept with the books. */
function keyOf(context: PracticeContext): Buffer {
  const stored = context.books.meta.get('key');
  if (typeof stored === 'string') return Buffer.from(stored, 'hex');
  const key = randomBytes(32);
  context.books.meta.put('key', key.toString('hex'));
  return key;
}

/** A mark that only this server can have put on a text. */
export function signText(context: PracticeContext, text: string): string {
  return createHmac('sha256', keyOf(context)).update(text).digest('base64url');
}

/**
 * A card's code as redirect links carry it: base64 with `+`, `/` and `=` in it, so that a receiver who decodes the
 * address carelessly is found out.
 */
export function sealCode(context: PracticeContext, code: string): string {
  const key = keyOf(context);
  // About one text in three has both characters; a thousand tries never fail in practice.
  for (let tries = 0; tries < 1000; tries += 1) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([cipher.update(code, 'latin1'), cipher.final()]);
    const text = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    if (text.includes('+') && text.includes('/') && text.endsWith('=')) return text;
  }
  throw new Error('no sealed code with + and / found');
}

/** The code in an encrypt_code, or undefined where it is none of ours. */
export function openCode(context: PracticeContext, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.toString('base64') !== sealed || bytes.length <= 28) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(context), bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return decipher.update(bytes.subarray(28), undefined, 'latin1') + decipher.final('latin1');
  } catch {
    return undefined;
  }
}
