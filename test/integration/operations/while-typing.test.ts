import { describe, expect, test } from 'vitest';
import { type Stage, startStage } from '../../support/app-under-test.ts';

const issue = async (stage: Stage, fields: NonNullable<Parameters<Stage['draft']>[0]>['fields'] = {}) => {
  const { id: invoiceId } = await stage.draft({ fields });
  return stage.app().succeed('invoice.issue', { invoiceId });
};

describe('what belongs to another invoice', () => {
  test('is told by order and by number, with an order that is free', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const { fields } = await issue(stage);
    const { taken } = await stage.app().succeed('invoice.check', { accountId, fields });
    expect(taken.map(({ code, field }) => [code, field])).toEqual([
      ['row.order-has-other-invoice', 'orderId'],
      ['row.number-used', 'billingNo'],
    ]);
    expect(taken[0]?.cure.en).toContain(`${fields.orderId}-1`);
  });

  test('is not told of itself, of a draft, or of what is still empty', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const { id: invoiceId, fields } = await issue(stage);
    expect((await stage.app().succeed('invoice.check', { accountId, invoiceId, fields })).taken).toEqual([]);
    const draft = await stage.draft();
    expect((await stage.app().succeed('invoice.check', { accountId, fields: draft.fields })).taken).toEqual([]);
    const empty = { ...fields, orderId: '', billingNo: '', billingCode: '' };
    expect((await stage.app().succeed('invoice.check', { accountId, fields: empty })).taken).toEqual([]);
  });
});

describe('recent buyers', () => {
  const tea = { title: '杭州青禾茶叶有限公司', buyerNumber: '91330106MA2H1XQR5P' };

  test('are found by a part of the name or the beginning of the tax ID, each once, newest first', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    await issue(stage, tea);
    await issue(stage, { title: '上海青禾贸易有限公司', buyerNumber: '' });
    await issue(stage, tea);
    const suggest = async (text: string) =>
      (await stage.app().succeed('buyer.suggest', { accountId, text })).buyers.map(({ title }) => title);
    expect(await suggest('青禾')).toEqual([tea.title, '上海青禾贸易有限公司']);
    expect(await suggest('91330106ma')).toEqual([tea.title]);
    expect(await suggest('ma2h')).toEqual([]);
    expect(await suggest('%')).toEqual([]);
  });

  test('leave out drafts', async () => {
    const stage = await startStage();
    await stage.draft({ fields: tea });
    expect(await stage.app().succeed('buyer.suggest', { accountId: stage.accountId, text: '' })).toEqual({
      buyers: [],
    });
  });
});
