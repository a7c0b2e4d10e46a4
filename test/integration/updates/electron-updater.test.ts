import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import library from 'electron-updater';
import { expect, onTestFinished, test } from 'vitest';
import { createUpdaterPort, makeStrict, tame } from '../../../electron/shell/updater-port.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import { createUpdates } from '../../../electron/updates/updates.ts';
import { createTempFolder } from '../../support/temp-folder.ts';
import { installerBytes, releaseKey, signedRelease } from '../../support/update-release.ts';

const builder = createRequire(import.meta.resolve('electron-builder'));
// The writer of electron-builder's manifests, and its client that needs no Electron. None of the three is public.
const yaml = builder('js-yaml') as { readonly dump: (value: unknown) => string };
const { httpExecutor } = builder('builder-util/out/nodeHttpExecutor') as { readonly httpExecutor: Client };
const runtime = builder('builder-util-runtime') as {
  readonly configureRequestUrl: (url: URL, request: object) => void;
};

interface Client {
  readonly doDownload: (request: object, task: object, redirects: number) => void;
}
type Settle = (resolve: (path: string) => void, reject: (error: Error) => void, onCancel: unknown) => void;
interface DownloadOptions {
  readonly headers?: object;
  readonly cancellationToken: { readonly createPromise: (work: Settle) => Promise<string> };
}

/** As electron-updater's own client downloads, with Node's network in place of Electron's. */
function download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
  return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
    const request = { headers: options.headers };
    runtime.configureRequestUrl(url, request);
    const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
    httpExecutor.doDownload(request, { destination, options, onCancel, callback, responseHandler: null }, 0);
  });
}

const now = Date.parse('2026-12-01T00:00:00.000Z');

interface PlaceOptions {
  readonly manifest?: object;
  readonly installer?: Buffer;
  readonly publisher?: string;
  readonly isStrict?: boolean;
}

/** A place of updates on loopback, and electron-updater's part for Windows in a program of version 1.4.2 that looks there. */
async function createPlace({ manifest = signedRelease(), installer = installerBytes, ...options }: PlaceOptions = {}) {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (path === '/latest.yml') response.end(yaml.dump(manifest));
    else if (path.endsWith('.exe')) response.setHeader('content-length', installer.length).end(installer);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // listens on TCP
  const folder = createTempFolder();
  const configFile = join(folder, 'app-update.yml');
  const url = `http://127.0.0.1:${port}`;
  const publisherName = options.publisher === undefined ? {} : { publisherName: [options.publisher] };
  writeFileSync(configFile, yaml.dump({ provider: 'generic', url, updaterCacheDirName: 'fapiao', ...publisherName }));
  mkdirSync(join(folder, 'user'));
  const updater = new library.NsisUpdater(null, {
    version: '1.4.2',
    name: 'fapiao-desk',
    isPackaged: true,
    appUpdateConfigPath: configFile,
    userDataPath: join(folder, 'user'),
    baseCachePath: join(folder, 'cache'),
    whenReady: async () => {},
    relaunch: () => {},
    quit: () => {},
    onQuit: () => {},
  });
  // Neither is part of its types: the client, and the system whose manifest it looks for.
  Object.assign(updater, {
    httpExecutor: Object.assign(httpExecutor, { download }),
    _testOnlyOptions: { platform: 'win32' },
  });
  const log = createMemoryLog();
  tame(updater, log);
  updater.disableDifferentialDownload = true;
  if (options.isStrict !== false) makeStrict(updater);
  const updaterPort = createUpdaterPort(Promise.resolve(updater), () => {});
  const updates = createUpdates({
    source: { port: updaterPort, publicKey: releaseKey.publicKey },
    current: '1.4.2',
    clock: { now: () => now },
    log,
    isBusy: () => false,
    ending: new AbortController().signal,
    changed: () => {},
    endProgram: () => {},
  });
  return { updates, log };
}

test('what is signed goes through electron-updater whole, and its installer comes down verified', async () => {
  const { updates } = await createPlace();
  expect(await updates.check()).toMatchObject({ ok: true, value: { stage: 'offered', offered: { version: '1.5.0' } } });
  expect(await updates.download()).toMatchObject({ ok: true, value: { stage: 'ready', percent: 100 } });
});

test('a manifest that was changed on its way is refused although electron-updater took it', async () => {
  const other = Buffer.from('MZ another program');
  const [file] = signedRelease().files;
  const sha512 = createHash('sha512').update(other).digest('base64');
  const manifest = { ...signedRelease(), files: [{ ...file, sha512, size: other.length }], sha512 };
  const { updates } = await createPlace({ manifest, installer: other });
  expect(await updates.check()).toMatchObject({ ok: false, error: { details: { reason: 'signature' } } });
});

test('an installer that is another than its manifest says is not taken', async () => {
  const { updates } = await createPlace({ installer: Buffer.concat([installerBytes.subarray(1), Buffer.from('!')]) });
  await updates.check();
  expect(await updates.download()).toMatchObject({ ok: false });
  expect(updates.read().stage).not.toBe('ready');
});

test('an older release, and one whose turn has not come, are none', async () => {
  const older = await createPlace({ manifest: signedRelease({ version: '1.4.1' }) });
  expect(await older.updates.check()).toMatchObject({ ok: true, value: { stage: 'idle', offered: null } });
  const staged = await createPlace({ manifest: { ...signedRelease(), stagingPercentage: 0 } });
  expect(await staged.updates.check()).toMatchObject({ ok: true, value: { stage: 'idle', offered: null } });
});

test.skipIf(process.platform === 'win32')('an installer whose signature cannot be looked at is refused', async () => {
  const strict = await createPlace({ publisher: 'Fapiao Desk' });
  await strict.updates.check();
  expect(await strict.updates.download()).toMatchObject({ ok: false, error: { code: 'update.unreached' } });
  // The library alone takes it: that is what the strictness is for.
  const careless = await createPlace({ publisher: 'Fapiao Desk', isStrict: false });
  await careless.updates.check();
  expect(await careless.updates.download()).toMatchObject({ ok: true });
});
