import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  test as base,
  type ElectronApplication,
  _electron as electron,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import axe from 'axe-core';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Language } from '../../shared/text.ts';

export const projectRoot = join(import.meta.dirname, '..', '..');
export const samplePdfs = join(projectRoot, 'resources', 'samples', 'pdf');

/** The application as a person has it: its own data folder, its first window, and the means to start it again. */
export interface Desk {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page wrote to its console as a warning or an error, and what it threw. */
  readonly complaints: readonly string[];
}

interface Fixtures {
  readonly dataFolder: string;
  readonly openDesk: () => Promise<Desk>;
}

const stubbornNoise = /DevTools|Autofill\./;

async function launch(dataFolder: string): Promise<Desk> {
  const app = await electron.launch({
    executablePath: process.env['FAPIAO_E2E_EXECUTABLE'] ?? '',
    args: ['--force-prefers-reduced-motion', '.'],
    cwd: projectRoot,
    env: {
      ...process.env,
      FAPIAO_DATA_DIR: dataFolder,
      LANG: 'zh_CN.UTF-8',
    },
    timeout: 45_000,
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !stubbornNoise.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.getByRole('navigation').waitFor();
  return { app, page, complaints };
}

/** Playwright's test with a desk that is opened on demand and closed, with its data, at the end. */
export const test = base.extend<Fixtures>({
  // Playwright reads the first parameter's pattern, so it must be one even where nothing is taken from it.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'fapiao-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  openDesk: async ({ dataFolder }, use) => {
    const open: ElectronApplication[] = [];
    await use(async () => {
      const desk = await launch(dataFolder);
      open.push(desk.app);
      return desk;
    });
    for (const app of open) await app.close().catch(() => undefined); // a test may have closed it itself
  },
});

/**
 * Drops files as the system does; a drop made up in the page would have no path and hide what only real drops do. They
 * are let go where they have just come, so that what they are let go on has only heard that they entered.
 */
export async function dropFiles(page: Page, target: string, files: readonly string[]): Promise<void> {
  const box = await page.locator(target).first().boundingBox();
  if (!box) throw new Error(`nothing to drop on: ${target}`);
  const session = await page.context().newCDPSession(page);
  const edge = { x: box.x + 1, y: box.y + 1 };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop', place: typeof edge) =>
    session.send('Input.dispatchDragEvent', { type, ...place, data });
  await send('dragEnter', edge);
  await send('dragOver', edge);
  await send('drop', middle);
  await session.detach();
}

/** Calls an operation from the page, as the page's own code does. */
export function invoke(page: Page, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([operation, argument]) =>
      (window as unknown as { bridge: { invoke(name: string, input: unknown): Promise<unknown> } }).bridge.invoke(
        operation,
        argument,
      ),
    [name, input] as const,
  );
}

/** A desk in a language, with its practice account and template, on the page Issue. */
export async function openPractised(openDesk: () => Promise<Desk>, language: Language): Promise<Desk> {
  const texts = language === 'en' ? en : zhCN;
  const desk = await openDesk();
  if (language === 'en') await desk.page.getByText('English', { exact: true }).click();
  await desk.page.getByRole('button', { name: texts.start.practiceButton }).click();
  await desk.page.getByLabel(texts.field.orderId, { exact: false }).first().waitFor();
  return desk;
}

/** Goes to a page by its word in the navigation. */
export async function openSection(page: Page, word: string): Promise<void> {
  await page.getByRole('menuitem', { name: word, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: word, exact: true }).waitFor();
}

/** What axe finds serious or critical on the page. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  // Half a megabyte of source, which stays in the page until it is loaded anew.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => {
    // Colours that are on their way to others have the contrast of neither.
    const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(changing.map(({ finished }) => finished));
    return (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] });
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/**
 * Chooses in one of the kit's selects. Its list is placed anew while it opens, and a press that falls into that moment,
 * faster than any hand, is lost; so it is pressed until it has taken.
 */
export async function choose(page: Page, box: Locator, title: string): Promise<void> {
  const option = page.locator('.ant-select-item-option').and(page.getByTitle(title, { exact: true }));
  await expect(async () => {
    if (!(await option.isVisible())) await box.click();
    await option.click({ timeout: 3000 });
    await expect(option).toHaveClass(/option-selected/, { timeout: 3000 });
  }).toPass({ timeout: 30_000 });
}

/** Chooses in a menu that a button opens, in the same way: until what it brings is there. */
export async function pick(button: Locator, item: Locator, outcome: Locator): Promise<void> {
  await expect(async () => {
    if (!(await item.isVisible())) await button.click({ timeout: 3000 });
    await item.click({ timeout: 3000 });
    await expect(outcome).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 30_000 });
}
