import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { pdfLifetimeSeconds } from '../../../shared/wechat/limits.ts';
import { refusedIssue } from '../../support/app-expectations.ts';
import { digitalInvoice, writePdf } from '../../support/app-invoices.ts';
import { insertPath, openApp, type Stage, shop, startStage, templateContent } from '../../support/app-under-test.ts';
import { createRawClient } from '../practice/practice-client.ts';

async function issuedInvoice(stage: Stage) {
  const { id: invoiceId } = await stage.draft();
  return stage.app().succeed('invoice.issue', { invoiceId });
}

/** Another desk of the same shop, with its own records at the same WeChat, issues an invoice with these fields. */
async function issueAtOtherDesk(stage: Stage, fields: Partial<InvoiceFields>) {
  const app = openApp({ dataFolder: join(stage.folder, 'other-desk'), clock: stage.clock });
  const { id: accountId } = await app.succeed('account.create', {
    name: '二号收银台',
    kind: 'wechat',
    appid: shop.appid,
    baseUrl: stage.server.url,
  });
  const { id: templateId } = await app.succeed('template.create', { accountId, content: templateContent });
  const path = join(stage.folder, 'of-the-other-desk.pdf');
  await writePdf(path, [path]);
  const file = await app.files.admit(path);
  const { id: invoiceId } = await app.succeed('invoice.saveDraft', {
    accountId,
    templateId,
    fields: digitalInvoice(stage.nextSerial(), fields),
    pdf: file.ok ? file.value.token : null,
  });
  await app.succeed('invoice.issue', { invoiceId });
  await app.close();
}

/** The shop refuses to invoice an order, by the call that the merchant's side has for it. */
async function rejectOrder(stage: Stage, orderId: string) {
  const { platformId } = await stage.app().succeed('platform.obtainId', { accountId: stage.accountId });
  await stage.control.authorise({ appid: shop.appid, orderId });
  const client = createRawClient(stage.server.url);
  await client.login(shop);
  const answer = await client.post('/card/invoice/rejectinsert', {
    s_pappid: platformId,
    order_id: orderId,
    reason: '已退货',
  });
  expect(answer).toMatchObject({ errcode: 0 });
}

describe('the invoice', () => {
  test('an amount WeChat takes for missing is 72031 naming the field in both languages', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await stage.draft({ fields: { feeWithoutTaxFen: 0, feeFen: 1300, taxFen: 1300 } });
    const error = await refusedIssue(stage, invoiceId, 'rejected');
    expect(error).toMatchObject({ code: 'wechat.72031', class: 'fix-input', details: { field: 'fee_without_tax' } });
    expect(error.text.zhCN).toContain('不含税金额');
    expect(error.text.en).toContain('amount without tax');
  });

  test('an order its customer has not authorised is 72038', async () => {
    const stage = await startStage({ shop: { customerMustAuthorise: true } });
    const { id: invoiceId } = await stage.draft();
    expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
      code: 'wechat.72038',
      class: 'fix-input',
    });
  });

  test('an order the shop once refused to invoice is 72035, for ever', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await stage.draft();
    await rejectOrder(stage, fields.orderId);
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
        code: 'wechat.72035',
        class: 'fix-input',
      });
    expect(stage.books().cards).toEqual([]);
  });

  test.each([72056, 72018] as const)('an order that another desk has used is %i and already done', async (errcode) => {
    const stage = await startStage();
    await stage.control.settings({ repeatedOrderErrcode: errcode });
    const { id: invoiceId, fields } = await stage.draft();
    await issueAtOtherDesk(stage, { orderId: fields.orderId });
    expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
      code: `wechat.${errcode}`,
      class: 'already-done',
    });
    expect(stage.books().cards).toHaveLength(1);
  });

  test('an invoice number that another desk has used is 72042', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await stage.draft();
    await issueAtOtherDesk(stage, { billingNo: fields.billingNo });
    expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
      code: 'wechat.72042',
      class: 'already-done',
    });
    expect(stage.books().cards).toHaveLength(1);
  });

  test.each([
    { why: 'a 10-digit number (72043)', fields: { billingNo: '4545145712' }, finding: 'number.wrong-length' },
    {
      why: 'an older invoice without check code (72045)',
      fields: { billingNo: '45145712', billingCode: '031002600111' },
      finding: 'check-code.missing',
    },
    {
      why: 'the long number in both fields (-1)',
      fields: { billingNo: '26312000000123456789', billingCode: '26312000000123456789' },
      finding: 'code.not-for-digital',
    },
  ])('$why is found here, before WeChat can', async ({ fields, finding }) => {
    const stage = await startStage();
    const { id: invoiceId } = await stage.draft({ fields });
    const error = await refusedIssue(stage, invoiceId, 'draft');
    expect(error).toMatchObject({ code: 'invoice.invalid', class: 'fix-input' });
    expect(error.details['findings']).toMatchObject([{ code: finding }]);
    expect(error.text.zhCN).not.toMatch(/[a-z]{3}/);
    expect(error.text.en).not.toMatch(/\p{Script=Han}/u);
    expect(stage.callsTo('/card/invoice/platform/setpdf')).toEqual([]);
    expect(stage.callsTo(insertPath)).toEqual([]);
  });
});

describe('the PDF', () => {
  test('a file that only begins like a PDF is 72040 at the upload, and the invoice stays a draft with the reason', async () => {
    const stage = await startStage();
    const pdf = await stage.newFile('half.pdf', '%PDF-1.7\nnothing more');
    const { id: invoiceId } = await stage.draft({ pdf });
    expect(await refusedIssue(stage, invoiceId, 'draft')).toMatchObject({
      code: 'wechat.72040',
      class: 'fix-input',
      action: 'choose-file',
      details: { call: 'setpdf' },
    });
    expect(await stage.attempts(invoiceId)).toMatchObject([{ call: 'setpdf', outcome: 'refused', errcode: 72_040 }]);
    expect(stage.callsTo(insertPath)).toEqual([]);
  });

  test("a file over WeChat's limit is 45001", async () => {
    const stage = await startStage();
    await stage.control.settings({ pdfLimitBytes: 100 });
    const { id: invoiceId } = await stage.draft();
    expect(await refusedIssue(stage, invoiceId, 'draft')).toMatchObject({ code: 'wechat.45001', class: 'fix-input' });
  });

  test('a PDF of another invoice is 72047, one without text 72040', async () => {
    const stage = await startStage({ shop: { checkPdfNumber: true } });
    const other = await stage.newPdf(['26312000000999999999']);
    const { id: otherId } = await stage.draft({ pdf: other });
    expect(await refusedIssue(stage, otherId, 'rejected')).toMatchObject({ code: 'wechat.72047', class: 'fix-input' });
    const own = await stage.newPdf(['26312000000123456789']);
    const { id: ownId } = await stage.draft({ pdf: own, fields: { billingNo: '26312000000123456789' } });
    expect(await stage.app().succeed('invoice.issue', { invoiceId: ownId })).toMatchObject({ state: 'issued' });
  });

  test('an upload that WeChat erased is 72040, and the next try uploads the file again', async () => {
    const stage = await startStage();
    const file = await stage.newPdf();
    await stage.app().succeed('pdf.upload', { accountId: stage.accountId, file });
    // Only WeChat's clock goes on, as when it erases earlier than it says.
    await stage.control.advance(pdfLifetimeSeconds);
    const { id: invoiceId } = await stage.draft({ pdf: file });
    expect(await refusedIssue(stage, invoiceId, 'rejected')).toMatchObject({
      code: 'wechat.72040',
      class: 'fix-input',
    });
    expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued' });
    expect(stage.callsTo('/card/invoice/platform/setpdf')).toHaveLength(2);
    expect(stage.books().cards).toHaveLength(1);
  });
});

describe('the card', () => {
  test('CLOSURE without a lock is 72039, LOCK of a card that is locked elsewhere 72023', async () => {
    const stage = await startStage();
    const { id: invoiceId, cardCode, fields } = await issuedInvoice(stage);
    const confirmedNumber = fields.billingNo;
    const move = (status: 'LOCK' | 'CLOSURE') =>
      stage.app().refuse('invoice.updateStatus', { invoiceId, status: `INVOICE_REIMBURSE_${status}`, confirmedNumber });
    expect(await move('CLOSURE')).toMatchObject({ code: 'wechat.72039', class: 'fix-input' });
    await stage.control.reimburse({ code: cardCode ?? '', status: 'INVOICE_REIMBURSE_LOCK' });
    expect(await move('LOCK')).toMatchObject({ code: 'wechat.72023', class: 'wait-and-retry' });
    expect(await stage.look(invoiceId)).toMatchObject({ reimburseStatus: null });
  });

  test('a move that the known status forbids is refused here, before WeChat would', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await issuedInvoice(stage);
    const confirmedNumber = fields.billingNo;
    const move = (status: 'INIT' | 'LOCK' | 'CANCEL') =>
      stage.app().call('invoice.updateStatus', { invoiceId, status: `INVOICE_REIMBURSE_${status}`, confirmedNumber });
    expect(await move('LOCK')).toMatchObject({ ok: true });
    expect(await move('LOCK')).toMatchObject({ error: { code: 'status.illegal-move', class: 'fix-input' } });
    expect(await move('CANCEL')).toMatchObject({ ok: true });
    expect(await move('INIT')).toMatchObject({ error: { code: 'status.illegal-move' } });
    expect(stage.callsTo('/card/invoice/platform/updatestatus')).toHaveLength(2);
    expect(await stage.look(invoiceId)).toMatchObject({ reimburseStatus: 'INVOICE_REIMBURSE_CANCEL' });
  });

  test('voiding wants the number typed, and nothing is sent without it', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await issuedInvoice(stage);
    const cancel = { invoiceId, status: 'INVOICE_REIMBURSE_CANCEL' } as const;
    for (const confirmed of [{}, { confirmedNumber: '' }, { confirmedNumber: `${fields.billingNo}1` }])
      expect(await stage.app().refuse('invoice.updateStatus', { ...cancel, ...confirmed })).toMatchObject({
        code: 'status.not-confirmed',
      });
    expect(stage.callsTo('/card/invoice/platform/updatestatus')).toEqual([]);
  });

  test('voiding whose answer was lost is known as done by the second try', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await issuedInvoice(stage);
    const input = { invoiceId, status: 'INVOICE_REIMBURSE_CANCEL', confirmedNumber: fields.billingNo } as const;
    await stage.control.misbehave({ kind: 'drop-after', path: '/card/invoice/platform/updatestatus' });
    expect(await stage.app().refuse('invoice.updateStatus', input)).toMatchObject({ class: 'wait-and-retry' });
    expect(await stage.look(invoiceId)).toMatchObject({ reimburseStatus: null });
    const again = await stage.app().succeed('invoice.updateStatus', input);
    expect(again.reimburseStatus).toBe('INVOICE_REIMBURSE_CANCEL');
  });

  test('many at once: each has its own outcome, and the count is the confirmation', async () => {
    const stage = await startStage();
    const first = await issuedInvoice(stage);
    const second = await issuedInvoice(stage);
    const { id: draftId } = await stage.draft();
    const invoiceIds = [first.id, second.id, draftId, 999];
    const status = 'INVOICE_REIMBURSE_CANCEL';
    expect(
      await stage.app().refuse('invoice.updateStatusMany', { invoiceIds, status, confirmedCount: 3 }),
    ).toMatchObject({
      code: 'status.count-not-confirmed',
    });
    const done = await stage.app().succeed('invoice.updateStatusMany', { invoiceIds, status, confirmedCount: 4 });
    expect(done).toMatchObject({ updated: 2, failed: 2 });
    expect(done.results.map(({ error }) => error?.code ?? null)).toEqual([
      null,
      null,
      'invoice.wrong-state',
      'invoice.not-found',
    ]);
    expect(stage.books().cards.map((card) => card.status)).toEqual([status, status]);
  });

  test('a card that a company has locked is 72023, one it has reimbursed 72061', async () => {
    const stage = await startStage();
    const { id: invoiceId, cardCode, fields } = await issuedInvoice(stage);
    const input = { invoiceId, status: 'INVOICE_REIMBURSE_CANCEL', confirmedNumber: fields.billingNo } as const;
    const cancel = () => stage.app().refuse('invoice.updateStatus', input);
    await stage.control.reimburse({ code: cardCode ?? '', status: 'INVOICE_REIMBURSE_LOCK' });
    expect(await cancel()).toMatchObject({ code: 'wechat.72023', class: 'wait-and-retry' });
    await stage.control.reimburse({ code: cardCode ?? '', status: 'INVOICE_REIMBURSE_CLOSURE' });
    expect(await cancel()).toMatchObject({ code: 'wechat.72061', class: 'already-done' });
    expect(await stage.look(invoiceId)).toMatchObject({ reimburseStatus: null });
  });

  test('the invoice code stated in place of the card code is 72038 with the classic mistake named', async () => {
    const stage = await startStage();
    await stage.control.misbehave({ kind: 'drop-after', path: insertPath });
    const { id: invoiceId, fields } = await stage.draft();
    await stage.app().refuse('invoice.issue', { invoiceId });
    await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'found', cardCode: fields.billingNo });
    const input = { invoiceId, status: 'INVOICE_REIMBURSE_CANCEL', confirmedNumber: fields.billingNo } as const;
    const error = await stage.app().refuse('invoice.updateStatus', input);
    expect(error).toMatchObject({ code: 'wechat.72038', class: 'fix-input', action: 'open-invoice' });
    expect(error.text.zhCN).toContain('绝不是发票代码');
  });

  test('an encrypt_code that was changed on the way is 40056', async () => {
    const stage = await startStage();
    const { cardCode } = await issuedInvoice(stage);
    const { encryptCode } = await stage.control.redirectLink({ code: cardCode ?? '' });
    const spoilt = `${encryptCode.startsWith('A') ? 'B' : 'A'}${encryptCode.slice(1)}`;
    const error = await stage.app().refuse('code.decrypt', { accountId: stage.accountId, encryptCode: spoilt });
    expect(error).toMatchObject({ code: 'wechat.40056', class: 'fix-input' });
  });
});
