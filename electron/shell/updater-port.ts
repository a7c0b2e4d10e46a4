import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AppUpdater, NsisUpdater, UpdateCheckResult } from 'electron-updater';
import type { Log } from '../support/log.ts';
import type { UpdaterPort } from '../updates/updates.ts';

type Verify = NsisUpdater['verifyUpdateCodeSignature'];

const verifierTimeoutMs = 20_000;

/** Whether the system's verifier of signatures can be run at all. */
async function canVerify(): Promise<boolean> {
  const shell = join(process.env['SystemRoot'] ?? '', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const command = 'Get-Command Get-AuthenticodeSignature -ErrorAction Stop | Out-Null; ConvertTo-Json test';
  try {
    await promisify(execFile)(shell, ['-NoProfile', '-NonInteractive', '-Command', command], {
      timeout: verifierTimeoutMs,
      windowsHide: true,
    });
    return true;
  } catch {
    return false;
  }
}

/** electron-updater takes an installer unseen where its verifier cannot be run; this refuses it there. */
function refuseUnseen(verify: Verify): Verify {
  return async (publishers, path) =>
    (await canVerify()) ? verify(publishers, path) : 'the signature of the installer could not be verified';
}

/** Switches off whatever electron-updater would do without being asked. */
export function tame(updater: AppUpdater, log: Log): void {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowPrerelease = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  // Its own words may hold addresses and paths.
  updater.logger = null;
  updater.on('error', (error) => log.warn('update.error', { reason: error.message }));
}

/** The updater of Windows, which has a signature to look at. */
export function makeStrict(updater: NsisUpdater): void {
  updater.verifyUpdateCodeSignature = refuseUnseen(updater.verifyUpdateCodeSignature);
}

/**
 * What updates need of electron-updater.
 * @param endProgram ends a program that could not be replaced: all its work is over by then, it would only look alive
 */
export function createUpdaterPort(loading: Promise<AppUpdater>, endProgram: () => void): UpdaterPort {
  // Who asks is told that it could not be loaded; until then nobody listens.
  loading.catch(() => undefined);
  let token: UpdateCheckResult['cancellationToken'];
  return {
    async check() {
      const found = await (await loading).checkForUpdates();
      if (found === null) throw new Error('the updater is not active');
      token = found.cancellationToken;
      // Nothing newer, or not meant for this installation yet.
      return found.isUpdateAvailable ? found.updateInfo : null;
    },
    async download(onPercent, ending) {
      const updater = await loading;
      const hear = ({ percent }: { readonly percent: number }) => onPercent(percent);
      const cancel = () => token?.cancel();
      updater.on('download-progress', hear);
      ending.addEventListener('abort', cancel, { once: true });
      try {
        const [path] = await updater.downloadUpdate(token);
        if (path === undefined) throw new Error('there is no installer');
        return path;
      } finally {
        updater.off('download-progress', hear);
        ending.removeEventListener('abort', cancel);
      }
    },
    install() {
      void loading
        .then((updater) => {
          updater.once('error', endProgram);
          updater.quitAndInstall(false, true);
        })
        .catch(endProgram);
    },
  };
}
