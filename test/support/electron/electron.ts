// What `import … from 'electron'` gives in the main process of the stand-in.
import { app } from './app.ts';
import { GuardedBrowserWindow as BrowserWindow } from './browser-window.ts';
import {
  clipboard,
  crashReporter,
  GuardedNotification as Notification,
  net,
  powerMonitor,
  utilityProcess,
} from './desktop.ts';
import { dialog } from './dialog.ts';
import { guard } from './guard.ts';
import { ipcMain } from './ipc-main.ts';
import { GuardedMenu as Menu, GuardedMenuItem as MenuItem } from './menu.ts';
import { protocol } from './protocol.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { startSoon } from './start.ts';
import { nativeTheme } from './theme.ts';
import { allContents, contentsOfTarget } from './web-contents.ts';

const webContents = guard(
  {
    getAllWebContents: allContents,
    getFocusedWebContents: () => BrowserWindow.getFocusedWindow()?.webContents ?? null,
    fromId: (id: number) => allContents().find((contents) => contents.id === id),
    fromDevToolsTargetId: contentsOfTarget,
  },
  'webContents',
);

// An app whose script waits for ready at its top level never ends by itself, so the wish to wait starts Chromium too.
const whenReady = app.whenReady.bind(app);
app.whenReady = () => {
  startSoon();
  return whenReady();
};

const electron = guard(
  {
    app,
    BrowserWindow,
    clipboard,
    crashReporter,
    dialog,
    ipcMain,
    Menu,
    MenuItem,
    nativeTheme,
    net,
    Notification,
    powerMonitor,
    protocol,
    safeStorage,
    screen,
    session,
    shell,
    utilityProcess,
    webContents,
  },
  'electron',
);

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  // What require('electron') gives, to CommonJS code and to Playwright.
  electron as 'module.exports',
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
  webContents,
};

// biome-ignore lint/style/noDefaultExport: the module that this stands for has one.
export default electron;
