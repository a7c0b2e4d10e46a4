import { describe, expect, test } from 'vitest';
import type { PushInput } from '../../../electron/practice/practice-types.ts';
import { startPushReceiver } from '../../support/app-push-receiver.ts';
import { insertPath, shop, startStage } from '../../support/app-under-test.ts';

const pushToken = 'token-of-the-shop';
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

/** A shop whose address gets WeChat's pushes, with one issued invoice. */
async function startPushed() {
  const receiver = await startPushReceiver();
  const stage = await startStage({ shop: { pushUrl: receiver.url, pushToken } });
  const { id } = await stage.draft();
  const invoice = await stage.app().succeed('invoice.issue', { invoiceId: id });
  const code = invoice.cardCode ?? '';
  const { accountId } = stage;

  /** Has WeChat push, and hands what arrived to the program, as a relay will. */
  async function push(input: Omit<PushInput, 'appid' | 'event'> & { readonly event?: PushInput['event'] }) {
    await stage.control.push({ appid: shop.appid, event: 'update_invoice_status', code, ...input });
    return receiver.last();
  }
  const receive = async (received: Awaited<ReturnType<typeof push>>, withKey = false) =>
    stage.app().call('push.receive', {
      accountId,
      ...received,
      token: pushToken,
      ...(withKey ? { encodingAesKey } : {}),
    });
  const status = async () => (await stage.look(id)).reimburseStatus;
  return { stage, receiver, invoice, invoiceId: id, code, push, receive, status };
}

describe('a push brings the reimbursement status', () => {
  test('when a company locks and reimburses the card, in plain mode', async () => {
    const { stage, receiver, invoice, invoiceId, code, receive, status } = await startPushed();
    await stage.control.reimburse({ code, status: 'INVOICE_REIMBURSE_LOCK' });
    const locked = await receive(receiver.last());
    expect(locked).toMatchObject({ ok: true, value: { type: 'update_invoice_status', duplicate: false } });
    expect(await status()).toBe('INVOICE_REIMBURSE_LOCK');
    stage.advance(60);
    await stage.control.reimburse({ code, status: 'INVOICE_REIMBURSE_CLOSURE' });
    await receive(receiver.last());
    expect(await status()).toBe('INVOICE_REIMBURSE_CLOSURE');
    const { statusEvents } = await stage.app().succeed('invoice.get', { invoiceId });
    expect(statusEvents.map((event) => event.status)).toEqual(['INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_CLOSURE']);
    expect(statusEvents).toMatchObject([
      { invoiceId, code, openid: invoice.openid, source: 'push', authenticated: false },
      { invoiceId, code, openid: invoice.openid, source: 'push', authenticated: false },
    ]);
  });

  test.each(['xml', 'json'] as const)('in safe mode as %s, and then it counts as authenticated', async (format) => {
    const { stage, receiver, invoiceId, push, receive, status } = await startPushed();
    await stage.control.putApp({ ...shop, pushUrl: receiver.url, pushToken, encodingAesKey });
    const received = await push({ mode: 'safe', format, status: 'INVOICE_REIMBURSE_LOCK' });
    expect(received.body).not.toContain('INVOICE_REIMBURSE_LOCK');
    expect(await receive(received, true)).toMatchObject({
      ok: true,
      value: { duplicate: false, event: { invoiceId, status: 'INVOICE_REIMBURSE_LOCK', authenticated: true } },
    });
    expect(await status()).toBe('INVOICE_REIMBURSE_LOCK');
  });

  test('once, however often WeChat repeats it', async () => {
    const { stage, push, receive, status } = await startPushed();
    const received = await push({ status: 'INVOICE_REIMBURSE_LOCK' });
    expect(await receive(received)).toMatchObject({ value: { duplicate: false } });
    for (let repeat = 0; repeat < 3; repeat += 1)
      expect(await receive(received)).toMatchObject({ ok: true, value: { duplicate: true, event: null } });
    expect((await stage.app().succeed('event.list', {})).events).toHaveLength(1);
    expect(await status()).toBe('INVOICE_REIMBURSE_LOCK');
  });

  test('by the time it was made, not by the time it came', async () => {
    const { push, receive, status } = await startPushed();
    const older = await push({ status: 'INVOICE_REIMBURSE_LOCK', createTime: 1_795_400_000 });
    const newer = await push({ status: 'INVOICE_REIMBURSE_CLOSURE', createTime: 1_795_400_060 });
    await receive(newer);
    expect(await receive(older)).toMatchObject({ ok: true, value: { duplicate: false } });
    expect(await status()).toBe('INVOICE_REIMBURSE_CLOSURE');
  });

  test('against what was set here, the later of the two counts', async () => {
    const { stage, invoiceId, push, receive, status } = await startPushed();
    const nowSeconds = Math.floor(stage.clock.now() / 1000);
    const { fields } = await stage.look(invoiceId);
    const confirmedNumber = fields.billingNo;
    await stage.app().succeed('invoice.updateStatus', {
      invoiceId,
      status: 'INVOICE_REIMBURSE_CANCEL',
      confirmedNumber,
    });
    await receive(await push({ status: 'INVOICE_REIMBURSE_LOCK', createTime: nowSeconds - 1 }));
    expect(await status()).toBe('INVOICE_REIMBURSE_CANCEL');
    await receive(await push({ status: 'INVOICE_REIMBURSE_CLOSURE', createTime: nowSeconds + 1 }));
    expect(await status()).toBe('INVOICE_REIMBURSE_CLOSURE');
  });

  test('for each of two cards that one customer hands in within the same second', async () => {
    const { stage, invoiceId, push, receive } = await startPushed();
    const { id: secondId } = await stage.draft();
    const second = await stage.app().succeed('invoice.issue', { invoiceId: secondId });
    const same = { openid: 'oTHESAMECUSTOMER000000000001', createTime: 1_795_400_000 };
    const status = 'INVOICE_REIMBURSE_LOCK';
    expect(await receive(await push({ ...same, status }))).toMatchObject({ value: { duplicate: false } });
    const ofSecond = await push({ ...same, status, code: second.cardCode ?? '' });
    expect(await receive(ofSecond)).toMatchObject({ value: { duplicate: false, event: { invoiceId: secondId } } });
    expect(await stage.look(invoiceId)).toMatchObject({ reimburseStatus: status });
    expect(await stage.look(secondId)).toMatchObject({ reimburseStatus: status });
  });

  test('and keeps leading zeros of a code that no invoice here has', async () => {
    const { stage, push, receive, status } = await startPushed();
    expect(
      await receive(await push({ code: '000000000042', cardId: 'pOTHER', status: 'INVOICE_REIMBURSE_LOCK' })),
    ).toMatchObject({
      ok: true,
      value: { event: { invoiceId: null, code: '000000000042' } },
    });
    expect(await status()).toBeNull();
    expect((await stage.app().succeed('event.list', {})).events).toHaveLength(1);
  });

  test('a status that no document names is kept as an event and changes nothing', async () => {
    const { push, receive, status } = await startPushed();
    const received = await push({ status: 'INVOICE_REIMBURSE_SOMETHING' });
    expect(await receive(received)).toMatchObject({ value: { event: { status: 'INVOICE_REIMBURSE_SOMETHING' } } });
    expect(await status()).toBeNull();
  });
});

describe('a push that is not to be believed', () => {
  test('with a wrong signature is refused and leaves nothing behind', async () => {
    const { stage, push, receive, status } = await startPushed();
    const received = await push({ status: 'INVOICE_REIMBURSE_LOCK', spoil: 'signature' });
    expect(await receive(received)).toMatchObject({
      ok: false,
      error: { code: 'push.bad-signature', class: 'fix-input' },
    });
    expect((await stage.app().succeed('event.list', {})).events).toEqual([]);
    expect(await status()).toBeNull();
  });

  test.each([
    { spoil: 'msg-signature', code: 'push.bad-signature' },
    { spoil: 'cipher', code: 'push.decrypt-failed' },
    { spoil: 'appid', code: 'push.decrypt-failed' },
  ] as const)('in safe mode, spoilt in its $spoil: $code', async ({ spoil, code }) => {
    const { stage, receiver, push, receive, status } = await startPushed();
    await stage.control.putApp({ ...shop, pushUrl: receiver.url, pushToken, encodingAesKey });
    const received = await push({ mode: 'safe', status: 'INVOICE_REIMBURSE_LOCK', spoil });
    const result = await receive(received, true);
    expect(result).toMatchObject({ ok: false, error: { code } });
    if (!result.ok) expect(result.error.text.zhCN).toMatch(/\p{Script=Han}/u);
    expect((await stage.app().succeed('event.list', {})).events).toEqual([]);
    expect(await status()).toBeNull();
  });

  test('in compatible mode: only the encrypted part counts where the key is known', async () => {
    const { stage, receiver, push, receive, status } = await startPushed();
    await stage.control.putApp({ ...shop, pushUrl: receiver.url, pushToken, encodingAesKey });
    const received = await push({ mode: 'compat', status: 'INVOICE_REIMBURSE_LOCK' });
    const forged = { ...received, body: received.body.replace('INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_CANCEL') };
    expect(forged.body).not.toBe(received.body);
    expect(await receive(forged, true)).toMatchObject({ ok: true, value: { event: { authenticated: true } } });
    expect(await status()).toBe('INVOICE_REIMBURSE_LOCK');
  });
});

test('a customer who authorises an order is an event of its own', async () => {
  const { stage, push, receive } = await startPushed();
  const received = await push({ event: 'user_authorize_invoice', orderId: 'ORDER-77' });
  expect(await receive(received)).toMatchObject({
    ok: true,
    value: { type: 'user_authorize_invoice', duplicate: false },
  });
  expect((await stage.app().succeed('event.list', {})).events).toMatchObject([{ event: 'user_authorize_invoice' }]);
});

describe('a push of a card whose code no invoice has', () => {
  /** A shop in safe mode, with as many invoices whose cards were made and whose answers were lost. */
  async function startLost(count: number, mode: 'safe' | 'plain' = 'safe') {
    const receiver = await startPushReceiver();
    const stage = await startStage({ shop: { pushUrl: receiver.url, pushToken, encodingAesKey } });
    const { accountId } = stage;
    const ids: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const { id: invoiceId } = await stage.draft();
      await stage.control.misbehave({ kind: 'drop-after', path: insertPath, processed: true });
      await stage.app().refuse('invoice.issue', { invoiceId });
      ids.push(invoiceId);
    }
    const codes = ids.map((_, index) => stage.books().cards[index]?.code ?? '');
    async function push(code: string, status = 'INVOICE_REIMBURSE_LOCK' as const) {
      await stage.control.push({ appid: shop.appid, event: 'update_invoice_status', code, status, mode });
      const request = { accountId, ...receiver.last(), token: pushToken, encodingAesKey };
      return stage.app().succeed('push.receive', request);
    }
    return { stage, accountId, ids, codes, push };
  }

  test('settles the one invoice whose outcome is unknown: issued, with its code and its status', async () => {
    const { stage, ids, codes, push } = await startLost(1);
    const [invoiceId = 0] = ids;
    expect(await push(codes[0] ?? '')).toMatchObject({ event: { invoiceId } });
    expect(await stage.look(invoiceId)).toMatchObject({
      state: 'issued',
      cardCode: codes[0],
      reimburseStatus: 'INVOICE_REIMBURSE_LOCK',
      error: null,
    });
    expect(stage.callsTo(insertPath)).toHaveLength(1);
  });

  test('waits while it could belong to two, and is taken up when one of them is known', async () => {
    const { stage, ids, codes, push } = await startLost(2);
    const [first = 0, second = 0] = ids;
    expect(await push(codes[1] ?? '')).toMatchObject({ event: { invoiceId: null } });
    expect(await stage.look(second)).toMatchObject({ state: 'unknown', cardCode: null });
    await stage.app().succeed('invoice.settle', { invoiceId: second, outcome: 'found', cardCode: codes[1] ?? '' });
    expect(await stage.look(second)).toMatchObject({ cardCode: codes[1], reimburseStatus: 'INVOICE_REIMBURSE_LOCK' });
    expect(await stage.look(first)).toMatchObject({ state: 'unknown' });
    const { statusEvents } = await stage.app().succeed('invoice.get', { invoiceId: second });
    expect(statusEvents).toMatchObject([{ code: codes[1], source: 'push' }]);
  });

  test('proves nothing where its signature does not cover it', async () => {
    const { stage, ids, codes, push } = await startLost(1, 'plain');
    expect(await push(codes[0] ?? '')).toMatchObject({ event: { invoiceId: null, authenticated: false } });
    expect(await stage.look(ids[0] ?? 0)).toMatchObject({ state: 'unknown' });
  });

  test('is answered as well by a redirect link that is decoded', async () => {
    const { stage, accountId, ids, codes } = await startLost(1);
    const { encryptCode } = await stage.control.redirectLink({ code: codes[0] ?? '' });
    const { cardId } = stage.template;
    const decoded = await stage.app().succeed('code.decrypt', { accountId, encryptCode, cardId });
    expect(decoded).toEqual({ code: codes[0], invoiceId: ids[0] });
    expect(await stage.look(ids[0] ?? 0)).toMatchObject({ state: 'issued', cardCode: codes[0], error: null });
  });
});
