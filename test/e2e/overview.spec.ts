import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Language } from '../../shared/text.ts';
import { invoke, openSection, seriousFaults, test } from '../support/e2e-app.ts';
import { makeCard, makeDraft, openPractised, succeed } from '../support/e2e-cards.ts';
import { chooseByKey, pressByKey, typeByKey } from '../support/e2e-keyboard.ts';

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;
  const words = texts.overview;
  const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  test.describe(language, () => {
    test('before the first invoice the overview says what to do, and by keyboard; one that WeChat rejects waits there', async ({
      openDesk,
    }) => {
      const desk = await openPractised(openDesk, language);
      const { page, complaints, accountId } = desk;
      expect(new URL(page.url()).hash).toMatch(/^#\/issue/);
      await openSection(page, texts.nav.overview);
      await expect(page.getByText(words.chart.none)).toBeVisible();
      await expect(page.getByText(words.todo.none)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: words.health.check }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(words.health.checked.split('{{seconds}}')[0] ?? '')).toBeVisible();
      await panel(page, words.todo.title).getByRole('button', { name: words.todo.issue }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByLabel(texts.field.orderId).first()).toBeVisible();
      await succeed(page, 'practice.configure', { accountId, customerMustAuthorise: true });
      const { id: invoiceId } = await makeDraft(desk);
      await invoke(page, 'invoice.issue', { invoiceId });
      expect((await succeed(page, 'invoice.get', { invoiceId })).invoice.state).toBe('rejected');
      await openSection(page, texts.nav.overview);
      const task = words.todo.rejected_one.replace('{{count}}', '1');
      await expect(panel(page, words.todo.title).getByText(task)).toBeVisible();
      await page.getByText(texts.look.dark).or(page.getByLabel(texts.look.dark)).first().click();
      await expect(page.locator('html')).toHaveAttribute('data-appearance', 'dark');
      expect(await seriousFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    test('what was issued is counted, drawn and described, and the next start opens here', async ({ openDesk }) => {
      // The program is ended and started again, with its backup at exit.
      test.slow();
      const desk = await openPractised(openDesk, language);
      const { app, page, complaints } = desk;
      await makeCard(desk);
      await openSection(page, texts.nav.overview);
      const count = (language === 'en' ? words.count_one : words.count_other).replace('{{count}}', '1');
      await expect(panel(page, words.today).getByText(count)).toBeVisible();
      await expect(page.locator('.day-chart svg')).toBeVisible();
      await page.getByText(words.chart.amount, { exact: true }).click();
      expect(await seriousFaults(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await app.close();
      const again = await openDesk();
      await expect(panel(again.page, words.today).getByText(count)).toBeVisible();
    });

    test('by keyboard alone: a real account is set up step by step, left and gone on with after a restart', async ({
      openDesk,
    }) => {
      // The program is ended and started again, with its backup at exit.
      test.slow();
      const { app, page } = await openDesk();
      if (language === 'en') await chooseByKey(page, page.getByRole('radio', { name: 'English' }));
      await pressByKey(page, page.getByRole('button', { name: texts.start.realButton }));
      const { form } = texts.account;
      await typeByKey(page, page.getByLabel(form.name), '青禾茶叶');
      await typeByKey(page, page.getByLabel(form.appid), 'wx0123456789abcdef');
      await typeByKey(page, page.getByLabel(form.appSecret, { exact: true }), '0123456789abcdef0123456789abcdef');
      expect(await seriousFaults(page)).toEqual([]);
      await pressByKey(page, page.getByRole('button', { name: texts.account.saveAndGoOn }));
      await expect(page.getByRole('heading', { name: texts.setup.step.check.title })).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await pressByKey(page, page.getByRole('button', { name: texts.setup.later }));
      await expect(page.getByLabel(texts.field.orderId).first()).toBeVisible();
      await app.close();
      const again = await openDesk();
      await expect(again.page.locator('.setup')).toBeVisible();
    });
  });
}
