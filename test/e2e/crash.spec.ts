import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Language } from '../../shared/text.ts';
import { type Desk, invoke, openPractised, test } from '../support/e2e-app.ts';

type App = Desk['app'];

/** Asks the page through the main process: to Playwright a page that crashed once is gone for good. */
const inPage = (app: App, code: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, script) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(script),
    code,
  );

interface Seen {
  readonly place: string;
  readonly query: string;
  readonly typed: readonly string[];
  readonly notice: string | null;
}

const look = (app: App) =>
  inPage(
    app,
    `({
      place: location.hash,
      query: location.search,
      typed: [...document.querySelectorAll('form input, form textarea')].map(({ value }) => value).filter(Boolean),
      notice: document.querySelector('.frame-notice')?.textContent ?? null,
    })`,
    // Of that shape.
  ) as Promise<Seen>;

const crash = (app: App) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());

/** Crashes the page and waits until another is there. */
async function crashAndReturn(app: App): Promise<void> {
  await inPage(app, 'window.isOldPage = true');
  await crash(app);
  await expectNewPage(app);
}

const expectNewPage = (app: App) =>
  expect
    .poll(() => inPage(app, `!window.isOldPage && document.querySelector('nav') !== null`).catch(() => false))
    .toBe(true);

/** Answers the questions of the main process with a button's place, once each; without one a question stays open. */
async function answerQuestions(app: App): Promise<void> {
  await app.evaluate(({ dialog }) => {
    const stage = globalThis as unknown as { asked: object[]; answers: number[] };
    Object.assign(stage, { asked: [], answers: [] });
    const ask = (...given: unknown[]) => {
      const { message, buttons, signal } = given.at(-1) as Electron.MessageBoxOptions;
      const question = { message, buttons, isOpen: true };
      stage.asked.push(question);
      const answered = (response: number) => {
        question.isOpen = false;
        return { response, checkboxChecked: false };
      };
      const answer = stage.answers.shift();
      if (answer !== undefined) return Promise.resolve(answered(answer));
      return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(answered(0))));
    };
    dialog.showMessageBox = ask as typeof dialog.showMessageBox;
  });
}

const asked = (app: App) =>
  app.evaluate(() => (globalThis as unknown as { asked: { message: string; isOpen: boolean }[] }).asked);
const answerNext = (app: App, response: number) =>
  app.evaluate((_electron, place) => (globalThis as unknown as { answers: number[] }).answers.push(place), response);
const emit = (app: App, event: 'unresponsive' | 'responsive') =>
  app.evaluate(({ BrowserWindow }, name) => {
    // The overloads know each event by itself only.
    (BrowserWindow.getAllWindows()[0]?.webContents as NodeJS.EventEmitter | undefined)?.emit(name);
  }, event);

const logOf = (dataFolder: string) => readFileSync(join(dataFolder, 'logs', 'main.log'), 'utf8');

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;

  test(`${language}: a page that crashes is back on its draft, with all that was saved`, async ({
    dataFolder,
    openDesk,
  }) => {
    const { app, page } = await openPractised(openDesk, language);
    const title = '杭州知行教育咨询有限公司';
    await page.getByLabel(texts.field.orderId, { exact: false }).first().fill('CRASH-0001');
    await page.getByLabel(texts.field.title, { exact: false }).first().fill(title);
    await expect(page).toHaveURL(/#\/issue\/\d+$/);
    const place = new URL(page.url()).hash;
    const invoiceId = Number(place.split('/').at(-1));
    await expect
      .poll(() => invoke(page, 'invoice.get', { invoiceId }))
      .toMatchObject({ value: { invoice: { fields: { orderId: 'CRASH-0001', title } } } });
    // What is under way in main has nobody to answer to, and is done all the same.
    await page.evaluate(() => {
      void (window as unknown as { bridge: { invoke(name: string, input: object): unknown } }).bridge.invoke(
        'backup.make',
        {},
      );
    });
    const session = await page.context().newCDPSession(page);
    // Its answer never comes from a page that is no more.
    session.send('Page.crash').catch(() => {});

    await expect
      .poll(() => look(app).catch(() => undefined))
      .toMatchObject({
        place,
        query: '',
        typed: expect.arrayContaining(['CRASH-0001', title]),
        notice: texts.app.reopened,
      });
    await expect
      .poll(() => inPage(app, `bridge.invoke('backup.list', {})`))
      .toMatchObject({
        value: { backups: [expect.objectContaining({ reason: 'by-hand' })] },
      });
    const log = logOf(dataFolder);
    expect(log).toMatch(/"event":"window\.page-gone","reason":"(crashed|killed)"/);
    expect(log).not.toContain(title);

    // What shuts the window in holds for the page that came back.
    await inPage(app, `window.open('https://example.com/'); location.href = 'https://example.com/'; 0`);
    expect((await look(app)).place).toBe(place);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
}

test('a page that crashes again and again is asked about, in the language of the page', async ({ openDesk }) => {
  const { app } = await openPractised(openDesk, 'en');
  await answerQuestions(app);
  await crashAndReturn(app);
  await crashAndReturn(app);
  expect(await asked(app)).toEqual([]);
  await answerNext(app, 0);
  await crashAndReturn(app);
  expect(await asked(app)).toEqual([
    { message: 'The page keeps closing unexpectedly', buttons: ['Open again', 'Quit'], isOpen: false },
  ]);
  await crashAndReturn(app);
  await crashAndReturn(app);
  await answerNext(app, 1);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await crash(app);
  expect(await ended).toBe(0);
});

test('a page that hangs is waited for, or opened again', async ({ openDesk }) => {
  const { app } = await openPractised(openDesk, 'zh-CN');
  await answerQuestions(app);
  await emit(app, 'unresponsive');
  await expect.poll(() => asked(app)).toMatchObject([{ message: '页面没有反应', isOpen: true }]);
  await emit(app, 'responsive');
  await expect.poll(() => asked(app)).toMatchObject([{ isOpen: false }]);
  await inPage(app, 'window.isOldPage = true; setTimeout(() => { for (;;); }); 0');
  await answerNext(app, 1);
  await emit(app, 'unresponsive');
  await expectNewPage(app);
  expect((await look(app)).notice).toBe(zhCN.app.reopened);
});

test('an error that nobody expected ends the program in good order, and says where its log is', async ({
  dataFolder,
  openDesk,
}) => {
  const { app } = await openDesk();
  const told = join(dataFolder, 'told.txt');
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.evaluate(({ dialog }, file) => {
    dialog.showErrorBox = (_title, content) => process.getBuiltinModule('node:fs').writeFileSync(file, content);
    setTimeout(() => {
      throw new Error('a bug of the main process');
    });
  }, told);
  expect(await ended).toBe(1);
  expect(readFileSync(told, 'utf8')).toContain(join(dataFolder, 'logs', 'main.log'));
  expect(logOf(dataFolder)).toMatch(
    /"event":"program\.failed","origin":"exception","thrown":"Error: a bug of the main/,
  );
});
