import { expect, test } from 'vitest';
import { insertRequest, multipart, shop, startShop, startStage } from './practice-client.ts';

const rid = / rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/;

test('a call that needs POST refuses GET', async () => {
  const { client } = await startShop();
  const answer = await client.json('GET', client.withToken('/card/invoice/insert'));
  expect(answer).toMatchObject({ errcode: 43002, errmsg: expect.stringMatching(rid) });
});

test.each([
  ['nothing', '', 44002],
  ['a form', 'order_id=1&card_id=2', 47001],
  ['broken JSON', '{"order_id": "1"', 47001],
  ['a list', '[]', 47001],
  ['the sample of the document with its trailing commas', '{"invoice_info":{"payee":"x",}}', 47001],
  ['Chinese as escapes', '{"order_id":"\\u53d1\\u7968"}', 47002],
])('a body of %s is refused', async (_, body, errcode) => {
  const { client } = await startShop();
  expect((await client.post('/card/invoice/insert', body))['errcode']).toBe(errcode);
});

test('escapes of ASCII and an escaped backslash before a u are no Unicode escapes', async () => {
  const { client } = await startShop();
  const answer = await client.post('/card/invoice/seturl', '{"a":"\\u0041","b":"C:\\\\u4e2d"}');
  expect(answer['errcode']).toBe(0);
});

test('a body that is not UTF-8 is refused', async () => {
  const { client } = await startShop();
  const gbk = Buffer.from('7b2261223a22b7a2227d', 'hex');
  expect((await client.json('POST', client.withToken('/card/invoice/seturl'), gbk))['errcode']).toBe(47001);
});

test('an account without the plug-in is refused on every invoice call but not on others', async () => {
  const bare = { ...shop, hasInvoicePlugin: false };
  const { client } = await startStage({ apps: [bare] });
  await client.login(bare);
  for (const path of ['/card/invoice/seturl', '/card/invoice/insert', '/card/invoice/setbizattr?action=get_contact'])
    expect(await client.post(path, {})).toMatchObject({
      errcode: 48001,
      errmsg: expect.stringMatching(/^api unauthor/),
    });
  const ticket = await client.json('GET', client.withToken('/cgi-bin/ticket/getticket?type=wx_card'));
  expect(ticket['errcode']).toBe(0);
});

test('an unknown path is 404 in JSON', async () => {
  const { client } = await startShop();
  for (const path of ['/card/invoice/nothing', '/constructor', '/practice/nothing']) {
    const { status, bytes } = await client.send('POST', client.withToken(path), '{}');
    expect(status).toBe(404);
    expect(JSON.parse(bytes.toString())).toMatchObject({ errcode: 40066 });
  }
});

test('daily and minute limits answer 45009 and 45011, and clear_quota opens them again', async () => {
  const { client, control } = await startShop();
  await control.settings({ dailyLimit: 2 });
  const call = async () => (await client.post('/card/invoice/seturl', {}))['errcode'];
  expect([await call(), await call(), await call()]).toEqual([0, 0, 45009]);
  const asked = { cgi_path: '/card/invoice/seturl' };
  expect(await client.post('/cgi-bin/openapi/quota/get', asked)).toMatchObject({
    errcode: 0,
    quota: { daily_limit: 2, used: 3, remain: 0 },
    rate_limit: { refresh_second: 60 },
  });
  expect((await client.post('/cgi-bin/openapi/quota/get', { cgi_path: '/no/such' }))['errcode']).toBe(76021);
  expect(await client.post('/cgi-bin/clear_quota', { appid: shop.appid })).toMatchObject({ errcode: 0 });
  expect(await call()).toBe(0);
  await control.settings({ dailyLimit: null, minuteLimit: 1 });
  expect([await call(), await call()]).toEqual([0, 45011]);
  await control.advance(60);
  expect(await call()).toBe(0);
});

test('quotas can be cleared ten times a month', async () => {
  const { client } = await startShop();
  for (let count = 0; count < 10; count += 1)
    expect((await client.post('/cgi-bin/clear_quota', { appid: shop.appid }))['errcode']).toBe(0);
  expect((await client.post('/cgi-bin/clear_quota', { appid: shop.appid }))['errcode']).toBe(48006);
});

test('a rid tells what was asked and answered', async () => {
  const { client } = await startShop();
  const refused = await client.post('/card/invoice/insert', { order_id: 'A1' });
  const tag = String(refused['errmsg']).split(' rid: ')[1];
  expect(await client.post('/cgi-bin/openapi/rid/get', { rid: tag })).toMatchObject({
    errcode: 0,
    request: {
      request_url: '/card/invoice/insert',
      request_body: '{"order_id":"A1"}',
      client_ip: '127.0.0.1',
      response_body: expect.stringContaining('72031'),
    },
  });
  expect((await client.post('/cgi-bin/openapi/rid/get', { rid: 'x' }))['errcode']).toBe(76002);
  const unknown = '00000000-00000000-00000000';
  expect((await client.post('/cgi-bin/openapi/rid/get', { rid: unknown }))['errcode']).toBe(76001);
});

test.each([
  ['a body without any boundary', 'garbage', 'multipart/form-data'],
  ['a boundary that never comes', 'garbage', 'multipart/form-data; boundary=abc'],
  [
    'a part without its end',
    '--abc\r\nContent-Disposition: form-data; name="pdf"',
    'multipart/form-data; boundary=abc',
  ],
  ['JSON', '{"pdf":"x"}', 'application/json'],
])('setpdf survives %s', async (_, body, contentType) => {
  const { client, control } = await startShop();
  const path = client.withToken('/card/invoice/platform/setpdf');
  expect((await client.json('POST', path, body, { 'content-type': contentType }))['errcode']).toBe(41005);
  expect((await control.books()).faults).toEqual([]);
});

test('a body beyond 30 MB is refused without being kept', async () => {
  const { client } = await startShop();
  const { headers, body } = multipart({ content: Buffer.alloc(31 * 1024 * 1024) });
  const path = client.withToken('/card/invoice/platform/setpdf');
  expect((await client.json('POST', path, body, headers))['errcode']).toBe(45001);
});

test('told to, seturl and createcard answer errcode as text, and every answer carries unknown fields', async () => {
  const { client, control, cardId } = await startShop();
  await control.settings({ errcodeAsString: true, unknownFields: true });
  const answer = await client.post('/card/invoice/seturl', {});
  expect(answer['errcode']).toBe('0');
  expect(Object.keys(answer)).toContain('practice_extra');
  expect((await client.template({ title: '这个标题比九个汉字长得多' }))['errcode']).toBe('45021');
  const issued = await client.insert(insertRequest(cardId, await client.pdf()));
  expect(issued).toMatchObject({ errcode: 0, practice_extra: expect.anything() });
  await control.defaultSettings();
  expect(Object.keys(await client.post('/card/invoice/seturl', {})).sort()).toEqual([
    'errcode',
    'errmsg',
    'invoice_url',
  ]);
});

test('control answers 400 in words to what it does not understand, and nothing to a page of another origin', async () => {
  const { client } = await startShop();
  const odd = await client.send('POST', '/practice/misbehave', '{"kind":"explode"}');
  expect(odd.status).toBe(400);
  expect(odd.bytes.toString()).toContain('kind');
  const foreign = { 'content-type': 'application/json', origin: 'https://evil.example' };
  expect((await client.send('POST', '/practice/reset', '{}', foreign)).status).toBe(403);
});
