import { expect } from '@playwright/test';
import { languages } from '../../shared/text.ts';
import { seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring, goTo, openPractised, textsOf } from '../support/e2e-cards.ts';

for (const language of languages) {
  const texts = textsOf(language);
  const words =
    language === 'en'
      ? { invoice: 'One invoice', unknown: 'When the outcome is unknown', records: 'Records and export' }
      : { invoice: '一张发票', unknown: '结果未知怎么办', records: '记录与导出' };

  test.describe(language, () => {
    test('F1 opens the guide where one is, with its pictures; an error leads to what is said about it', async ({
      openDesk,
    }) => {
      const { page, complaints } = await openPractised(openDesk, language);
      await goTo(page, '/records');
      await page.getByRole('heading', { name: texts.nav.records, level: 1 }).waitFor();
      await page.keyboard.press('F1');
      await expect(page.getByRole('heading', { name: words.records, level: 2 })).toBeVisible();
      await expect
        .poll(() => page.locator('.guide-text img').evaluate((picture: HTMLImageElement) => picture.naturalWidth))
        .toBeGreaterThan(1000);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: texts.guide.back }).click();
      await expect(page).toHaveURL(/#\/records/);
      await goTo(page, '/decrypt');
      await page.getByLabel(texts.decrypt.input).fill('A'.repeat(64));
      await page.getByLabel(texts.decrypt.input).press('Control+Enter');
      const alert = page.getByRole('alert');
      const code = (await alert.locator('.error-code').textContent()) ?? '';
      await alert.getByRole('link', { name: texts.guide.about }).click();
      await expect(page.locator(':focus')).toContainText(code.replace('wechat.', ''));
      expect(await seriousFaults(page)).toEqual([]);
      expect(exceptMeasuring(complaints)).toEqual([]);
    });

    test('by keyboard alone: found, read, turned over and left again, in the dark as well', async ({ openDesk }) => {
      const { page } = await openPractised(openDesk, language);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.keyboard.press('F1');
      const contents = page.getByRole('navigation', { name: texts.guide.contents });
      await contents.waitFor();
      await page.getByRole('searchbox', { name: texts.guide.search }).focus();
      await page.keyboard.insertText(words.unknown);
      const found = contents.getByRole('link', { name: words.unknown });
      await expect(found).toHaveCount(1);
      await found.focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: words.unknown, level: 3 })).toBeFocused();
      await expect(page.getByRole('region', { name: words.invoice })).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('navigation', { name: texts.guide.neighbours }).getByRole('link').last().focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('region', { name: words.records })).toBeFocused();
      await page.getByRole('button', { name: texts.guide.back }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: words.unknown, level: 3 })).toBeVisible();
    });
  });
}
