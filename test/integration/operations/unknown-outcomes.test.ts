import { describe, expect, test } from 'vitest';
import { insertPath, type Stage, startStage } from '../../support/app-under-test.ts';

const inserts = (stage: Stage) => stage.callsTo(insertPath).length;
const issue = (stage: Stage, invoiceId: number) => stage.app().call('invoice.issue', { invoiceId });

/** An invoice whose answer was lost after (or before) its card was made. */
async function lostInvoice(stage: Stage, processed: boolean) {
  const draft = await stage.draft();
  await stage.control.misbehave({ kind: 'drop-after', path: insertPath, processed });
  const error = await stage.app().refuse('invoice.issue', { invoiceId: draft.id });
  return { ...draft, error };
}

describe('an unknown outcome', () => {
  test('a person saw the card and has its code: issued, and its status can be set', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await lostInvoice(stage, true);
    const cardCode = stage.books().cards[0]?.code ?? '';
    const settled = await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'found', cardCode });
    expect(settled).toMatchObject({ state: 'issued', cardCode, error: null });
    const confirmedNumber = settled.fields.billingNo;
    await stage.app().succeed('invoice.updateStatus', {
      invoiceId,
      status: 'INVOICE_REIMBURSE_CANCEL',
      confirmedNumber,
    });
    expect(stage.books().cards).toMatchObject([{ status: 'INVOICE_REIMBURSE_CANCEL' }]);
    expect(inserts(stage)).toBe(1);
  });

  test('a person saw the card without its code: issued, code not known, and the status cannot be set yet', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await lostInvoice(stage, true);
    const settled = await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'found' });
    expect(settled).toMatchObject({ state: 'issued', cardCode: null });
    const status = 'INVOICE_REIMBURSE_CANCEL';
    const confirmedNumber = settled.fields.billingNo;
    const error = await stage.app().refuse('invoice.updateStatus', { invoiceId, status, confirmedNumber });
    expect(error.code).toBe('invoice.no-card-code');
    expect(stage.callsTo('/card/invoice/platform/updatestatus')).toEqual([]);
  });

  test('a person saw no card, rightly: prepared, then issued by a new decision', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await lostInvoice(stage, false);
    expect(await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'absent' })).toMatchObject({
      state: 'prepared',
      error: null,
    });
    expect(await issue(stage, invoiceId)).toMatchObject({ ok: true, value: { state: 'issued' } });
    expect(stage.books().cards).toHaveLength(1);
  });

  test('a person saw no card, wrongly: WeChat says that the order has its card, so it was issued after all', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await lostInvoice(stage, true);
    await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'absent' });
    expect(await issue(stage, invoiceId)).toMatchObject({ ok: true, value: { state: 'issued', cardCode: null } });
    expect(stage.books().cards).toHaveLength(1);
  });

  test.each([
    { duplicates: 'by-order-and-number', repeatedOrderErrcode: 72_056, errcode: 72_056 },
    { duplicates: 'by-order-and-number', repeatedOrderErrcode: 72_018, errcode: 72_018 },
    { duplicates: 'by-number-only', repeatedOrderErrcode: 72_056, errcode: 72_042 },
  ] as const)('asked again, WeChat answers $errcode: the first request landed', async ({ errcode, ...settings }) => {
    const stage = await startStage();
    await stage.control.settings(settings);
    const { id: invoiceId } = await lostInvoice(stage, true);
    const issued = await stage.app().succeed('invoice.askAgain', { invoiceId });
    expect(issued).toMatchObject({ state: 'issued', cardCode: null, error: null });
    expect(stage.callsTo(insertPath).at(-1)?.errcode).toBe(errcode);
    expect((await stage.attempts(invoiceId)).at(-1)).toMatchObject({ call: 'insert', outcome: 'refused', errcode });
    expect(stage.books().cards).toHaveLength(1);
  });

  test('asked again, the same bytes go out once more', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await lostInvoice(stage, false);
    await stage.app().succeed('invoice.askAgain', { invoiceId });
    const [first, second] = stage.callsTo(insertPath);
    expect(first?.body).toContain('nonce_str');
    expect(second?.body).toBe(first?.body);
    expect(first?.body).toContain(stage.books().cards[0]?.nonceStr);
  });

  test('asked again and refused for another reason: that says nothing about the first request', async () => {
    const stage = await startStage();
    const { id: invoiceId, error } = await lostInvoice(stage, true);
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_040, path: insertPath });
    expect(await stage.app().refuse('invoice.askAgain', { invoiceId })).toMatchObject({ code: 'wechat.72040' });
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'unknown', error });
    expect((await stage.attempts(invoiceId)).at(-1)).toMatchObject({ outcome: 'refused', errcode: 72_040 });
  });

  test('asked again without a network: still unknown, for the reason it had', async () => {
    const stage = await startStage();
    const { id: invoiceId, error } = await lostInvoice(stage, true);
    await stage.server.close();
    expect(await stage.app().refuse('invoice.askAgain', { invoiceId })).toMatchObject({ code: 'network.unreachable' });
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'unknown', error });
  });

  test('asked again twice at once: one request', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await lostInvoice(stage, false);
    const ask = () => stage.app().call('invoice.askAgain', { invoiceId });
    const results = await Promise.all([ask(), ask()]);
    expect(results.map((result) => (result.ok ? result.value.state : result.error.code)).sort()).toEqual([
      'invoice.busy',
      'issued',
    ]);
    expect(inserts(stage)).toBe(2);
  });
});
