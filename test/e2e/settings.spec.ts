import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { invoke, openPractised, openSection, seriousFaults, test } from '../support/e2e-app.ts';
import { chooseByKey, pressByKey, typeByKey } from '../support/e2e-keyboard.ts';

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;
  const words = texts.settings;
  const fill = (text: string, name: string) => text.replace('{{name}}', name);
  const first = texts.practice.account;
  const tab = (page: Page, name: keyof typeof words.section) =>
    page.getByRole('tab', { name: words.section[name] }).click();

  async function accounts(page: Page): Promise<Account[]> {
    const listed = (await invoke(page, 'account.list', {})) as Result<{ accounts: Account[] }, unknown>; // the contract's own output
    return listed.ok ? listed.value.accounts : [];
  }

  test.describe(language, () => {
    test('by keyboard alone: accounts are added, renamed, coloured, switched and checked; a name that is taken is refused', async ({
      openDesk,
    }) => {
      const { page, complaints } = await openPractised(openDesk, language);
      await openSection(page, texts.nav.settings);
      await pressByKey(page, page.getByRole('button', { name: words.accounts.addPractice }));
      const second = words.accounts.practiceName.replace('{{number}}', '2');
      await pressByKey(page, page.getByRole('button', { name: fill(words.accounts.switchToName, second) }));
      await expect(page.getByRole('region', { name: second }).getByText(words.accounts.current)).toBeVisible();
      await pressByKey(page, page.getByRole('button', { name: fill(words.accounts.editName, second) }));
      await typeByKey(page, page.getByLabel(words.accounts.name, { exact: true }), first);
      await pressByKey(page, page.getByRole('button', { name: words.accounts.save }));
      await expect(page.getByRole('dialog').getByText('account.name-taken')).toBeVisible();
      await typeByKey(page, page.getByLabel(words.accounts.name, { exact: true }), '青禾茶叶');
      await chooseByKey(page, page.getByRole('radio', { name: words.accounts.colours.magenta }));
      await pressByKey(page, page.getByRole('button', { name: words.accounts.save }));
      await expect(page.getByRole('region', { name: '青禾茶叶' })).toBeVisible();
      await pressByKey(page, page.getByRole('button', { name: fill(words.accounts.checkName, '青禾茶叶') }));
      await expect(page.getByText(words.accounts.checked.split('{{seconds}}')[0] ?? '')).toBeVisible();
      await pressByKey(page, page.getByRole('button', { name: fill(words.accounts.obtainName, '青禾茶叶') }));
      await expect(page.getByRole('button', { name: fill(words.accounts.obtainName, '青禾茶叶') })).toHaveCount(0);
      const [, changed] = await accounts(page);
      expect(changed).toMatchObject({ name: '青禾茶叶', colour: 'magenta' });
      expect(changed?.platformId).toMatch(/\S/);
      expect(await seriousFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('the look changes at once and stays; the check tells what it found, and the log can be shown', async ({
      openDesk,
      dataFolder,
    }) => {
      const { app, page } = await openPractised(openDesk, language);
      await openSection(page, texts.nav.settings);
      await tab(page, 'appearance');
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('tabpanel').getByText(texts.look.dark).or(page.getByLabel(texts.look.dark)).last().click();
      await expect(page.locator('html')).toHaveAttribute('data-appearance', 'dark');
      await tab(page, 'accounts');
      expect(await seriousFaults(page)).toEqual([]);
      await tab(page, 'about');
      await page.getByRole('button', { name: words.about.run }).click();
      await expect(page.getByRole('button', { name: words.about.runAgain })).toBeVisible();
      await expect(page.getByText(words.about.state.good).first()).toBeVisible();
      await page.getByRole('button', { name: words.about.logShow }).click();
      // While it is busy it is pale on purpose.
      await expect(page.getByRole('button', { name: words.about.logShow })).toHaveCSS('opacity', '1');
      const file = join(dataFolder, 'diagnostics.txt');
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, file);
      await page.getByRole('button', { name: words.about.saveDiagnostics }).click();
      await expect(page.getByText('diagnostics.txt')).toBeVisible();
      expect(readFileSync(file, 'utf8')).toContain('CREATE TABLE invoice');
      expect(await seriousFaults(page)).toEqual([]);
    });

    test('a backup is made by keyboard, chosen for a restore with both counts shown, and that is taken back', async ({
      openDesk,
      dataFolder,
    }) => {
      const { app, page } = await openPractised(openDesk, language);
      await openSection(page, texts.nav.settings);
      await page.getByRole('tab', { name: words.section.accounts }).focus();
      const data = page.getByRole('tab', { name: words.section.data });
      for (
        let presses = 0;
        presses < 8 && !(await data.evaluate((tab) => tab === document.activeElement));
        presses += 1
      )
        await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(page.getByText(dataFolder)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: words.data.open }).click();
      await expect(page.getByRole('alert')).toHaveCount(0);
      await page.getByRole('button', { name: words.data.make }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(words.data.reasons['by-hand'], { exact: true })).toBeVisible();
      await page
        .getByRole('button', { name: new RegExp(words.data.restoreName.split('{{time}}')[0] ?? '') })
        .first()
        .click();
      const dialog = page.getByRole('dialog', { name: words.data.restoreTitle });
      await expect(dialog.getByText(words.data.restoreNow, { exact: true })).toBeVisible();
      await dialog.getByRole('button', { name: words.data.restoreYes }).click();
      await expect(page.getByText(words.data.pendingTitle)).toBeVisible();
      await page.getByRole('button', { name: words.data.cancelRestore }).click();
      await expect(page.getByText(words.data.pendingTitle)).toHaveCount(0);
      expect(existsSync(join(dataFolder, 'backups'))).toBe(true);
      expect(app.windows()).toHaveLength(1);
    });
  });
}
