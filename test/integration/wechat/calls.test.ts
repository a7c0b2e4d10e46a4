import { describe, expect, it } from 'vitest';
import { insertRequestBody } from '../../../electron/wechat/insert-body.ts';
import { emptyInvoiceFields } from '../../../shared/invoice/invoice.ts';
import { answers, appSecret, only, startClient, startServer } from './support-server.ts';

const paths = {
  seturl: '/card/invoice/seturl',
  createcard: '/card/invoice/platform/createcard',
  getpdf: '/card/invoice/platform/getpdf',
  insert: '/card/invoice/insert',
  updatestatus: '/card/invoice/platform/updatestatus',
  decrypt: '/card/code/decrypt',
  token: '/cgi-bin/stable_token',
};

describe('the access token', () => {
  it('is asked for by POST of JSON, without force, and the secret stands nowhere else', async () => {
    const server = await startServer();
    const { client, log } = startClient(server.url);

    expect(await client.fetchToken()).toEqual({ ok: true, value: { expiresInSeconds: 7200 } });

    const request = only(server.seen);
    expect([request.method, request.url]).toEqual(['POST', paths.token]);
    expect(request.headers['content-type']).toBe('application/json');
    expect(request.body.toString()).toBe(
      `{"grant_type":"client_credential","appid":"wx0123456789abcdef","secret":"${appSecret}"}`,
    );
    expect(JSON.stringify(log.entries)).not.toContain(appSecret);
  });
});

describe('section 1, obtaining the platform id', () => {
  it('posts an empty object and keeps the id as it stands in the address', async () => {
    const server = await startServer();
    const invoiceUrl = 'https://mp.weixin.qq.com/bizmall/authinvoice?action=list&s_pappid=d3xxx+xGLSS0wrL14No8c1';
    server.on(paths.seturl, answers({ errcode: 0, errmsg: 'ok', invoice_url: invoiceUrl }));
    const { client } = startClient(server.url);

    expect(await client.obtainPlatformId()).toEqual({
      ok: true,
      value: { invoiceUrl, platformId: 'd3xxx+xGLSS0wrL14No8c1', prefix: 'unreadable' },
    });

    const request = only(server.seenAt(paths.seturl));
    expect(request.method).toBe('POST');
    expect(request.url).toBe('/card/invoice/seturl?access_token=TOKEN-1');
    expect(request.headers['content-type']).toBe('application/json');
    expect(request.body.toString()).toBe('{}');
  });

  it('says so where the address holds no id', async () => {
    const server = await startServer();
    server.on(paths.seturl, answers({ errcode: 0, invoice_url: 'https://mp.weixin.qq.com/bizmall/authinvoice' }));
    const { client } = startClient(server.url);

    const answer = await client.obtainPlatformId();

    expect(answer).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
  });
});

describe('section 2, creating a template', () => {
  it('sends the texts as raw UTF-8 and answers the card id', async () => {
    const server = await startServer();
    server.on(paths.createcard, answers({ errcode: 0, errmsg: 'ok', card_id: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU' }));
    const { client } = startClient(server.url);

    const answer = await client.createTemplate({
      payee: '测试-收款方',
      type: '广东省增值税普通发票',
      title: 'xx公司',
      logoUrl: 'http://mmbiz.qpic.cn/mmbiz/logo/0',
      customUrlName: 'xyz',
      customUrl: 'http://www.qq.com',
      customUrlSubTitle: '查看详情',
      promotionUrlName: '',
      promotionUrl: '',
      promotionUrlSubTitle: '',
    });

    expect(answer).toEqual({ ok: true, value: { cardId: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU' } });
    const request = only(server.seenAt(paths.createcard));
    expect(request.url).toBe('/card/invoice/platform/createcard?access_token=TOKEN-1');
    expect(request.body.toString('utf8')).toBe(
      '{"invoice_info":{"base_info":{"logo_url":"http://mmbiz.qpic.cn/mmbiz/logo/0","title":"xx公司",' +
        '"custom_url_name":"xyz","custom_url":"http://www.qq.com","custom_url_sub_title":"查看详情"},' +
        '"type":"广东省增值税普通发票","payee":"测试-收款方"}}',
    );
    expect(request.headers['content-length']).toBe(String(request.body.length));
  });
});

describe('section 4, querying a PDF', () => {
  it('has the action in the address and in the body', async () => {
    const server = await startServer();
    const url = 'https://mp.weixin.qq.com/intp/invoice/getpdf?action=media_pdf&media_key=dFRnTkV6';
    server.on(paths.getpdf, answers({ errcode: 0, errmsg: 'ok', pdf_url: url, pdf_url_expire_time: 7200 }));
    const { client } = startClient(server.url);

    expect(await client.queryPdf('75195574948725301')).toEqual({ ok: true, value: { url, expiresInSeconds: 7200 } });

    const request = only(server.seenAt(paths.getpdf));
    expect(request.url).toBe('/card/invoice/platform/getpdf?action=get_url&access_token=TOKEN-1');
    expect(request.body.toString()).toBe('{"action":"get_url","s_media_id":"75195574948725301"}');
  });
});

describe('section 5, inserting a card', () => {
  it('sends exactly the stored bytes, once, on a connection of its own', async () => {
    const server = await startServer();
    server.on(paths.insert, answers({ errcode: 0, errmsg: 'ok', code: '682000661927', openid: 'ojZ8Ytz4lES' }));
    const { client } = startClient(server.url);
    const body = insertRequestBody({
      orderId: '111163',
      cardId: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU',
      appid: 'wxc0b84a53ed8e8d29',
      nonceStr: 'j1Re1WxaHv',
      pdfMediaId: '3015806758683707',
      fields: { ...emptyInvoiceFields(), title: '深圳市某某公司', feeFen: 123 },
    });

    const answer = await client.insert(body);

    expect(answer).toEqual({ kind: 'issued', code: '682000661927', openid: 'ojZ8Ytz4lES', unionid: null });
    const request = only(server.seenAt(paths.insert));
    expect(request.url).toBe('/card/invoice/insert?access_token=TOKEN-1');
    expect(request.headers['content-type']).toBe('application/json');
    expect(request.headers.connection).toBe('close');
    expect(request.body.equals(body)).toBe(true);
    expect(request.connection).not.toBe(only(server.seenAt(paths.token)).connection);
  });
});

describe('section 6, updating a status', () => {
  it('sends the sample of the document', async () => {
    const server = await startServer();
    server.on(paths.updatestatus, answers({ errcode: 0, errmsg: 'ok' }));
    const { client } = startClient(server.url);

    const answer = await client.updateStatus({
      cardId: 'pjZ8Yt7Um2jYxzneP8GomnxoVFWo',
      code: '186921658591',
      status: 'INVOICE_REIMBURSE_INIT',
    });

    expect(answer).toEqual({ ok: true, value: undefined });
    const request = only(server.seenAt(paths.updatestatus));
    expect(request.body.toString()).toBe(
      '{"card_id":"pjZ8Yt7Um2jYxzneP8GomnxoVFWo","code":"186921658591","reimburse_status":"INVOICE_REIMBURSE_INIT"}',
    );
  });

  it('does not take an answer without an errcode for success', async () => {
    const server = await startServer();
    server.on(paths.updatestatus, answers({}));
    const { client } = startClient(server.url);

    const answer = await client.updateStatus({ cardId: 'p1', code: '1', status: 'INVOICE_REIMBURSE_CANCEL' });

    expect(answer).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
  });
});

describe('section 8, decrypting a code', () => {
  it('sends the sample of the document, from a percent-encoded link', async () => {
    const server = await startServer();
    server.on(paths.decrypt, answers({ errcode: 0, errmsg: 'ok', code: '051234212312' }));
    const { client } = startClient(server.url);

    const answer = await client.decryptCode('XXIzTtMqCxwOaawoE91%2BVJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ%2F5ZZ0DVkXdE');

    expect(answer).toEqual({ ok: true, value: { code: '051234212312' } });
    expect(only(server.seenAt(paths.decrypt)).body.toString()).toBe(
      '{"encrypt_code":"XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ/5ZZ0DVkXdE"}',
    );
  });
});

describe('a base URL with a path', () => {
  it('stands before every call', async () => {
    const server = await startServer();
    server.on('/proxy/cgi-bin/stable_token', answers({ access_token: 'T', expires_in: 7200 }));
    server.on('/proxy/card/code/decrypt', answers({ errcode: 0, code: '1' }));
    const { client } = startClient(`${server.url}/proxy/`);

    expect(await client.decryptCode('x')).toEqual({ ok: true, value: { code: '1' } });
  });

  it('that is not allowed gets nothing sent', async () => {
    const { client } = startClient('http://api.weixin.qq.com');

    expect(await client.fetchToken()).toMatchObject({
      ok: false,
      error: { code: 'account.base-url-not-allowed' },
    });
    expect(await client.insert(new Uint8Array())).toMatchObject({
      kind: 'not-sent',
      error: { code: 'account.base-url-not-allowed' },
    });
  });
});
