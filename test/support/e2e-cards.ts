import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createPracticeControl, type PracticeControl } from '../../electron/practice/practice-control.ts';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import type { Result } from '../../shared/result.ts';
import type { Language } from '../../shared/text.ts';
import { digitalInvoice } from './app-invoices.ts';
import { type Desk, invoke, samplePdfs } from './e2e-app.ts';

export const textsOf = (language: Language) => (language === 'en' ? en : zhCN);

/** A practice account that is set up, and what steers its server. */
export interface PractisedDesk extends Desk {
  readonly accountId: number;
  readonly control: PracticeControl;
}

async function ask<Name extends OperationName>(page: Page, name: Name, request: RequestOf<Name>) {
  // The contract's own answer to this very name.
  return (await invoke(page, name, request)) as Result<OutputOf<Name>, AppError>;
}

/** The output of an operation that has to succeed. */
export async function succeed<Name extends OperationName>(
  page: Page,
  name: Name,
  request: RequestOf<Name>,
): Promise<OutputOf<Name>> {
  const answer = await ask(page, name, request);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.value;
}

/** The program in this language, with the practice account and its template. */
export async function openPractised(openDesk: () => Promise<Desk>, language: Language): Promise<PractisedDesk> {
  const desk = await openDesk();
  const { page } = desk;
  if (language === 'en') await page.getByText('English', { exact: true }).click();
  await page.getByRole('button', { name: textsOf(language).start.practiceButton }).click();
  await page.getByLabel(textsOf(language).field.orderId).first().waitFor();
  const [account] = (await succeed(page, 'account.list', {})).accounts;
  if (!account) throw new Error('there is no account');
  return { ...desk, accountId: account.id, control: createPracticeControl(account.baseUrl) };
}

/** Opens a page by its address. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${address}`);
}

/** A draft with a real PDF. */
export async function makeDraft(desk: PractisedDesk, changes: Partial<InvoiceFields> = {}) {
  const { app, page, accountId } = desk;
  await app.evaluate(
    ({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    },
    join(samplePdfs, '26312000000010100556.pdf'),
  );
  const { file } = await succeed(page, 'file.choose', { kind: 'pdf' });
  const [template] = (await succeed(page, 'template.list', { accountId })).templates;
  return succeed(page, 'invoice.saveDraft', {
    accountId,
    templateId: template?.id ?? null,
    fields: digitalInvoice(1, changes),
    pdf: file?.token ?? null,
  });
}

/** An invoice whose card is at the practice server. */
export async function makeCard(desk: PractisedDesk, changes?: Partial<InvoiceFields>) {
  const draft = await makeDraft(desk, changes);
  return succeed(desk.page, 'invoice.issue', { invoiceId: draft.id });
}

/** An invoice of which nobody knows whether its card was made. */
export async function makeUnknown(desk: PractisedDesk): Promise<Invoice> {
  const draft = await makeDraft(desk);
  await desk.control.misbehave({ kind: 'drop-after', path: '/card/invoice/insert' });
  await ask(desk.page, 'invoice.issue', { invoiceId: draft.id });
  return (await succeed(desk.page, 'invoice.get', { invoiceId: draft.id })).invoice;
}

/**
 * Complaints about the page but this one: the kit's table, when it appears, measures the scroll bar by a style element
 * without a nonce. The policy blocks it, as it shall, and the table does without.
 */
export function exceptMeasuring(complaints: readonly string[]): readonly string[] {
  return complaints.filter((text) => !text.startsWith('Applying inline style violates'));
}
