import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { Account } from '../../shared/contract/account-operations.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { type Desk, dropFiles, invoke, photograph, samplePdfs, test } from '../support/e2e-app.ts';

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

for (const language of ['zh-CN', 'en'] as const satisfies readonly Language[]) {
  const texts = language === 'en' ? en : zhCN;

  const label = (page: Page, name: keyof Content) => page.getByLabel(texts.field[name], { exact: false }).first();

  async function openPractised(openDesk: () => Promise<Desk>): Promise<Desk> {
    const desk = await openDesk();
    if (language === 'en') await desk.page.getByText('English', { exact: true }).click();
    await desk.page.getByRole('button', { name: texts.start.practiceButton }).click();
    await label(desk.page, 'orderId').waitFor();
    return desk;
  }

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

  async function addItem(page: Page): Promise<void> {
    await page.getByRole('button', { name: texts.items.add }).click();
    const cell = (part: string) => page.getByLabel(texts.items.cell.replace('{{line}}', '1').replace('{{part}}', part));
    await cell(texts.items.name).fill('*物流辅助服务*冷链配送费');
    await cell(texts.items.num).fill('5');
    await cell(texts.items.price).fill('18.87');
  }

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
    test('a dropped PDF and a filled form become a card whose code is shown', async ({ openDesk }) => {
      const { page, complaints } = await openPractised(openDesk);
      await dropFiles(page, dropZone, [samplePdf]);
      await expect(page.getByText('031002600111-00412080.pdf')).toBeVisible();
      await expect(page.locator('canvas').first()).toBeVisible();
      await fill(page, sample);
      await addItem(page);
      await photograph(page, 'issue-filled', language);
      await issue(page).click();
      await expect(page.getByRole('dialog', { name: texts.confirm.title })).toBeVisible();
      await photograph(page, 'issue-confirm', language);
      await confirm(page);
      await expect(page.getByRole('heading', { name: texts.outcome.issuedTitle })).toBeVisible();
      const [invoice] = await invoices(page);
      expect(invoice?.state).toBe('issued');
      expect(invoice?.cardCode).toMatch(/^\d{12}$/);
      const shown = await page.locator('.card-code').textContent();
      expect(shown?.replaceAll(/\s/g, '')).toBe(invoice?.cardCode);
      expect(invoice?.fields.checkCode).toBe('46163022379195650951');
      expect(invoice?.fields.feeFen).toBe(10_001);
      await photograph(page, 'issue-issued', language);
      expect(complaints).toEqual([]);
    });

    test('faults show at their fields as one types, and nothing is issued while there are any', async ({
      openDesk,
    }) => {
      const { page } = await openPractised(openDesk);
      await fill(page, { ...sample, billingNo: sample.billingCode, billingCode: sample.billingNo, fee: '100.0O' });
      await issue(page).click();
      await expect(page.getByRole('button', { name: texts.issue.swap })).toBeVisible();
      await photograph(page, 'issue-faults', language);
      await page.getByRole('button', { name: texts.issue.swap }).click();
      await expect(label(page, 'billingNo')).toHaveValue(sample.billingNo);
      await expect(page.getByRole('dialog')).toHaveCount(0);
      expect((await invoices(page)).filter(({ state }) => state !== 'draft')).toEqual([]);
    });

    test('what is no PDF is refused where it was dropped', async ({ openDesk }) => {
      const { page } = await openPractised(openDesk);
      const text = join(samplePdfs, '..', 'README.md');
      await dropFiles(page, dropZone, [text]);
      await expect(page.getByText(language === 'en' ? 'is not a PDF file' : '不是 PDF 文件')).toBeVisible();
      await photograph(page, 'issue-not-pdf', language);
    });

    test('an order nobody authorised is rejected with the cure, and goes through once it is authorised', async ({
      openDesk,
    }) => {
      const { page } = await openPractised(openDesk);
      const { id: accountId } = await currentAccount(page);
      await invoke(page, 'practice.configure', { accountId, customerMustAuthorise: true });
      await dropFiles(page, dropZone, [samplePdf]);
      await fill(page, sample);
      await issue(page).click();
      await confirm(page);
      await expect(page.getByText('72038').first()).toBeVisible();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      expect((await invoices(page)).map(({ state }) => state)).toEqual(['rejected']);
      await photograph(page, 'issue-rejected', language);
      await invoke(page, 'practice.authorise', { accountId, orderId: sample.orderId });
      await issue(page).click();
      await confirm(page);
      await expect(page.getByRole('heading', { name: texts.outcome.issuedTitle })).toBeVisible();
      expect((await invoices(page)).map(({ state }) => state)).toEqual(['issued']);
    });

    test('the draft is there again after the program was ended', async ({ openDesk }) => {
      const { app, page } = await openPractised(openDesk);
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

    test('axe finds no serious or critical fault on the page, empty, filled or wrong', async ({ openDesk }) => {
      const { page } = await openPractised(openDesk);
      const serious = async () => {
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      };
      expect(await serious()).toEqual([]);
      await fill(page, { ...sample, billingNo: '123', fee: 'abc' });
      expect(await serious()).toEqual([]);
      await dropFiles(page, dropZone, [samplePdf]);
      await expect(page.locator('canvas').first()).toBeVisible();
      expect(await serious()).toEqual([]);
    });

    test('the keyboard alone issues a card', async ({ openDesk }) => {
      const { app, page } = await openPractised(openDesk);
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
