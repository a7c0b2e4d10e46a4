import { expect, test } from 'vitest';
import { type Answer, insertRequest, type RawClient, shop, startShop } from './practice-client.ts';

const strict = { ...shop, customerMustAuthorise: true };
const contact = { contact: { phone: '010-12345678', time_out: 86_400 } };

async function platformId(client: RawClient): Promise<string> {
  const { invoice_url } = await client.post('/card/invoice/seturl', {});
  return String(invoice_url).split('s_pappid=')[1] ?? '';
}

async function ticket(client: RawClient): Promise<string> {
  return String((await client.json('GET', client.withToken('/cgi-bin/ticket/getticket?type=wx_card')))['ticket']);
}

async function startWithPlatform() {
  const stage = await startShop({ apps: [strict] });
  const { client } = stage;
  const s_pappid = await platformId(client);
  await client.post('/card/invoice/setbizattr?action=set_contact', contact);
  const asked = {
    s_pappid,
    order_id: 'ORDER-A',
    money: 11_300,
    timestamp: 1_700_000_000,
    source: 'web',
    redirect_url: 'https://shop.example/done',
    ticket: await ticket(client),
    type: 2,
  };
  const authUrl = (change: Answer = {}) => client.post('/card/invoice/getauthurl', { ...asked, ...change });
  const authData = (order_id = 'ORDER-A') => client.post('/card/invoice/getauthdata', { s_pappid, order_id });
  const press = async (url: unknown, form: string) => {
    const { pathname, search } = new URL(String(url));
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await client.send('POST', `${pathname}${search}`, form, type)).bytes.toString();
  };
  return { ...stage, s_pappid, authUrl, authData, press };
}

test('a customer authorises on the page, and only then the card can be made', async () => {
  const { client, authUrl, authData, press, cardId } = await startWithPlatform();
  const { errcode, auth_url: url } = await authUrl();
  expect(errcode).toBe(0);
  expect(await authData()).toMatchObject({ errcode: 0, invoice_status: 'never auth' });
  const body = insertRequest(cardId, await client.pdf(), { orderId: 'ORDER-A' });
  expect((await client.insert(body))['errcode']).toBe(72038);
  const { pathname, search } = new URL(String(url));
  const page = (await client.send('GET', `${pathname}${search}`)).bytes.toString();
  expect(page).toContain('ORDER-A');
  expect(page).toContain('¥113.00');
  expect(page).toContain('>授权</button>');
  expect(page).toContain('>拒绝</button>');
  expect(await press(url, 'decision=allow')).toContain('授权成功');
  const data = await authData();
  expect(data).toEqual({ errcode: 0, errmsg: 'ok', invoice_status: 'auth success', auth_time: expect.any(Number) });
  expect((await client.insert(body))['errcode']).toBe(0);
});

test('a customer who refuses stays unauthorised', async () => {
  const { authUrl, authData, press } = await startWithPlatform();
  const { auth_url: url } = await authUrl();
  expect(await press(url, 'decision=deny')).toContain('已拒绝');
  expect(await authData()).toMatchObject({ invoice_status: 'never auth' });
});

test('a page of type 1 hands over the title the customer typed, a person or a company', async () => {
  const { authUrl, authData, press } = await startWithPlatform();
  const { auth_url: person } = await authUrl({ type: 1 });
  await press(person, 'decision=allow&title=%E5%BC%A0%E4%B8%89');
  expect(await authData()).toMatchObject({ user_auth_info: { user_field: { title: '张三' } } });
  const { auth_url: company } = await authUrl({ type: 1, order_id: 'ORDER-B' });
  await press(company, 'decision=allow&title=ACME&tax_number=91110000000000000X');
  const data = await authData('ORDER-B');
  expect(data).toMatchObject({ user_auth_info: { biz_field: { title: 'ACME', tax_no: '91110000000000000X' } } });
});

test('the page shows an order id as text, and nothing to somebody without its key', async () => {
  const { client, authUrl } = await startWithPlatform();
  const { auth_url: url } = await authUrl({ order_id: '<script>alert(1)</script>' });
  const { pathname, search } = new URL(String(url));
  expect((await client.send('GET', `${pathname}${search}`)).bytes.toString()).not.toContain('<script>');
  const guessed = `${pathname}${search.replace(/key=.*/, 'key=guess')}`;
  expect((await client.send('GET', guessed)).status).toBe(404);
});

test('without a contact there is no authorisation page', async () => {
  const { client } = await startShop({ apps: [strict] });
  expect((await client.post('/card/invoice/getauthurl', {}))['errcode']).toBe(72063);
});

test.each([
  [{ s_pappid: '' }, 72031, 's_pappid is empty'],
  [{ order_id: undefined }, 72031, 'order_id is empty'],
  [{ money: undefined }, 72031, 'money is empty'],
  [{ money: '1' }, 47001, 'data format error'],
  [{ source: 'H5' }, 72031, 'source is error'],
  [{ type: 3 }, 72031, 'type is error'],
  [{ ticket: 'old' }, 72031, 'ticket is error'],
  [{ s_pappid: shop.appid }, 72031, 's_pappid is error'],
])('getauthurl refuses %j', async (change, errcode, words) => {
  const { authUrl } = await startWithPlatform();
  expect(await authUrl(change)).toMatchObject({ errcode, errmsg: expect.stringContaining(words) });
});

test('a mini program gets the appid beside the address', async () => {
  const { authUrl } = await startWithPlatform();
  expect(await authUrl({ source: 'wxa' })).toMatchObject({ appid: shop.appid });
  expect(await authUrl()).not.toHaveProperty('appid');
});

test('a ticket is the same for two hours', async () => {
  const { client, control } = await startShop();
  const first = await ticket(client);
  await control.advance(7000);
  expect(await ticket(client)).toBe(first);
  await control.advance(200);
  await client.login();
  expect(await ticket(client)).not.toBe(first);
  const odd = await client.json('GET', client.withToken('/cgi-bin/ticket/getticket?type=other'));
  expect(odd['errcode']).toBe(40097);
});

test('a rejected order is burnt for ever', async () => {
  const { client, control, authUrl, authData, s_pappid, cardId } = await startWithPlatform();
  const reject = (order_id: string, reason = '已退货') =>
    client.post('/card/invoice/rejectinsert', { s_pappid, order_id, reason });
  expect((await reject('ORDER-A', ''))['errmsg']).toContain('reason is empty');
  expect((await reject('ORDER-A'))['errcode']).toBe(72038);
  await control.authorise({ appid: shop.appid, orderId: 'ORDER-A' });
  expect((await reject('ORDER-A'))['errcode']).toBe(0);
  const body = insertRequest(cardId, await client.pdf(), { orderId: 'ORDER-A' });
  expect((await client.insert(body))['errcode']).toBe(72035);
  expect((await authUrl())['errcode']).toBe(72035);
  expect((await authData())['errcode']).toBe(72035);
  expect((await reject('ORDER-A'))['errcode']).toBe(72035);
  await expect(control.authorise({ appid: shop.appid, orderId: 'ORDER-A' })).rejects.toThrow('rejected');
});

test('an order that has its card cannot be rejected any more', async () => {
  const { client, control, s_pappid, cardId } = await startWithPlatform();
  await control.authorise({ appid: shop.appid, orderId: 'ORDER-A' });
  await client.insert(insertRequest(cardId, await client.pdf(), { orderId: 'ORDER-A' }));
  const answer = await client.post('/card/invoice/rejectinsert', { s_pappid, order_id: 'ORDER-A', reason: 'x' });
  expect(answer['errcode']).toBe(72024);
});

test('an order nobody asked about is unknown to getauthdata', async () => {
  const { authData } = await startWithPlatform();
  expect((await authData('NEVER'))['errcode']).toBe(72038);
});

test('a merchant may be served by the platform whose id it named', async () => {
  const { client, control, s_pappid, cardId } = await startWithPlatform();
  const merchant = { ...shop, appid: 'wxfedcba9876543210' };
  await control.putApp(merchant);
  await client.login(merchant);
  await client.post('/card/invoice/setbizattr?action=set_contact', contact);
  const asked = {
    s_pappid,
    order_id: 'M-1',
    money: 1,
    timestamp: 1,
    source: 'web',
    ticket: await ticket(client),
    type: 2,
  };
  const { auth_url: url } = await client.post('/card/invoice/getauthurl', asked);
  const { pathname, search } = new URL(String(url));
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await client.send('POST', `${pathname}${search}`, 'decision=allow', form);
  await client.login();
  const body = insertRequest(cardId, await client.pdf(), { orderId: 'M-1', top: { appid: merchant.appid } });
  expect((await client.insert(body))['errcode']).toBe(0);
});

test('business attributes are kept and given back, and missing ones have their own codes', async () => {
  const { client } = await startShop();
  const attribute = (action: string, body: Answer = {}) =>
    client.post(`/card/invoice/setbizattr?action=${action}`, body);
  for (const [action, errcode] of [
    ['get_contact', 72063],
    ['get_auth_field', 72029],
    ['get_pay_mch', 72028],
    ['set_everything', 72031],
  ] as const)
    expect((await attribute(action))['errcode']).toBe(errcode);
  expect((await attribute('set_contact', contact))['errcode']).toBe(0);
  expect(await attribute('get_contact')).toEqual({ errcode: 0, errmsg: 'ok', ...contact });
  const field = { auth_field: { user_field: { show_title: 1, custom_field: [{ key: '部门', is_require: 1 }] } } };
  expect((await attribute('set_auth_field', field))['errcode']).toBe(0);
  expect(await attribute('get_auth_field')).toMatchObject(field);
  const pay = { paymch_info: { mchid: '1234567890', s_pappid: await platformId(client) } };
  expect((await attribute('set_pay_mch', pay))['errcode']).toBe(0);
  expect(await attribute('get_pay_mch')).toMatchObject(pay);
});

test.each([
  ['set_contact', { contact: { phone: '1' } }, 72031],
  ['set_contact', { contact: { phone: '1', timeOut: 5 } }, 72031],
  ['set_contact', { contact: { phone: '1', time_out: '5' } }, 47001],
  ['set_contact', {}, 72031],
  ['set_auth_field', { auth_field: {} }, 72031],
  ['set_auth_field', { auth_field: { biz_field: { custom_field: [{ key: '六个汉字太长' }] } } }, 45021],
  ['set_pay_mch', { paymch_info: { mchid: 'x', s_pappid: 'y' } }, 72030],
  ['set_pay_mch', { paymch_info: { mchid: '12345678', s_pappid: 'y' } }, 72031],
])('%s refuses %j', async (action, body, errcode) => {
  const { client } = await startShop();
  expect((await client.post(`/card/invoice/setbizattr?action=${action}`, body))['errcode']).toBe(errcode);
});
