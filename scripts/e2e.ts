import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standInPath } from '../test/support/electron/stand-in-path.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { findElectron } from './find-electron.ts';
import { projectRoot, run } from './run.ts';

/** Of how many failed tests the page is printed, and at most how many lines of each. */
const printed = { pages: 3, lines: 150 };

/** What stood on the page when a test failed: where the test ran, nobody may be able to look at its files. */
function printFailedPages(): void {
  const results = join(projectRoot, 'test-results', 'e2e');
  for (const file of globSync('*/error-context.md', { cwd: results }).slice(0, printed.pages)) {
    const lines = readFileSync(join(results, file), 'utf8').split('\n');
    console.log(`\n${file}\n${lines.slice(0, printed.lines).join('\n')}`);
  }
}

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
printFailedPages();
process.exit(code);
