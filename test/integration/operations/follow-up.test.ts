import { describe, expect, test } from 'vitest';
import { insertPath, type Stage, startStage } from '../../support/app-under-test.ts';

const issued = async (stage: Stage) => {
  const { id: invoiceId } = await stage.draft();
  return stage.app().succeed('invoice.issue', { invoiceId });
};

describe('the latest upload of a PDF', () => {
  test('none before the first, then the one WeChat answered, which pdf.query takes', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const draft = await stage.draft();
    const pdfId = draft.pdf?.id ?? 0;
    expect(await stage.app().succeed('pdf.latestUpload', { accountId, pdfId })).toEqual({ upload: null });
    await stage.app().succeed('invoice.issue', { invoiceId: draft.id });
    const { upload } = await stage.app().succeed('pdf.latestUpload', { accountId, pdfId });
    expect(upload).toMatchObject({ mediaId: stage.books().pdfs[0]?.mediaId });
    const mediaId = upload?.mediaId ?? '';
    expect(await stage.app().succeed('pdf.query', { accountId, mediaId })).toMatchObject({
      expiresAt: '2026-11-23T04:00:00.000Z',
    });
  });

  test('is still told when its three days are over: a card may hold it', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const invoice = await issued(stage);
    stage.advance(4 * 86_400);
    const { upload } = await stage.app().succeed('pdf.latestUpload', { accountId, pdfId: invoice.pdf?.id ?? 0 });
    const mediaId = upload?.mediaId ?? '';
    expect(await stage.app().succeed('pdf.query', { accountId, mediaId })).toMatchObject({
      url: expect.stringContaining('http'),
    });
  });
});

describe('a copy of an invoice', () => {
  test('of an issued one leaves out what belongs to its card: order, number, codes and PDF', async () => {
    const stage = await startStage();
    const original = await issued(stage);
    const copy = await stage.app().succeed('invoice.copyToDraft', { invoiceId: original.id });
    expect(copy).toMatchObject({
      state: 'draft',
      templateId: stage.template.id,
      pdf: null,
      cardCode: null,
      fields: { ...original.fields, orderId: '', billingNo: '', billingCode: '', checkCode: '' },
    });
    expect(copy.id).not.toBe(original.id);
    expect(await stage.look(original.id)).toEqual(original);
  });

  test('of a draft keeps number and PDF, and its issue waits for an order number only', async () => {
    const stage = await startStage();
    const original = await stage.draft();
    const copy = await stage.app().succeed('invoice.copyToDraft', { invoiceId: original.id });
    expect(copy).toMatchObject({ pdf: original.pdf, fields: { ...original.fields, orderId: '' } });
    expect(await stage.app().refuse('invoice.issue', { invoiceId: copy.id })).toMatchObject({
      code: 'invoice.invalid',
    });
    expect(stage.callsTo(insertPath)).toEqual([]);
  });

  test('of an invoice that is not there is refused', async () => {
    const stage = await startStage();
    expect(await stage.app().refuse('invoice.copyToDraft', { invoiceId: 99 })).toMatchObject({
      code: 'invoice.not-found',
    });
  });
});

describe('the history of decoded links', () => {
  test('holds each code once, the last one first, with its invoice, and outlives the program', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const decode = async (code: string, withCardId: boolean) => {
      const { encryptCode, cardId } = await stage.control.redirectLink({ code });
      return stage.app().succeed('code.decrypt', { accountId, encryptCode, ...(withCardId ? { cardId } : {}) });
    };
    const [one, other] = [await issued(stage), await issued(stage)];
    for (const [invoice, withCardId] of [
      [one, true],
      [other, false],
      [one, false],
    ] as const)
      await decode(invoice.cardCode ?? '', withCardId);
    const app = await stage.reopen();
    const { links } = await app.succeed('code.history', { accountId });
    expect(links).toMatchObject([
      { code: one.cardCode, cardId: stage.template.cardId, invoiceId: one.id },
      { code: other.cardCode, cardId: '', invoiceId: other.id },
    ]);
    await app.succeed('code.clearHistory', { accountId });
    expect(await app.succeed('code.history', { accountId })).toEqual({ links: [] });
  });

  test('holds nothing of a code that WeChat refused', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    await stage.app().refuse('code.decrypt', { accountId, encryptCode: 'AAAA' });
    expect(await stage.app().succeed('code.history', { accountId })).toEqual({ links: [] });
  });
});

test('events are paged: those before the last one seen', async () => {
  const stage = await startStage();
  const { accountId } = stage;
  const { id: invoiceId } = await issued(stage);
  for (const status of ['INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_INIT'] as const)
    await stage.app().succeed('invoice.updateStatus', { invoiceId, status });
  const first = await stage.app().succeed('event.list', { accountId, limit: 1 });
  expect(first.events.map(({ status }) => status)).toEqual(['INVOICE_REIMBURSE_INIT']);
  const beforeId = first.events[0]?.id ?? 0;
  const second = await stage.app().succeed('event.list', { accountId, limit: 1, beforeId });
  expect(second.events.map(({ status }) => status)).toEqual(['INVOICE_REIMBURSE_LOCK']);
});
