import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { orderStageLabels } from '../../shared/invoice/order.ts';
import { inLanguage, type Language } from '../../shared/text.ts';
import { dropFiles, openSection, samplePdfs, seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring, openPractised, succeed, textsOf } from '../support/e2e-cards.ts';
import { openRelay } from '../support/e2e-relay.ts';
import { findChromium } from '../support/electron/find-chromium.ts';

const orderId = 'E2E-ORDER-1';
/** Buyer and amount of the sample PDF. */
const buyer = { title: '杭州知行教育咨询有限公司', taxNumber: '91330106MA2KXY7A0Q' };

/** The customer: another browser, on the link that the merchant gave out. */
async function authoriseInBrowser(link: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: await findChromium() });
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await expect(page.getByText(orderId)).toBeVisible();
    await page.getByLabel('发票抬头').fill(buyer.title);
    await page.getByLabel('纳税人识别号').fill(buyer.taxNumber);
    await page.getByRole('button', { name: '授权' }).click();
    await expect(page.getByRole('heading', { name: '授权成功' })).toBeVisible();
  } finally {
    await browser.close();
  }
}

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const all = textsOf(language);
  const texts = all.orders;
  const stage = (name: keyof typeof orderStageLabels) => inLanguage(orderStageLabels[name], language);

  async function requestLink(page: Page): Promise<string> {
    await page.getByRole('button', { name: texts.request }).first().click();
    const form = page.getByRole('form', { name: texts.form.title });
    await form.getByLabel(texts.form.orderId).fill(orderId);
    await form.getByLabel(texts.form.amount).fill('100.01');
    await form.getByRole('radio', { name: texts.form.kinds['apply-with-title'] }).check();
    await form.getByRole('button', { name: texts.form.submit }).click();
    return (await page.locator('.link-address').textContent()) ?? '';
  }

  test(`an order becomes a card in ${language}: link, the customer's browser, push, relay, feed, issue`, async ({
    openDesk,
    dataFolder,
  }) => {
    test.slow();
    const relay = await openRelay(dataFolder);
    try {
      const desk = await openPractised(openDesk, language);
      const { page, accountId, complaints } = desk;
      await succeed(page, 'relay.pair', { accountId, pairingCode: relay.words.pairingCode });
      await succeed(page, 'practice.configure', { accountId, customerMustAuthorise: true });
      const contact = { phone: '010-12345678', timeOutSeconds: 86_400 };
      await succeed(page, 'merchant.saveContact', { accountId, contact });
      await openSection(page, all.nav.orders);
      const link = await requestLink(page);
      await expect(page.getByRole('img', { name: orderId })).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: texts.dialog.close, exact: true }).last().click();
      const row = page.getByRole('row', { name: orderId });
      await expect(row.getByText(stage('waiting'))).toBeVisible();
      // Without a decision of the customer nothing is issued.
      await authoriseInBrowser(link);
      await expect(row.getByText(stage('authorised'))).toBeVisible({ timeout: 30_000 });
      await expect(row.getByText(buyer.title)).toBeVisible({ timeout: 30_000 });
      expect(await seriousFaults(page)).toEqual([]);
      await row.getByRole('button', { name: texts.act.issue }).click();
      await expect(page.getByLabel(all.field.orderId).first()).toHaveValue(orderId);
      await dropFiles(page, '.documents', [join(samplePdfs, '031002600111-00412080.pdf')]);
      await expect(page.getByLabel(all.field.title).first()).toHaveValue(buyer.title);
      await expect(page.getByLabel(all.field.orderId).first()).toHaveValue(orderId);
      await page.getByRole('button', { name: all.issue.issue, exact: true }).click();
      await page.getByRole('button', { name: all.confirm.yes }).click();
      await expect(page.getByText(all.outcome.cardCode, { exact: true })).toBeVisible();
      await openSection(page, all.nav.orders);
      await expect(page.getByRole('row', { name: orderId }).getByText(stage('issued'))).toBeVisible();
      const { invoices } = await succeed(page, 'invoice.list', {});
      expect(invoices).toMatchObject([{ state: 'issued', fields: { orderId, title: buyer.title } }]);
      expect(exceptMeasuring(complaints)).toEqual([]);
    } finally {
      await relay.close();
    }
  });
}
