import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signPush } from '../../../electron/practice/push-crypto.ts';
import { pairingOf } from '../../support/relay-stage.ts';
import { relaysOn, storeKinds } from '../../support/relay-stores.ts';
import { safePush, statusMessage } from '../../support/safe-push.ts';

/** The server that an account had before; it answers what it is told to, or nothing. */
async function startOldServer(answer: string | null) {
  const seen: { readonly method: string; readonly url: string; readonly body: string; readonly type: string }[] = [];
  const take = async (incoming: IncomingMessage) => {
    const body = await text(incoming);
    const type = incoming.headers['content-type'] ?? '';
    seen.push({ method: incoming.method ?? '', url: incoming.url ?? '', body, type });
  };
  const server = createServer((incoming, outgoing) => {
    void take(incoming).then(() => answer !== null && outgoing.end(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wx?shop=1` };
}

const handshake = (token: string, changes: Readonly<Record<string, string>> = {}) => {
  const [timestamp, nonce] = ['1714036504', '1514711492'];
  const query = { signature: signPush(token, timestamp, nonce), timestamp, nonce, echostr: '4375120948345356249' };
  return new URLSearchParams({ ...query, ...changes });
};

describe.each(storeKinds)('over a store in %s', (kind) => {
  const start = relaysOn(kind);

  describe('the handshake', () => {
    test('is answered with its echostr, as plain text that nothing takes for a page', async () => {
      const { words, get } = await start();
      const answer = await get(`/wechat/${words.channel}?${handshake(words.token)}`);
      expect(answer).toMatchObject({ status: 200, text: '4375120948345356249' });
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
    });

    test.each([
      ['a wrong signature', { signature: '0'.repeat(40) }, 403],
      ['a signature of another length', { signature: 'abc' }, 403],
      ['no signature', { signature: '' }, 403],
      ['no echostr', { echostr: '' }, 400],
      ['an echostr that is a page', { echostr: `<script>${'x'.repeat(300)}</script>` }, 400],
    ])('with %s is refused', async (_, changes, status) => {
      const { words, get } = await start();
      const answer = await get(`/wechat/${words.channel}?${handshake(words.token, changes)}`);
      expect(answer.status).toBe(status);
      expect(answer.text).not.toContain('script');
    });

    test('of a channel that is not there is refused', async () => {
      const { words, get } = await start();
      const answer = await get(`/wechat/nowhere?${handshake(words.token)}`);
      expect(answer).toMatchObject({ status: 404, text: '{"fault":"unknown-channel"}' });
    });
  });

  describe('a push in safe mode', () => {
    test('is stored as it came, closed, before it is answered', async () => {
      const { words, send, page } = await start();
      const push = safePush(words, statusMessage('000000000001', 'INVOICE_REIMBURSE_LOCK', 1_700_000_000));
      expect(await send(push)).toMatchObject({ status: 200, text: 'success' });
      const { pushes } = await page();
      expect(pushes).toMatchObject([{ body: push.body, stale: false }]);
      expect(pushes[0]?.query.msgSignature).toBe(push.query.get('msg_signature'));
      expect(JSON.stringify(pushes)).not.toContain('000000000001');
    });

    test('that WeChat sends again is answered and stored once', async () => {
      const { words, send, page, metrics } = await start();
      const push = safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1));
      for (const _ of [1, 2, 3]) expect((await send(push)).text).toBe('success');
      expect((await page()).pushes).toHaveLength(1);
      expect(metrics().value('pushes_repeated')).toBe(2);
    });

    test('loses what compatible mode shows beside it', async () => {
      const { words, send, page } = await start();
      const { query, body } = safePush(words, statusMessage('000000000001', 'INVOICE_REIMBURSE_LOCK', 1));
      const shown = '<Status><![CDATA[INVOICE_REIMBURSE_CLOSURE]]></Status><Code><![CDATA[000000000001]]></Code>';
      await send({ query, body: body.replace('</xml>', `${shown}</xml>`) });
      const [push] = (await page()).pushes;
      expect(push?.body).not.toContain('000000000001');
      expect(JSON.parse(push?.body ?? '')).toEqual({ ToUserName: 'gh_1', Encrypt: expect.any(String) });
    });

    test('that is old but rightly signed is stored and marked: the clock may be the one that is wrong', async () => {
      const { words, send, page, lines } = await start();
      await send(safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1), Date.now() - 301_000));
      expect((await page()).pushes).toMatchObject([{ stale: true }]);
      expect(lines.some(({ event }) => event === 'push.stale')).toBe(true);
    });

    test('whose body was changed, or whose signature, is refused, told of without its content, and not stored', async () => {
      const { words, send, page, lines, metrics } = await start();
      const other = safePush(words, statusMessage('999', 'INVOICE_REIMBURSE_CANCEL', 1));
      const push = safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1));
      expect((await send({ query: push.query, body: other.body })).status).toBe(403);
      const forged = new URLSearchParams(push.query);
      forged.set('msg_signature', '0'.repeat(40));
      expect((await send({ query: forged, body: push.body })).status).toBe(403);
      // Only the signature that does not cover the body.
      forged.delete('msg_signature');
      expect((await send({ query: forged, body: push.body })).status).toBe(403);
      expect((await page()).pushes).toEqual([]);
      expect(metrics().value('pushes_refused')).toBe(3);
      expect(lines.filter(({ event }) => event === 'push.refused')).toHaveLength(3);
      expect(JSON.stringify(lines)).not.toContain('Encrypt');
      expect(JSON.stringify(lines)).not.toContain(words.token);
    });

    test.each([
      ['a document type', (body: string) => `<!DOCTYPE x [<!ENTITY a "b">]>${body}`, 400],
      ['half of its XML', (body: string) => body.slice(0, -20), 400],
      ['nothing', () => '', 400],
      ['10 MB', () => `<xml>${'x'.repeat(10_000_000)}</xml>`, 413],
    ])('with %s is refused', async (_, change, status) => {
      const { words, send, page } = await start();
      const { query, body } = safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1));
      expect((await send({ query, body: change(body) })).status).toBe(status);
      expect((await page()).pushes).toEqual([]);
    });
  });

  describe('a plain push', () => {
    const plain = (token: string) => {
      const [timestamp, nonce] = [String(Math.floor(Date.now() / 1000)), '486452656'];
      const query = new URLSearchParams({ signature: signPush(token, timestamp, nonce), timestamp, nonce });
      return { query, body: statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1) };
    };

    test('is refused, unless the channel was told to take it', async () => {
      const { words, send } = await start();
      expect(await send(plain(words.token))).toMatchObject({ status: 403, text: '{"fault":"plain-mode"}' });
    });

    test('is taken where the channel says so, with a right signature only', async () => {
      const { words, send, page } = await start({ mode: 'plain' });
      expect((await send(plain('another token'))).status).toBe(403);
      expect(await send(plain(words.token))).toMatchObject({ status: 200, text: 'success' });
      expect((await page()).pushes).toMatchObject([{ query: { msgSignature: '' } }]);
    });
  });

  describe('the server that was there before', () => {
    test('goes on getting every request unchanged, and its answer goes back', async () => {
      const old = await startOldServer('<xml>reply</xml>');
      const { words, send, get, page } = await start({ forwardUrl: old.url });
      const push = safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1));
      expect((await send(push)).text).toBe('<xml>reply</xml>');
      expect(old.seen).toMatchObject([
        { method: 'POST', url: `/wx?shop=1&${push.query}`, body: push.body, type: 'text/xml' },
      ]);
      expect((await page()).pushes).toHaveLength(1);
      expect((await get(`/wechat/${words.channel}?${handshake(words.token)}`)).text).toBe('<xml>reply</xml>');
    });

    test('costs no push when it is gone', async () => {
      const { send, words, page, metrics } = await start({ forwardUrl: 'http://127.0.0.1:9/wx' });
      const push = safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1));
      expect(await send(push)).toMatchObject({ status: 200, text: 'success' });
      expect((await page()).pushes).toHaveLength(1);
      expect(metrics().value('forwards_failed')).toBe(1);
    });

    test('costs no push when it does not answer: it is stored before, and WeChat is answered in time', async () => {
      const old = await startOldServer(null);
      const { send, words, page } = await start({ forwardUrl: old.url });
      const answered = send(safePush(words, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1)));
      await expect.poll(() => old.seen.length).toBe(1);
      expect((await page()).pushes).toHaveLength(1);
      expect(await answered).toMatchObject({ status: 200, text: 'success' });
    });
  });

  describe('somebody who asks too much', () => {
    test('is told so, and others are not kept from asking', async () => {
      const { words, url, get, metrics } = await start({
        limits: { perSecond: 1, burst: 3 },
        now: () => 1_714_036_504_000,
        trustedProxies: 1,
      });
      const path = `/wechat/${words.channel}?${handshake(words.token)}`;
      const from = (address: string) => get(path, { 'x-forwarded-for': `6.6.6.6, ${address}` });
      const statuses = [];
      for (const _ of [1, 2, 3, 4]) statuses.push((await from('1.1.1.1')).status);
      expect(statuses).toEqual([200, 200, 200, 429]);
      expect((await from('2.2.2.2')).status).toBe(200);
      expect(metrics().value('requests_limited')).toBe(1);
      expect((await get('/healthz')).status).toBe(200);
      expect(url).toContain('127.0.0.1');
    });

    test('with a thousand connections that say half a word keeps nobody from being heard', async () => {
      const { url, words, push, page } = await start();
      const { port, hostname } = new URL(url);
      const sockets = Array.from({ length: 1000 }, () => connect(Number(port), hostname));
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy();
      });
      for (const socket of sockets) socket.on('error', () => undefined);
      for (const socket of sockets) socket.write(`POST /wechat/${words.channel} HTTP/1.1\r\nHost: relay\r\nContent-Le`);
      expect(await push('000000000002')).toMatchObject({ status: 200, text: 'success' });
      expect((await page()).pushes).toHaveLength(1);
    });
  });

  test('figures and health are there for whoever watches, without a secret', async () => {
    const { get, push, words } = await start();
    await push('1');
    const { text: figures } = await get('/metrics');
    expect(figures).toContain('# TYPE fapiao_relay_pushes_stored_total counter\nfapiao_relay_pushes_stored_total 1\n');
    expect(figures).toContain('fapiao_relay_streams_open 0\n');
    expect(figures).not.toContain(words.channel);
    expect(await get('/healthz')).toMatchObject({ status: 200, text: '{"ok":true}' });
    expect(await get('/')).toMatchObject({ status: 401 });
    expect(pairingOf(words).channel).toBe(words.channel);
  });
});
