import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret in the forms in which it might be written down by mistake. */
function clothesOf(secret: string): readonly Buffer[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64').replaceAll('=', '');
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    Buffer.from(Buffer.from(secret).toString('hex')),
    Buffer.from(encodeURIComponent(secret)),
    // At each of the three places where a group of base64 may begin; its last letters depend on what follows.
    ...[0, 1, 2].map((skipped) => Buffer.from(base64(secret.slice(skipped)).slice(0, -2))),
  ];
}

/** Whether the bytes hold the secret in any of its usual clothes. */
export function isIn(bytes: Buffer, secret: string): boolean {
  return clothesOf(secret).some((one) => bytes.includes(one));
}

/** @returns the files below a folder that hold the secret */
export function filesWith(folder: string, secret: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => isIn(readFileSync(file), secret));
}
