import { describe, expect, it } from 'vitest';
import { noteDecision } from '../../../electron/orders/note-decision.ts';
import type { WeChatPush } from '../../../electron/wechat/push.ts';
import { addAccount, later, now, openRecordsInMemory } from '../../support/records-in-memory.ts';

const decision = (more: Partial<Extract<WeChatPush, { type: 'user_authorize_invoice' }>> = {}): WeChatPush => ({
  type: 'user_authorize_invoice',
  event: 'user_authorize_invoice',
  openid: 'oOpenid',
  accountId: 'gh_1',
  createTime: 1_795_104_000,
  authenticated: true,
  raw: '',
  orderId: 'WX-1',
  isAuthorised: true,
  appid: '',
  source: 'web',
  platformId: '',
  ...more,
});

function openWaiting(kind: 'collect' | 'apply-with-title' = 'collect') {
  const { records } = openRecordsInMemory();
  const account = addAccount(records);
  const order = { orderId: 'WX-1', moneyFen: 100, note: '', kind, source: 'web', redirectUrl: '' } as const;
  const id = records.orders.create(account, order, now)?.id ?? 0;
  records.orders.noteLink(
    id,
    { url: 'https://example.com', appid: null },
    { now, nextCheckAt: '2026-11-23T09:00:00.000Z' },
  );
  const look = () => records.orders.find(id) ?? expect.fail('no order');
  return { records, account, id, look, hear: (push: WeChatPush) => noteDecision(records, account, push, later) };
}

describe('what a push says of an order', () => {
  it('makes it authorised, by whom and when, and ends the asking', () => {
    const { hear, look, id } = openWaiting();
    expect(hear(decision())).toBe(id);
    expect(look()).toMatchObject({
      stage: 'authorised',
      openid: 'oOpenid',
      authorisedAt: new Date(1_795_104_000_000).toISOString(),
      nextCheckAt: null,
    });
  });

  it('lets WeChat be asked at once for the title that the push does not carry', () => {
    const { hear, look } = openWaiting('apply-with-title');
    hear(decision());
    expect(look()).toMatchObject({ stage: 'authorised', title: null, nextCheckAt: later });
  });

  it('where it could be forged is only a reason to ask', () => {
    const { hear, look } = openWaiting();
    hear(decision({ authenticated: false }));
    expect(look()).toMatchObject({ stage: 'waiting', openid: null, nextCheckAt: later });
  });

  it('makes it failed, which a later authorisation mends, and not the other way round', () => {
    const { hear, look } = openWaiting();
    hear(decision({ isAuthorised: false }));
    expect(look()).toMatchObject({ stage: 'failed', nextCheckAt: expect.any(String) });
    hear(decision());
    hear(decision({ isAuthorised: false, createTime: 1_795_104_001 }));
    expect(look()).toMatchObject({ stage: 'authorised' });
  });

  it('changes nothing about one that was rejected, nor about an order that is not here', () => {
    const { records, hear, look, id } = openWaiting();
    records.orders.beginRejection(id, { reason: '退货', url: '' }, now);
    hear(decision());
    expect(look()).toMatchObject({ stage: 'rejecting', authorisedAt: null });
    expect(hear(decision({ orderId: 'WX-2' }))).toBeUndefined();
  });
});
