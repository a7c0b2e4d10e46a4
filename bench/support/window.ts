import { type ElectronApplication, _electron as electron } from '@playwright/test';
import { ensureChromium } from '../../scripts/ensure-chromium.ts';
import { findElectron } from '../../scripts/find-electron.ts';
import { projectRoot, run } from '../../scripts/run.ts';
import { standInPath } from '../../test/support/electron/stand-in-path.ts';

/** The program as it is built from the sources that are here. */
export async function buildProgram(): Promise<void> {
  if ((await run('vite', ['build', '--app', '--logLevel', 'warn'])) !== 0) throw new Error('no build');
}

/** The built program with its window, over a data folder; whoever opens it closes it. */
export async function openWindow(dataFolder: string): Promise<ElectronApplication> {
  return electron.launch({
    executablePath: findElectron() ?? standInPath(),
    args: ['.'],
    cwd: projectRoot,
    env: {
      ...process.env,
      FAPIAO_DATA_DIR: dataFolder,
      FAPIAO_CHROMIUM: await ensureChromium(),
      LANG: 'zh_CN.UTF-8',
    },
  });
}
