import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { insertRequest, shop, startShop } from './practice-client.ts';

interface Received {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** Somebody's push receiver: keeps what came, answers what it is told to. */
async function startReceiver(answer: (received: Received) => string | null = () => 'success') {
  const received: Received[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const query = new URL(incoming.url ?? '/', 'http://x').searchParams;
    const one = { method: incoming.method ?? '', query, body: Buffer.concat(chunks).toString() };
    received.push(one);
    const text = answer(one);
    if (text === null) outgoing.destroy();
    else outgoing.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx?shop=1` };
}

const token = 'push-token';
const encodingAesKey = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

function sha1(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

function decrypt(cipher: string): { readonly message: string; readonly appid: string } {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const full = Buffer.concat([decipher.update(Buffer.from(cipher, 'base64')), decipher.final()]);
  const end = 20 + full.readUInt32BE(16);
  const padding = full.at(-1) ?? 0;
  return { message: full.subarray(20, end).toString(), appid: full.subarray(end, full.length - padding).toString() };
}

const encrypted = (xml = '') => /<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/.exec(xml)?.[1] ?? '';

test('a plain push carries the fields of the sample and the right signature', async () => {
  const { received, url } = await startReceiver();
  const { control, client, cardId } = await startShop({ apps: [{ ...shop, pushUrl: url, pushToken: token }] });
  const { code, openid } = await client.insert(insertRequest(cardId, await client.pdf()));
  const outcome = await control.push({
    appid: shop.appid,
    event: 'update_invoice_status',
    code: String(code),
    status: 'INVOICE_REIMBURSE_LOCK',
    createTime: 1_478_068_440,
  });
  expect(outcome).toEqual({ status: 200, body: 'success', attempts: 1 });
  const [push] = received;
  expect(push?.body.replace(/gh_\w+/, 'gh_x').replaceAll(/\s*\n\s*/g, '')).toBe(
    `<xml><ToUserName><![CDATA[gh_x]]></ToUserName><FromUserName><![CDATA[${openid}]]></FromUserName><CreateTime>1478068440</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[update_invoice_status]]></Event><Status><![CDATA[INVOICE_REIMBURSE_LOCK]]></Status><CardId><![CDATA[${cardId}]]></CardId><Code><![CDATA[${code}]]></Code></xml>`,
  );
  const part = (name: string) => push?.query.get(name) ?? '';
  expect(part('signature')).toBe(sha1(token, part('timestamp'), part('nonce')));
  expect(part('openid')).toBe(openid);
  expect(part('shop')).toBe('1');
});

test('a safe push shows nothing but its cipher, and opens with the key', async () => {
  const { received, url } = await startReceiver();
  const app = { ...shop, pushUrl: url, pushToken: token, encodingAesKey };
  const { control } = await startShop({ apps: [app] });
  await control.push({ appid: shop.appid, mode: 'safe', event: 'user_authorize_invoice', orderId: 'ORDER-1' });
  const [push] = received;
  const part = (name: string) => push?.query.get(name) ?? '';
  const cipher = encrypted(push?.body);
  expect(part('encrypt_type')).toBe('aes');
  expect(part('msg_signature')).toBe(sha1(token, part('timestamp'), part('nonce'), cipher));
  expect(push?.body).not.toContain('ORDER-1');
  const opened = decrypt(cipher);
  expect(opened.appid).toBe(shop.appid);
  expect(opened.message).toContain('<SuccOrderId><![CDATA[ORDER-1]]></SuccOrderId>');
  expect(opened.message).toContain(`<AuthorizeAppId><![CDATA[${shop.appid}]]></AuthorizeAppId>`);
});

test('a push in JSON is JSON, and in compat mode it stands plain beside its cipher', async () => {
  const { received, url } = await startReceiver();
  const { control } = await startShop({ apps: [{ ...shop, pushUrl: url, pushToken: token, encodingAesKey }] });
  const event = { appid: shop.appid, event: 'user_authorize_invoice', orderId: 'O', failed: true } as const;
  await control.push({ ...event, format: 'json' });
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ FailOrderId: 'O', SuccOrderId: '', MsgType: 'event' });
  await control.push({ ...event, mode: 'compat' });
  expect(received[1]?.body).toContain('<FailOrderId><![CDATA[O]]></FailOrderId>');
  expect(decrypt(encrypted(received[1]?.body)).message).toContain('<FailOrderId><![CDATA[O]]></FailOrderId>');
});

test('a spoilt push is wrong in exactly the named part', async () => {
  const { received, url } = await startReceiver();
  const { control } = await startShop({ apps: [{ ...shop, pushUrl: url, pushToken: token, encodingAesKey }] });
  const event = { appid: shop.appid, mode: 'safe', event: 'update_invoice_status' } as const;
  await control.push({ ...event, spoil: 'signature' });
  await control.push({ ...event, spoil: 'msg-signature' });
  await control.push({ ...event, spoil: 'appid' });
  const marks = received.map(({ query, body }) => {
    const part = (name: string) => query.get(name) ?? '';
    const cipher = encrypted(body);
    return [
      part('signature') === sha1(token, part('timestamp'), part('nonce')),
      part('msg_signature') === sha1(token, part('timestamp'), part('nonce'), cipher),
      decrypt(cipher).appid === shop.appid,
    ];
  });
  expect(marks).toEqual([
    [false, true, true],
    [true, false, true],
    [true, true, false],
  ]);
});

test('a reimbursing company that locks a card makes WeChat tell the issuer', async () => {
  const { received, url } = await startReceiver();
  const { control, client, cardId } = await startShop({
    apps: [{ ...shop, pushUrl: url, pushToken: token, encodingAesKey }],
  });
  const { code } = await client.insert(insertRequest(cardId, await client.pdf()));
  const { push } = await control.reimburse({ code: String(code), status: 'INVOICE_REIMBURSE_LOCK' });
  expect(push).toEqual({ status: 200, body: 'success', attempts: 1 });
  const { message } = decrypt(encrypted(received[0]?.body));
  expect(message).toContain('<Status><![CDATA[INVOICE_REIMBURSE_LOCK]]></Status>');
  expect(message).toContain(`<Code><![CDATA[${code}]]></Code>`);
});

test('a customer who authorises makes WeChat tell the merchant, again while nobody answers', async () => {
  let calls = 0;
  const { received, url } = await startReceiver(() => {
    calls += 1;
    return calls < 3 ? null : '';
  });
  const { control } = await startShop({ apps: [{ ...shop, pushUrl: url, pushToken: token }] });
  const { push } = await control.authorise({ appid: shop.appid, orderId: 'ORDER-9' });
  expect(push).toEqual({ status: 200, body: '', attempts: 3 });
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  expect(received[0]?.body).toContain('<SuccOrderId><![CDATA[ORDER-9]]></SuccOrderId>');
});

test('the handshake sends an echostr and shows what came back', async () => {
  const { received, url } = await startReceiver(({ query }) => query.get('echostr') ?? '');
  const { control } = await startShop({ apps: [{ ...shop, pushUrl: url, pushToken: token }] });
  const outcome = await control.handshake({ appid: shop.appid });
  expect(outcome.body).toBe(outcome.echostr);
  await control.handshake({ appid: shop.appid, spoil: true });
  const isRight = received.map(({ method, query }) => {
    const part = (name: string) => query.get(name) ?? '';
    return method === 'GET' && part('signature') === sha1(token, part('timestamp'), part('nonce'));
  });
  expect(isRight).toEqual([true, false]);
});

test('a push without an address, a key or an account is refused in words', async () => {
  const { control } = await startShop();
  const event = { event: 'update_invoice_status' } as const;
  await expect(control.push({ ...event, appid: shop.appid })).rejects.toThrow('no push URL');
  await expect(control.push({ ...event, appid: shop.appid, mode: 'safe' })).rejects.toThrow('no EncodingAESKey');
  await expect(control.push({ ...event, appid: 'wxffffffffffffffff' })).rejects.toThrow('no account');
});
