import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import * as z from 'zod';
import type { Log } from '../support/log.ts';
import { readPublicKey } from '../updates/manifest.ts';
import type { UpdateSource } from '../updates/updates.ts';
import { createUpdaterPort, makeStrict, tame } from './updater-port.ts';

/** What the release writes into the package's own manifest, inside of the archive. */
const packageSchema = z.object({ updates: z.object({ publicKey: z.string() }).optional() });

async function loadUpdater(log: Log) {
  const { default: library } = await import('electron-updater');
  const { autoUpdater, NsisUpdater } = library;
  tame(autoUpdater, log);
  if (autoUpdater instanceof NsisUpdater) makeStrict(autoUpdater);
  return autoUpdater;
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
  return { port: createUpdaterPort(loadUpdater(log), () => app.quit()), publicKey };
}
