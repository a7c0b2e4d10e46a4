import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import * as z from 'zod';
import type { Log } from '../support/log.ts';
import { readPublicKey } from '../updates/manifest.ts';
import type { UpdaterPort, UpdateSource } from '../updates/updates.ts';

/** What the release writes into the package's own manifest, inside of the archive. */
const packageSchema = z.object({ updates: z.object({ publicKey: z.string() }).optional() });

/** electron-updater with everything that it would do by itself switched off. */
async function loadUpdater(log: Log) {
  const { default: library } = await import('electron-updater');
  const { autoUpdater } = library;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowPrerelease = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  // Its own words may hold addresses and paths.
  autoUpdater.logger = null;
  autoUpdater.on('error', (error) => log.warn('update.error', { reason: error.message }));
  return autoUpdater;
}

function createPort(log: Log): UpdaterPort {
  const loading = loadUpdater(log);
  // Who asks is told; until then nobody listens.
  loading.catch(() => undefined);
  return {
    async check() {
      const found = await (await loading).checkForUpdates();
      if (found === null) throw new Error('the updater is not active');
      // It answers with the manifest also where there is nothing newer, and where a staged one is not meant for this one yet.
      return found.isUpdateAvailable ? found.updateInfo : null;
    },
    async download(onPercent) {
      const updater = await loading;
      const hear = ({ percent }: { readonly percent: number }) => onPercent(percent);
      updater.on('download-progress', hear);
      try {
        const [path] = await updater.downloadUpdate();
        if (path === undefined) throw new Error('there is no installer');
        return path;
      } finally {
        updater.off('download-progress', hear);
      }
    },
    install() {
      // All work has ended by now; a program that stayed would only look alive.
      const giveUp = () => app.quit();
      void loading
        .then((updater) => {
          updater.once('error', giveUp);
          updater.quitAndInstall(false, true);
        })
        .catch(giveUp);
    },
  };
}

/** Without the publisher's name in it the updater verifies no signature on Windows, and says nothing about it. */
function namesPublisher(): boolean {
  const file = join(process.resourcesPath, 'app-update.yml');
  return /^publisherName:/m.test(readFileSync(file, 'utf8'));
}

/** Where this copy of the program gets its updates from, or why it gets none. */
export function findUpdates(bundle: string, log: Log): UpdateSource {
  if (!app.isPackaged) return { offReason: 'not-packaged' };
  if (process.platform === 'linux' && process.env['APPIMAGE'] === undefined) return { offReason: 'package-manager' };
  const manifest = packageSchema.safeParse(JSON.parse(readFileSync(join(bundle, '..', 'package.json'), 'utf8')));
  const publicKey = readPublicKey(manifest.data?.updates?.publicKey ?? '');
  if (!publicKey || !existsSync(join(process.resourcesPath, 'app-update.yml'))) return { offReason: 'no-place' };
  if (process.platform === 'win32' && !namesPublisher()) return { offReason: 'unsigned' };
  return { port: createPort(log), publicKey };
}
