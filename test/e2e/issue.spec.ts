import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { dropFiles, invoke, openPractised, samplePdfs, seriousFaults, test } from '../support/e2e-app.ts';

const samplePdf = join(samplePdfs, '031002600111-00412080.pdf');
const dropZone = '.documents';

interface Content {
  readonly orderId: string;
  readonly title: string;
  readonly billingNo: string;
  readonly billingCode: string;
  readonly checkCode: string;
  readonly billingTime: string;
  readonly feeWithoutTax: string;
  readonly tax: string;
  readonly fee: string;
}

/** What the sample PDF shows. */
const sample: Content = {
  orderId: 'E2E-0001',
  title: '杭州知行教育咨询有限公司',
  billingNo: '00412080',
  billingCode: '031002600111',
  checkCode: '46163 02237 91956 50951',
  billingTime: '2026-10-08',
  feeWithoutTax: '94.35',
  tax: '5.66',
  fee: '100.01',
};

/** Counts from now on what a person does with the mouse. */
const countClicks = (page: Page) =>
  page.evaluate(() => {
    document.documentElement.dataset['clicks'] = '0';
    // Not the clicks: that on a label is followed by one on its field.
    const count = ({ isTrusted }: PointerEvent) => {
      if (isTrusted)
        document.documentElement.dataset['clicks'] = String(Number(document.documentElement.dataset['clicks']) + 1);
    };
    document.addEventListener('pointerdown', count, { capture: true });
  });
const clicks = async (page: Page) => Number(await page.locator('html').getAttribute('data-clicks'));

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;

  const label = (page: Page, name: keyof Content) => page.getByLabel(texts.field[name], { exact: false }).first();

  async function fill(page: Page, content: Content): Promise<void> {
    for (const name of [
      'orderId',
      'title',
      'billingNo',
      'billingCode',
      'checkCode',
      'feeWithoutTax',
      'tax',
      'fee',
    ] as const)
      await label(page, name).fill(content[name]);
    await label(page, 'billingTime').fill(content.billingTime);
    await label(page, 'billingTime').press('Enter');
  }

  const itemName = texts.items.cell.replace('{{line}}', '1').replace('{{part}}', texts.items.name);

  const issue = (page: Page) => page.getByRole('button', { name: texts.issue.issue, exact: true });
  const confirm = (page: Page) => page.getByRole('button', { name: texts.confirm.yes }).click();

  async function currentAccount(page: Page): Promise<Account> {
    const listed = (await invoke(page, 'account.list', {})) as Result<{ accounts: Account[] }, unknown>; // the contract's own output
    const [account] = listed.ok ? listed.value.accounts : [];
    if (!account) throw new Error('there is no account');
    return account;
  }

  async function invoices(page: Page): Promise<Invoice[]> {
    const listed = (await invoke(page, 'invoice.list', {})) as Result<{ invoices: Invoice[] }, unknown>; // the contract's own output
    return listed.ok ? listed.value.invoices : [];
  }

  test.describe(language, () => {
    test('a dropped PDF fills the form, and with an order number becomes a card whose code is shown, in five clicks at most', async ({
      openDesk,
    }) => {
      const { page, complaints } = await openPractised(async () => {
        const desk = await openDesk();
        await countClicks(desk.page);
        return desk;
      }, language);
      await dropFiles(page, dropZone, [samplePdf]);
      await expect(page.getByText('031002600111-00412080.pdf')).toBeVisible();
      await expect(page.locator('canvas').first()).toBeVisible();
      await expect(label(page, 'fee')).toHaveValue(sample.fee);
      await expect(page.getByLabel(itemName)).toHaveValue('*物流辅助服务*冷链配送费');
      // The order number is asked for; it is all that is typed.
      await expect(label(page, 'orderId')).toBeFocused();
      await page.keyboard.type(sample.orderId);
      await label(page, 'billingNo').focus();
      await expect(page.locator('.pdf-box')).toBeVisible();
      const box = await page.locator('.pdf-box').boundingBox();
      const paper = await page.locator('.pdf-page canvas').boundingBox();
      // The number stands in the upper right corner of the page.
      expect(box && paper && box.x > paper.x + paper.width / 2 && box.y < paper.y + paper.height / 4).toBe(true);
      expect(await seriousFaults(page)).toEqual([]);
      await issue(page).click();
      await expect(page.getByRole('dialog', { name: texts.confirm.title })).toBeVisible();
      await confirm(page);
      await expect(page.getByRole('heading', { name: texts.outcome.issuedTitle })).toBeVisible();
      // The language is chosen by one of them.
      expect(await clicks(page)).toBeLessThanOrEqual(5);
      const [invoice] = await invoices(page);
      expect(invoice?.state).toBe('issued');
      expect(invoice?.cardCode).toMatch(/^\d{12}$/);
      const shown = await page.locator('.card-code').textContent();
      expect(shown?.replaceAll(/\s/g, '')).toBe(invoice?.cardCode);
      expect(invoice?.fields.checkCode).toBe('46163022379195650951');
      expect(invoice?.fields.feeFen).toBe(10_001);
      expect(complaints).toEqual([]);
    });

    test('faults show where they are made, as one types and where no PDF was dropped, and nothing is issued', async ({
      openDesk,
    }) => {
      const { page } = await openPractised(openDesk, language);
      expect(await seriousFaults(page)).toEqual([]);
      await dropFiles(page, dropZone, [join(samplePdfs, '..', 'README.md')]);
      await expect(page.getByText(language === 'en' ? 'is not a PDF file' : '不是 PDF 文件')).toBeVisible();
      await fill(page, { ...sample, billingNo: sample.billingCode, billingCode: sample.billingNo, fee: '100.0O' });
      await issue(page).click();
      await expect(page.getByRole('button', { name: texts.issue.swap })).toBeVisible();
      expect(await seriousFaults(page)).toEqual([]);
      await page.getByRole('button', { name: texts.issue.swap }).click();
      await expect(label(page, 'billingNo')).toHaveValue(sample.billingNo);
      await expect(page.getByRole('dialog')).toHaveCount(0);
      expect((await invoices(page)).filter(({ state }) => state !== 'draft')).toEqual([]);
    });

    test('an order nobody authorised is rejected with the cure, and goes through once it is authorised', async ({
      openDesk,
    }) => {
      const { page } = await openPractised(openDesk, language);
      const { id: accountId } = await currentAccount(page);
      await invoke(page, 'practice.configure', { accountId, customerMustAuthorise: true });
      await dropFiles(page, dropZone, [samplePdf]);
      await fill(page, sample);
      await issue(page).click();
      await confirm(page);
      await expect(page.getByText('72038').first()).toBeVisible();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      expect((await invoices(page)).map(({ state }) => state)).toEqual(['rejected']);
      await invoke(page, 'practice.authorise', { accountId, orderId: sample.orderId });
      await issue(page).click();
      await confirm(page);
      await expect(page.getByRole('heading', { name: texts.outcome.issuedTitle })).toBeVisible();
      expect((await invoices(page)).map(({ state }) => state)).toEqual(['issued']);
    });

    test('the draft is there again after the program was ended', async ({ openDesk }) => {
      const { app, page } = await openPractised(openDesk, language);
      await dropFiles(page, dropZone, [samplePdf]);
      await fill(page, sample);
      await page.getByRole('button', { name: texts.issue.save }).click();
      await expect(page.getByText(texts.saveState.saved)).toBeVisible();
      await app.close();
      const again = await openDesk();
      const [draft] = await invoices(again.page);
      await again.page.evaluate((id) => {
        location.hash = `#/issue/${id}`;
      }, draft?.id);
      expect(draft?.state).toBe('draft');
      expect(draft?.fields.orderId).toBe(sample.orderId);
      expect(draft?.pdf?.fileName).toBe('031002600111-00412080.pdf');
      await expect(label(again.page, 'orderId')).toHaveValue(sample.orderId);
      await expect(again.page.locator('canvas').first()).toBeVisible();
    });

    test('the keyboard alone issues a card', async ({ openDesk }) => {
      const { app, page } = await openPractised(openDesk, language);
      await app.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      }, samplePdf);
      await page.getByRole('button', { name: texts.documents.invoice.choose }).focus();
      await page.keyboard.press('Enter');
      await expect(page.locator('canvas').first()).toBeVisible();
      await fill(page, sample);
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('dialog', { name: texts.confirm.title })).toBeVisible();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: texts.outcome.issuedTitle })).toBeVisible();
    });
  });
}
