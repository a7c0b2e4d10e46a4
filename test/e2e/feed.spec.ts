import { createHash } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { inLanguage, languages } from '../../shared/text.ts';
import { reimburseStatusLabels } from '../../shared/wechat/reimburse-status.ts';
import { seriousFaults, test } from '../support/e2e-app.ts';
import { exceptMeasuring, goTo, makeCard, openPractised, succeed, textsOf } from '../support/e2e-cards.ts';
import { pressByKey, typeByKey } from '../support/e2e-keyboard.ts';

const token = 'token-of-the-shop';

/** A push in plain mode, as a server's log has it. */
function pushOf(code: string, status: string, createTime: number) {
  const [timestamp, nonce] = [String(createTime), 'n-1'];
  const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
  return {
    address: `https://example.com/wechat?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`,
    body: `<xml><ToUserName>gh_1</ToUserName><FromUserName>oCustomer</FromUserName><CreateTime>${createTime}</CreateTime><MsgType>event</MsgType><Event>update_invoice_status</Event><Status>${status}</Status><CardId>p1</CardId><Code>${code}</Code></xml>`,
  };
}

for (const language of languages) {
  const texts = textsOf(language);
  const { feed } = texts;

  async function enter(page: Page, push: ReturnType<typeof pushOf>, secret: string): Promise<void> {
    await typeByKey(page, page.getByLabel(feed.form.address), push.address);
    await typeByKey(page, page.getByLabel(feed.form.body), push.body);
    await typeByKey(page, page.getByLabel(feed.form.token, { exact: true }), secret);
    await pressByKey(page, page.getByRole('button', { name: feed.form.submit }));
  }

  test.describe(language, () => {
    test('by keyboard alone: a push entered by hand reaches its invoice; one of an unknown card is marked', async ({
      openDesk,
    }) => {
      const desk = await openPractised(openDesk, language);
      const { page, complaints } = desk;
      const invoice = await makeCard(desk);
      await goTo(page, '/feed');
      await expect(page.getByText(feed.noRelayTitle)).toBeVisible();
      await expect(page.getByText(feed.empty)).toBeVisible();
      await pressByKey(page, page.getByRole('button', { name: feed.enter }));
      await enter(page, pushOf(invoice.cardCode ?? '', 'INVOICE_REIMBURSE_LOCK', 1_795_500_000), token);
      await expect(page.getByText(feed.form.done)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await pressByKey(page, page.getByRole('button', { name: feed.form.submit }));
      await expect(page.getByText(feed.form.duplicate)).toBeVisible();
      await enter(page, pushOf('999999999999', 'INVOICE_REIMBURSE_CLOSURE', 1_795_500_001), token);
      await expect(page.getByText(feed.form.parked)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      const rows = page.locator('.feed').getByRole('row');
      await expect(rows).toHaveCount(3);
      await expect(page.getByText(feed.unknownCode)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await expect(page.getByText(inLanguage(reimburseStatusLabels.INVOICE_REIMBURSE_LOCK, language))).toBeVisible();
      const link = page.getByRole('link', { name: feed.openInvoice.replace('{{id}}', String(invoice.id)) });
      await pressByKey(page, link);
      await expect(page).toHaveURL(new RegExp(`#/invoice/${invoice.id}$`));
      const read = await succeed(page, 'invoice.get', { invoiceId: invoice.id });
      expect(read.invoice.reimburseStatus).toBe('INVOICE_REIMBURSE_LOCK');
      expect(exceptMeasuring(complaints)).toEqual([]);
    });

    test('a wrong Token is refused where it was typed, nothing is kept, and the drawer forgets it', async ({
      openDesk,
    }) => {
      const desk = await openPractised(openDesk, language);
      const { page, accountId } = desk;
      await goTo(page, '/feed');
      await page.getByRole('button', { name: feed.enter }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: feed.form.submit }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(feed.form.fault.address)).toBeVisible();
      await enter(page, pushOf('1', 'INVOICE_REIMBURSE_LOCK', 1_795_500_000), 'another-token');
      await expect(page.getByText('push.bad-signature')).toBeVisible();
      expect((await succeed(page, 'event.list', { accountId })).events).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.getByRole('button', { name: feed.enter }).click();
      await expect(page.getByLabel(feed.form.token, { exact: true })).toHaveValue('');
    });
  });
}
