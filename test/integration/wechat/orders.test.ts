import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { authorisationKinds, authorisationTypes, orderSources } from '../../../shared/invoice/order.ts';
import { order, paths, rejection } from './support-orders.ts';
import { app, appid, contact, startMerchant, startPractice, unwrap } from './support-practice.ts';
import { answers, only, startClient, startServer } from './support-server.ts';

/** A server that answers the ticket and then what a test says. */
async function startScripted(call: keyof typeof paths, answered: object) {
  const server = await startServer();
  server.on(paths.getticket, answers({ errcode: 0, errmsg: 'ok', ticket: 'TICKET-1', expires_in: 7200 }));
  server.on(paths[call], answers({ errcode: 0, errmsg: 'ok', ...answered }));
  return { ...startClient(server.url), sent: () => JSON.parse(only(server.seenAt(paths[call])).body.toString()) };
}

/** Presses a button of the practice page, as a customer's browser would. */
async function press(url: string, form: Readonly<Record<string, string>>): Promise<void> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    reset: true,
  });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`the page answered ${answer.statusCode}`);
}

describe('a link', () => {
  it.each(authorisationKinds.flatMap((kind) => orderSources.map((source) => [kind, source] as const)))(
    'for %s in %s is asked for as the document says',
    async (kind, source) => {
      const { client, sent } = await startScripted('getauthurl', { auth_url: 'https://mp.weixin.qq.com/bizmall/a' });
      const redirectUrl = 'https://shop.example/done?a=1&b=2';

      const answer = await client.requestAuthorisation({ ...order, kind, source, redirectUrl });

      expect(answer).toEqual({ ok: true, value: { url: 'https://mp.weixin.qq.com/bizmall/a', appid: null } });
      expect(sent()).toEqual({
        s_pappid: 'd3h1',
        order_id: 'ORDER-0001',
        money: 11_300,
        timestamp: 1_700_000_000,
        source,
        redirect_url: redirectUrl,
        ticket: 'TICKET-1',
        type: authorisationTypes[kind],
      });
    },
  );

  it('names no way back where there is none, and the mini program that opens it', async () => {
    const answered = { auth_url: 'pages/authinvoice?x=1', appid: 'wx9fd2b1234567abcd' };
    const { client, sent } = await startScripted('getauthurl', answered);

    const answer = await client.requestAuthorisation({ ...order, source: 'wxa' });

    expect(answer).toEqual({ ok: true, value: { url: 'pages/authinvoice?x=1', appid: 'wx9fd2b1234567abcd' } });
    expect(sent()).not.toHaveProperty('redirect_url');
  });

  it.each([{}, { auth_url: '' }, { auth_url: 5 }])('that comes as %j is not understood', async (answered) => {
    const { client } = await startScripted('getauthurl', answered);

    expect(await client.requestAuthorisation(order)).toMatchObject({
      ok: false,
      error: { code: 'wechat.not-understood' },
    });
  });

  it('is refused for what is wrong with the account or the order', async () => {
    const { client, control } = await startPractice();
    const { platformId } = unwrap(await client.obtainPlatformId());
    const asked = { ...order, platformId };

    expect(await client.requestAuthorisation(asked)).toMatchObject({
      error: { code: 'wechat.72063', class: 'fix-account', action: 'open-account', text: { zhCN: /联系方式/ } },
    });
    await client.saveContact(contact);
    expect(await client.requestAuthorisation({ ...asked, platformId: 'other' })).toMatchObject({
      error: { code: 'wechat.72031', class: 'fix-input', nextStep: { zhCN: /s_pappid.*ticket/ } },
    });
    expect(await client.requestAuthorisation({ ...asked, platformId: '' })).toMatchObject({
      error: { code: 'wechat.72031', text: { zhCN: /开票平台识别码/ }, details: { field: 's_pappid' } },
    });
    await control.authorise({ appid, orderId: order.orderId });
    unwrap(await client.rejectOrder({ ...rejection, platformId }));
    expect(await client.requestAuthorisation(asked)).toMatchObject({
      error: { code: 'wechat.72035', class: 'fix-input', nextStep: { zhCN: /新的订单号/ } },
    });
    await control.putApp({ ...app, hasInvoicePlugin: false });
    expect(await client.requestAuthorisation(asked)).toMatchObject({ error: { code: 'wechat.48001' } });
  });
});

describe('an authorisation', () => {
  it('is waited for until the customer presses, also after a refusal', async () => {
    const { client, orderOf } = await startMerchant();
    const asked = orderOf();
    const { url } = unwrap(await client.requestAuthorisation(asked));

    const waiting = { state: 'waiting', status: 'never auth', authorisedAtSeconds: null, title: null };
    expect(await client.queryAuthorisation(asked)).toEqual({ ok: true, value: waiting });
    await press(url, { decision: 'deny' });
    expect(await client.queryAuthorisation(asked)).toEqual({ ok: true, value: waiting });
    await press(url, { decision: 'allow' });
    expect(await client.queryAuthorisation(asked)).toEqual({
      ok: true,
      value: {
        ...{ state: 'authorised', status: 'auth success', title: null },
        authorisedAtSeconds: expect.any(Number),
      },
    });
  });

  it.each([
    [
      'company',
      { title: '杭州青禾茶叶有限公司', tax_number: '91330100MA27XXXX0X', address: '文三路 1 号', phone: '0571-1' },
      { bank_name: '招商银行', bank_account: '0571 0001', custom_0: '浙A12345' },
      { taxNumber: '91330100MA27XXXX0X', address: '文三路 1 号', phone: '0571-1' },
      { bankName: '招商银行', bankAccount: '0571 0001', email: '', custom: [{ key: '车牌号', value: '浙A12345' }] },
    ],
    [
      'person',
      { title: '张三', phone: '13800000000', email: 'zhang@example.com' },
      { custom_0: '靠窗' },
      { taxNumber: '', address: '', phone: '13800000000', bankName: '', bankAccount: '' },
      { email: 'zhang@example.com', custom: [{ key: '座位', value: '靠窗' }] },
    ],
  ] as const)('of a page for the title of a %s brings all that was typed', async (kind, form, more, title, rest) => {
    const { client, orderOf } = await startMerchant();
    const asked = orderOf({ kind: 'apply-with-title' });
    const all = { taxNumber: 'required', address: 'required', phone: 'required' } as const;
    unwrap(
      await client.saveAuthFields({
        person: { phone: 'required', email: 'required', custom: [{ key: '座位', isRequired: true, notice: '' }] },
        company: {
          ...{ ...all, bankName: 'optional', bankAccount: 'optional' },
          custom: [{ key: '车牌号', isRequired: true, notice: '' }],
        },
      }),
    );
    const { url } = unwrap(await client.requestAuthorisation(asked));

    await press(url, { decision: 'allow', kind, ...form, ...more });

    expect(unwrap(await client.queryAuthorisation(asked)).title).toEqual({
      ...{ kind, title: form.title },
      ...title,
      ...rest,
    });
  });

  it.each([
    [{ invoice_status: 'auth success', auth_time: '1700000000' }, 'authorised', 1_700_000_000],
    [{ invoice_status: ' Auth Success ', auth_time: 1_700_000_000 }, 'authorised', 1_700_000_000],
    [{ invoice_status: 'auth success' }, 'authorised', null],
    [{ invoice_status: 'auth success', auth_time: 'soon' }, 'authorised', null],
    [{ invoice_status: 'never auth', auth_time: 1_700_000_000 }, 'waiting', null],
    [{ invoice_status: '已授权', auth_time: 1_700_000_000 }, 'unknown', null],
    [{ invoice_status: 3 }, 'unknown', null],
  ])('that comes as %j is %s', async (answered, state, authorisedAtSeconds) => {
    const { client, sent } = await startScripted('getauthdata', answered);

    const value = unwrap(await client.queryAuthorisation(order));

    expect(value).toMatchObject({ state, authorisedAtSeconds, title: null });
    expect(value.status).toBe(String(answered.invoice_status));
    expect(sent()).toEqual({ s_pappid: 'd3h1', order_id: 'ORDER-0001' });
  });

  it.each([{}, { invoice_status: '' }, { invoice_status: null }])('%j is not understood', async (answered) => {
    const { client } = await startScripted('getauthdata', answered);

    expect(await client.queryAuthorisation(order)).toMatchObject({
      ok: false,
      error: { code: 'wechat.not-understood' },
    });
  });

  it('of an order that no link was got for, or that was rejected, is an error that says so', async () => {
    const { client, control, orderOf, platformId } = await startMerchant();

    expect(await client.queryAuthorisation(orderOf())).toMatchObject({
      error: { code: 'wechat.72038', class: 'fix-input', text: { zhCN: /没有这个订单的授权/, en: /never got a link/ } },
    });
    expect(await client.queryAuthorisation(orderOf({ platformId: 'x' }))).toMatchObject({
      error: { code: 'wechat.72031' },
    });
    await control.authorise({ appid, orderId: order.orderId });
    unwrap(await client.rejectOrder({ ...rejection, platformId }));
    expect(await client.queryAuthorisation(orderOf())).toMatchObject({
      error: { code: 'wechat.72035', text: { zhCN: /不会再有授权/ } },
    });
  });
});

describe('a rejection', () => {
  it('is sent as the document says, with an address where there is one', async () => {
    const { client, sent } = await startScripted('rejectinsert', {});
    const url = 'https://shop.example/why';

    expect(await client.rejectOrder({ ...rejection, url })).toEqual({ ok: true, value: undefined });
    expect(sent()).toEqual({ s_pappid: 'd3h1', order_id: 'ORDER-0001', reason: '已退货', url });
  });

  it('names no address where there is none, and is not taken for done without an errcode', async () => {
    const { client, sent } = await startScripted('rejectinsert', { errcode: undefined });

    expect(await client.rejectOrder(rejection)).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
    expect(sent()).not.toHaveProperty('url');
  });

  it('needs an authorised order without a card, and is for ever', async () => {
    const { client, control, orderOf, platformId } = await startMerchant();
    const reject = (orderId = order.orderId) => client.rejectOrder({ ...rejection, platformId, orderId });

    expect(await reject()).toMatchObject({ error: { code: 'wechat.72038', text: { zhCN: /还没有授权/ } } });
    unwrap(await client.requestAuthorisation(orderOf()));
    expect(await reject()).toMatchObject({ error: { code: 'wechat.72038' } });
    expect(await client.rejectOrder({ ...rejection, platformId, reason: '' })).toMatchObject({
      error: { code: 'wechat.72031', text: { zhCN: /拒绝原因/ } },
    });
    await control.authorise({ appid, orderId: order.orderId });
    expect(await reject()).toEqual({ ok: true, value: undefined });
    expect(await reject()).toMatchObject({ error: { code: 'wechat.72035', class: 'already-done' } });
    expect((await control.books()).orders).toMatchObject([{ state: 'rejected', rejectReason: '已退货' }]);
  });

  it.each(['drop-before', 'drop-after'] as const)('is never repeated by itself after %s', async (kind) => {
    const { client, control, platformId } = await startMerchant();
    await control.authorise({ appid, orderId: order.orderId });
    await control.misbehave({ kind, path: paths.rejectinsert });

    expect(await client.rejectOrder({ ...rejection, platformId })).toMatchObject({
      ok: false,
      error: { code: 'network.broken' },
    });

    const { calls, orders } = await control.books();
    expect(calls.filter(({ path }) => path === paths.rejectinsert)).toHaveLength(1);
    expect(orders).toMatchObject([{ state: kind === 'drop-after' ? 'rejected' : 'authorised' }]);
  });
});
