import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Batch } from '../../shared/contract/batch-operations.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { type Desk, dropFiles, invoke, photograph, samplePdfs, test } from '../support/e2e-app.ts';

const sampleTable = join(samplePdfs, '..', '发票.csv');

const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

async function batches(page: Page): Promise<Batch[]> {
  const listed = (await invoke(page, 'batch.list', {})) as Result<{ batches: Batch[] }, unknown>; // the contract's own output
  return listed.ok ? listed.value.batches : [];
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
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
    test('a dropped table and folder are checked, corrected, imported and issued', async ({ openDesk }) => {
      const { page, complaints } = await openBatchPage(openDesk);
      await photograph(page, 'batch-empty', language);
      expect(await serious(page)).toEqual([]);
      // A drag made up for the test carries files or a folder, not both.
      await dropFiles(page, '.batch-desk', [sampleTable]);
      await dropFiles(page, '.batch-desk', [samplePdfs]);
      await expect(grid(page).getByText('2.4E+19').first()).toBeVisible();
      await photograph(page, 'batch-checked', language);
      expect(await serious(page)).toEqual([]);

      await page.getByRole('button', { name: new RegExp(fill(batch.check.fixAll, { count: '\\d+' })) }).click();
      await expect(page.getByRole('dialog', { name: batch.fix.title })).toBeVisible();
      await photograph(page, 'batch-fixes', language);
      await page.keyboard.press('Enter');
      await expect(grid(page).getByText('18O.01')).toHaveCount(0);

      await importButton(page, 60).click();
      const start = page.getByRole('button', { name: new RegExp(fill(batch.view.start, { count: '\\d+' })) });
      await start.click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await photograph(page, 'batch-confirm', language);
      await page.getByRole('button', { name: batch.confirmRun.yes }).click();
      await expect(page.locator('.batch-head').getByText(batch.state.finished)).toBeVisible({ timeout: 60_000 });
      await photograph(page, 'batch-finished', language);
      expect(await serious(page)).toEqual([]);
      const [made] = await batches(page);
      expect(made).toMatchObject({ state: 'finished', counts: { total: 60, waiting: 0, faulty: 3, issued: 57 } });
      expect(complaints).toEqual([]);
    });
  });
}
