import { projectRoot, run } from './run.ts';

// npm run package [-- --win --x64 …]: builds, and makes the packages of this system with electron-builder.
// FAPIAO_UPDATE_URL is the https folder that the packages look for updates in; without it they have none.
const place = process.env['FAPIAO_UPDATE_URL'] ?? '';
if (place !== '' && URL.parse(place)?.protocol !== 'https:') {
  console.error(`FAPIAO_UPDATE_URL: an https address is wanted, this is ${place}`);
  process.exit(1);
}
const built = await run('vite', ['build', '--app', '--logLevel', 'warn']);
if (built !== 0) process.exit(built);
const publish = place === '' ? [] : ['-c.publish.provider=generic', `-c.publish.url=${place}`];
console.log(place === '' ? 'no place of updates: these packages never look for one' : `updates: ${place}`);
process.exit(
  await run('electron-builder', ['--projectDir', projectRoot, '--publish=never', ...publish, ...process.argv.slice(2)]),
);
