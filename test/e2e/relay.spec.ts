import { expect, type Page } from '@playwright/test';
import { inLanguage, type Language } from '../../shared/text.ts';
import { reimburseStatusLabels } from '../../shared/wechat/reimburse-status.ts';
import { openSection, seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring, goTo, makeCard, openPractised, textsOf } from '../support/e2e-cards.ts';
import { openRelay } from '../support/e2e-relay.ts';

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const all = textsOf(language);
  const texts = all.relay;

  /** The pairing code is pasted and sent off without a mouse. */
  async function pairByKeyboard(page: Page, code: string): Promise<void> {
    await goTo(page, '/settings/relay');
    await page.getByLabel(texts.pairing.code).fill('hello');
    await page.getByLabel(texts.pairing.code).press('Enter');
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.getByLabel(texts.pairing.code).fill(code);
    await page.getByLabel(texts.pairing.code).press('Enter');
    await expect(page.getByText(texts.state.live).first()).toBeVisible();
  }

  test(`a relay is paired in ${language}, and what WeChat pushes is seen at once`, async ({ openDesk, dataFolder }) => {
    test.slow();
    const relay = await openRelay(dataFolder);
    try {
      const desk = await openPractised(openDesk, language);
      const { page, complaints, control } = desk;
      const { cardCode } = await makeCard(desk);
      await pairByKeyboard(page, relay.words.pairingCode);
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: texts.test, exact: false }).first().click();
      await expect(page.getByText(texts.told.test.split('{{time}}')[0] ?? '')).toBeVisible();
      await openSection(page, all.nav.feed);
      await expect(page.getByText(texts.state.live).first()).toBeVisible();
      await control.reimburse({ code: cardCode ?? '', status: 'INVOICE_REIMBURSE_LOCK' });
      const locked = inLanguage(reimburseStatusLabels.INVOICE_REIMBURSE_LOCK, language);
      await expect(page.getByRole('cell').getByText(locked)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await goTo(page, '/invoice/1');
      await expect(page.getByText(locked).first()).toBeVisible();
      await relay.close();
      await goTo(page, '/feed');
      await expect(page.getByText(texts.state.offline).first()).toBeVisible({ timeout: 30_000 });
      expect(exceptMeasuring(complaints)).toEqual([]);
    } finally {
      await relay.close();
    }
  });
}
