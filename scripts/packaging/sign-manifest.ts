import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Manifest, signedText } from '../../electron/updates/manifest.ts';

/** Long enough for a copy that is opened twice a year; a release that stands longer is signed again. */
export const validDays = 180;
const dayMs = 24 * 3600_000;

/** A new pair: the private half for the release workflow's secrets, the public one for its variables. */
export function makeKeyPair(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    publicKey: publicKeyOf(privateKey),
  };
}

/** The private half, as {@link makeKeyPair} wrote it. */
export function readPrivateKey(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
}

/** The public half in hexadecimal, as packages carry it. */
export function publicKeyOf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url').toString('hex');
}

/** What electron-builder wrote, with the day it ends and the signature; what the signature does not cover stays beside it. */
export function signManifest<Found extends Readonly<Record<string, unknown>>>(
  found: Found,
  privateKey: KeyObject,
  nowMs: number,
): Found & Pick<Manifest, 'expiresAt' | 'signature'> {
  const expiresAt = new Date(nowMs + validDays * dayMs).toISOString();
  const whole = { releaseNotes: '', stagingPercentage: 100, minimumVersion: '0.0.0', ...found, expiresAt };
  // Its form is judged by who reads it; the signature covers whatever stands in these places.
  const text = signedText(whole as unknown as Omit<Manifest, 'signature'>);
  return { ...whole, signature: sign(null, Buffer.from(text), privateKey).toString('base64') };
}
