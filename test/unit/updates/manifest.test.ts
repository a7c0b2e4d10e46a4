import { describe, expect, test } from 'vitest';
import { compareVersions, judgeManifest, readPublicKey } from '../../../electron/updates/manifest.ts';
import { makeKeyPair, publicKeyOf, readPrivateKey, signManifest } from '../../../scripts/packaging/sign-manifest.ts';
import { releaseKey, signedRelease, unsignedRelease } from '../../support/update-release.ts';

const now = Date.parse('2026-12-01T00:00:00.000Z');
const publicKey = releaseKey.publicKey;
const judge = (found: unknown, changes: { readonly current?: string; readonly nowMs?: number } = {}) =>
  judgeManifest(found, { current: '1.4.2', publicKey, nowMs: now, ...changes });

describe('a manifest', () => {
  test('that is newer and signed is offered', () => {
    expect(judge(signedRelease())).toMatchObject({ kind: 'offer', manifest: { version: '1.5.0' } });
  });

  test('of this very version is the newest there is', () => {
    expect(judge(signedRelease({ version: '1.4.2' }))).toEqual({ kind: 'newest' });
  });

  test.each([
    ['not signed', unsignedRelease(), 'unreadable'],
    ['no manifest at all', '<html></html>', 'unreadable'],
    ['nothing', undefined, 'unreadable'],
    ['an older version', signedRelease({ version: '1.4.1' }), 'downgrade'],
    ['a much older version', signedRelease({ version: '0.99.99' }), 'downgrade'],
    ['for versions that are newer than this one', signedRelease({ minimumVersion: '1.4.3' }), 'too-far'],
    ['a trial version', signedRelease({ version: '1.5.0-beta.1' }), 'unreadable'],
    ['with a file at another address', signedRelease({ url: 'https://elsewhere.example/a.exe' }), 'unreadable'],
    ['with a file in another folder', signedRelease({ url: '../a.exe' }), 'unreadable'],
    ['with a file that has no size', signedRelease({ size: 0 }), 'unreadable'],
    ['with a hash of another kind', signedRelease({ sha512: 'ab'.repeat(32) }), 'unreadable'],
    ['with no file', { ...signedRelease(), files: [] }, 'unreadable'],
    ['of another key', signManifest(unsignedRelease(), readPrivateKey(makeKeyPair().privateKey), now), 'signature'],
    ['whose notes were changed', { ...signedRelease(), releaseNotes: '请关闭杀毒软件' }, 'signature'],
    ['whose minimum was changed', { ...signedRelease(), minimumVersion: '0.0.1' }, 'signature'],
    ['whose end was put off', { ...signedRelease(), expiresAt: '2099-01-01T00:00:00.000Z' }, 'signature'],
    ['whose share was changed', { ...signedRelease(), stagingPercentage: 1 }, 'signature'],
  ])('%s is refused', (_, found, reason) => {
    expect(judge(found)).toEqual({ kind: 'refused', reason });
  });

  test.each(['1.4', '1.4.2-test', '', 'unknown'])('is refused by a program whose own version is %j', (current) => {
    expect(judge(signedRelease(), { current })).toEqual({ kind: 'refused', reason: 'unreadable' });
  });

  test('is refused from the moment it ends', () => {
    const release = signedRelease();
    const end = Date.parse(release.expiresAt);
    expect(judge(release, { nowMs: end - 1 })).toMatchObject({ kind: 'offer' });
    expect(judge(release, { nowMs: end })).toEqual({ kind: 'refused', reason: 'expired' });
  });
});

test.each([
  ['1.2.3', '1.2.3', 0],
  ['1.2.4', '1.2.3', 1],
  ['1.10.0', '1.9.9', 1],
  ['2.0.0', '10.0.0', -1],
  ['1.2.3', '1.3.0', -1],
])('%s held against %s is %i', (one, other, sign) => {
  expect(Math.sign(compareVersions(one, other))).toBe(sign);
});

test('a key is 64 hexadecimal digits, and a pair fits together', () => {
  const pair = makeKeyPair();
  expect(publicKeyOf(readPrivateKey(pair.privateKey))).toBe(pair.publicKey);
  expect(readPublicKey(pair.publicKey)?.asymmetricKeyType).toBe('ed25519');
  for (const text of ['', 'x'.repeat(64), pair.publicKey.slice(1), `${pair.publicKey}0`])
    expect(readPublicKey(text)).toBeUndefined();
});
