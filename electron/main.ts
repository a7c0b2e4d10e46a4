import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, powerMonitor, session, shell } from 'electron';
import packageJson from '../package.json' with { type: 'json' };
import type { EventMap, EventName } from '../shared/contract/events.ts';
import type { AppError } from '../shared/errors/app-error.ts';
import type { Result } from '../shared/result.ts';
import { type App, createApp } from './app.ts';
import { describeOffer, type RestoreOffer, readRestoreOffer } from './records/restore-offer.ts';
import { restoreNow } from './records/restore-open.ts';
import { createMenus } from './shell/app-menu.ts';
import { declareAppScheme, serveApp } from './shell/app-protocol.ts';
import { createAwayNotice } from './shell/away-notice.ts';
import { chooseFileByDialog, chooseTargetByDialog } from './shell/choose-file.ts';
import { dragOut } from './shell/drag-out.ts';
import { endOnFatalErrors } from './shell/fatal-error.ts';
import { createFileLog } from './shell/file-log.ts';
import { guardAllContents, refusePermissions } from './shell/guard-contents.ts';
import { createKeychain } from './shell/keychain.ts';
import { bringToFront, openMainWindow } from './shell/main-window.ts';
import { createPageRecovery } from './shell/page-recovery.ts';
import { registerOperations } from './shell/register-operations.ts';
import { findUpdates } from './shell/updater.ts';
import { createWindowPlace } from './shell/window-place.ts';
import { systemClock } from './support/clock.ts';
import { keepHeapSmall } from './support/small-heap.ts';

const bundle = fileURLToPath(new URL('..', import.meta.url));
const rendererFolder = join(bundle, 'renderer');
const preloadFolder = join(bundle, 'preload');

const named = process.env['FAPIAO_DATA_DIR'];
if (named) app.setPath('userData', named);
const logFile = join(app.getPath('userData'), 'logs', 'main.log');
const log = createFileLog(logFile);
let closeWork = async () => {};
endOnFatalErrors({ log, logFile, close: () => closeWork() });
keepHeapSmall();
app.enableSandbox();
declareAppScheme();
guardAllContents();

function sendToWindows<Name extends EventName>(name: Name, payload: EventMap[Name]): void {
  for (const { webContents } of BrowserWindow.getAllWindows()) {
    // One whose process has gone has nobody to listen; opened again, the page asks for what it shows.
    if (!webContents.isCrashed()) webContents.send(`event:${name}`, payload);
  }
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

const offerWords = {
  restore: '恢复这个备份 / Restore this backup',
  folder: '打开数据文件夹 / Open the data folder',
  quit: '退出 / Quit',
} as const;
type OfferAnswer = keyof typeof offerWords;

/** Asks what to do about a damaged database. To quit is the default: nothing happens by an Enter too many. */
async function ask(offer: RestoreOffer): Promise<OfferAnswer> {
  const answers: readonly OfferAnswer[] = offer.newestBackup ? ['restore', 'folder', 'quit'] : ['folder', 'quit'];
  const quit = answers.indexOf('quit');
  const { zhCN, en } = describeOffer(offer);
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: '发票台 Fapiao Desk',
    message: '数据库文件已损坏 / The database file is damaged',
    detail: [zhCN, '', en, '', app.getPath('userData')].join('\n'),
    buttons: answers.map((answer) => offerWords[answer]),
    defaultId: quit,
    cancelId: quit,
    noLink: true,
  });
  return answers[response] ?? 'quit';
}

/** A damaged database is the person's to decide on: restore and start, look at the files, or quit. */
async function startOrAsk(): Promise<App | undefined> {
  const started = start();
  if (started.ok) return started.value;
  const offer = readRestoreOffer(started.error);
  if (!offer) {
    refuseToStart(started.error);
    return undefined;
  }
  const answer = await ask(offer);
  const dataFolder = app.getPath('userData');
  if (answer === 'restore' && offer.newestBackup) {
    const restored = restoreNow({ dataFolder, program: 'window', nowMs: Date.now() }, offer.newestBackup.name);
    const again = restored.ok ? start() : restored;
    if (again.ok) return again.value;
    refuseToStart(again.error);
    return undefined;
  }
  if (answer === 'folder') await shell.openPath(dataFolder);
  app.exit(1);
  return undefined;
}

const menus = createMenus((command) => sendToWindows('menu.chosen', { command }));

const awayNotice = createAwayNotice();
const recovery = createPageRecovery({ log, clock: systemClock });

/** Menus, notices and dialogs speak the language that the settings name. */
async function speakAsSettingsSay({ handlers }: Pick<App, 'handlers'>): Promise<void> {
  const settings = await handlers['settings.read']({});
  if (!settings.ok) return;
  menus.speak(settings.value.language);
  awayNotice.speak(settings.value.language);
  recovery.speak(settings.value.language);
}

let onSettingsChanged: () => void = () => undefined;

function start(): Result<App, AppError> {
  const dataFolder = app.getPath('userData');
  return createApp({
    dataFolder,
    version: packageJson.version,
    program: 'window',
    secrets: createKeychain(join(dataFolder, 'secrets.json'), log),
    clock: systemClock,
    log,
    emit: (name, payload) => {
      sendToWindows(name, payload);
      if ('ratePerMinute' in payload) awayNotice.hear(payload);
      if ('changes' in payload) awayNotice.hearArrived(payload);
      if ('moneyFen' in payload) awayNotice.hearAuthorised(payload);
      if ('kind' in payload && payload.kind === 'settings') onSettingsChanged();
    },
    resourcesFolder: join(bundle, '..', 'resources'),
    licencesFile: join(bundle, 'main', 'licences.json'),
    updates: { source: findUpdates(bundle, log), endProgram: () => app.quit() },
    chooseFile: chooseFileByDialog,
    // It answers with a sentence about what went wrong, and with none where nothing did.
    openFolder: async (path) => (await shell.openPath(path)) === '',
    chooseTarget: chooseTargetByDialog,
    dragOut,
  });
}

async function run(): Promise<void> {
  await app.whenReady();
  serveApp(session.defaultSession, rendererFolder);
  refusePermissions(session.defaultSession);
  const started = await startOrAsk();
  if (!started) return;
  closeWork = started.close;
  registerOperations(started);
  onSettingsChanged = () => void speakAsSettingsSay(started);
  await speakAsSettingsSay(started);
  const place = createWindowPlace(app.getPath('userData'), log);
  const openWindow = async () => menus.attach(await openMainWindow(preloadFolder, place, recovery));
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    // What is on the wire is awaited and its outcome written before the program ends.
    event.preventDefault();
    void started.close().finally(() => {
      closed = true;
      if (!started.installUpdate()) app.quit();
    });
  });
  app.on('second-instance', bringToFront);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow();
  });
  app.on('window-all-closed', () => app.quit());
  await openWindow();
  // A computer that slept does not know for how long its connections have been dead.
  powerMonitor.on('resume', () => void started.followRelays());
  await started.followRelays();
  started.watchOrders();
  started.lookForUpdates();
}

if (app.requestSingleInstanceLock()) await run();
else app.exit(0);
