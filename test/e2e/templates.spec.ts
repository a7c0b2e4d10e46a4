import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Template } from '../../shared/contract/account-operations.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { invoke, openPractised, openSection, seriousFaults, test } from '../support/e2e-app.ts';

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;
  const fill = (text: string, name: string) => text.replace('{{name}}', name);
  const field = (page: Page, name: 'payee' | 'title' | 'customUrlName') =>
    page.getByLabel(texts.template[name], { exact: true });

  async function templates(page: Page): Promise<Template[]> {
    const listed = (await invoke(page, 'template.list', { accountId: 1 })) as Result<
      { templates: Template[] },
      unknown
    >; // the contract's own output
    return listed.ok ? listed.value.templates : [];
  }

  test.describe(language, () => {
    test('a template is made with its live card, duplicated with a warning, archived and put back', async ({
      openDesk,
    }) => {
      const { page, complaints } = await openPractised(openDesk, language);
      await openSection(page, texts.nav.templates);
      await page.getByRole('list', { name: texts.templates.list }).waitFor();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: texts.template.new }).first().click();
      await field(page, 'payee').fill('杭州青禾茶叶有限公司');
      await field(page, 'title').fill('青禾茶叶');
      await field(page, 'customUrlName').fill('再来一单');
      const card = page.getByRole('form', { name: texts.template.new }).getByRole('region');
      await expect(card).toContainText('再来一单');
      await expect(
        page.getByText(texts.template.count.replace('{{used}}', '4').replace('{{most}}', '9')),
      ).toBeVisible();
      await page.getByRole('button', { name: texts.template.create }).click();
      await expect(page.getByText(fill(texts.templates.created, '青禾茶叶'))).toBeVisible();
      const name = '青禾茶叶 · 增值税电子普通发票';
      await page.getByRole('button', { name: fill(texts.templates.duplicateOf, name) }).click();
      await expect(field(page, 'payee')).toHaveValue('杭州青禾茶叶有限公司');
      await expect(
        page.getByText(texts.template.secondTitle.replace('{{payee}}', '杭州青禾茶叶有限公司')),
      ).toBeVisible();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: fill(texts.templates.archiveOf, name) }).click();
      await expect(page.getByText(fill(texts.templates.archiveDone, '青禾茶叶'))).toBeVisible();
      expect((await templates(page)).map(({ archivedAt }) => archivedAt === null)).toEqual([true, false]);
      await page.getByRole('button', { name: texts.templates.undo }).click();
      await expect(page.getByRole('button', { name: fill(texts.templates.archiveOf, name) })).toBeVisible();
      expect((await templates(page)).map(({ archivedAt }) => archivedAt === null)).toEqual([true, true]);
      expect(complaints).toEqual([]);
    });

    test('by keyboard alone: a name that WeChat would refuse is said at its field, and one that fits is created', async ({
      openDesk,
    }) => {
      const { page } = await openPractised(openDesk, language);
      await openSection(page, texts.nav.templates);
      await page.getByRole('button', { name: texts.template.new }).first().focus();
      await page.keyboard.press('Enter');
      await field(page, 'title').focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText('一二三四五六七八九十');
      await page.keyboard.press('Enter');
      await expect(page.getByText(texts.template.fault.tooLong)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      expect(await templates(page)).toHaveLength(1);
      await page.keyboard.press('Control+A');
      await page.keyboard.type('Tea');
      await page.keyboard.press('Enter');
      await expect(page.getByText(fill(texts.templates.created, 'Tea'))).toBeVisible();
      // A drawer gives the focus back once it has closed.
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.getByRole('button', { name: fill(texts.templates.archiveOf, 'Tea · 增值税电子普通发票') }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(fill(texts.templates.archiveDone, 'Tea'))).toBeVisible();
    });
  });
}
