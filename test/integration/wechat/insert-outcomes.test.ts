import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { InsertAnswer } from '../../../electron/wechat/client.ts';
import { createTransport } from '../../../electron/wechat/transport.ts';
import { answers, type Reply, startClient, startServer } from './support-server.ts';

const insertPath = '/card/invoice/insert';
const body = Buffer.from('{"order_id":"1"}');
const limits = { connectMs: 300, insertMs: 300, headersMs: 300, bodyMs: 300, uploadMs: 300 };

/** Sends one insert to a server that does `reply`, and tells the outcome and how often WeChat saw the request. */
async function insertAgainst(reply: Reply): Promise<{ answer: InsertAnswer; times: number }> {
  const server = await startServer();
  server.on(insertPath, reply);
  const { client } = startClient(server.url, { timeouts: limits });
  const answer = await client.insert(body);
  return { answer, times: server.seenAt(insertPath).length };
}

/** Writes bytes of one's own choice on the socket, then ends it. */
const raw =
  (text: string | Buffer, ending: 'fin' | 'reset' | 'open' = 'fin'): Reply =>
  ({ socket }) => {
    socket.write(text, () => {
      if (ending === 'fin') socket.end();
      if (ending === 'reset') socket.resetAndDestroy();
    });
  };

const okHead = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const issuedText = '{"errcode":0,"errmsg":"ok","code":"000012345678","openid":"o1"}';

describe('an insert that WeChat answers', () => {
  it('is issued with code, openid and unionid', async () => {
    const { answer, times } = await insertAgainst(answers({ errcode: 0, code: '001', openid: 'o1', unionid: 'u1' }));
    expect(answer).toEqual({ kind: 'issued', code: '001', openid: 'o1', unionid: 'u1' });
    expect(times).toBe(1);
  });

  it('is issued without a code where the answer lacks it', async () => {
    const { answer } = await insertAgainst(answers({ errcode: 0, errmsg: 'ok' }));
    expect(answer).toEqual({ kind: 'issued', code: null, openid: null, unionid: null });
  });

  it('is issued where a code came without an errcode, every digit of a number kept', async () => {
    const { answer } = await insertAgainst(answers('{"code":12345678901234567890}'));
    expect(answer).toEqual({ kind: 'issued', code: '12345678901234567890', openid: null, unionid: null });
  });

  it.each([72031, 72038, 72042, 72056, 45009, 99999])('is refused with errcode %i', async (errcode) => {
    const { answer, times } = await insertAgainst(answers({ errcode, errmsg: 'no rid: 1-2-3' }));
    expect(answer).toMatchObject({ kind: 'refused', errcode, error: { code: `wechat.${errcode}` } });
    expect(times).toBe(1);
  });

  it('is refused with the second errcode where the token was turned away twice', async () => {
    const { answer, times } = await insertAgainst(answers({ errcode: 42001, errmsg: 'access_token expired' }));
    expect(answer).toMatchObject({ kind: 'refused', errcode: 42001 });
    expect(times).toBe(2);
  });

  it('with -1 has an unknown outcome, since WeChat failed somewhere in its work', async () => {
    const { answer, times } = await insertAgainst(answers({ errcode: -1, errmsg: 'system error rid: 1-2-3' }));
    expect(answer).toMatchObject({
      kind: 'unknown',
      reason: 'system-error',
      error: { code: 'issue.outcome-unknown', details: { errcode: -1, errmsg: 'system error', rid: '1-2-3' } },
    });
    expect(times).toBe(1);
  });
});

describe('an insert whose answer does not settle it', () => {
  const cases: readonly (readonly [string, Reply, string])[] = [
    ['FIN before an answer', ({ socket }) => socket.end(), 'connection-lost'],
    ['RST before an answer', ({ socket }) => socket.resetAndDestroy(), 'connection-lost'],
    ['half of the headers', raw('HTTP/1.1 200 OK\r\nContent-Le'), 'connection-lost'],
    ['headers and no body', raw(`${okHead}Content-Length: 60\r\n\r\n`), 'connection-lost'],
    ['half of the body, then FIN', raw(`${okHead}Content-Length: 60\r\n\r\n{"errcode":0,"co`), 'connection-lost'],
    [
      'half of the body, then RST',
      raw(`${okHead}Content-Length: 60\r\n\r\n{"errcode":0,"co`, 'reset'),
      'connection-lost',
    ],
    [
      'half of a chunked body',
      raw(`${okHead}Transfer-Encoding: chunked\r\n\r\n10\r\n{"errcode":0,"co\r\n`),
      'connection-lost',
    ],
    ['a length larger than the body', raw(`${okHead}Content-Length: 500\r\n\r\n${issuedText}`), 'connection-lost'],
    ['a length smaller than the body', raw(`${okHead}Content-Length: 20\r\n\r\n${issuedText}`), 'not-understood'],
    ['a body cut off without a length', raw(`${okHead}Connection: close\r\n\r\n{"errcode":0,"co`), 'not-understood'],
    ['bytes that are no HTTP', raw('SSH-2.0-OpenSSH_9.2\r\n'), 'connection-lost'],
    ['an HTML page', answers('<html><body>请登录</body></html>'), 'not-understood'],
    ['nothing at all', answers(''), 'not-understood'],
    ['an empty object', answers({}), 'not-understood'],
    ['a list', answers([1]), 'not-understood'],
    ['an errcode that is no number', answers({ errcode: 'oops' }), 'not-understood'],
    [
      'compressed junk',
      raw(
        Buffer.concat([
          Buffer.from(`${okHead}Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\n`),
          Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]),
        ]),
      ),
      'not-understood',
    ],
    ['more than a megabyte', answers(JSON.stringify({ errcode: 0, code: 'x'.repeat(1_100_000) })), 'not-understood'],
    ['HTTP 500', answers('oops', 500), 'http-status'],
    ['HTTP 502 with success in it', answers(issuedText, 502), 'http-status'],
    ['a redirect', ({ response }) => response.writeHead(302, { location: insertPath }).end(), 'http-status'],
    ['no answer in time', () => undefined, 'timeout'],
    ['headers and then silence', raw(`${okHead}Content-Length: 60\r\n\r\n`, 'open'), 'timeout'],
  ];

  it.each(cases)('is unknown after %s, and sent once only', async (_name, reply, reason) => {
    const { answer, times } = await insertAgainst(reply);
    expect(answer).toMatchObject({ kind: 'unknown', reason, error: { code: 'issue.outcome-unknown' } });
    if (answer.kind === 'unknown') expect(answer.error.text.zhCN).not.toContain('{reason}');
    expect(times).toBe(1);
  });

  it('is unknown where the answer drips for longer than the limit', async () => {
    const drips: NodeJS.Timeout[] = [];
    onTestFinished(() => drips.forEach(clearInterval));
    const { answer } = await insertAgainst(({ response }) => {
      response.writeHead(200);
      drips.push(setInterval(() => response.write(' '), 50));
    });
    expect(answer).toMatchObject({ kind: 'unknown', reason: 'timeout' });
  });

  it('stays unknown where the answer comes too late, and nothing is sent again', async () => {
    const server = await startServer();
    const late = Promise.withResolvers<void>();
    server.on(insertPath, ({ response }) => {
      void late.promise.then(() => response.end(issuedText));
    });
    const { client } = startClient(server.url, { timeouts: limits });
    const answer = await client.insert(body);
    late.resolve();
    await client.close();
    expect(answer).toMatchObject({ kind: 'unknown', reason: 'timeout' });
    expect(server.seenAt(insertPath)).toHaveLength(1);
  });

  it('is never called issued or refused where the connection dies as it is made', async () => {
    const server = await startServer();
    const { client } = startClient(server.url, { timeouts: limits });
    await client.fetchToken();
    server.hangUp();
    const answer = await client.insert(body);
    // Whether the kernel reports the reset with the connection or after it is a matter of luck.
    expect(['unknown', 'not-sent']).toContain(answer.kind);
    expect(server.seenAt(insertPath)).toEqual([]);
  });
});

describe('an insert that never left', () => {
  it('is not sent where the connection is refused', async () => {
    const server = await startServer();
    const { client } = startClient(server.url, { timeouts: limits });
    await client.fetchToken();
    await server.stop();
    expect(await client.insert(body)).toMatchObject({
      kind: 'not-sent',
      error: { code: 'network.unreachable', details: { cause: 'ECONNREFUSED' } },
    });
  });

  it('is not sent after the client was closed', async () => {
    const server = await startServer();
    const { client } = startClient(server.url);
    await client.fetchToken();
    await client.close();
    expect(await client.insert(body)).toMatchObject({ kind: 'not-sent', error: { code: 'network.unreachable' } });
    expect(server.seenAt(insertPath)).toEqual([]);
  });

  it('is not sent where no token could be had', async () => {
    const { client } = startClient('https://no-such-host.invalid', { timeouts: limits });
    expect(await client.insert(body)).toMatchObject({ kind: 'not-sent', error: { code: 'network.unreachable' } });
  });
});

describe('a connection that does not come about', () => {
  async function tcpServer(onConnection: (socket: Socket) => void): Promise<number> {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(
      () =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          for (const socket of sockets) socket.destroy();
        }),
    );
    return (server.address() as AddressInfo).port; // a TCP server that listens has one
  }

  const cases: readonly (readonly [string, (socket: Socket) => void])[] = [
    ['the other side speaks no TLS', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['it hangs up during the TLS handshake', (socket) => socket.resetAndDestroy()],
    ['the TLS handshake never ends', () => undefined],
  ];

  it.each(cases)('is certain not to have sent anything where %s', async (_name, onConnection) => {
    const port = await tcpServer(onConnection);
    for (const manner of ['alone', 'plain'] as const) {
      const transport = createTransport(`https://127.0.0.1:${port}`, limits);
      const answer = await transport.send({ path: '/', headers: {}, body, manner });
      expect(answer).toMatchObject({ ok: false, error: { kind: 'unreachable', sent: false } });
      await transport.close();
    }
  });

  it('is certain not to have sent anything where the name is unknown', async () => {
    for (const manner of ['alone', 'plain'] as const) {
      const transport = createTransport('https://no-such-host.invalid', limits);
      const answer = await transport.send({ path: '/', headers: {}, body, manner });
      expect(answer).toMatchObject({ ok: false, error: { sent: false } });
      await transport.close();
    }
  });
});
