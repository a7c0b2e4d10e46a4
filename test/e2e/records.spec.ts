import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { readXlsx } from 'hucre/xlsx';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Account, Template } from '../../shared/contract/account-operations.ts';
import type { ChosenFile } from '../../shared/contract/app-operations.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { recordColumnLabels } from '../../shared/invoice/record-labels.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { digitalInvoice } from '../support/app-invoices.ts';
import { type Desk, invoke, photograph, samplePdfs, test } from '../support/e2e-app.ts';

const samples = ['031002600111-00412080.pdf'].map((name) => join(samplePdfs, name));
const buyers = [
  '杭州五金建材有限公司',
  '上海青禾（茶叶）有限公司',
  '北京知行教育咨询有限公司',
  '南京100%棉纺织品有限公司',
  "O'Neill 贸易（上海）有限公司",
];

async function succeed<Value>(page: Page, name: string, input: unknown): Promise<Value> {
  const answer = (await invoke(page, name, input)) as Result<Value, { code: string }>; // the contract's own output
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;
  const heading = (column: keyof typeof recordColumnLabels) =>
    recordColumnLabels[column][language === 'en' ? 'en' : 'zhCN'];

  async function openPractised(openDesk: () => Promise<Desk>): Promise<Desk> {
    const desk = await openDesk();
    if (language === 'en') await desk.page.getByText('English', { exact: true }).click();
    await desk.page.getByRole('button', { name: texts.start.practiceButton }).click();
    await desk.page.getByLabel(texts.field.orderId, { exact: false }).first().waitFor();
    return desk;
  }

  const openRecords = (page: Page) => page.getByRole('menuitem', { name: texts.nav.records }).click();
  const rows = (page: Page) => page.locator('.records-grid [role=row]:has([role=gridcell])');
  const search = (page: Page) => page.getByRole('searchbox', { name: texts.records.search });

  /** Drafts of all buyers in turn; the first of them is issued. */
  async function fill({ app, page }: Desk, count: number): Promise<void> {
    const { accounts } = await succeed<{ accounts: Account[] }>(page, 'account.list', {});
    const accountId = accounts[0]?.id ?? 0;
    const { templates } = await succeed<{ templates: Template[] }>(page, 'template.list', { accountId });
    const templateId = templates[0]?.id ?? null;
    await app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, samples[0] ?? '');
    for (let serial = 1; serial <= count; serial += 1) {
      const { file } = await succeed<{ file: ChosenFile | null }>(page, 'file.choose', { kind: 'pdf' });
      const title = buyers[serial % buyers.length] ?? '';
      const { id } = await succeed<Invoice>(page, 'invoice.saveDraft', {
        accountId,
        templateId,
        fields: digitalInvoice(serial, { title, feeFen: serial * 11_300 }),
        ...(serial === 1 ? { pdf: file?.token } : {}),
      });
      if (serial === 1) await succeed(page, 'invoice.issue', { invoiceId: id });
    }
  }

  async function openFilled(openDesk: () => Promise<Desk>, count = 12): Promise<Desk> {
    const desk = await openPractised(openDesk);
    await fill(desk, count);
    await openRecords(desk.page);
    // The first search starts the thread that searches, which takes its time on a busy machine.
    await expect(rows(desk.page).first()).toBeVisible({ timeout: 30_000 });
    return desk;
  }

  test.describe(`records ${language}`, () => {
    test('an empty table offers to issue the first invoice', async ({ openDesk }) => {
      const { page } = await openPractised(openDesk);
      await openRecords(page);
      await expect(page.getByRole('heading', { name: texts.records.emptyTitle })).toBeVisible();
      await photograph(page, 'records-empty', language);
      await page.getByRole('button', { name: texts.records.emptyAction }).click();
      await expect(page.getByLabel(texts.field.orderId, { exact: false }).first()).toBeVisible();
    });

    test('words find invoices as they are typed, filters narrow them, and a saved view brings both back', async ({
      openDesk,
    }) => {
      const { page, complaints } = await openFilled(openDesk);
      await expect(rows(page)).toHaveCount(12);
      await photograph(page, 'records', language);
      await search(page).pressSequentially('五金');
      await expect(rows(page)).toHaveCount(2);
      await search(page).fill('100%棉');
      await expect(rows(page)).toHaveCount(2);
      await search(page).fill("o'neill");
      await expect(rows(page)).toHaveCount(2);
      await search(page).fill('没有这样的');
      await expect(page.getByRole('heading', { name: texts.records.nothingTitle })).toBeVisible();
      await photograph(page, 'records-nothing', language);
      await page.getByRole('button', { name: texts.records.clear }).first().click();
      await expect(rows(page)).toHaveCount(12);
      await search(page).fill('青禾');
      await expect(rows(page)).toHaveCount(3);
      await page.getByRole('combobox', { name: texts.records.state }).click();
      await page.getByTitle(language === 'en' ? 'issued' : '已开具', { exact: true }).click();
      await expect(rows(page)).toHaveCount(1);
      await page.getByRole('button', { name: texts.records.views }).click();
      await page.getByRole('menuitem', { name: texts.records.viewSave }).click();
      await page.getByLabel(texts.records.viewName).fill('青禾已开');
      await page.getByRole('button', { name: texts.records.save, exact: true }).click();
      await page.getByRole('button', { name: '青禾已开' }).click();
      await page.getByRole('menuitem', { name: texts.records.viewAll }).click();
      await expect(rows(page)).toHaveCount(12);
      await page.getByRole('button', { name: texts.records.viewAll }).click();
      await page.getByRole('menuitem', { name: '青禾已开', exact: true }).click();
      await expect(rows(page)).toHaveCount(1);
      await expect(search(page)).toHaveValue('青禾');
      expect(complaints).toEqual([]);
    });

    test('a row opens its invoice, and the search is there again afterwards', async ({ openDesk }) => {
      const { page } = await openFilled(openDesk);
      await search(page).fill('五金');
      await expect(rows(page)).toHaveCount(2);
      await rows(page).first().getByRole('gridcell').nth(1).dblclick();
      await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#\/invoice\/\d+$/);
      await page.goBack();
      await expect(search(page)).toHaveValue('五金');
      await expect(rows(page)).toHaveCount(2);
    });

    test('many get another status at once; what cannot be taken back wants their number typed', async ({
      openDesk,
    }) => {
      const { page } = await openFilled(openDesk, 4);
      await page.locator('.records-grid').getByRole('checkbox').nth(0).click();
      await page.locator('.records-grid').getByRole('checkbox').last().click();
      await page.getByRole('button', { name: texts.records.updateStatus }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(texts.records.statusNew).click();
      await page.getByTitle(language === 'en' ? 'Voided (red-letter)' : '已冲红', { exact: true }).click();
      await expect(dialog.getByRole('button', { name: texts.records.statusGo })).toBeDisabled();
      await dialog.getByLabel(texts.records.statusCount).fill('２');
      await photograph(page, 'records-status', language);
      await dialog.getByRole('button', { name: texts.records.statusGo }).click();
      await expect(dialog.getByRole('heading', { name: texts.records.statusFailed })).toBeVisible();
      await photograph(page, 'records-status-outcome', language);
      await dialog.getByRole('button', { name: texts.records.close, exact: true }).last().click();
      await expect(page.getByText(language === 'en' ? 'Voided (red-letter)' : '已冲红').first()).toBeVisible();
    });

    test('what is shown is exported, columns and all, for a spreadsheet that runs nothing', async ({
      openDesk,
      dataFolder,
    }) => {
      const { app, page } = await openFilled(openDesk);
      await search(page).fill('五金');
      await expect(rows(page)).toHaveCount(2);
      for (const kind of ['csv', 'xlsx'] as const) {
        const target = join(dataFolder, `out.${kind}`);
        await app.evaluate(({ dialog }, path) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
        }, target);
        await page.getByRole('button', { name: texts.records.export }).click();
        const choice = kind === 'csv' ? texts.records.exportCsv : texts.records.exportXlsx;
        await page.getByRole('menuitem', { name: choice }).click();
        await expect(page.getByText(`out.${kind}`)).toBeVisible();
        expect(existsSync(target)).toBe(true);
      }
      const csv = readFileSync(join(dataFolder, 'out.csv'), 'utf8');
      expect(csv.startsWith('\uFEFF')).toBe(true);
      expect(csv.split('\r\n')[0]).toContain(heading('billingNo'));
      expect(csv.split('\r\n').filter((line) => line.includes('五金'))).toHaveLength(2);
      const workbook = await readXlsx(readFileSync(join(dataFolder, 'out.xlsx')));
      expect(workbook.sheets[0]?.rows).toHaveLength(3);
    });

    test('a place that cannot be written to is said, and nothing is left of the export', async ({
      openDesk,
      dataFolder,
    }) => {
      const { app, page } = await openFilled(openDesk, 2);
      const target = join(dataFolder, 'no-such-folder', 'out.csv');
      await app.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
      }, target);
      await page.getByRole('button', { name: texts.records.export }).click();
      await page.getByRole('menuitem', { name: texts.records.exportCsv }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await photograph(page, 'records-export-failed', language);
      expect(existsSync(target)).toBe(false);
    });

    for (const theme of ['light', 'dark'] as const)
      test(`axe finds no serious or critical fault in the ${theme} theme`, async ({ openDesk }) => {
        const { page } = await openFilled(openDesk, 3);
        await succeed(page, 'settings.write', { theme });
        await expect(page.locator(`html[data-appearance=${theme}]`)).toBeVisible();
        await photograph(page, `records-${theme}`, language);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
        expect(serious).toEqual([]);
      });

    test('the keyboard alone searches, selects and opens', async ({ openDesk }) => {
      const { page } = await openFilled(openDesk);
      await search(page).focus();
      await page.keyboard.type('五金');
      await expect(rows(page)).toHaveCount(2);
      for (let press = 0; press < 25; press += 1) {
        await page.keyboard.press('Tab');
        const isInTable = await page.evaluate(() => document.activeElement?.closest('.records-grid') !== null);
        if (isInTable) break;
      }
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await expect(page.getByText(texts.records.selected.replace('{{count}}', '1'))).toBeVisible();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#\/invoice\/\d+$/);
    });
  });
}
