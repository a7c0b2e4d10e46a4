import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { type Desk, invoke, test } from '../support/e2e-app.ts';

test('the window is shut in: sandbox, bridge, policy, addresses, operations', async ({ openDesk }) => {
  const { app, page } = await openDesk();
  await test.step('the page has no way to Node or Electron but the bridge', async () => {
    const found = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
      bridge: Object.keys((window as unknown as { bridge: object }).bridge).toSorted(),
      frozen: Object.isFrozen((window as unknown as { bridge: object }).bridge),
    }));
    expect(found).toEqual({ globals: [], bridge: ['admitFile', 'invoke', 'platform', 'subscribe'], frozen: true });
  });

  await test.step('the window is isolated and sandboxed', async () => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // Electron has it but leaves it out of its types.
      return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    expect(preferences['webSecurity']).not.toBe(false);
    const loosening = [
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'webviewTag',
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
    ];
    expect(loosening.filter((name) => preferences[name])).toEqual([]);
  });

  await test.step('the content security policy stops inline scripts and requests to other hosts', async () => {
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      const request = await fetch('https://example.com/').then(
        () => 'sent',
        () => 'refused',
      );
      return { inline: 'inlineRan' in window, request };
    });
    expect(outcome).toEqual({ inline: false, request: 'refused' });
  });

  await test.step('the page cannot leave the program or open a window', async () => {
    const addressOf = () => page.url().split('#')[0];
    const before = addressOf();
    await page.evaluate(() => {
      window.open('https://example.com/');
      location.href = 'https://example.com/';
    });
    await page.waitForTimeout(500);
    expect(addressOf()).toBe(before);
    expect(app.windows()).toHaveLength(1);
  });

  await test.step('an address that is not a file of the page is not found, however it is spelled', async () => {
    const statuses = await page.evaluate(async () => {
      const spellings = ['/package.json', '/../package.json', '/%2e%2e/main/main.js', '/..%5cmain%5cmain.js', '/%00'];
      return Promise.all(
        spellings.map((path) =>
          fetch(path).then(
            ({ status }) => status,
            () => 0,
          ),
        ),
      );
    });
    expect(statuses.filter((status) => status === 200)).toEqual([]);
  });

  await test.step('an operation that does not exist, and input that does not fit, are answered and not thrown', async () => {
    await expect(invoke(page, 'file.admit', '/etc/passwd')).rejects.toThrow();
    expect(await invoke(page, 'account.create', { name: 5 })).toMatchObject({
      ok: false,
      error: { code: 'input.invalid', class: 'fix-input' },
    });
  });
});

test('a secret goes in and never comes out', async ({ openDesk }) => {
  const { page } = await openDesk();
  const secret = 'c0ffee00c0ffee00c0ffee00c0ffee00';
  const created = await invoke(page, 'account.create', { name: '云杉', kind: 'wechat', appid: 'wx0123456789abcdef' });
  expect(created).toMatchObject({ ok: true, value: { secretPlace: 'missing' } });
  const saved = await invoke(page, 'credentials.save', { accountId: 1, appSecret: secret });
  expect(saved).toMatchObject({ ok: true });
  const listed = JSON.stringify(await invoke(page, 'account.list', {}));
  expect(listed).not.toContain(secret);
  expect(listed).toMatch(/"secretPlace":"(keychain|session)"/);
});

test('the menu speaks the language of the page and its commands reach the page', async ({ openDesk }) => {
  const { app, page } = await openDesk();
  const labels = () =>
    app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()
        ?.items.flatMap(({ submenu }) => submenu?.items ?? [])
        .map(({ label }) => label),
    );
  expect(await labels()).toContain('新开一张发票');
  await page.getByText('English', { exact: true }).click();
  await expect.poll(labels).toContain('New invoice');
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('palette')?.click());
  const field = page.getByRole('combobox', { name: 'Pages and commands' });
  await field.fill('Rec');
  await field.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();
});

test('the window opens where it was closed, but never out of reach', async ({ dataFolder, openDesk }) => {
  const bounds = (app: Desk['app']) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  const first = await openDesk();
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 720 }),
  );
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await first.app.close().catch(() => undefined); // closing the only window ends the program
  const second = await openDesk();
  expect(await bounds(second.app)).toEqual({ x: 40, y: 30, width: 1100, height: 720 });
  await second.app.close();
  const file = join(dataFolder, 'window.json');
  const place = JSON.parse(readFileSync(file, 'utf8')) as object; // this program wrote it
  writeFileSync(file, JSON.stringify({ ...place, x: 9000 }));
  const third = await openDesk();
  const found = await bounds(third.app);
  expect(found).toMatchObject({ width: 1100, height: 720 });
  expect(found?.x).toBeLessThan(1440);
});
