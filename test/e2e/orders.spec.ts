import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { ensureChromium } from '../../scripts/ensure-chromium.ts';
import { orderStageLabels } from '../../shared/invoice/order.ts';
import { inLanguage, type Language } from '../../shared/text.ts';
import { dropFiles, openSection, samplePdfs, seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring, goTo, openPractised, type PractisedDesk, succeed, textsOf } from '../support/e2e-cards.ts';
import { chooseByKey, pressByKey, typeByKey } from '../support/e2e-keyboard.ts';
import { openRelay } from '../support/e2e-relay.ts';

const samplePdf = join(samplePdfs, '031002600111-00412080.pdf');
/** The buyer and the total that the sample PDF shows. */
const buyer = '杭州知行教育咨询有限公司';
const total = '100.01';
const orderId = 'E2E-ORDER-1';

/** The customer, on a telephone of their own, fills in the title and agrees. */
async function authorise(link: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
  try {
    const phone = await browser.newPage({ viewport: { width: 390, height: 780 } });
    await phone.goto(link);
    await phone.locator('input[name=title]').fill(buyer);
    await phone.locator('button[value=allow]').click();
    await expect(phone.getByRole('heading', { name: '授权成功' })).toBeVisible();
  } finally {
    await browser.close();
  }
}

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const all = textsOf(language);
  const { orders: texts, merchant } = all;

  async function setContact(page: Page): Promise<void> {
    await goTo(page, '/settings/customer');
    await typeByKey(page, page.getByLabel(merchant.contact.phone), '0571-88001122');
    await pressByKey(page, page.getByRole('button', { name: `${merchant.save} · ${merchant.contact.title}` }));
    await expect(page.getByText(merchant.saved)).toBeVisible();
  }

  /** From the button to the form's end without a mouse. */
  async function request(page: Page): Promise<void> {
    await pressByKey(page, page.getByRole('button', { name: texts.request }).first());
    await expect(page.getByLabel(texts.form.orderId)).toBeFocused();
    await page.keyboard.type(orderId);
    await typeByKey(page, page.getByLabel(texts.form.amount), total);
    await chooseByKey(page, page.getByRole('radio', { name: texts.form.kinds['apply-with-title'] }));
    await pressByKey(page, page.getByLabel(texts.form.amount));
  }

  test.describe(language, () => {
    async function fromLinkToCard({ page, complaints, accountId }: PractisedDesk): Promise<void> {
      await setContact(page);
      expect(await seriousFaults(page)).toEqual([]);
      await openSection(page, all.nav.orders);
      await request(page);
      const dialog = page.getByRole('dialog', { name: texts.dialog.title });
      await expect(dialog.getByRole('img', { name: texts.dialog.qr.replace('{{orderId}}', orderId) })).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      const { order } = await succeed(page, 'order.find', { accountId, orderId });
      await expect(dialog.getByText(order?.link?.url ?? '')).toBeVisible();
      await page.keyboard.press('Escape');
      await authorise(order?.link?.url ?? '');
      // The push comes over the relay; the title, which it does not carry, is asked for then.
      const patience = { timeout: 30_000 };
      const authorised = page.getByRole('cell').getByText(inLanguage(orderStageLabels.authorised, language));
      await expect(authorised).toBeVisible(patience);
      await expect(page.getByRole('cell').getByText(buyer)).toBeVisible(patience);
      const act = texts.act.of.replace('{{act}}', texts.act.issue).replace('{{orderId}}', orderId);
      await pressByKey(page, page.getByRole('button', { name: act }));
      await expect(page.getByLabel(all.field.title, { exact: true })).toHaveValue(buyer);
      await expect(page.getByLabel(all.field.fee, { exact: true })).toHaveValue(total);
      await dropFiles(page, '.documents', [samplePdf]);
      await expect(page.getByLabel(all.field.billingNo, { exact: true })).toHaveValue('00412080');
      await pressByKey(page, page.getByRole('button', { name: all.issue.issue, exact: true }));
      await pressByKey(page, page.getByRole('button', { name: all.confirm.yes }));
      await expect(page.getByRole('heading', { name: all.outcome.issuedTitle })).toBeVisible();
      await openSection(page, all.nav.orders);
      await expect(page.getByRole('cell').getByText(inLanguage(orderStageLabels.issued, language))).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      expect(exceptMeasuring(complaints)).toEqual([]);
    }

    test('an order goes from its link over the customer’s browser, the relay and the feed to a card', async ({
      openDesk,
      dataFolder,
    }) => {
      test.slow();
      const relay = await openRelay(dataFolder);
      try {
        const desk = await openPractised(openDesk, language);
        const { page, accountId } = desk;
        await succeed(page, 'practice.configure', { accountId, customerMustAuthorise: true });
        await succeed(page, 'relay.pair', { accountId, pairingCode: relay.words.pairingCode });
        await fromLinkToCard(desk);
      } finally {
        await relay.close();
      }
    });

    test('without a contact of the merchant there is no link, and the way to set it is one press away', async ({
      openDesk,
    }) => {
      const { page } = await openPractised(openDesk, language);
      await openSection(page, all.nav.orders);
      await request(page);
      await expect(page.getByText('wechat.72063')).toBeVisible();
      await page.getByRole('button', { name: texts.setContact }).click();
      await expect(page.getByRole('heading', { name: merchant.contact.title })).toBeVisible();
      await expect(page.getByText(merchant.contact.unset)).toBeVisible();
    });
  });
}
