import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { readXlsx } from 'hucre/xlsx';
import { recordColumnLabels } from '../../shared/invoice/record-labels.ts';
import { invoiceStateLabels } from '../../shared/invoice/state.ts';
import { inLanguage, type Language } from '../../shared/text.ts';
import { reimburseStatusLabels } from '../../shared/wechat/reimburse-status.ts';
import { digitalInvoice } from '../support/app-invoices.ts';
import { choose, type Desk, openSection, pick, seriousFaults, test } from '../support/e2e-app.ts';
import { makeCard, openPractised, type PractisedDesk, succeed, textsOf } from '../support/e2e-cards.ts';
import { tabInto } from '../support/e2e-keyboard.ts';

const buyers = [
  '杭州五金建材有限公司',
  '上海青禾（茶叶）有限公司',
  '北京知行教育咨询有限公司',
  '南京100%棉纺织品有限公司',
  "O'Neill 贸易（上海）有限公司",
];
const count = 12;

/** A card, and drafts of all buyers in turn. */
async function fill(desk: PractisedDesk): Promise<void> {
  const { page, accountId } = desk;
  await makeCard(desk, { title: buyers[1] ?? '' });
  for (let serial = 2; serial <= count; serial += 1) {
    const fields = digitalInvoice(serial, { title: buyers[serial % buyers.length] ?? '', feeFen: serial * 11_300 });
    await succeed(page, 'invoice.saveDraft', { accountId, templateId: null, fields });
  }
}

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const all = textsOf(language);
  const texts = all.records;
  const rows = (page: Page) => page.locator('.records-grid [role=row]:has([role=gridcell])');
  const search = (page: Page) => page.getByRole('searchbox', { name: texts.search });
  const clear = (page: Page) => page.getByRole('button', { name: texts.clear }).first().click();
  const cancelled = inLanguage(reimburseStatusLabels.INVOICE_REIMBURSE_CANCEL, language);

  async function findAsTyped(page: Page): Promise<void> {
    await expect(rows(page)).toHaveCount(count);
    await search(page).pressSequentially('五金');
    await expect(rows(page)).toHaveCount(2);
    for (const [text, found] of [
      ['100%棉', 2],
      ["o'neill", 2],
      ['青禾（茶', 3],
    ] as const) {
      await search(page).fill(text);
      await expect(rows(page)).toHaveCount(found);
    }
    await search(page).fill('没有这样的');
    await expect(page.getByRole('heading', { name: texts.nothingTitle })).toBeVisible();
    await clear(page);
    await expect(rows(page)).toHaveCount(count);
  }

  async function filterAndKeep(page: Page): Promise<void> {
    await search(page).fill('青禾');
    await expect(rows(page)).toHaveCount(3);
    const states = page.getByRole('combobox', { name: texts.state });
    await choose(page, states, inLanguage(invoiceStateLabels.issued, language));
    await expect(rows(page)).toHaveCount(1);
    const menuItem = (name: string) => page.getByRole('menuitem', { name, exact: true });
    const chooser = (name: string) => page.locator('.records-tools').getByRole('button', { name, exact: true });
    await pick(chooser(texts.views), menuItem(texts.viewSave), page.getByLabel(texts.viewName));
    await page.getByLabel(texts.viewName).fill('青禾已开');
    await page.getByRole('button', { name: texts.save, exact: true }).click();
    await pick(chooser('青禾已开'), menuItem(texts.viewAll), chooser(texts.viewAll));
    await expect(rows(page)).toHaveCount(count);
    await pick(chooser(texts.viewAll), menuItem('青禾已开'), chooser('青禾已开'));
    await expect(rows(page)).toHaveCount(1);
    await expect(search(page)).toHaveValue('青禾');
  }

  async function openAndReturn(page: Page): Promise<void> {
    await rows(page).first().getByRole('link').click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/invoice/1');
    await page.goBack();
    await expect(search(page)).toHaveValue('青禾');
    await expect(rows(page)).toHaveCount(1);
    await clear(page);
  }

  async function voidTwo(page: Page): Promise<void> {
    await expect(rows(page)).toHaveCount(count);
    const boxes = page.locator('.records-grid').getByRole('checkbox');
    await boxes.first().click();
    await boxes.last().click();
    await page.getByRole('button', { name: texts.updateStatus }).click();
    const dialog = page.getByRole('dialog');
    await choose(page, dialog.getByLabel(texts.statusNew), cancelled);
    await expect(dialog.getByRole('button', { name: texts.statusGo })).toBeDisabled();
    await dialog.getByLabel(texts.statusCount).fill('２');
    await dialog.getByRole('button', { name: texts.statusGo }).click();
    // One of them has no card yet.
    await expect(dialog.getByRole('heading', { name: texts.statusFailed })).toBeVisible();
    expect(await seriousFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: texts.close, exact: true }).last().click();
    await expect(rows(page).getByText(cancelled)).toBeVisible();
    // With another search, nothing is selected that is not seen.
    await search(page).fill('五金');
    await expect(page.getByText(texts.openHint)).toBeVisible();
  }

  async function saveTo({ app, page }: Desk, path: string, kind: 'csv' | 'xlsx', outcome: Locator): Promise<void> {
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    const choice = kind === 'csv' ? texts.exportCsv : texts.exportXlsx;
    const item = page.getByRole('menuitem', { name: choice });
    await pick(page.getByRole('button', { name: texts.export }), item, outcome);
  }

  async function exportShown(desk: Desk, folder: string): Promise<void> {
    const { page } = desk;
    await search(page).fill('五金');
    await expect(rows(page)).toHaveCount(2);
    for (const kind of ['csv', 'xlsx'] as const) {
      await saveTo(desk, join(folder, `out.${kind}`), kind, page.getByText(`out.${kind}`));
    }
    const lines = readFileSync(join(folder, 'out.csv'), 'utf8').split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF/);
    expect(lines[0]).toContain(inLanguage(recordColumnLabels.billingNo, language));
    expect(lines.filter((line) => line.includes('五金'))).toHaveLength(2);
    const workbook = await readXlsx(readFileSync(join(folder, 'out.xlsx')));
    expect(workbook.sheets[0]?.rows).toHaveLength(3);
  }

  async function exportNowhere(desk: Desk, folder: string): Promise<void> {
    const target = join(folder, 'no-such-folder', 'out.csv');
    await saveTo(desk, target, 'csv', desk.page.getByRole('alert'));
    expect(existsSync(target)).toBe(false);
  }

  test.describe(`records ${language}`, () => {
    test('found as typed, filtered, kept as a view, updated, exported, and why not', async ({
      openDesk,
      dataFolder,
    }) => {
      test.slow();
      const desk = await openPractised(openDesk, language);
      const { page, complaints } = desk;
      await openSection(page, all.nav.records);
      await expect(page.getByRole('heading', { name: texts.emptyTitle })).toBeVisible();
      await fill(desk);
      // The first search starts the thread that searches, which takes its time on a busy machine.
      await expect(rows(page).first()).toBeVisible({ timeout: 30_000 });
      expect(await seriousFaults(page)).toEqual([]);
      await test.step('words', () => findAsTyped(page));
      await test.step('filters and views', () => filterAndKeep(page));
      await test.step('an invoice and back', () => openAndReturn(page));
      await test.step('many at once', () => voidTwo(page));
      await test.step('export', () => exportShown(desk, dataFolder));
      await test.step('a place that cannot be written to', () => exportNowhere(desk, dataFolder));
      await succeed(page, 'settings.write', { theme: 'dark' });
      await expect(page.locator('html[data-appearance=dark]')).toBeVisible();
      await clear(page);
      await expect(rows(page)).toHaveCount(count);
      expect(await seriousFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('the keyboard alone searches, selects and opens', async ({ openDesk }) => {
      const desk = await openPractised(openDesk, language);
      const { page } = desk;
      await fill(desk);
      await page.getByRole('menuitem', { name: all.nav.records }).focus();
      await page.keyboard.press('Enter');
      await expect(rows(page).first()).toBeVisible({ timeout: 30_000 });
      await tabInto(page, page.locator('.records-search'));
      await page.keyboard.type('五金');
      await expect(rows(page)).toHaveCount(2);
      await tabInto(page, page.locator('.records-grid'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await expect(page.getByText(texts.selected.replace('{{count}}', '1'))).toBeVisible();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#\/invoice\/\d+$/);
    });
  });
}
