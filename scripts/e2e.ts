import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { standInPath } from '../test/support/electron/stand-in-path.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { findElectron } from './find-electron.ts';
import { projectRoot, run } from './run.ts';

const electron = findElectron();
console.log(
  electron ? "e2e runs on Electron's own binary" : 'e2e runs on the stand-in for Electron, in a real Chromium',
);
if (!existsSync(join(projectRoot, 'dist', 'main', 'main.js'))) {
  const built = await run('vite', ['build', '--app', '--logLevel', 'warn']);
  if (built !== 0) process.exit(built);
}
const code = await run('playwright', ['test', ...process.argv.slice(2)], {
  FAPIAO_CHROMIUM: await ensureChromium(),
  FAPIAO_E2E_EXECUTABLE: electron ?? standInPath(),
});
process.exit(code);
