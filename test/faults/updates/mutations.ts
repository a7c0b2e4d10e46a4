import { readFileSync, writeFileSync } from 'node:fs';
import { makeKeyPair, readPrivateKey, signManifest } from '../../../scripts/packaging/sign-manifest.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import { installerBytes, signedRelease, unsignedRelease } from '../../support/update-release.ts';
import type { createUpdateStage } from '../../support/update-stage.ts';

type Stage = ReturnType<typeof createUpdateStage>;

/** One way in which an update is not what its makers made. */
export interface Attack {
  readonly kind: string;
  /** Before the check. */
  readonly prepare?: (stage: Stage, random: Random) => void;
  /** Between the download and the decision. */
  readonly beforeInstall?: (stage: Stage, random: Random) => void;
}

const day = Date.parse('2026-11-20T08:00:00.000Z');
const strangerKey = readPrivateKey(makeKeyPair().privateKey);

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const place = random.below(copy.length);
  copy.writeUInt8(copy.readUInt8(place) ^ (1 << random.below(8)), place);
  return copy;
}

/** A bit of the manifest's text turned, so that it is another manifest and still one. */
function flippedManifest(random: Random): unknown {
  // What electron-builder repeats for readers of old is signed by nobody and read by nobody.
  const { path: _, sha512: __, ...read } = signedRelease();
  for (;;) {
    try {
      return JSON.parse(flipped(Buffer.from(JSON.stringify(read)), random).toString('utf8'));
    } catch {
      // Not a manifest any more, which is no attack.
    }
  }
}

const oldVersion = (random: Random) => `${random.below(2)}.${random.below(4)}.${random.below(100)}`;

/** The attacks of the row; each is played many times with other chances. */
export const attacks: readonly Attack[] = [
  {
    kind: 'a bit of the manifest flipped',
    prepare: ({ world }, random) => {
      world.manifest = flippedManifest(random);
    },
  },
  {
    kind: "signed by a stranger's key",
    prepare: ({ world }, random) => {
      world.manifest = signManifest(unsignedRelease({ version: `9.0.${random.below(1000)}` }), strangerKey, day);
    },
  },
  {
    kind: 'not signed, or with half a signature',
    prepare: ({ world }, random) => {
      const { signature, ...rest } = signedRelease();
      world.manifest = random.below(2) === 0 ? rest : { ...rest, signature: signature.slice(0, 4 * random.below(20)) };
    },
  },
  {
    kind: 'an older release, genuinely signed',
    prepare: ({ world }, random) => {
      world.manifest = signedRelease({ version: oldVersion(random), minimumVersion: '0.0.0' });
    },
  },
  {
    kind: 'a release that has ended, genuinely signed',
    prepare: ({ world }, random) => {
      world.nowMs = Date.parse(signedRelease().expiresAt) + random.below(1_000_000_000);
    },
  },
  {
    kind: 'a bit of the installer flipped',
    prepare: ({ world }, random) => {
      world.installer = flipped(installerBytes, random);
    },
  },
  {
    kind: 'an installer cut short or with something behind it',
    prepare: ({ world }, random) => {
      const cut = installerBytes.subarray(0, random.below(installerBytes.length));
      world.installer = random.below(2) === 0 ? cut : Buffer.concat([installerBytes, cut, Buffer.from('!')]);
    },
  },
  {
    kind: 'another hash, for the installer of an attacker',
    prepare: ({ world }, random) => {
      const release = signedRelease();
      world.installer = flipped(installerBytes, random);
      const { files } = unsignedRelease({ sha512: Buffer.from(world.installer.subarray(0, 64)).toString('base64') });
      world.manifest = { ...release, files };
    },
  },
  {
    kind: 'the installer exchanged after the download',
    beforeInstall: ({ path }, random) => writeFileSync(path, flipped(readFileSync(path), random)),
  },
  {
    kind: 'the verifier, the disk or the network breaks',
    prepare: ({ world }, random) => {
      const error = new Error('signature verification could not be run');
      if (random.below(2) === 0) world.checkError = error;
      else world.downloadError = error;
    },
  },
];
