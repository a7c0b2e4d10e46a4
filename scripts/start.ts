import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { standInPath } from '../test/support/electron/stand-in-path.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { findElectron } from './find-electron.ts';
import { projectRoot, run } from './run.ts';

/** Electron brings its binary on first use, from a host that not every network reaches. */
function downloadElectron(): string | undefined {
  spawnSync(process.execPath, [join(projectRoot, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: 300_000,
  });
  return findElectron();
}

const built = await run('vite', ['build', '--app', '--logLevel', 'warn']);
if (built !== 0) process.exit(built);
const electron = findElectron() ?? downloadElectron();
if (electron) process.exit(await run(electron, ['.', ...process.argv.slice(2)]));
console.log('这台电脑没有 Electron，也无法下载，改在 Chromium 窗口里打开同一个程序。');
console.log('Electron is not here and cannot be downloaded: the same program opens in a Chromium window instead.');
try {
  process.exit(await run(standInPath(), ['.', ...process.argv.slice(2)], { FAPIAO_CHROMIUM: await ensureChromium() }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
