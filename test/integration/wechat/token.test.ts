import { describe, expect, it } from 'vitest';
import { appError } from '../../../shared/errors/app-error.ts';
import { fail } from '../../../shared/result.ts';
import { answers, type Reply, startClient, startServer } from './support-server.ts';

const tokenPath = '/cgi-bin/stable_token';
const decryptPath = '/card/code/decrypt';
const token = (value: string, expiresIn: unknown = 7200) => answers({ access_token: value, expires_in: expiresIn });

/** Takes calls with this token only. */
const accepts =
  (wanted: string, errcode = 40001): Reply =>
  (exchange) => {
    const isRight = exchange.request.url.endsWith(`access_token=${wanted}`);
    answers(isRight ? { errcode: 0, code: '1' } : { errcode, errmsg: 'invalid credential hint: [x]' })(exchange);
  };

describe('the access token of one client', () => {
  it('is asked for once by a hundred callers at the same time', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'));
    server.on(decryptPath, accepts('A'));
    const { client } = startClient(server.url);

    const results = await Promise.all(Array.from({ length: 100 }, () => client.decryptCode('x')));

    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(server.seenAt(tokenPath)).toHaveLength(1);
    expect(server.seenAt(decryptPath)).toHaveLength(100);
  });

  it('is renewed once where a hundred callers have it turned away at the same time', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'), token('B'));
    server.on(decryptPath, accepts('B', 42001));
    const { client } = startClient(server.url);

    const results = await Promise.all(Array.from({ length: 100 }, () => client.decryptCode('x')));

    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(server.seenAt(tokenPath)).toHaveLength(2);
    expect(server.seenAt(decryptPath).length).toBeLessThanOrEqual(200);
    expect(server.seenAt(tokenPath).some(({ body }) => body.includes('force_refresh'))).toBe(false);
  });

  it.each([40001, 40014, 42001])('is renewed and the call repeated once after %i', async (errcode) => {
    const server = await startServer();
    server.on(tokenPath, token('A'), token('B'));
    server.on(decryptPath, accepts('B', errcode));
    const { client } = startClient(server.url);

    expect(await client.decryptCode('x')).toEqual({ ok: true, value: { code: '1' } });

    expect(server.seenAt(decryptPath).map(({ url }) => url)).toEqual([
      `${decryptPath}?access_token=A`,
      `${decryptPath}?access_token=B`,
    ]);
  });

  it('that stays bad is an error after exactly one repeat', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'), token('B'), token('C'));
    server.on(decryptPath, accepts('never'));
    const { client } = startClient(server.url);

    expect(await client.decryptCode('x')).toMatchObject({
      ok: false,
      error: { code: 'wechat.40001', details: { hint: 'x', errmsg: 'invalid credential' } },
    });

    expect(server.seenAt(decryptPath)).toHaveLength(2);
    expect(server.seenAt(tokenPath)).toHaveLength(2);
  });

  it('is forced anew only where WeChat hands out the refused one again', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'), token('A'), token('B'));
    server.on(decryptPath, accepts('B'));
    const { client } = startClient(server.url);

    expect(await client.decryptCode('x')).toMatchObject({ ok: true });

    expect(server.seenAt(tokenPath).map(({ body }) => JSON.parse(body.toString()).force_refresh)).toEqual([
      undefined,
      undefined,
      true,
    ]);
  });

  it('is not forced twice within 30 seconds, since WeChat allows 20 a day', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'));
    server.on(decryptPath, accepts('never'));
    const { client, advance } = startClient(server.url);
    const forced = () => server.seenAt(tokenPath).filter(({ body }) => body.includes('force_refresh')).length;

    await Promise.all(Array.from({ length: 20 }, () => client.decryptCode('x')));
    expect(forced()).toBe(1);
    await client.decryptCode('x');
    expect(forced()).toBe(1);
    advance(30_000);
    await client.decryptCode('x');
    expect(forced()).toBe(2);
  });

  it('is kept while it lives and renewed 5 minutes ahead of its end', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'), token('B'));
    server.on(decryptPath, answers({ errcode: 0, code: '1' }));
    const { client, advance } = startClient(server.url);

    await client.decryptCode('x');
    advance(6_899_000);
    await client.decryptCode('x');
    expect(server.seenAt(tokenPath)).toHaveLength(1);
    advance(1_000);
    await client.decryptCode('x');

    expect(server.seenAt(tokenPath)).toHaveLength(2);
    expect(server.seenAt(decryptPath).at(-1)?.url).toContain('access_token=B');
  });

  it('with little life left is renewed a tenth of it ahead, never taken for 7200 seconds', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A', '100'), token('B', 7200));
    server.on(decryptPath, answers({ errcode: 0, code: '1' }));
    const { client, advance } = startClient(server.url);

    await client.decryptCode('x');
    advance(89_000);
    await client.decryptCode('x');
    expect(server.seenAt(tokenPath)).toHaveLength(1);
    advance(1_000);
    await client.decryptCode('x');

    expect(server.seenAt(tokenPath)).toHaveLength(2);
  });

  it('is asked for anew by the account check, even where one is at hand', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A', 7200), token('A', 4000));
    const { client } = startClient(server.url);

    await client.fetchToken();
    expect(await client.fetchToken()).toEqual({ ok: true, value: { expiresInSeconds: 4000 } });
  });

  it('longer than 512 characters is sent whole', async () => {
    const long = `${'a1_-'.repeat(160)}`;
    const server = await startServer();
    server.on(tokenPath, token(long));
    server.on(decryptPath, accepts(long));
    const { client } = startClient(server.url);

    expect(await client.decryptCode('x')).toMatchObject({ ok: true });
  });
});

describe('without an access token', () => {
  it('nothing is sent where the secret is missing', async () => {
    const server = await startServer();
    const { client } = startClient(server.url, {
      readSecret: () => Promise.resolve(fail(appError('account.secret-missing', { account: '测试账号' }))),
    });

    expect(await client.decryptCode('x')).toMatchObject({ ok: false, error: { code: 'account.secret-missing' } });
    expect(await client.insert(Buffer.from('{}'))).toMatchObject({
      kind: 'not-sent',
      error: { code: 'account.secret-missing' },
    });
    expect(server.seen).toEqual([]);
  });

  it('the address to put on the allow-list is told', async () => {
    const server = await startServer();
    const errmsg = 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 65f-1-2';
    server.on(tokenPath, answers({ errcode: 40164, errmsg }));
    const { client } = startClient(server.url);

    expect(await client.fetchToken()).toMatchObject({
      ok: false,
      error: { code: 'wechat.40164', action: 'copy-ip', details: { ip: '203.0.113.9', rid: '65f-1-2' } },
    });
  });

  it('a wrong secret is told as such, and asked for again at the next call', async () => {
    const server = await startServer();
    server.on(tokenPath, answers({ errcode: 40125, errmsg: 'invalid appsecret' }), token('A'));
    const { client } = startClient(server.url);

    expect(await client.fetchToken()).toMatchObject({ ok: false, error: { code: 'wechat.40125' } });
    expect(await client.fetchToken()).toMatchObject({ ok: true });
  });

  it.each([
    ['no token', '{"expires_in":7200}'],
    ['no life', '{"access_token":"SECRET-TOKEN"}'],
    ['a life of zero', '{"access_token":"SECRET-TOKEN","expires_in":0}'],
    ['half of it', '{"access_token":"SECRET-TOKEN","expires'],
  ])('an answer with %s is not understood, and shows no token', async (_name, body) => {
    const server = await startServer();
    server.on(tokenPath, answers(body));
    const { client } = startClient(server.url);

    const answer = await client.fetchToken();

    expect(answer).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
    expect(JSON.stringify(answer)).not.toContain('SECRET-TOKEN');
  });

  it('a lost connection is tried once more', async () => {
    const server = await startServer();
    server.on(tokenPath, ({ socket }) => socket.destroy(), token('A'));
    const { client } = startClient(server.url);

    expect(await client.fetchToken()).toMatchObject({ ok: true });
    expect(server.seenAt(tokenPath)).toHaveLength(2);
  });

  it('an insert whose token cannot be renewed was not processed', async () => {
    const server = await startServer();
    server.on(tokenPath, token('A'), answers({ errcode: 40164, errmsg: 'invalid ip 203.0.113.9, not in whitelist' }));
    server.on('/card/invoice/insert', answers({ errcode: 40001, errmsg: 'invalid credential' }));
    const { client } = startClient(server.url);

    expect(await client.insert(Buffer.from('{}'))).toMatchObject({ kind: 'not-sent', error: { code: 'wechat.40164' } });
    expect(server.seenAt('/card/invoice/insert')).toHaveLength(1);
  });
});
