import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { olderInvoice, writePdf } from '../../support/app-invoices.ts';
import { insertPath, type Stage, shop, startStage } from '../../support/app-under-test.ts';

const setpdfPath = '/card/invoice/platform/setpdf';
const inserts = (stage: Stage) => stage.callsTo(insertPath).length;
const issue = (stage: Stage, invoiceId: number) => stage.app().call('invoice.issue', { invoiceId });

describe('one invoice', () => {
  test('an older invoice goes from draft to card, and the page is told of each step', async () => {
    const stage = await startStage();
    const fields = olderInvoice(stage.nextSerial());
    const draft = await stage.draft({ fields });
    expect(draft).toMatchObject({ state: 'draft', cardCode: null, error: null, fields });
    const issued = await stage.app().succeed('invoice.issue', { invoiceId: draft.id });
    const [card] = stage.books().cards;
    expect(issued).toMatchObject({ state: 'issued', cardCode: card?.code, openid: card?.openid, fields });
    expect(issued.issuedAt).toBe('2026-11-23T02:00:00.000Z');
    const listed = await stage.app().succeed('invoice.list', { accountId: stage.accountId, state: 'issued' });
    expect(listed).toEqual({ invoices: [issued], total: 1 });
    const told = stage.app().events.filter(({ payload }) => 'kind' in payload && payload.kind === 'invoice');
    expect(told.length).toBeGreaterThanOrEqual(3);
  });

  test('rejected, corrected, issued: the reason goes, the upload is used again', async () => {
    const stage = await startStage();
    const draft = await stage.draft({ fields: { feeWithoutTaxFen: 0, feeFen: 1300 } });
    await stage.app().refuse('invoice.issue', { invoiceId: draft.id });
    const corrected = await stage.app().succeed('invoice.saveDraft', {
      invoiceId: draft.id,
      accountId: stage.accountId,
      templateId: stage.template.id,
      fields: { ...draft.fields, feeWithoutTaxFen: 10_000, feeFen: 11_300 },
    });
    expect(corrected).toMatchObject({ id: draft.id, state: 'draft', error: null, pdf: draft.pdf });
    expect(await issue(stage, draft.id)).toMatchObject({ ok: true, value: { state: 'issued', error: null } });
    expect(stage.callsTo(setpdfPath)).toHaveLength(1);
    expect(stage.books().cards).toHaveLength(1);
    expect((await stage.attempts(draft.id)).map(({ call, outcome }) => `${call} ${outcome}`)).toEqual([
      'setpdf done',
      'insert refused',
      'insert done',
    ]);
  });

  test('an issued invoice cannot be issued, edited, asked about or settled again', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await stage.draft();
    await stage.app().succeed('invoice.issue', { invoiceId });
    const { accountId, template } = stage;
    const again = [
      await stage.app().refuse('invoice.issue', { invoiceId }),
      await stage.app().refuse('invoice.askAgain', { invoiceId }),
      await stage.app().refuse('invoice.settle', { invoiceId, outcome: 'absent' }),
      await stage.app().refuse('invoice.saveDraft', { invoiceId, accountId, templateId: template.id, fields }),
      await stage.app().refuse('invoice.removeDraft', { invoiceId }),
    ];
    for (const error of again) expect(error).toMatchObject({ code: 'invoice.wrong-state', class: 'fix-input' });
    expect(inserts(stage)).toBe(1);
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'issued', error: null });
  });

  test('a double click is one insert, the other click is told that it is under way', async () => {
    const stage = await startStage();
    const { id } = await stage.draft();
    const results = await Promise.all([issue(stage, id), issue(stage, id), issue(stage, id)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = results.flatMap((result) => (result.ok ? [] : [result.error]));
    expect(refused.map(({ code }) => code)).toEqual(['invoice.busy', 'invoice.busy']);
    expect(inserts(stage)).toBe(1);
    expect(stage.callsTo(setpdfPath)).toHaveLength(1);
    expect(await stage.look(id)).toMatchObject({ state: 'issued', error: null });
  });

  test('a draft without a PDF or a template is not sent', async () => {
    const stage = await startStage();
    const { id: withoutPdf } = await stage.draft({ pdf: null });
    expect(await issue(stage, withoutPdf)).toMatchObject({ error: { code: 'invoice.pdf-missing' } });
    const draft = await stage.draft();
    await stage.app().succeed('invoice.saveDraft', {
      invoiceId: draft.id,
      accountId: stage.accountId,
      templateId: null,
      fields: draft.fields,
    });
    expect(await issue(stage, draft.id)).toMatchObject({ error: { code: 'template.not-found' } });
    expect(await issue(stage, 4711)).toMatchObject({ error: { code: 'invoice.not-found' } });
    expect(stage.callsTo(setpdfPath)).toEqual([]);
    expect(inserts(stage)).toBe(0);
  });
});

describe('the same thing twice', () => {
  const twins = [
    { what: 'order', code: 'invoice.duplicate-order' },
    { what: 'number', code: 'invoice.duplicate-number' },
    { what: 'PDF', code: 'invoice.pdf-used' },
  ] as const;

  /** Two drafts that have one of the three in common, and nothing else. */
  async function twinDrafts(stage: Stage, what: (typeof twins)[number]['what']) {
    const pdf = await stage.newPdf();
    const one = await stage.draft({ pdf });
    const { orderId, billingNo } = one.fields;
    const shared = { order: { fields: { orderId } }, number: { fields: { billingNo } }, PDF: { pdf } };
    return [one, await stage.draft(shared[what])] as const;
  }

  test.each(twins)('$what of an issued invoice: refused before anything is sent', async ({ what, code }) => {
    const stage = await startStage();
    const [one, other] = await twinDrafts(stage, what);
    await stage.app().succeed('invoice.issue', { invoiceId: one.id });
    const callsBefore = stage.books().calls.length;
    const error = await stage.app().refuse('invoice.issue', { invoiceId: other.id });
    expect(error).toMatchObject({ code, class: 'fix-input', details: { invoiceId: one.id } });
    expect(error.text.zhCN).toContain(one.fields.orderId);
    expect(await stage.look(other.id)).toMatchObject({ state: 'draft', error });
    expect(stage.books().calls).toHaveLength(callsBefore);
  });

  test.each(twins)('$what of an invoice whose outcome is unknown: refused as well', async ({ what, code }) => {
    const stage = await startStage();
    const [one, other] = await twinDrafts(stage, what);
    await stage.control.misbehave({ kind: 'drop-after', path: insertPath });
    await stage.app().refuse('invoice.issue', { invoiceId: one.id });
    expect(await issue(stage, other.id)).toMatchObject({ error: { code } });
    expect(inserts(stage)).toBe(1);
  });

  test.each(twins)('$what in two invoices issued at the same moment: one card', async ({ what, code }) => {
    const stage = await startStage();
    const drafts = await twinDrafts(stage, what);
    const results = await Promise.all(drafts.map(({ id }) => issue(stage, id)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ error: { code } });
    expect(inserts(stage)).toBe(1);
    expect(stage.books().cards).toHaveLength(1);
  });

  test('the order of a rejected invoice can be used by another one', async () => {
    const stage = await startStage();
    const rejected = await stage.draft({ fields: { feeWithoutTaxFen: 0, feeFen: 1300 } });
    await stage.app().refuse('invoice.issue', { invoiceId: rejected.id });
    const { orderId, billingNo } = rejected.fields;
    const { id } = await stage.draft({ fields: { orderId, billingNo } });
    expect(await issue(stage, id)).toMatchObject({ ok: true });
    expect(await issue(stage, rejected.id)).toMatchObject({ error: { code: 'invoice.duplicate-order' } });
    expect(stage.books().cards).toHaveLength(1);
  });
});

describe('the token in the middle', () => {
  test('expired at WeChat between upload and insert: renewed once, the insert repeated once', async () => {
    const stage = await startStage();
    const file = await stage.newPdf();
    await stage.app().succeed('pdf.upload', { accountId: stage.accountId, file });
    const { id } = await stage.draft({ pdf: file });
    const { tokensIssued } = stage.books();
    await stage.control.advance(7200);
    expect(await issue(stage, id)).toMatchObject({ ok: true, value: { state: 'issued' } });
    expect(stage.books().tokensIssued).toBe(tokensIssued + 1);
    expect(stage.callsTo(insertPath).map(({ errcode }) => errcode)).toEqual([42_001, 0]);
    expect(stage.books().cards).toHaveLength(1);
  });

  test('expired while several invoices go out: one renewal for all of them', async () => {
    const stage = await startStage();
    const drafts = await Promise.all([1, 2, 3, 4].map(() => stage.draft()));
    const { tokensIssued } = stage.books();
    await stage.control.advance(7200);
    const results = await Promise.all(drafts.map(({ id }) => issue(stage, id)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(stage.books().tokensIssued).toBe(tokensIssued + 1);
    expect(stage.books().cards).toHaveLength(4);
  });

  test('used by us before its end: a new one is fetched first, and no call is refused', async () => {
    const stage = await startStage();
    stage.advance(7200 - 60);
    const { id } = await stage.draft();
    expect(await issue(stage, id)).toMatchObject({ ok: true });
    expect(stage.books().calls.filter(({ errcode }) => errcode !== 0)).toEqual([]);
  });
});

describe('the PDF over time', () => {
  const hours = (count: number) => count * 3600;

  test('an upload is used while it has two hours to live, then the file is sent again', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const file = await stage.newPdf();
    const first = await stage.app().succeed('pdf.upload', { accountId, file });
    stage.advance(hours(69));
    expect(await stage.app().succeed('pdf.upload', { accountId, file })).toEqual(first);
    stage.advance(hours(1));
    const { id } = await stage.draft({ pdf: file });
    expect(await issue(stage, id)).toMatchObject({ ok: true });
    const [old, used] = stage.books().pdfs;
    expect(stage.books().pdfs).toHaveLength(2);
    expect(old).toMatchObject({ mediaId: first.mediaId, linkedCode: null });
    expect(used).toMatchObject({ sha256: old?.sha256, linkedCode: stage.books().cards[0]?.code });
  });

  test('the copy in the data folder is sent, though the file itself is gone by then', async () => {
    const stage = await startStage();
    const path = join(stage.folder, 'gone.pdf');
    await writePdf(path, ['soon gone']);
    const { id } = await stage.draft({ pdf: await stage.admit(path) });
    await rm(path);
    expect(await issue(stage, id)).toMatchObject({ ok: true });
    expect(stage.books().pdfs).toMatchObject([{ fileName: 'gone.pdf' }]);
  });
});

describe('the customer', () => {
  test('must authorise: 72038 first, issued once the customer has confirmed', async () => {
    const stage = await startStage({ shop: { customerMustAuthorise: true } });
    const { id, fields } = await stage.draft();
    expect(await issue(stage, id)).toMatchObject({ error: { code: 'wechat.72038' } });
    const { order } = await stage.control.authorise({ appid: shop.appid, orderId: fields.orderId });
    expect(await issue(stage, id)).toMatchObject({ ok: true, value: { state: 'issued', openid: order.openid } });
    expect(stage.books().cards).toHaveLength(1);
  });

  test('is played by practice.authorise on a practice account, from account to card', async () => {
    const stage = await startStage();
    const app = stage.app();
    const { id: accountId } = await app.succeed('account.create', { name: '练习', kind: 'practice' });
    const content = { payee: '青禾', type: '发票', title: '青禾', logoUrl: 'http://mmbiz.qpic.cn/mmbiz/abc/0' };
    const template = await app.succeed('template.create', { accountId, content });
    await app.succeed('practice.configure', { accountId, customerMustAuthorise: true });
    const { id: invoiceId, fields } = await app.succeed('invoice.saveDraft', {
      accountId,
      templateId: template.id,
      fields: olderInvoice(stage.nextSerial()),
      pdf: await stage.newPdf(),
    });
    expect(await app.refuse('invoice.issue', { invoiceId })).toMatchObject({ code: 'wechat.72038' });
    await app.succeed('practice.authorise', { accountId, orderId: fields.orderId });
    const issued = await app.succeed('invoice.issue', { invoiceId });
    expect(issued).toMatchObject({ state: 'issued', error: null });
    expect(issued.cardCode).toMatch(/^\d{12}$/);
    expect(stage.books().cards).toEqual([]);
  });

  test('of a real account cannot be played', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    expect(await stage.app().refuse('practice.authorise', { accountId, orderId: 'A-1' })).toMatchObject({
      code: 'practice.not-an-account',
    });
  });
});
