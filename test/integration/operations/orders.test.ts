import { describe, expect, test } from 'vitest';
import { insertPath, startStage } from '../../support/app-under-test.ts';
import { startOrderStage } from '../../support/order-stage.ts';

const rejectPath = '/card/invoice/rejectinsert';
const dataPath = '/card/invoice/getauthdata';
const linkPath = '/card/invoice/getauthurl';

describe('the link of an order', () => {
  test('is got from WeChat and kept; the order waits', async () => {
    const { ask, app, accountId, counts } = await startOrderStage();
    const order = await ask({ orderId: 'A-0001', note: '三号桌' });
    expect(order).toMatchObject({ orderId: 'A-0001', stage: 'waiting', note: '三号桌', error: null, invoice: null });
    expect(order.link?.url).toContain('order_id=A-0001');
    expect(order.nextCheckAt).not.toBeNull();
    expect(await counts()).toMatchObject({ waiting: 1, 'no-link': 0, authorised: 0 });
    expect(app().events).toContainEqual({ name: 'record.changed', payload: { kind: 'order', id: order.id } });
    const { orders } = await app().succeed('order.list', { accountId, text: '三号' });
    expect(orders.map(({ orderId }) => orderId)).toEqual(['A-0001']);
  });

  test('needs the contact of the merchant; until that is set the order stays with the reason', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    const order = { orderId: 'A-0002', moneyFen: 100 };
    const refused = await stage.app().refuse('order.create', { accountId, order });
    expect(refused).toMatchObject({ code: 'wechat.72063', class: 'fix-account' });
    const { order: kept } = await stage.app().succeed('order.find', { accountId, orderId: 'A-0002' });
    expect(kept).toMatchObject({ stage: 'no-link', link: null, error: { code: 'wechat.72063' } });
    await stage
      .app()
      .succeed('merchant.saveContact', { accountId, contact: { phone: '13800000000', timeOutSeconds: 60 } });
    const corrected = { ...order, moneyFen: 200 };
    const again = await stage.app().succeed('order.create', { accountId, order: corrected });
    expect(again).toMatchObject({ id: kept?.id, stage: 'waiting', moneyFen: 200, error: null });
  });

  test('is not got twice by entering the order again, but anew on demand', async () => {
    const { ask, app, accountId, callsTo } = await startOrderStage();
    const { id } = await ask({ orderId: 'A-0003' });
    const order = { orderId: 'A-0003', moneyFen: 999 };
    expect(await app().refuse('order.create', { accountId, order })).toMatchObject({ code: 'order.exists' });
    expect(callsTo(linkPath)).toHaveLength(1);
    expect(await app().succeed('order.renewLink', { id })).toMatchObject({ stage: 'waiting', moneyFen: 11_300 });
    expect(callsTo(linkPath)).toHaveLength(2);
  });

  test('waits for the network: the order is kept, and what was not answered can be tried again', async () => {
    const { ask, app, control, order } = await startOrderStage();
    await control.misbehave({ kind: 'drop-before', path: linkPath, times: 4 });
    await expect(ask({ orderId: 'A-0004' })).rejects.toThrow('network.');
    const kept = await order('A-0004');
    expect(kept).toMatchObject({ stage: 'no-link', error: { code: expect.stringMatching(/^network\./) } });
    await control.behave();
    expect(await app().succeed('order.renewLink', { id: kept.id })).toMatchObject({ stage: 'waiting', error: null });
  });
});

describe('what the customer decided', () => {
  test('is learnt by asking, with the title that was filled in', async () => {
    const { ask, app, authorise } = await startOrderStage();
    const { id } = await ask({ orderId: 'B-0001', kind: 'apply-with-title' });
    expect(await app().succeed('order.check', { id })).toMatchObject({ stage: 'waiting', error: null });
    await authorise('B-0001', {
      title: '青禾（杭州）餐饮有限公司',
      taxNumber: '91330100MA2H00000X',
      address: '杭州市西湖区',
      phone: '0571-1',
      bankName: '工商银行',
      bankAccount: '00012345',
    });
    expect(await app().succeed('order.check', { id })).toMatchObject({
      stage: 'authorised',
      nextCheckAt: null,
      title: {
        kind: 'company',
        title: '青禾（杭州）餐饮有限公司',
        taxNumber: '91330100MA2H00000X',
        bankAccount: '00012345',
      },
    });
  });

  test('is asked for by itself when it is due, and not before', async () => {
    const { ask, app, authorise, advance, order, callsTo } = await startOrderStage();
    await ask({ orderId: 'B-0002' });
    await ask({ orderId: 'B-0003' });
    await authorise('B-0002');
    app().watchOrders();
    await new Promise((resolve) => setImmediate(resolve));
    expect(callsTo(dataPath)).toHaveLength(0);
    advance(20_000);
    await expect.poll(async () => (await order('B-0002')).stage, { timeout: 20_000 }).toBe('authorised');
    await expect.poll(() => callsTo(dataPath).length, { timeout: 20_000 }).toBe(2);
    expect(await order('B-0003')).toMatchObject({ stage: 'waiting' });
  });

  test('of an order that nobody waits for is not asked for, but told where it comes', async () => {
    const { ask, app, authorise, order } = await startOrderStage();
    const { id } = await ask({ orderId: 'B-0005' });
    expect(await app().succeed('order.dismiss', { id, dismissed: true })).toMatchObject({
      stage: 'dismissed',
      nextCheckAt: null,
    });
    expect(await app().succeed('order.check', { id })).toMatchObject({ stage: 'dismissed', nextCheckAt: null });
    expect(await app().succeed('order.dismiss', { id, dismissed: false })).toMatchObject({
      stage: 'waiting',
      nextCheckAt: expect.any(String),
    });
    await authorise('B-0005');
    await app().succeed('order.check', { id });
    expect((await order('B-0005')).stage).toBe('authorised');
  });
});

describe('a rejected order', () => {
  const words = { reason: '已退货', url: '' };

  test('is rejected at WeChat, for ever, and takes no invoice here', async () => {
    const { ask, app, authorise, draft, callsTo, order, books } = await startOrderStage();
    const { id } = await ask({ orderId: 'C-0001' });
    await authorise('C-0001');
    const { id: invoiceId } = await draft({ fields: { orderId: 'C-0001' } });
    expect(await app().succeed('order.reject', { id, ...words })).toMatchObject({
      stage: 'rejected',
      rejection: { reason: '已退货' },
    });
    expect(await app().refuse('invoice.issue', { invoiceId })).toMatchObject({ code: 'order.rejected' });
    expect(callsTo(insertPath)).toHaveLength(0);
    expect(books().cards).toHaveLength(0);
    expect(await app().refuse('order.reject', { id, ...words })).toMatchObject({ code: 'order.rejected' });
    expect(await app().refuse('order.renewLink', { id })).toMatchObject({ code: 'order.rejected' });
    expect(callsTo(rejectPath)).toHaveLength(1);
    expect((await order('C-0001')).stage).toBe('rejected');
  });

  test('whose answer was lost takes no invoice until it is known', async () => {
    const { ask, app, authorise, draft, control, callsTo } = await startOrderStage();
    const { id } = await ask({ orderId: 'C-0002' });
    await authorise('C-0002');
    await control.misbehave({ kind: 'drop-after', path: rejectPath });
    await app().refuse('order.reject', { id, ...words });
    const { order } = await app().succeed('order.find', { accountId: 1, orderId: 'C-0002' });
    expect(order).toMatchObject({ stage: 'rejecting', error: { code: expect.stringMatching(/^network\./) } });
    const { id: invoiceId } = await draft({ fields: { orderId: 'C-0002' } });
    expect(await app().refuse('invoice.issue', { invoiceId })).toMatchObject({ code: 'order.rejected' });
    expect(callsTo(insertPath)).toHaveLength(0);
    // WeChat answers 72035 now: the first one had arrived.
    expect(await app().succeed('order.reject', { id, ...words })).toMatchObject({ stage: 'rejected', error: null });
  });

  test('that WeChat would not reject is as it was', async () => {
    const { ask, app, authorise, control } = await startOrderStage();
    const { id } = await ask({ orderId: 'C-0003' });
    await authorise('C-0003');
    await app().succeed('order.check', { id });
    await control.misbehave({ kind: 'errcode', errcode: 72_024, path: rejectPath });
    expect(await app().refuse('order.reject', { id, ...words })).toMatchObject({ code: 'wechat.72024' });
    const { order } = await app().succeed('order.find', { accountId: 1, orderId: 'C-0003' });
    expect(order).toMatchObject({ stage: 'authorised', rejection: null, error: { code: 'wechat.72024' } });
  });

  test('cannot be one whose card exists', async () => {
    const { ask, app, authorise, draft, callsTo, order } = await startOrderStage();
    const { id } = await ask({ orderId: 'C-0004' });
    await authorise('C-0004');
    const { id: invoiceId } = await draft({ fields: { orderId: 'C-0004' } });
    await app().succeed('invoice.issue', { invoiceId });
    expect(await order('C-0004')).toMatchObject({ stage: 'issued', invoice: { id: invoiceId, state: 'issued' } });
    expect(await app().refuse('order.reject', { id, ...words })).toMatchObject({ code: 'order.has-card' });
    expect(callsTo(rejectPath)).toHaveLength(0);
  });

  test('may have been rejected elsewhere: asking finds that out', async () => {
    const { ask, app, control } = await startOrderStage();
    const { id } = await ask({ orderId: 'C-0005' });
    await control.misbehave({ kind: 'errcode', errcode: 72_035, path: dataPath });
    expect(await app().succeed('order.check', { id })).toMatchObject({ stage: 'rejected', nextCheckAt: null });
  });
});

describe('the check of an account', () => {
  test('tells the contact, that it is missing, and that the plug-in is', async () => {
    const stage = await startStage();
    const { accountId } = stage;
    expect(await stage.app().succeed('account.check', { accountId })).toMatchObject({ contact: null });
    const { findings } = await stage.app().succeed('app.doctor', { accountId });
    expect(findings).toContainEqual(expect.objectContaining({ check: 'contact', state: 'warning' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'permission', state: 'good' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'template', state: 'warning' }));
    stage.advance(3_600_000);
    const contact = { phone: '010-12345678', timeOutSeconds: 60 };
    await stage.app().succeed('merchant.saveContact', { accountId, contact });
    expect(await stage.app().succeed('account.check', { accountId })).toMatchObject({ contact });
    const after = await stage.app().succeed('app.doctor', { accountId });
    expect(after.findings.filter(({ check }) => check === 'contact' || check === 'template')).toEqual([
      expect.objectContaining({ check: 'contact', state: 'good' }),
      expect.objectContaining({ check: 'template', state: 'good' }),
    ]);
    await stage.control.misbehave({ kind: 'errcode', errcode: 48_001, path: '/card/invoice/setbizattr', times: 2 });
    expect(await stage.app().refuse('account.check', { accountId })).toMatchObject({ code: 'wechat.48001' });
    const without = await stage.app().succeed('app.doctor', { accountId });
    expect(without.findings).toContainEqual(expect.objectContaining({ check: 'permission', state: 'bad' }));
  });
});
