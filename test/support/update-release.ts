import { createHash, generateKeyPairSync } from 'node:crypto';
import { signManifest } from '../../scripts/packaging/sign-manifest.ts';

/** The key of a release's makers. */
export const releaseKey = generateKeyPairSync('ed25519');

/** What stands for an installer. */
export const installerBytes: Buffer = Buffer.from('MZ the installer of the version that is offered'.repeat(20));

const releasedAt = '2026-11-20T08:00:00.000Z';

interface ReleaseChanges {
  readonly version?: string;
  readonly minimumVersion?: string;
  readonly url?: string;
  readonly size?: number;
  readonly sha512?: string;
}

/** A manifest as electron-builder writes it. */
export function unsignedRelease(changes: ReleaseChanges = {}) {
  const file = {
    url: changes.url ?? 'fapiao-desk-1.5.0-win-x64.exe',
    sha512: changes.sha512 ?? createHash('sha512').update(installerBytes).digest('base64'),
    size: changes.size ?? installerBytes.length,
  };
  return {
    version: changes.version ?? '1.5.0',
    files: [file],
    path: file.url,
    sha512: file.sha512,
    releaseDate: releasedAt,
    releaseNotes: '读发票更准。',
    minimumVersion: changes.minimumVersion ?? '1.0.0',
  };
}

/** The same, signed by its makers on the day it came out. */
export const signedRelease = (changes: ReleaseChanges = {}) =>
  signManifest(unsignedRelease(changes), releaseKey.privateKey, Date.parse(releasedAt));
