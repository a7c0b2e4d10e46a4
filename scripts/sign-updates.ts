import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeKeyPair, readPrivateKey, signManifest } from './packaging/sign-manifest.ts';
import { projectRoot } from './run.ts';

// npm run sign-updates: signs dist/packages/latest*.yml with the key in FAPIAO_UPDATE_SIGNING_KEY
// npm run sign-updates -- --new-key: a new pair of keys, printed once
const { values } = parseArgs({
  options: { 'new-key': { type: 'boolean', default: false }, staging: { type: 'string', default: '100' } },
});

interface Yaml {
  readonly load: (text: string) => unknown;
  readonly dump: (value: unknown) => string;
}

if (values['new-key']) {
  const { privateKey, publicKey } = makeKeyPair();
  console.log(`FAPIAO_UPDATE_SIGNING_KEY (secret): ${privateKey}\nFAPIAO_UPDATE_PUBLIC_KEY: ${publicKey}`);
  process.exit(0);
}
const key = readPrivateKey(process.env['FAPIAO_UPDATE_SIGNING_KEY'] ?? '');
const stagingPercentage = Number(values.staging);
// The reader and writer that electron-builder itself uses.
const yaml = createRequire(import.meta.resolve('electron-builder'))('js-yaml') as Yaml;
const folder = join(projectRoot, 'dist', 'packages');
const names = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name));
for (const name of names) {
  const found = yaml.load(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>; // electron-builder's own
  writeFileSync(join(folder, name), yaml.dump(signManifest({ ...found, stagingPercentage }, key, Date.now())));
}
console.log(`${names.length} manifests signed`);
if (names.length === 0) process.exit(1);
