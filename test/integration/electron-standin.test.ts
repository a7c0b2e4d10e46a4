import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium } from '../support/electron/find-chromium.ts';
import { fixtureFolder, launchFixture, makeHome, readSeen } from '../support/electron/fixture/launch-fixture.ts';
import { standInPath } from '../support/electron/stand-in-path.ts';

type Bridge = {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  sync(channel: string): unknown;
  pathOf(file: unknown): string;
  add(a: number, b: number): number;
  fail(): void;
  callBack(callback: (value: unknown) => unknown): unknown;
  later(value: unknown): Promise<unknown>;
  values: { list: number[]; nested: { deep: boolean } };
  platform: string;
  refused: string;
};
declare global {
  interface Window {
    bridge: Bridge;
    steps: unknown[];
    stopProgress(): void;
  }
}

const home = makeHome();
const dropped = path.join(home, '发票 1.pdf');
let app: ElectronApplication;
let page: Page;
let userData: string;

beforeAll(async () => {
  fs.writeFileSync(dropped, '%PDF-1.7');
  ({ app, page, userData } = await launchFixture(home));
});

afterAll(async () => {
  await app.close();
  fs.rmSync(home, { recursive: true, force: true });
});

/** Runs in the page; gives the message of what it throws. */
function messageOf(run: () => unknown): Promise<string> {
  const source = `(async () => { try { await (${run.toString()})(); return 'nothing was thrown'; } catch (error) { return error.message; } })()`;
  return page.evaluate(source);
}

/** Playwright hears of a navigation by a way of its own, so it is waited for on both. */
async function loadStart(): Promise<void> {
  const loaded = page.waitForEvent('load');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://fixture/index.html'));
  await loaded;
}

async function drop(file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator('#drop').boundingBox();
  if (!box) throw new Error('nowhere to drop');
  const place = { x: box.x + 20, y: box.y + 5, data: { items: [], files: [file], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...place });
  }
}

describe('the two worlds of a page', () => {
  it('shows the page what the preload exposes and nothing else of it', async () => {
    const found = await page.evaluate(() => {
      const names = ['ofThePreload', 'require', 'process', 'module', 'ipcRenderer', 'Buffer'];
      const leaked = Object.getOwnPropertyNames(window).filter((name) => /stand-?in|^_[0-9a-f]{16}/i.test(name));
      return { seen: names.filter((name) => name in window), leaked, sum: window.bridge.add(2, 3) };
    });
    expect(found).toEqual({ seen: [], leaked: [], sum: 5 });
  });

  it('gives the preload no module but electron', async () => {
    expect(await page.evaluate(() => window.bridge.refused)).toBe('module not found: node:fs');
  });

  it('makes the exposed API unchangeable, all the way down', async () => {
    const found = await page.evaluate(() => {
      const { bridge } = window;
      const attempts = [
        () => Object.assign(window, { bridge: 1 }),
        () => Object.assign(bridge, { add: 1 }),
        () => bridge.values.list.push(3),
        () => Object.assign(bridge.values.nested, { deep: false }),
      ];
      const kept = attempts.filter((attempt) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      });
      return { kept: kept.length, deleted: Reflect.deleteProperty(window, 'bridge'), same: window.bridge === bridge };
    });
    expect(found).toEqual({ kept: 4, deleted: false, same: true });
  });

  it('carries calls, callbacks and promises between the worlds', async () => {
    const found = await page.evaluate(async () => [
      window.bridge.callBack((value) => JSON.stringify(value)),
      await window.bridge.later(new Map([[1, 'one']])).then((map) => (map as Map<number, string>).get(1)),
      window.bridge.platform,
    ]);
    expect(found).toEqual(['{"from":"preload"}', 'one', process.platform]);
  });

  it('carries errors as errors of the other world, with nothing but their message', async () => {
    const found = await page.evaluate(() => {
      try {
        return window.bridge.fail();
      } catch (error) {
        return [error instanceof Error, error instanceof RangeError, (error as Error).message];
      }
    });
    expect(found).toEqual([true, false, 'too far']);
  });

  it('refuses a symbol', async () => {
    expect(await messageOf(() => window.bridge.callBack(() => Symbol('no')))).toBe('An object could not be cloned.');
  });

  it('says so when the preload uses what is not modelled', async () => {
    const message = await messageOf(() => window.bridge.sync('x'));
    expect(message).toBe('stand-in: electron.ipcRenderer.sendSync is not modelled');
  });
});

describe('calls from the page to the main process', () => {
  it('keep the types that structured clone keeps, both ways', async () => {
    const found = await page.evaluate(async () => {
      const circular: { self?: unknown } = {};
      circular.self = circular;
      const shared = { once: true };
      const sent = {
        date: new Date(5),
        map: new Map([[{ key: 1 }, new Set([2])]]),
        bytes: new Uint8Array([1, 2, 255]),
        floats: new Float64Array([1.5]),
        buffer: new Uint8Array([9, 8]).buffer,
        big: 12345678901234567890n,
        expression: /a+/gi,
        error: new RangeError('far'),
        circular,
        pair: [shared, shared],
        tricky: { $: 'undefined', nested: { $: 'ref', v: 0 } },
      };
      const got = (await window.bridge.invoke('echo', sent)) as typeof sent;
      const [entry] = [...got.map];
      const odd = (await window.bridge.invoke('echo', [
        undefined,
        Number.NaN,
        -0,
        Number.NEGATIVE_INFINITY,
        null,
      ])) as unknown[];
      return {
        tags: Object.values(got).map((value) => Object.prototype.toString.call(value).slice(8, -1)),
        date: got.date.getTime(),
        map: entry ? [entry[0].key, entry[1].has(2)] : [],
        bytes: [...got.bytes],
        floats: [...got.floats],
        buffer: [...new Uint8Array(got.buffer)],
        big: String(got.big),
        expression: String(got.expression),
        error: [got.error.constructor.name, got.error.message],
        circular: got.circular.self === got.circular,
        pair: got.pair[0] === got.pair[1],
        tricky: JSON.stringify(got.tricky),
        odd: odd.map((value) => (Object.is(value, -0) ? '-0' : String(value))),
      };
    });
    expect(found).toEqual({
      tags: [
        'Date',
        'Map',
        'Uint8Array',
        'Float64Array',
        'ArrayBuffer',
        'BigInt',
        'RegExp',
        'Error',
        'Object',
        'Array',
        'Object',
      ],
      date: 5,
      map: [1, true],
      bytes: [1, 2, 255],
      floats: [1.5],
      buffer: [9, 8],
      big: '12345678901234567890',
      expression: '/a+/gi',
      // Between the worlds an error keeps its message only, as with contextBridge.
      error: ['Error', 'far'],
      circular: true,
      pair: true,
      tricky: '{"$":"undefined","nested":{"$":"ref","v":0}}',
      odd: ['undefined', 'NaN', '-0', '-Infinity', 'null'],
    });
  });

  it('bring a Buffer as a Uint8Array and a million bytes whole', async () => {
    const found = await page.evaluate(async () => {
      const small = (await window.bridge.invoke('buffer')) as Uint8Array;
      const big = (await window.bridge.invoke('echo', new Uint8Array(1_000_000).fill(7))) as Uint8Array;
      return [small.constructor.name, [...small], big.length, big.every((byte) => byte === 7)];
    });
    expect(found).toEqual(['Uint8Array', [7, 8, 9], 1_000_000, true]);
  });

  it('fail as Electron says it', async () => {
    expect(await messageOf(() => window.bridge.invoke('fail'))).toBe(
      "Error invoking remote method 'fail': TypeError: 坏了",
    );
    expect(await messageOf(() => window.bridge.invoke('nobody'))).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
    expect(await messageOf(() => window.bridge.invoke('uncloneable'))).toBe(
      "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
    );
  });

  it('refuse arguments that cannot be cloned before they leave the page', async () => {
    expect(await messageOf(() => window.bridge.invoke('echo', { method() {} }))).toBe('An object could not be cloned.');
  });

  it('name the frame they come from with the address of the app’s own scheme', async () => {
    expect(await page.evaluate(() => window.bridge.invoke('whoami'))).toEqual({
      url: 'app://fixture/index.html',
      origin: 'app://fixture',
      noParent: true,
      isTop: true,
      ownWindow: true,
    });
  });

  it('get messages back in order, until the listener is removed', async () => {
    await page.evaluate(() => window.bridge.invoke('job'));
    expect(await page.evaluate(() => window.steps)).toEqual([1, 2, 3]);
    await page.evaluate(() => window.bridge.send('message', 4));
    await page.waitForFunction(() => window.steps.length === 4);
    await page.evaluate(() => window.stopProgress());
    await page.evaluate(() => window.bridge.invoke('job'));
    expect(await page.evaluate(() => window.steps)).toEqual([1, 2, 3, 4]);
    expect((await readSeen(app)).messages).toEqual([4]);
  });

  it('can be refused by a handler that is removed and replaced', async () => {
    const refused = await app.evaluate(({ ipcMain }) => {
      try {
        ipcMain.handle('echo', () => 'second');
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(refused).toBe("Attempted to register a second handler for 'echo'");
  });
});

describe('files', () => {
  it('dropped on the page are found by webUtils at their true path', async () => {
    await drop(dropped);
    await page.getByText(`${dropped} 8`).waitFor();
    expect(await page.locator('#drop').textContent()).toBe(`${dropped} 8`);
  });

  it('chosen in an input are found at their true path, and one made by the page has none', async () => {
    await page.getByLabel('文件').setInputFiles(dropped);
    const found = await page.evaluate(() => {
      const [file] = (document.getElementById('file') as HTMLInputElement).files ?? [];
      return [window.bridge.pathOf(file), window.bridge.pathOf(new File(['x'], 'made.txt'))];
    });
    expect(found).toEqual([dropped, '']);
  });

  it('that are no files at all are refused', async () => {
    expect(await messageOf(() => window.bridge.pathOf({ name: 'x' }))).toContain('expected to receive a File object');
  });
});

describe('the app’s own scheme', () => {
  it('is served by protocol.handle, with method and body', async () => {
    const text = await page.evaluate(() => fetch('/echo?q=1', { method: 'POST', body: '正文' }).then((r) => r.text()));
    expect(text).toBe('POST app://fixture/echo?q=1 正文');
  });

  it('gives what the handler gives for an unknown address', async () => {
    const found = await page.evaluate(() => fetch('/nothing').then(async (r) => [r.status, await r.text()]));
    expect(found).toEqual([404, '没有']);
  });

  it('carries the content security policy', async () => {
    const found = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.inline = true';
      document.head.append(script);
      const outside = await fetch('https://example.invalid/').then(
        () => 'fetched',
        () => 'blocked',
      );
      return ['inline' in window, outside];
    });
    expect(found).toEqual([false, 'blocked']);
  });

  it('serves module workers and what they fetch', async () => {
    const found = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const worker = new Worker('worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data);
        }),
    );
    expect(found).toEqual([42, 'POST app://fixture/echo 体']);
  });

  it('is a secure context', async () => {
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
  });
});

describe('navigation', () => {
  const heading = () => page.evaluate(() => document.querySelector('h1')?.textContent);

  it('away from the app is stopped when will-navigate is prevented', async () => {
    await page.evaluate(() => {
      Object.assign(window, { before: true });
      location.href = 'https://example.invalid/script';
    });
    await vi.waitFor(async () => expect((await readSeen(app)).navigations).toContain('https://example.invalid/script'));
    await page.locator('#outside').click({ noWaitAfter: true });
    await vi.waitFor(async () =>
      expect((await readSeen(app)).navigations).toContain('https://example.invalid/outside'),
    );
    expect(await page.evaluate(() => 'before' in window)).toBe(true);
    expect(await heading()).toBe('发票台');
  });

  it('by a redirect away from the app is stopped when will-redirect is prevented', async () => {
    await page.locator('#away').click({ noWaitAfter: true });
    await vi.waitFor(async () => expect((await readSeen(app)).redirects).toEqual(['https://example.invalid/']));
    expect(await heading()).toBe('发票台');
  });

  it('of a frame inside the page is asked about with will-frame-navigate', async () => {
    const addFrame = (address: string) =>
      page.evaluate((src) => {
        const frame = Object.assign(document.createElement('iframe'), { src });
        document.body.append(frame);
      }, address);
    await addFrame('second.html?forbidden');
    await addFrame('second.html?allowed');
    await page.frameLocator('iframe[src$=allowed]').getByRole('heading', { name: '第二页' }).waitFor();
    const { frameNavigations, served } = await readSeen(app);
    const address = 'app://fixture/second.html';
    expect(frameNavigations).toEqual([`${address}?forbidden`, `${address}?allowed`]);
    expect(served.filter((url) => url.startsWith(address))).toEqual([`${address}?allowed`]);
    await page.evaluate(() => {
      for (const frame of document.querySelectorAll('iframe')) frame.remove();
    });
  });

  it('to a new window is denied by the open handler: window.open gives null, and no page comes', async () => {
    const windows: Page[] = [];
    app.on('window', (window) => windows.push(window));
    const opened = await page.evaluate(() => window.open('https://example.invalid/opened', 'name'));
    expect(opened).toBe(null);
    await page.locator('#blank').click({ noWaitAfter: true });
    const calls = () => app.evaluate(({ shell }) => (shell as unknown as { standInCalls: unknown[] }).standInCalls);
    await vi.waitFor(async () =>
      expect(await calls()).toEqual([
        { method: 'openExternal', target: 'https://example.invalid/opened' },
        { method: 'openExternal', target: 'https://example.invalid/blank' },
      ]),
    );
    expect(windows).toEqual([]);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('to a new window that the open handler allows makes a BrowserWindow', async () => {
    const coming = app.waitForEvent('window');
    await page.locator('#popup').click({ noWaitAfter: true });
    const second = await coming;
    await second.getByRole('heading', { name: '第二页' }).waitFor();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2);
    expect(await second.evaluate(() => window.bridge.invoke('whoami'))).toMatchObject({
      url: 'app://fixture/second.html',
    });
    // Listening must have begun before the window is closed, so it is waited for by itself.
    await app.evaluate(({ BrowserWindow }) => {
      const heard: string[] = [];
      const window = BrowserWindow.getAllWindows()[1];
      const closed = new Promise((resolve) => window?.once('closed', () => resolve([...heard, 'closed'])));
      window?.once('close', () => heard.push('close'));
      Object.assign(globalThis, { closed });
    });
    // As when a person closes the browser's window, without the app being asked.
    const session = await second.context().newCDPSession(second);
    await session.send('Page.close');
    const closed = await app.evaluate(() => (globalThis as unknown as { closed: Promise<unknown> }).closed);
    expect(closed).toEqual(['close', 'closed']);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('inside the app is allowed, and a reload runs the preload again', async () => {
    await page.locator('#inside').click();
    await page.getByRole('heading', { name: '第二页' }).waitFor();
    await page.reload();
    expect(await page.evaluate(() => window.bridge.invoke('whoami'))).toMatchObject({
      url: 'app://fixture/second.html',
    });
    await loadStart();
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getURL())).toBe(
      'app://fixture/index.html',
    );
    expect(await page.evaluate(() => window.bridge.add(1, 1))).toBe(2);
  });

  it('to what nothing answers rejects loadURL', async () => {
    const message = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.loadURL('other://nowhere/')
        .catch((error: Error) => error.message),
    );
    expect(message).toMatch(/^ERR_.* loading 'other:\/\/nowhere\/'$/);
    await loadStart();
  });
});

describe('permissions', () => {
  it('are decided by the session’s handlers', async () => {
    const found = await page.evaluate(async () => {
      const position = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code),
        ),
      );
      const media = await navigator.mediaDevices.getUserMedia({ video: true }).catch((error: Error) => error.name);
      const screen = await navigator.mediaDevices.getDisplayMedia().catch((error: Error) => error.name);
      return { position, media, screen, notifications: await Notification.requestPermission() };
    });
    expect(found).toEqual({
      position: 1,
      media: 'NotAllowedError',
      screen: 'NotAllowedError',
      notifications: 'granted',
    });
    expect((await readSeen(app)).permissions).toEqual([
      'geolocation app://fixture/index.html',
      'media app://fixture/index.html',
      'notifications app://fixture/index.html',
    ]);
  });

  it('are told by the check handler when the page only asks', async () => {
    const found = await page.evaluate(async () => {
      const state = async (name: PermissionName) => (await navigator.permissions.query({ name })).state;
      return [await state('geolocation'), await state('notifications')];
    });
    expect(found).toEqual(['denied', 'granted']);
  });
});

describe('the main process', () => {
  it('sees itself as Electron, unpackaged, with its own paths', async () => {
    const found = await app.evaluate(({ app: self }) => ({
      names: [self.getName(), self.getVersion(), self.isPackaged, self.getLocale()],
      paths: [self.getAppPath(), self.getPath('userData'), self.getPath('downloads')],
      versions: [Boolean(process.versions['electron']), (process as unknown as { type: string }).type],
    }));
    expect(found).toEqual({
      names: ['Stand-in Fixture', '1.2.3', false, 'zh-CN'],
      paths: [path.resolve(fixtureFolder), userData, path.join(home, 'Downloads')],
      versions: [true, 'browser'],
    });
  });

  it('throws on everything that is not modelled, and never answers undefined', async () => {
    const found = await app.evaluate((electron) => {
      const window = electron.BrowserWindow.getAllWindows()[0];
      if (!window) return [];
      const attempts: (() => unknown)[] = [
        () => (electron as unknown as { Tray: unknown }).Tray,
        () => electron.app.getGPUFeatureStatus(),
        () => electron.net.fetch('https://example.invalid/'),
        () => electron.utilityProcess.fork('x.js'),
        () => window.setOpacity(0.5),
        () => window.webContents.print(),
        () => window.webContents.mainFrame.processId,
        () => electron.session.fromPartition('x'),
        () => electron.BrowserWindow.fromBrowserView,
        () => electron.app.on('gpu-info-update' as never, () => {}),
        () => Object.assign(electron.nativeTheme, { themeSorce: 'dark' }),
      ].map((attempt) => attempt as () => unknown);
      return attempts.map((attempt) => {
        try {
          return `no error: ${String(attempt())}`;
        } catch (error) {
          return (error as Error).message;
        }
      });
    });
    expect(found).toHaveLength(11);
    for (const message of found) expect(message).toMatch(/^stand-in: .*electron|^stand-in: \S+ is not modelled$/);
  });

  it('has windows with bounds, states, focus and titles', async () => {
    const found = await app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (!window) return null;
      const heard: string[] = [];
      for (const name of ['maximize', 'unmaximize', 'minimize', 'restore', 'resize'] as const) {
        window.on(name as 'maximize', () => heard.push(name));
      }
      window.setBounds({ x: 10, y: 20, width: 900, height: 650 });
      window.maximize();
      const maximized = [window.isMaximized(), window.getNormalBounds().width];
      window.minimize();
      const minimized = window.isMinimized();
      window.restore();
      window.unmaximize();
      window.setTitle('标题');
      const focus = [window.isVisible(), BrowserWindow.getFocusedWindow() === window];
      return { heard, maximized, minimized, bounds: window.getBounds(), title: window.getTitle(), focus };
    });
    expect(found).toEqual({
      heard: ['resize', 'maximize', 'minimize', 'restore', 'unmaximize'],
      maximized: [true, 900],
      minimized: true,
      bounds: { x: 10, y: 20, width: 900, height: 650 },
      title: '标题',
      focus: [true, true],
    });
    await page.waitForFunction(() => innerWidth === 900 && innerHeight === 650);
  });

  it('finds the window of a Playwright page', async () => {
    const window = await app.browserWindow(page);
    expect(await window.evaluate((found) => found.webContents.getURL())).toBe('app://fixture/index.html');
  });

  it('zooms the page', async () => {
    const setZoom = (factor: number) =>
      app.evaluate(({ webContents }, wanted) => webContents.getAllWebContents()[0]?.setZoomFactor(wanted), factor);
    await setZoom(1.5);
    await page.waitForFunction(() => innerWidth === 600);
    await setZoom(1);
    await page.waitForFunction(() => innerWidth === 900);
  });

  it('prints PDF, takes pictures and runs scripts', async () => {
    const found = await app.evaluate(async ({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      if (!contents) return null;
      const pdf = await contents.printToPDF({ pageSize: 'A4' });
      const picture = await contents.capturePage();
      const failure = await contents
        .executeJavaScript('Promise.reject(new Error("no"))')
        .catch((error: Error) => error.message);
      const title = await contents.executeJavaScript('document.title');
      return [
        pdf.subarray(0, 5).toString(),
        picture.toPNG().subarray(1, 4).toString(),
        picture.getSize().width,
        title,
        failure,
      ];
    });
    expect(found?.slice(0, 4)).toEqual(['%PDF-', 'PNG', 900, '发票台']);
    expect(found?.[4]).toContain('Error: no');
  });

  it('turns the page dark with nativeTheme', async () => {
    const dark = await app.evaluate(({ nativeTheme }) => {
      let updated = false;
      nativeTheme.once('updated', () => {
        updated = true;
      });
      nativeTheme.themeSource = 'dark';
      return [nativeTheme.shouldUseDarkColors, updated];
    });
    expect(dark).toEqual([true, true]);
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await page.waitForFunction(() => !matchMedia('(prefers-color-scheme: dark)').matches);
  });

  it('cancels dialogs, unless a test answers them', async () => {
    const pick = () => page.evaluate(() => window.bridge.invoke('pick'));
    expect(await pick()).toEqual({ canceled: true, filePaths: [] });
    await app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/somewhere/票.pdf'] });
    });
    expect(await pick()).toEqual({ canceled: false, filePaths: ['/somewhere/票.pdf'] });
  });

  it('has menus whose items can be found and clicked', async () => {
    const found = await app.evaluate(({ Menu }) => {
      let clicks = 0;
      const menu = Menu.buildFromTemplate([{ label: '点', id: 'one', click: () => clicks++ }, { type: 'separator' }]);
      menu.getMenuItemById('one')?.click();
      return [clicks, menu.items[1]?.type, Menu.getApplicationMenu()?.getMenuItemById('quit')?.role];
    });
    expect(found).toEqual([1, 'separator', 'quit']);
  });

  it('records notifications and keeps a clipboard of its own', async () => {
    const found = await app.evaluate(async ({ Notification, clipboard }) => {
      new Notification({ title: '完成' }).show();
      const shown = (Notification as unknown as { standInShown: { title: string }[] }).standInShown;
      const before = await clipboard.readText();
      await clipboard.writeText('复制');
      return [shown.map(({ title }) => title), before, await clipboard.readText()];
    });
    expect(found).toEqual([['完成'], 'system', '复制']);
  });

  it('keeps secrets as the keyring allows', async () => {
    const found = await app.evaluate(async ({ safeStorage }) => {
      const use = async (keyring: string) => {
        process.env['STANDIN_KEYRING'] = keyring;
        const states = [safeStorage.isEncryptionAvailable(), await safeStorage.isAsyncEncryptionAvailable()];
        return [safeStorage.getSelectedStorageBackend(), ...states];
      };
      const unavailable = await use('unavailable');
      const failed = await safeStorage.encryptStringAsync('x').catch((error: Error) => error.message);
      const plain = await use('basic_text');
      const good = await use('ok');
      const secret = await safeStorage.encryptStringAsync('密钥');
      const damaged = Buffer.from(secret);
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      const refused = await safeStorage.decryptStringAsync(damaged).catch((error: Error) => error.message);
      const back = [await safeStorage.decryptStringAsync(secret), safeStorage.decryptString(secret)];
      return { unavailable, failed, plain, good, back, hidden: !secret.includes('密钥'), refused };
    });
    expect(found).toEqual({
      unavailable: ['basic_text', false, false],
      failed: expect.stringContaining('Encryption is not available'),
      plain: ['basic_text', false, false],
      good: ['gnome_libsecret', true, true],
      back: [{ result: '密钥', shouldReEncrypt: false }, '密钥'],
      hidden: true,
      refused: 'Error while decrypting the ciphertext provided to safeStorage.decryptString.',
    });
  });
});

/** Chromium processes whose profile belongs to the given stand-in. */
function browsersOf(pid: number | undefined): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(`electron-stand-in-${pid}-`) && !/^\s*\d+\s+Z/.test(line));
}

function startByHand(userFolder: string, ...args: string[]): ChildProcess {
  const env = { ...process.env, STANDIN_HOME: userFolder, STANDIN_HEADLESS: '1' };
  return spawn(standInPath(), ['.', `--user-data-dir=${userFolder}/data`, ...args], {
    cwd: fixtureFolder,
    env,
    stdio: 'pipe',
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

describe('beginning and end', () => {
  it('tells a second instance from the first, which hears of it', async () => {
    const second = spawn(standInPath(), ['.', `--user-data-dir=${userData}`, 'invoice://二'], {
      cwd: fixtureFolder,
      stdio: 'pipe',
    });
    const output: Buffer[] = [];
    second.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    expect(await exitOf(second)).toBe(0);
    expect(Buffer.concat(output).toString()).toBe('second instance\n');
    await vi.waitFor(async () => expect((await readSeen(app)).secondInstances).toHaveLength(1));
    const [told] = (await readSeen(app)).secondInstances;
    expect(told).toEqual({
      last: 'invoice://二',
      workingDirectory: path.resolve(fixtureFolder),
      data: { from: second.pid },
    });
  });

  it('quits in good order when the last window is closed, and lets the same data be used again', async () => {
    const own = makeHome();
    const first = await launchFixture(own);
    const { pid } = first.app.process();
    const gone = exitOf(first.app.process());
    await first.page.close();
    expect(await gone).toBe(0);
    expect(fs.readFileSync(path.join(first.userData, 'quit.txt'), 'utf8')).toBe('in good order');
    expect(browsersOf(pid)).toEqual([]);
    const again = await launchFixture(own);
    expect(await again.app.evaluate(({ app: self }) => self.hasSingleInstanceLock())).toBe(true);
    await again.app.close();
    fs.rmSync(own, { recursive: true, force: true });
  });

  it('tells the app of a page that crashed, which can be loaded again', async () => {
    const own = makeHome();
    const crashing = await launchFixture(own);
    const gone = crashing.app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      return new Promise((resolve) =>
        contents?.once('render-process-gone', (_event, { reason }) => resolve([reason, contents.isCrashed()])),
      );
    });
    const session = await crashing.page.context().newCDPSession(crashing.page);
    // Its answer never comes from a page that is no more.
    session.send('Page.crash').catch(() => {});
    expect(await gone).toEqual(['crashed', true]);
    const again = await crashing.app.evaluate(async ({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      await contents?.loadURL('app://fixture/second.html');
      return [contents?.isCrashed(), await contents?.executeJavaScript('window.bridge.add(1, 2)')];
    });
    expect(again).toEqual([false, 3]);
    await crashing.app.close();
    fs.rmSync(own, { recursive: true, force: true });
  });

  it('does not quit while a window or before-quit prevents it', async () => {
    const found = await app.evaluate(({ app: self, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.once('close', (event) => event.preventDefault());
      self.quit();
      self.once('before-quit', (event) => event.preventDefault());
      self.quit();
      return window?.isDestroyed();
    });
    expect(found).toBe(false);
    expect(await page.evaluate(() => window.bridge.add(1, 1))).toBe(2);
  });

  it('starts again after relaunch and exit', async () => {
    const own = makeHome();
    const first = await launchFixture(own);
    const gone = exitOf(first.app.process());
    await first.app
      .evaluate(({ app: self }, data) => {
        self.relaunch({ args: ['.', `--user-data-dir=${data}`, '--relaunched'] });
        self.exit(7);
      }, first.userData)
      .catch(() => {});
    expect(await gone).toBe(7);
    const trace = path.join(first.userData, 'relaunched.txt');
    await vi.waitFor(() => expect(fs.readFileSync(trace, 'utf8')).toContain('--relaunched'), { timeout: 10_000 });
    fs.rmSync(own, { recursive: true, force: true });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no browser behind after %s', async (signal) => {
    const own = makeHome();
    const child = startByHand(own);
    await vi.waitFor(() => expect(browsersOf(child.pid).length).toBeGreaterThan(2), { timeout: 20_000 });
    const gone = exitOf(child);
    child.kill(signal);
    await gone;
    await vi.waitFor(() => expect(browsersOf(child.pid)).toEqual([]), { timeout: 10_000 });
    fs.rmSync(own, { recursive: true, force: true });
  });

  it('says in both languages that Chromium is missing', async () => {
    const own = makeHome();
    const env = { ...process.env, STANDIN_HOME: own, FAPIAO_CHROMIUM: '/nowhere/chromium' };
    const child = spawn(standInPath(), ['.'], { cwd: fixtureFolder, env, stdio: 'pipe' });
    const output: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    expect(await exitOf(child)).toBe(1);
    const text = Buffer.concat(output).toString();
    expect(text).toContain('找不到 Chromium');
    expect(text).toContain('was not found');
    fs.rmSync(own, { recursive: true, force: true });
  });

  it('finds the Chromium of this machine', async () => {
    expect(fs.statSync(await findChromium()).isFile()).toBe(true);
  });
});
