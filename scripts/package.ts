import { readPublicKey } from '../electron/updates/manifest.ts';
import { projectRoot, run } from './run.ts';

// npm run package [-- --win --x64 …]: builds, and makes the packages of this system with electron-builder.
// FAPIAO_UPDATE_URL is the https folder that the packages look for updates in, FAPIAO_UPDATE_PUBLIC_KEY the key by which they
// know them; without both they never look.
const place = process.env['FAPIAO_UPDATE_URL'] ?? '';
const publicKey = process.env['FAPIAO_UPDATE_PUBLIC_KEY'] ?? '';

function refuse(reason: string): never {
  console.error(reason);
  process.exit(1);
}
if (place !== '' && URL.parse(place)?.protocol !== 'https:') refuse(`FAPIAO_UPDATE_URL is no https address: ${place}`);
if (publicKey !== '' && !readPublicKey(publicKey)) refuse('FAPIAO_UPDATE_PUBLIC_KEY: 64 hexadecimal digits are wanted');
const hasUpdates = place !== '' && publicKey !== '';
const built = await run('vite', ['build', '--app', '--logLevel', 'warn']);
if (built !== 0) process.exit(built);
const updates = [
  '-c.publish.provider=generic',
  `-c.publish.url=${place}`,
  `-c.extraMetadata.updates.publicKey=${publicKey}`,
];
console.log(hasUpdates ? `updates: ${place}` : 'no updates: these packages never look for one');
process.exit(
  await run('electron-builder', [
    '--projectDir',
    projectRoot,
    '--publish=never',
    ...(hasUpdates ? updates : []),
    ...process.argv.slice(2),
  ]),
);
