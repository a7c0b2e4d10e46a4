import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { alone, type Bench } from '../measure.ts';
import { writeDesk } from '../support/invoices.ts';
import { buildProgram, openWindow } from '../support/window.ts';

const rows = 10_000;
const faultyEvery = 20;
const longestTaskMs = 100;
const longestWaitMs = 120_000;
const { batch } = zhCN;

interface Step {
  readonly name: string;
  /** Until the page shows what came of it. */
  readonly milliseconds: number;
  readonly longestTask: number;
}

/** Collects the tasks of the page that took over 50 ms, by the browser's own account. */
const watchTasks = (page: Page) =>
  page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });

/** The longest of them since it was asked last. */
const longestTask = (page: Page) =>
  page.evaluate(async () => {
    // Entries are handed over when the browser is idle.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { tasks } = globalThis as unknown as { tasks: number[] }; // put there by watchTasks()
    return Math.max(0, ...tasks.splice(0));
  });

async function openBatchPage(app: ElectronApplication, files: { readonly table: string; readonly pdfFolder: string }) {
  const page = await app.firstWindow();
  await page.getByRole('button', { name: zhCN.start.practiceButton }).click();
  await page.getByRole('button', { name: zhCN.documents.invoice.choose }).waitFor();
  await page.getByRole('navigation').getByText(zhCN.nav.batch, { exact: true }).click();
  await page.getByRole('button', { name: batch.table.choose }).waitFor();
  await app.evaluate(({ dialog }, { table, pdfFolder }) => {
    let asked = 0;
    dialog.showOpenDialog = async () => {
      asked += 1;
      return { canceled: false, filePaths: [asked === 1 ? table : pdfFolder] };
    };
  }, files);
  await page.getByRole('button', { name: batch.table.choose }).click();
  await page.getByText('table.csv').first().waitFor();
  await watchTasks(page);
  return page;
}

/** What is waited for is that no check is under way any more. */
const settled = (page: Page) =>
  page.locator('.batch-check[aria-busy="false"]').waitFor({ timeout: longestWaitMs, state: 'attached' });

const correction = '青禾';

async function editCell(page: Page): Promise<void> {
  await page.locator('.ag-cell[col-id="file-1"]:visible').nth(5).dblclick();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(correction);
}

/** The page of batches in a browser: whether it stutters while a large table is worked on. */
export const bench: Bench = {
  name: 'batch-page',
  title: `${rows} rows × 25 columns on the page of batches, in Chromium`,
  async run(say) {
    await buildProgram();
    await using folder = await mkdtempDisposable(join(tmpdir(), 'fapiao-bench-'));
    const files = await writeDesk(folder.path, rows, faultyEvery);
    const app = await openWindow(join(folder.path, 'data'));
    const steps: Step[] = [];
    try {
      const page = await openBatchPage(app, files);
      const step = async (name: string, work: () => Promise<unknown>) => {
        const startedAt = performance.now();
        await work();
        const milliseconds = performance.now() - startedAt;
        steps.push({ name, milliseconds, longestTask: await longestTask(page) });
        say(`${name}: ${milliseconds.toFixed(0)} ms, longest task ${steps.at(-1)?.longestTask.toFixed(0)} ms`);
      };
      const filter = (name: string) => page.locator('.batch-tools').getByText(name, { exact: true }).click();
      await step('open', async () => {
        await page.getByRole('button', { name: batch.folder.choose }).click();
        await settled(page);
      });
      await step('filter', async () => {
        await filter(batch.check.all);
        await page.locator('.ag-row[row-index="1"]').first().waitFor();
      });
      await step('scroll', async () => {
        await page.locator('.batch-grid').hover();
        for (let turn = 0; turn < 30; turn += 1) await page.mouse.wheel(0, 600);
      });
      await editCell(page);
      await longestTask(page);
      await step('edit', async () => {
        await page.keyboard.press('Enter');
        await page.getByText('改了 1 格').waitFor({ timeout: longestWaitMs });
        await settled(page);
        await page.locator('.ag-cell', { hasText: correction }).first().waitFor({ timeout: longestWaitMs });
      });
      await step('fix all', async () => {
        await page.getByRole('button', { name: /^一键改正/ }).click();
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('Enter');
        await page.getByText(`改了 ${rows / faultyEvery + 1} 格`).waitFor({ timeout: longestWaitMs });
        await settled(page);
      });
    } finally {
      await app.close();
    }
    return steps.flatMap(({ name, milliseconds, longestTask: longest }) => [
      alone(name, 'ms', milliseconds),
      alone(`${name}, longest task`, 'ms', longest, { atMost: longestTaskMs }),
    ]);
  },
};
