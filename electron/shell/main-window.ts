import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { appOrigin } from './app-protocol.ts';
import type { PageRecovery } from './page-recovery.ts';
import { smallestWindow, type WindowPlace } from './window-place.ts';

/** The one window: sandboxed, isolated, without Node; where it was the last time. */
export async function openMainWindow(
  preloadFolder: string,
  place: WindowPlace,
  recovery: PageRecovery,
): Promise<BrowserWindow> {
  const { maximized, ...bounds } = place.recall();
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    autoHideMenuBar: true,
    title: '发票台',
    webPreferences: {
      preload: join(preloadFolder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', () => place.keep(window));
  await recovery.watch(window)(`${appOrigin}/index.html`);
  return window;
}

/** Shows the window to a person who is elsewhere. */
export function bringToFront(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}
