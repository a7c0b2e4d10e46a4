import { expect } from '@playwright/test';
import { languages } from '../../shared/text.ts';
import { seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring, goTo, makeCard, openPractised, textsOf } from '../support/e2e-cards.ts';

for (const language of languages) {
  const texts = textsOf(language);
  const { decrypt } = texts;

  test.describe(language, () => {
    test('pasted links of all sorts give the code, the template, the invoice and what was repaired', async ({
      openDesk,
    }) => {
      const desk = await openPractised(openDesk, language);
      const { page, control, complaints } = desk;
      const invoice = await makeCard(desk);
      const code = invoice.cardCode ?? '';
      const { url, encryptCode, cardId } = await control.redirectLink({ code });
      await goTo(page, '/decrypt');
      await expect(page.getByText(decrypt.historyEmpty)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      const spaced = `https://example.com/?encrypt_code=${encryptCode.replaceAll('+', ' ')}&card_id=${cardId}`;
      const twice = encodeURIComponent(encodeURIComponent(encryptCode));
      await page.getByLabel(decrypt.input).fill([url, spaced, twice, '没有链接', 'A'.repeat(64)].join('\n'));
      await page.getByLabel(decrypt.input).press('Control+Enter');
      const results = page.getByRole('region', { name: decrypt.results });
      await expect(results.locator('.grouped-number')).toHaveText([code, code, code]);
      await expect(results.getByText(decrypt.repair.spaces)).toBeVisible();
      await expect(results.getByText(decrypt.repair['percent-twice'])).toBeVisible();
      await expect(results.getByText(decrypt.fault['no-code'])).toBeVisible();
      await expect(results.getByRole('alert')).toContainText('wechat.');
      expect(await seriousFaults(page)).toEqual([]);
      await results.getByRole('link').first().click();
      await expect(page).toHaveURL(new RegExp(`#/invoice/${invoice.id}$`));
      expect(exceptMeasuring(complaints)).toEqual([]);
    });

    test('the history is there again after the program was ended, and is cleared by keyboard', async ({ openDesk }) => {
      const desk = await openPractised(openDesk, language);
      const invoice = await makeCard(desk);
      const { encryptCode } = await desk.control.redirectLink({ code: invoice.cardCode ?? '' });
      await goTo(desk.page, '/decrypt');
      await desk.page.getByLabel(decrypt.input).focus();
      await desk.page.keyboard.insertText(encryptCode);
      await desk.page.keyboard.press('Control+Enter');
      const history = desk.page.getByRole('region', { name: decrypt.history });
      await expect(history.locator('.grouped-number')).toHaveText(invoice.cardCode ?? '');
      await desk.app.close();
      const { page } = await openDesk();
      await goTo(page, '/decrypt');
      await expect(page.locator('.grouped-number')).toHaveText(invoice.cardCode ?? '');
      await page.getByRole('button', { name: decrypt.clear }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(decrypt.clearTitle)).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(page.getByText(decrypt.historyEmpty)).toBeVisible();
    });
  });
}
