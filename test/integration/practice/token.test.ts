import { describe, expect, test } from 'vitest';
import type { PracticeApp } from '../../../electron/practice/practice-server.ts';
import { type RawClient, shop, startStage } from './practice-client.ts';

const stable = (client: RawClient, change: Record<string, unknown> = {}) =>
  client.json(
    'POST',
    '/cgi-bin/stable_token',
    JSON.stringify({ grant_type: 'client_credential', appid: shop.appid, secret: shop.secret, ...change }),
  );

const plain = (client: RawClient, change: Record<string, string> = {}) =>
  client.json(
    'GET',
    `/cgi-bin/token?${new URLSearchParams({ grant_type: 'client_credential', appid: shop.appid, secret: shop.secret, ...change })}`,
  );

async function errcodeWith(client: RawClient, token: unknown): Promise<unknown> {
  client.setToken(String(token));
  return (await client.post('/card/invoice/seturl', {}))['errcode'];
}

describe('the stable token', () => {
  test('stays the same while it is valid and tells how long that is', async () => {
    const { client, control } = await startStage({ now: () => 1_700_000_000_000 });
    const first = await stable(client);
    expect(first).toEqual({ access_token: expect.stringMatching(/^[\w-]{100,512}$/), expires_in: 7200 });
    await control.advance(1000);
    expect(await stable(client)).toEqual({ access_token: first['access_token'], expires_in: 6200 });
    expect((await control.books()).tokensIssued).toBe(1);
  });

  test('is renewed five minutes before its end, while the old one still works', async () => {
    const { client, control } = await startStage();
    const { access_token: old } = await stable(client);
    await control.advance(6901);
    const { access_token: renewed } = await stable(client);
    expect(renewed).not.toBe(old);
    expect(await errcodeWith(client, old)).toBe(0);
    expect(await errcodeWith(client, renewed)).toBe(0);
    await control.advance(299);
    expect([42001, 40001]).toContain(await errcodeWith(client, old));
  });

  test('forced kills the old one at once, not again within thirty seconds, twenty times a day', async () => {
    const { client, control } = await startStage();
    const { access_token: old } = await stable(client);
    const { access_token: forced } = await stable(client, { force_refresh: true });
    expect(await errcodeWith(client, old)).toBe(40001);
    expect((await stable(client, { force_refresh: true }))['access_token']).toBe(forced);
    for (let count = 1; count < 20; count += 1) {
      await control.advance(31);
      expect(await stable(client, { force_refresh: true })).toHaveProperty('access_token');
    }
    await control.advance(31);
    expect(await stable(client, { force_refresh: true })).toMatchObject({ errcode: 45009 });
  });

  test('is a world of its own beside the plain one', async () => {
    const { client, control } = await startStage();
    const { access_token: kept } = await stable(client);
    await plain(client);
    await plain(client);
    await control.advance(301);
    expect(await errcodeWith(client, kept)).toBe(0);
  });
});

test('a plain token is new at every fetch, and the one before lives five more minutes', async () => {
  const { client, control } = await startStage();
  const { access_token: first, expires_in } = await plain(client);
  expect(expires_in).toBe(7200);
  const { access_token: second } = await plain(client);
  expect(second).not.toBe(first);
  expect(await errcodeWith(client, first)).toBe(0);
  await control.advance(300);
  const answer = await client.json('POST', `/card/invoice/seturl?access_token=${first}`, '{}');
  expect(answer).toMatchObject({
    errcode: 40001,
    errmsg: expect.stringMatching(/ hint: \[\w+\] rid: \w{8}-\w{8}-\w{8}$/),
  });
  expect(await errcodeWith(client, second)).toBe(0);
});

test.each([
  ['a wrong appid', { appid: 'wxffffffffffffffff' }, 40013, 40013],
  ['a wrong secret', { secret: 'guess' }, 40001, 40125],
  ['a wrong grant type', { grant_type: 'authorization_code' }, 40002, 40002],
  ['no appid', { appid: '' }, 41002, 41002],
  ['no secret', { secret: '' }, 41004, 41004],
])('token calls refuse %s', async (_, change, ofPlain, ofStable) => {
  const { client } = await startStage();
  expect((await plain(client, change))['errcode']).toBe(ofPlain);
  expect((await stable(client, change))['errcode']).toBe(ofStable);
});

test('token calls from an address outside the whitelist name the address in both forms', async () => {
  const guarded: PracticeApp = { ...shop, allowedIps: ['5.6.7.8'] };
  const { client, control } = await startStage({ apps: [guarded] });
  await control.settings({ clientIp: '1.2.3.4' });
  expect(await plain(client)).toMatchObject({
    errcode: 40164,
    errmsg: expect.stringMatching(/^invalid ip 1\.2\.3\.4, not in whitelist hint: \[/),
  });
  expect(await stable(client)).toMatchObject({
    errcode: 40164,
    errmsg: expect.stringMatching(/^invalid ip 1\.2\.3\.4 ipv6 ::ffff:1\.2\.3\.4, not in whitelist rid: /),
  });
  await control.settings({ clientIp: '5.6.7.8' });
  expect(await stable(client)).toHaveProperty('access_token');
});

test('the stable token takes JSON by POST only', async () => {
  const { client } = await startStage();
  expect((await client.json('GET', '/cgi-bin/stable_token'))['errcode']).toBe(43002);
  const form = 'grant_type=client_credential&appid=wx0123456789abcdef&secret=shop-secret';
  expect((await client.json('POST', '/cgi-bin/stable_token', form))['errcode']).toBe(47001);
});

test.each([
  ['no token', '', 41001],
  ['a token of another shape', 'abc', 40014],
  ['an unknown token', `88_${'x'.repeat(100)}`, 40001],
])('calls refuse %s', async (_, token, errcode) => {
  const { client } = await startStage();
  expect(await errcodeWith(client, token)).toBe(errcode);
});

test('a token ends after two hours with 42001', async () => {
  const { client, control } = await startStage();
  const { access_token: token } = await stable(client);
  await control.advance(7199);
  expect(await errcodeWith(client, token)).toBe(0);
  await control.advance(1);
  expect(await errcodeWith(client, token)).toBe(42001);
});

test('no secret of a token call stands in the books', async () => {
  const { client, control } = await startStage();
  await stable(client);
  await plain(client);
  const calls = JSON.stringify((await control.books()).calls);
  expect(calls).toContain('/cgi-bin/stable_token');
  expect(calls).not.toContain(shop.secret);
});
