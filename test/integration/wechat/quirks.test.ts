import { describe, expect, it } from 'vitest';
import { answers, startClient, startServer } from './support-server.ts';

const updateStatusPath = '/card/invoice/platform/updatestatus';
const insertPath = '/card/invoice/insert';
const decryptPath = '/card/code/decrypt';

describe('what WeChat really does', () => {
  it('sends errcode as text on seturl and createcard, where the document has samples with numbers', async () => {
    const server = await startServer();
    server.on('/card/invoice/seturl', answers({ errcode: '0', errmsg: 'ok', invoice_url: 'https://a/?s_pappid=abc' }));
    server.on('/card/invoice/platform/createcard', answers({ errcode: '45021', errmsg: 'out of length rid: 1-2' }));
    const { client } = startClient(server.url);
    const created = await client.createTemplate({
      payee: 'a',
      type: 'b',
      title: 'c',
      logoUrl: 'd',
      customUrlName: '',
      customUrl: '',
      customUrlSubTitle: '',
      promotionUrlName: '',
      promotionUrl: '',
      promotionUrlSubTitle: '',
    });
    expect(await client.obtainPlatformId()).toMatchObject({ ok: true, value: { platformId: 'abc' } });
    expect(created).toMatchObject({ ok: false, error: { code: 'wechat.45021', details: { rid: '1-2' } } });
  });

  it('answers 72038 to updatestatus where people pass the 发票代码 for the card code', async () => {
    const server = await startServer();
    server.on(updateStatusPath, answers({ errcode: 72038, errmsg: 'invoice order never auth rid: 1-2' }));
    const { client } = startClient(server.url);
    const answer = await client.updateStatus({ cardId: 'p', code: '144031900110', status: 'INVOICE_REIMBURSE_CANCEL' });
    expect(answer).toMatchObject({
      ok: false,
      error: { text: { zhCN: expect.stringContaining('绝不是发票代码') }, action: 'open-invoice' },
    });
  });

  it.each([72018, 72056, 72042])('answers %i to an order or a number that is used: done already', async (errcode) => {
    const server = await startServer();
    server.on(insertPath, answers({ errcode, errmsg: 'repeated' }));
    const { client } = startClient(server.url);
    expect(await client.insert(Buffer.from('{}'))).toMatchObject({
      kind: 'refused',
      errcode,
      error: { class: 'already-done', retryable: false },
    });
  });

  it('says which field is empty in a sentence, with a trace behind it', async () => {
    const server = await startServer();
    server.on(
      insertPath,
      answers({ errcode: 72031, errmsg: 'invalid params, billing no is empty hint: [a] rid: 1-2' }),
    );
    const { client } = startClient(server.url);
    expect(await client.insert(Buffer.from('{}'))).toMatchObject({
      kind: 'refused',
      error: { details: { field: 'billing no', hint: 'a', rid: '1-2' } },
    });
  });

  it('answers 48001 to a service account without the invoice plug-in: the console is the cure', async () => {
    const server = await startServer();
    server.on('/card/invoice/seturl', answers({ errcode: 48001, errmsg: 'api unauthorized rid: 1-2' }));
    const { client } = startClient(server.url);
    expect(await client.obtainPlatformId()).toMatchObject({
      ok: false,
      error: { class: 'fix-account', action: 'open-console' },
    });
  });

  it('breaks connections now and then: reads are tried once more, writes are not', async () => {
    const server = await startServer();
    const breaking = () => server.on(decryptPath, ({ socket }) => socket.destroy(), answers({ errcode: 0, code: '1' }));
    breaking();
    server.on(updateStatusPath, ({ socket }) => socket.destroy(), answers({ errcode: 0 }));
    const { client } = startClient(server.url);
    const read = await client.decryptCode('x');
    const written = await client.updateStatus({ cardId: 'p', code: '1', status: 'INVOICE_REIMBURSE_CANCEL' });
    expect(read).toEqual({ ok: true, value: { code: '1' } });
    expect(server.seenAt(decryptPath)).toHaveLength(2);
    expect(written).toMatchObject({ ok: false, error: { code: 'network.broken', retryable: true } });
    expect(server.seenAt(updateStatusPath)).toHaveLength(1);
  });

  it('is not asked for a third time where it breaks twice', async () => {
    const server = await startServer();
    server.on(decryptPath, ({ socket }) => socket.destroy());
    const { client } = startClient(server.url);
    expect(await client.decryptCode('x')).toMatchObject({ ok: false, error: { code: 'network.broken' } });
    expect(server.seenAt(decryptPath)).toHaveLength(2);
  });

  it('is behind proxies that answer with pages of their own', async () => {
    const server = await startServer();
    server.on(decryptPath, answers('<html>access_token=TOKEN-1</html>'), answers('busy', 503));
    const { client } = startClient(server.url);
    const page = await client.decryptCode('x');
    expect(page).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
    expect(JSON.stringify(page)).not.toContain('TOKEN-1');
    expect(await client.decryptCode('x')).toMatchObject({
      ok: false,
      error: { code: 'wechat.http-status', details: { status: 503 } },
    });
  });

  it('does not answer in time', async () => {
    const server = await startServer();
    server.on(decryptPath, () => undefined);
    const { client } = startClient(server.url, { timeouts: { headersMs: 200, bodyMs: 200 } });
    expect(await client.decryptCode('x')).toMatchObject({ ok: false, error: { code: 'network.timeout' } });
    expect(server.seenAt(decryptPath)).toHaveLength(1);
  });

  it('is never asked for compressed answers, nor told who asks beyond the call', async () => {
    const server = await startServer();
    server.on(decryptPath, answers({ errcode: 0, code: '1' }));
    const { client } = startClient(server.url);
    await client.decryptCode('x');
    const [request] = server.seenAt(decryptPath);
    expect(Object.keys(request?.headers ?? {}).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
  });

  it('is logged by call, errcode and time, without token, query or content', async () => {
    const server = await startServer();
    server.on(decryptPath, answers({ errcode: 40056, errmsg: 'invalid code' }));
    const { client, log } = startClient(server.url);
    await client.decryptCode('encrypted-secret');
    expect(log.entries.map(({ event }) => event)).toEqual(['wechat.token', 'wechat.call']);
    expect(log.entries.at(-1)?.fields).toMatchObject({ call: 'decrypt', outcome: 'refusal', errcode: 40056 });
    expect(JSON.stringify(log.entries)).not.toMatch(/TOKEN-1|encrypted-secret|access_token/);
  });
});
