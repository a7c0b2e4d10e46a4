import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as z from 'zod';

/** `1.2.3`, and nothing beside it. */
const versionSchema = z.string().regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/);
/** A file beside the manifest: an address of another place would be another's. */
const fileNameSchema = z.string().regex(/^(?!\.)[\w.-]{1,200}$/);

const manifestSchema = z.object({
  version: versionSchema,
  files: z
    .array(
      z.object({
        url: fileNameSchema,
        /** Base64, as electron-builder writes it. */
        sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
        size: z
          .int()
          .positive()
          .max(2 ** 30),
      }),
    )
    .min(1)
    .max(10),
  releaseDate: z.iso.datetime(),
  releaseNotes: z.string().max(100_000),
  /** Share of the installations that are offered it, in a hundred. */
  stagingPercentage: z.number().min(0).max(100),
  /** An installation older than this one has to take another step first. */
  minimumVersion: versionSchema,
  /** A manifest that is shown again after this is kept from newer ones. */
  expiresAt: z.iso.datetime(),
  /** In the one way to write these bytes. */
  signature: z.base64().refine((text) => Buffer.from(text, 'base64').toString('base64') === text),
});

/** What a release says about itself: electron-builder's manifest, and what this project signs it with. */
export type Manifest = z.output<typeof manifestSchema>;
export type InstallerFile = Manifest['files'][number];

/** What is signed: every value that decides something, in an order of its own. */
export function signedText(manifest: Omit<Manifest, 'signature'>): string {
  const { version, files, releaseDate, releaseNotes, stagingPercentage, minimumVersion, expiresAt } = manifest;
  const listed = files.map(({ url, sha512, size }) => [url, sha512, size]);
  return JSON.stringify([
    'fapiao-desk-update',
    version,
    listed,
    releaseDate,
    releaseNotes,
    stagingPercentage,
    minimumVersion,
    expiresAt,
  ]);
}

/** The key that releases are verified by: 32 bytes of Ed25519, in hexadecimal. Undefined where it is none. */
export function readPublicKey(text: string): KeyObject | undefined {
  if (!/^[0-9a-f]{64}$/.test(text)) return undefined;
  const x = Buffer.from(text, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

const parts = (version: string): readonly number[] => version.split('.').map(Number);

/** Below 0 where the first is older. */
export function compareVersions(one: string, other: string): number {
  const others = parts(other);
  const [first = 0] = parts(one)
    .map((part, index) => part - (others[index] ?? 0))
    .filter((difference) => difference !== 0);
  return first;
}

export type RefusalReason = 'unreadable' | 'signature' | 'downgrade' | 'expired' | 'too-far';

export type Judgement =
  | { readonly kind: 'newest' }
  | { readonly kind: 'offer'; readonly manifest: Manifest }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

const refused = (reason: RefusalReason): Judgement => ({ kind: 'refused', reason });

export interface Installation {
  readonly current: string;
  readonly publicKey: KeyObject;
  readonly nowMs: number;
}

/** Whether the key's owner signed exactly this. A verifier that breaks has verified nothing. */
function isSigned(manifest: Manifest, publicKey: KeyObject): boolean {
  try {
    return verify(null, Buffer.from(signedText(manifest)), publicKey, Buffer.from(manifest.signature, 'base64'));
  } catch {
    return false;
  }
}

/** What to do about a manifest that was found at the place of the updates. What is not understood whole is refused. */
export function judgeManifest(found: unknown, { current, publicKey, nowMs }: Installation): Judgement {
  const parsed = manifestSchema.safeParse(found);
  // A version of its own that cannot be held against another would let any pass for newer.
  if (!parsed.success || !versionSchema.safeParse(current).success) return refused('unreadable');
  const manifest = parsed.data;
  if (!isSigned(manifest, publicKey)) return refused('signature');
  const newer = compareVersions(manifest.version, current);
  if (newer === 0) return { kind: 'newest' };
  // An old release that is shown again brings its old faults back.
  if (newer < 0) return refused('downgrade');
  if (Date.parse(manifest.expiresAt) <= nowMs) return refused('expired');
  if (compareVersions(current, manifest.minimumVersion) < 0) return refused('too-far');
  return { kind: 'offer', manifest };
}
