import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createPracticeControl } from '../../electron/practice/practice-control.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { dropFiles, samplePdfs } from '../../test/support/e2e-app.ts';
import { goTo, succeed } from '../../test/support/e2e-cards.ts';

/** Puts a sample that the demo could not issue into the form, with its order number. */
export async function fillForm(page: Page, orderId: string): Promise<void> {
  await dropFiles(page, '.documents', [join(samplePdfs, `${orderId}.pdf`)]);
  await page.locator('.pdf-page canvas').waitFor();
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#invoice-billingNo')?.value !== '');
  await page.locator('#invoice-orderId').fill(orderId);
  await page.locator('#invoice-billingNo').focus();
}

/**
 * Issues an invoice whose answer is lost on the way.
 * @returns the address of its page
 */
export async function makeUnknown(page: Page): Promise<string> {
  const [account] = (await succeed(page, 'account.list', {})).accounts;
  if (!account) throw new Error('there is no account');
  await createPracticeControl(account.baseUrl).misbehave({ kind: 'drop-after', path: '/card/invoice/insert' });
  await goTo(page, '/issue');
  await fillForm(page, 'WX202611010034');
  await page.getByRole('button', { name: zhCN.issue.issue, exact: true }).click();
  await page.getByRole('button', { name: zhCN.confirm.yes }).click();
  await page.locator('.outcome-unknown').waitFor();
  return page.evaluate(() => location.hash.replace('#/issue/', '#/invoice/'));
}
