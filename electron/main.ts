import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, session } from 'electron';
import packageJson from '../package.json' with { type: 'json' };
import type { eventNames } from '../shared/contract/events.ts';
import type { AppError } from '../shared/errors/app-error.ts';
import { type App, createApp } from './app.ts';
import { declareAppScheme, serveApp } from './shell/app-protocol.ts';
import { chooseFileByDialog } from './shell/choose-file.ts';
import { createFileLog } from './shell/file-log.ts';
import { guardAllContents, refusePermissions } from './shell/guard-contents.ts';
import { createKeychain } from './shell/keychain.ts';
import { openMainWindow } from './shell/main-window.ts';
import { registerOperations } from './shell/register-operations.ts';
import { systemClock } from './support/clock.ts';

const bundle = fileURLToPath(new URL('..', import.meta.url));
const rendererFolder = join(bundle, 'renderer');
const preloadFolder = join(bundle, 'preload');

const named = process.env['FAPIAO_DATA_DIR'];
if (named) app.setPath('userData', named);
app.enableSandbox();
declareAppScheme();
guardAllContents();

function sendToWindows(name: (typeof eventNames)[number], payload: unknown): void {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(`event:${name}`, payload);
}

/** A data folder that cannot be used ends the start with its reason; nothing is deleted or repaired behind one's back. */
function refuseToStart(error: AppError): void {
  dialog.showErrorBox(
    '发票台 Fapiao Desk',
    [error.text.zhCN, error.nextStep.zhCN, '', error.text.en, error.nextStep.en, '', app.getPath('userData')].join(
      '\n',
    ),
  );
  app.exit(1);
}

function start(): App | undefined {
  const dataFolder = app.getPath('userData');
  const log = createFileLog(join(dataFolder, 'logs', 'main.log'));
  const created = createApp({
    dataFolder,
    version: packageJson.version,
    program: 'window',
    secrets: createKeychain(join(dataFolder, 'secrets.json'), log),
    clock: systemClock,
    log,
    emit: sendToWindows,
    chooseFile: chooseFileByDialog,
  });
  if (created.ok) return created.value;
  refuseToStart(created.error);
  return undefined;
}

async function run(): Promise<void> {
  await app.whenReady();
  serveApp(session.defaultSession, rendererFolder);
  refusePermissions(session.defaultSession);
  const started = start();
  if (!started) return;
  registerOperations(started);
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    // What is on the wire is awaited and its outcome written before the program ends.
    event.preventDefault();
    void started.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openMainWindow(preloadFolder);
  });
  app.on('window-all-closed', () => app.quit());
  await openMainWindow(preloadFolder);
}

if (app.requestSingleInstanceLock()) await run();
else app.exit(0);
