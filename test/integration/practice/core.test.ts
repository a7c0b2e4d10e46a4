import { request } from 'undici';
import { expect, test } from 'vitest';
import { defaultPracticeApp } from '../../../electron/practice/practice-server.ts';
import { insertRequest, shop, smallPdf, startShop, startStage } from './practice-client.ts';

test('a shop without an account puts a card into a wallet and cancels it', async () => {
  const { client, control } = await startShop();
  const mediaId = await client.pdf();
  expect(mediaId).toMatch(/^[1-9]\d{0,18}$/);
  const body = insertRequest((await client.template())['card_id'] as string, mediaId);
  const issued = await client.insert(body);
  expect(issued).toMatchObject({ errcode: 0, errmsg: 'ok' });
  expect(issued['code']).toMatch(/^\d{12}$/);
  expect(issued['openid']).toMatch(/^o[\w-]{27}$/);
  const cancelled = await client.post('/card/invoice/platform/updatestatus', {
    card_id: body.card_id,
    code: issued['code'],
    reimburse_status: 'INVOICE_REIMBURSE_CANCEL',
  });
  expect(cancelled).toEqual({ errcode: 0, errmsg: 'ok' });
  const books = await control.books();
  expect(books.cards).toHaveLength(1);
  expect(books.cards[0]).toMatchObject({
    code: issued['code'],
    orderId: body.order_id,
    status: 'INVOICE_REIMBURSE_CANCEL',
  });
  expect(books.pdfs[0]).toMatchObject({ mediaId, linkedCode: issued['code'] });
});

test('seturl gives the address of the sample with an id that begins with the appid', async () => {
  const { client } = await startShop();
  const answer = await client.post('/card/invoice/seturl', '{}');
  expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok' });
  const url = String(answer['invoice_url']);
  expect(url.startsWith('https://mp.weixin.qq.com/bizmall/authinvoice?action=list&s_pappid=')).toBe(true);
  const id = url.split('s_pappid=')[1] ?? '';
  expect(id).toHaveLength(68);
  expect(Buffer.from(id, 'base64url').toString('latin1').startsWith(`${shop.appid}_`)).toBe(true);
  expect(await client.post('/card/invoice/seturl', '{}')).toEqual(answer);
});

test('the address of a PDF serves it for two hours and then says so in Chinese', async () => {
  const { client, control } = await startShop();
  const content = smallPdf('served');
  const mediaId = String((await client.upload({ content }))['s_media_id']);
  const asked = { action: 'get_url', s_media_id: mediaId };
  const answer = await client.post('/card/invoice/platform/getpdf?action=get_url', asked);
  expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok', pdf_url_expire_time: 7200 });
  const fetched = await request(String(answer['pdf_url']));
  expect(fetched.headers['content-type']).toBe('application/pdf');
  expect(Buffer.from(await fetched.body.arrayBuffer()).equals(content)).toBe(true);
  await control.advance(7200);
  const late = await request(String(answer['pdf_url']));
  expect(await late.body.json()).toEqual({ ret: 7, err_msg: '链接过期，请重新获取' });
});

test('a redirect link carries a code that only decrypt opens', async () => {
  const { client, control, cardId } = await startShop();
  const issued = await client.insert(insertRequest(cardId, await client.pdf()));
  const link = await control.redirectLink({ code: String(issued['code']) });
  expect(link.encryptCode).toMatch(/^(?=.*\+)(?=.*\/).*=$/);
  expect(new URL(link.url).searchParams.get('encrypt_code')).toBe(link.encryptCode);
  expect(await client.post('/card/code/decrypt', { encrypt_code: link.encryptCode })).toEqual({
    errcode: 0,
    errmsg: 'ok',
    code: issued['code'],
  });
  const spoilt = link.encryptCode.replaceAll('+', ' ');
  expect(await client.post('/card/code/decrypt', { encrypt_code: spoilt })).toMatchObject({ errcode: 40056 });
});

test('a call that was processed and then dropped stands in the books', async () => {
  const { client, control, cardId } = await startShop();
  const body = insertRequest(cardId, await client.pdf());
  await control.misbehave({ kind: 'drop-after', path: '/card/invoice/insert' });
  await expect(client.insert(body)).rejects.toThrow();
  const books = await control.books();
  expect(books.cards.map(({ orderId }) => orderId)).toEqual([body.order_id]);
  expect(books.calls.at(-1)).toMatchObject({ processed: true, misbehaviour: 'drop-after', httpStatus: null });
  expect(await client.insert(body)).toMatchObject({ errcode: 72056 });
});

test('without accounts of its own the server knows one for trying out', async () => {
  const { control } = await startStage({ apps: [] });
  expect((await control.books()).apps).toEqual([defaultPracticeApp.appid]);
});
