import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { writeXlsx } from 'hucre/xlsx';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Batch } from '../../shared/contract/batch-operations.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { type Desk, dropFiles, invoke, samplePdfs, seriousFaults, test } from '../support/e2e-app.ts';

/** Sixty cards, several pictures and the look of axe take their time on a machine with other work. */
const slowMs = 240_000;
const sampleTable = join(samplePdfs, '..', '发票.csv');

/** A dragged file's name has to be one that Chromium reads under any locale of the machine. */
function plainlyNamed(dataFolder: string): string {
  const path = join(dataFolder, 'invoices.csv');
  copyFileSync(sampleTable, path);
  return path;
}

const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

async function batches(page: Page): Promise<Batch[]> {
  const listed = (await invoke(page, 'batch.list', {})) as Result<{ batches: Batch[] }, unknown>; // the contract's own output
  return listed.ok ? listed.value.batches : [];
}

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;
  const { batch } = texts;

  async function openBatchPage(openDesk: () => Promise<Desk>): Promise<Desk> {
    const desk = await openDesk();
    const { page } = desk;
    if (language === 'en') await page.getByText('English', { exact: true }).click();
    await page.getByRole('button', { name: texts.start.practiceButton }).click();
    await page.getByRole('button', { name: texts.documents.invoice.choose }).waitFor();
    await page.getByRole('navigation').getByText(texts.nav.batch, { exact: true }).click();
    await page.getByRole('button', { name: batch.table.choose }).waitFor();
    return desk;
  }

  const grid = (page: Page) => page.getByRole('region', { name: batch.check.rows });
  const importButton = (page: Page, count: number) =>
    page.getByRole('button', { name: fill(batch.importing.import, { count }) });

  test.describe(language, () => {
    test.describe.configure({ timeout: slowMs });

    test('a dropped table and folder are checked, corrected, imported and issued', async ({ openDesk, dataFolder }) => {
      const { page, complaints } = await openBatchPage(openDesk);
      expect(await seriousFaults(page)).toEqual([]);
      await dropFiles(page, '.batch-desk', [plainlyNamed(dataFolder), samplePdfs]);
      await expect(grid(page).getByText('2.4E+19').first()).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);

      await page.getByRole('button', { name: new RegExp(fill(batch.check.fixAll, { count: '\\d+' })) }).click();
      await expect(page.getByRole('dialog', { name: batch.fix.title })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(grid(page).getByText('18O.01')).toHaveCount(0);

      await importButton(page, 60).click();
      const start = page.getByRole('button', { name: new RegExp(fill(batch.view.start, { count: '\\d+' })) });
      await start.click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.getByRole('button', { name: batch.confirmRun.yes }).click();
      await expect(page.locator('.batch-head').getByText(batch.state.finished)).toBeVisible({ timeout: slowMs });
      expect(await seriousFaults(page)).toEqual([]);
      const [made] = await batches(page);
      expect(made).toMatchObject({ state: 'finished', counts: { total: 60, waiting: 0, faulty: 3, issued: 57 } });
      expect(complaints).toEqual([]);
    });

    test('a dropped folder of PDFs becomes a table whose order numbers are filled in', async ({
      openDesk,
      dataFolder,
    }) => {
      const { page, complaints } = await openBatchPage(openDesk);
      const folder = join(dataFolder, 'october');
      mkdirSync(folder);
      for (const name of ['26312000000010100556.pdf', '26312000000079101024.pdf', 'WX202610100005.pdf'])
        copyFileSync(join(samplePdfs, name), join(folder, name));
      writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7');
      await dropFiles(page, '.batch-desk', [folder]);
      await expect(page.getByText(fill(batch.pdfTable.made, { rows: 3, name: 'october' }))).toBeVisible();
      await page.getByRole('button', { name: batch.pdfTable.details }).click();
      await expect(page.getByText('broken.pdf')).toBeVisible();
      await expect(page.getByText(fill(batch.compare.compared, { count: 3 }))).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);

      const cell = grid(page).locator('.ag-row[row-index="0"] [col-id="file-0"]');
      await cell.click();
      await page.keyboard.press('Enter');
      await page.keyboard.type('WX2026112701');
      await page.keyboard.press('Enter');
      await cell.click();
      await page.getByRole('button', { name: fill(batch.check.fillDown, { count: 2 }) }).click();
      await importButton(page, 3).click();
      await expect(page.locator('.batch-head').getByText(batch.state.ready)).toBeVisible();
      const [made] = await batches(page);
      expect(made).toMatchObject({ counts: { total: 3, waiting: 3, faulty: 0 } });
      expect(complaints).toEqual([]);
    });

    test('what is no table is refused with its reason, and the page goes on', async ({ openDesk, dataFolder }) => {
      const { page } = await openBatchPage(openDesk);
      const locked = join(dataFolder, 'locked.xlsx');
      writeFileSync(locked, await writeXlsx({ sheets: [{ name: 'a' }], encryption: { password: 'x', spinCount: 10 } }));
      await dropFiles(page, '.batch-desk', [locked]);
      await expect(page.getByText('table.workbook-locked')).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await dropFiles(page, '.batch-desk', [plainlyNamed(dataFolder)]);
      await expect(page.getByText('table.workbook-locked')).toHaveCount(0);
      await expect(page.getByRole('button', { name: batch.table.columns })).toBeVisible();
      await page.reload();
      await expect(page.getByText('invoices.csv')).toBeVisible();
      await expect(page.getByRole('button', { name: batch.table.columns })).toBeVisible();
    });

    test('the keyboard alone checks the sample, imports it and comes back to it', async ({ openDesk, dataFolder }) => {
      const { app, page } = await openBatchPage(openDesk);
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      }, dataFolder);
      await page.getByRole('button', { name: batch.sample.save }).focus();
      await page.keyboard.press('Enter');
      // Code and number stand in each other's place.
      const wrong = grid(page).getByRole('gridcell', { name: '00412367', exact: true });
      await expect(wrong).toBeVisible();
      await wrong.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('004123670000');
      await page.keyboard.press('Enter');
      await expect(page.getByText(fill(batch.check.edited, { count: 1 }))).toBeVisible();
      await expect(grid(page).getByRole('gridcell', { name: '004123670000', exact: true })).toBeVisible();
      await page.keyboard.press('ControlOrMeta+Z');
      await expect(wrong).toBeVisible();
      await importButton(page, 60).focus();
      await page.keyboard.press('Enter');
      await expect(page.locator('.batch-head').getByText(batch.state.ready)).toBeVisible();
      await page.getByRole('button', { name: batch.view.back }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: fill(batch.list.open, { name: '发票.csv' }) }).focus();
      await page.keyboard.press('Enter');
      const [made] = await batches(page);
      await page.getByRole('button', { name: fill(batch.view.start, { count: made?.counts.waiting ?? 0 }) }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Enter');
      // The person goes on with something else; only the stand-in for Electron tells what it would have shown.
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur());
      await expect(page.locator('.batch-head').getByText(batch.state.finished)).toBeVisible({ timeout: slowMs });
      const notices = await app.evaluate(({ Notification }) =>
        'standInShown' in Notification ? JSON.stringify(Notification.standInShown) : undefined,
      );
      if (notices !== undefined)
        expect(notices).toContain(language === 'en' ? 'The batch is issued' : '批次已全部开具');
    });
  });
}
