import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ElectronApplication, expect } from '@playwright/test';
import { languages } from '../../shared/text.ts';
import { type Desk, seriousFaults, test } from '../support/e2e-app.ts';
import { goTo, makeCard, makeDraft, makeUnknown, openPractised, succeed, textsOf } from '../support/e2e-cards.ts';

const content = {
  title: '杭州知行教育咨询有限公司',
  buyerNumber: '91330106MA2KJ0QW3X',
  remarks: '合同号 HT-2026-118',
};

function saveAt(app: ElectronApplication, path: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
}

/** Pulls the PDF by its name with the mouse; answers the file that the system is then given. */
async function dragOut({ app, page }: Desk, name: string): Promise<string> {
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const taken = globalThis as unknown as { taken?: string };
    if (window) window.webContents.startDrag = ({ file }) => Object.assign(taken, { taken: file });
  });
  await page.getByText(name, { exact: true }).hover();
  await page.mouse.down();
  await page.mouse.move(400, 400, { steps: 4 });
  const read = () => app.evaluate(() => (globalThis as unknown as { taken?: string }).taken ?? '');
  await expect.poll(read).not.toBe('');
  await page.mouse.up();
  return read();
}

for (const language of languages) {
  const texts = textsOf(language);
  const { status, address, needsYou } = texts.invoice;

  test.describe(language, () => {
    test('an issued invoice shows all of it, its address at WeChat and its paper form, and is copied into a draft', async ({
      openDesk,
      dataFolder,
    }) => {
      const desk = await openPractised(openDesk, language);
      const { app, page, complaints } = desk;
      await saveAt(app, join(dataFolder, 'copy.pdf'));
      const invoice = await makeCard(desk, content);
      await goTo(page, `/invoice/${invoice.id}`);
      const facts = page.getByRole('region', { name: texts.invoice.facts });
      await expect(facts).toContainText(content.buyerNumber);
      await expect(facts).toContainText(content.remarks);
      await expect(facts).toContainText('¥113.00');
      await expect(page.locator('canvas').first()).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      const stored = invoice.pdf?.fileName ?? '';
      const copy = join(dataFolder, 'copy.pdf');
      await page.getByRole('button', { name: texts.invoice.papers.saveCopy }).click();
      await expect(page.getByText('copy.pdf')).toBeVisible();
      const dragged = await dragOut(desk, stored);
      expect(basename(dragged)).toBe(stored);
      expect(readFileSync(dragged).equals(readFileSync(copy))).toBe(true);
      await page.getByRole('button', { name: address.get }).click();
      await expect(page.getByRole('timer')).toContainText(/1:59:\d\d|2:00:00/);
      await expect(page.getByLabel(address.url, { exact: true })).toHaveValue(/^http/);
      await page.getByRole('button', { name: status.to.INVOICE_REIMBURSE_LOCK }).click();
      await expect(page.getByRole('button', { name: status.to.INVOICE_REIMBURSE_INIT })).toBeVisible();
      await page.emulateMedia({ media: 'print' });
      await expect(page.getByRole('navigation')).toBeHidden();
      await expect(facts).toBeVisible();
      await page.emulateMedia({ media: 'screen' });
      await expect(page.getByRole('navigation')).toBeVisible();
      expect(complaints).toEqual([]);
      await page.getByRole('button', { name: texts.invoice.copyToDraft }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(texts.invoice.copyText.part)).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/#\/issue\/2$/);
      await expect(page.getByLabel(texts.field.title).first()).toHaveValue(content.title);
      await expect(page.getByLabel(texts.field.orderId).first()).toHaveValue('');
      await desk.app.close();
      expect(existsSync(dragged)).toBe(false);
    });

    test('voiding waits for the number of the invoice, by keyboard alone', async ({ openDesk }) => {
      const desk = await openPractised(openDesk, language);
      const { page } = desk;
      const invoice = await makeCard(desk);
      await goTo(page, `/invoice/${invoice.id}`);
      await page.getByRole('button', { name: status.to.INVOICE_REIMBURSE_CANCEL }).focus();
      await page.keyboard.press('Enter');
      const words = status.confirm.INVOICE_REIMBURSE_CANCEL;
      await expect(page.getByRole('dialog', { name: words.title })).toBeVisible();
      await expect(page.getByLabel(status.number)).toBeFocused();
      await page.keyboard.type('123');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: words.yes, exact: true }).last()).toBeDisabled();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByLabel(status.number).fill('');
      await page.keyboard.type(invoice.fields.billingNo);
      await page.keyboard.press('Enter');
      await expect(page.getByText(status.isFinal)).toBeVisible();
      const { invoice: voided } = await succeed(page, 'invoice.get', { invoiceId: invoice.id });
      expect(voided.reimburseStatus).toBe('INVOICE_REIMBURSE_CANCEL');
    });

    test('an unknown outcome is settled by asking again, which makes no second card; what is not there is said so', async ({
      openDesk,
    }) => {
      const desk = await openPractised(openDesk, language);
      const { page, control } = desk;
      const invoice = await makeUnknown(desk);
      expect(invoice.state).toBe('unknown');
      await goTo(page, `/invoice/${invoice.id}`);
      await expect(page.getByText(needsYou.absent)).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: texts.outcome.askAgain }).click();
      await expect(page.getByRole('heading', { name: texts.invoice.section.card })).toBeVisible();
      expect((await control.books()).cards).toHaveLength(1);
      const draft = await makeDraft(desk, { orderId: 'E2E-2', billingNo: '26312000000000000002' });
      await goTo(page, '/invoice/99');
      await expect(page.getByText('invoice.not-found')).toBeVisible();
      await goTo(page, `/invoice/${draft.id}`);
      await page.getByRole('button', { name: texts.invoice.openInIssue }).click();
      await expect(page.getByLabel(texts.field.orderId).first()).toHaveValue(draft.fields.orderId);
    });
  });
}
