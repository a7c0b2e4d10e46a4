import { describe, expect, it } from 'vitest';
import { order, paths } from './support-orders.ts';
import { startMerchant } from './support-practice.ts';
import { answers, only, type Reply, startClient, startServer } from './support-server.ts';

const { getticket: ticketPath, getauthurl: linkPath } = paths;
const ticket = (value: string, expiresIn: unknown = 7200) =>
  answers({ errcode: 0, errmsg: 'ok', ticket: value, expires_in: expiresIn });

const given = { errcode: 0, errmsg: 'ok', auth_url: 'https://mp.weixin.qq.com/bizmall/authinvoice' };
const refused = { errcode: 72031, errmsg: 'invalid params, ticket is error rid: 1-2-3' };

/** Gives links for this ticket only. */
const accepts =
  (wanted: string): Reply =>
  (exchange) => {
    const { ticket: sent } = JSON.parse(exchange.request.body.toString());
    answers(sent === wanted ? given : refused)(exchange);
  };

async function start(tickets: readonly Reply[], link: Reply) {
  const server = await startServer();
  server.on(ticketPath, ...tickets);
  server.on(linkPath, link);
  const tested = startClient(server.url);
  return {
    ...tested,
    server,
    ask: () => tested.client.requestAuthorisation(order),
    askOften: (times: number) =>
      Promise.all(Array.from({ length: times }, () => tested.client.requestAuthorisation(order))),
    fetched: () => server.seenAt(ticketPath).length,
    asked: () => server.seenAt(linkPath).length,
  };
}

describe('the ticket of authorisation pages', () => {
  it('is asked for by GET, without a body', async () => {
    const { ask, server } = await start([ticket('A')], accepts('A'));

    expect(await ask()).toMatchObject({ ok: true });

    const request = only(server.seenAt(ticketPath));
    expect([request.method, request.url]).toEqual(['GET', `${ticketPath}?type=wx_card&access_token=TOKEN-1`]);
    expect(request.headers['content-type']).toBeUndefined();
    expect(request.body).toHaveLength(0);
  });

  it('is asked for once by a hundred callers at the same time', async () => {
    const { askOften, fetched, asked } = await start([ticket('A')], accepts('A'));

    const answered = await askOften(100);

    expect(answered.every(({ ok }) => ok)).toBe(true);
    expect([fetched(), asked()]).toEqual([1, 100]);
  });

  it('is kept while it lives and renewed 5 minutes ahead of its end', async () => {
    const { ask, advance, fetched } = await start([ticket('A'), ticket('B')], answers(given));

    await ask();
    advance(6_899_000);
    await ask();
    expect(fetched()).toBe(1);
    advance(1_000);
    await ask();

    expect(fetched()).toBe(2);
  });

  it('with little life left is renewed a tenth of it ahead', async () => {
    const { ask, advance, fetched } = await start([ticket('A', '100'), ticket('B')], answers(given));

    await ask();
    advance(89_000);
    await ask();
    expect(fetched()).toBe(1);
    advance(1_000);
    await ask();

    expect(fetched()).toBe(2);
  });

  it('is replaced once where a hundred callers have it turned away at the same time', async () => {
    const { askOften, fetched, asked } = await start([ticket('A'), ticket('B')], accepts('B'));

    const answered = await askOften(100);

    expect(answered.every(({ ok }) => ok)).toBe(true);
    expect(fetched()).toBe(2);
    expect(asked()).toBeLessThanOrEqual(200);
  });

  it('that was renewed meanwhile is not fetched again for a caller that is turned away late', async () => {
    const { client, server, advance, ask, fetched } = await start(
      [ticket('A'), ticket('B'), ticket('C')],
      accepts('B'),
    );
    const release = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const late: Reply = (exchange) => {
      arrived.resolve();
      void release.promise.then(() => accepts('B')(exchange));
    };
    server.on(linkPath, late, accepts('B'));

    const first = client.requestAuthorisation(order);
    await arrived.promise;
    advance(6_900_000);
    expect(await ask()).toMatchObject({ ok: true });
    release.resolve();

    expect(await first).toMatchObject({ ok: true });
    expect(fetched()).toBe(2);
  });

  it('that stays bad is an error after exactly one repeat, and is left alone for a minute', async () => {
    const { ask, advance, fetched, asked } = await start([ticket('A'), ticket('B'), ticket('C')], accepts('never'));

    expect(await ask()).toMatchObject({ ok: false, error: { code: 'wechat.72031', details: { rid: '1-2-3' } } });
    expect([fetched(), asked()]).toEqual([2, 2]);
    await ask();
    expect([fetched(), asked()]).toEqual([2, 3]);
    advance(60_000);
    await ask();
    expect([fetched(), asked()]).toEqual([3, 5]);
  });

  it('is not tried again where WeChat hands out the very one it turned away', async () => {
    const { ask, fetched, asked } = await start([ticket('A')], accepts('never'));

    expect(await ask()).toMatchObject({ ok: false, error: { code: 'wechat.72031' } });

    expect([fetched(), asked()]).toEqual([2, 1]);
  });

  it('is not replaced for another fault of the order', async () => {
    const fault = { errcode: 72031, errmsg: 'invalid params, money is error' };
    const { ask, fetched, asked } = await start([ticket('A'), ticket('B')], answers(fault));

    expect(await ask()).toMatchObject({ ok: false, error: { code: 'wechat.72031' } });

    expect([fetched(), asked()]).toEqual([1, 1]);
  });

  it('that cannot be had again is told as why it cannot', async () => {
    const exhausted = answers({ errcode: 45009, errmsg: 'reach max api daily quota limit' });
    const { ask } = await start([ticket('A'), exhausted], accepts('never'));

    expect(await ask()).toMatchObject({ ok: false, error: { code: 'wechat.45009', text: { zhCN: /ticket/ } } });
  });

  it('that could not be had is asked for at the next call', async () => {
    const exhausted = answers({ errcode: 45011, errmsg: 'api minute-quota reach limit' });
    const { ask } = await start([exhausted, ticket('A')], accepts('A'));

    expect(await ask()).toMatchObject({ ok: false, error: { code: 'wechat.45011', retryable: true } });
    expect(await ask()).toMatchObject({ ok: true });
  });

  it.each([
    { errcode: 0, ticket: '', expires_in: 7200 },
    { errcode: 0, expires_in: 7200 },
    { errcode: 0, ticket: 'SECRET-TICKET' },
    { errcode: 0, ticket: 'SECRET-TICKET', expires_in: 0 },
  ])('that comes as %j is not understood, and is shown nowhere', async (answered) => {
    const { ask, log } = await start([answers(answered)], answers(given));

    const answer = await ask();

    expect(answer).toMatchObject({ ok: false, error: { code: 'wechat.not-understood' } });
    expect(JSON.stringify([answer, log.entries])).not.toContain('SECRET-TICKET');
  });

  it('that ended at the practice server is replaced without the caller noticing', async () => {
    const { client, control, orderOf } = await startMerchant();

    expect(await client.requestAuthorisation(orderOf())).toMatchObject({ ok: true });
    await control.advance(7300);
    expect(await client.requestAuthorisation(orderOf({ orderId: 'ORDER-0002' }))).toMatchObject({ ok: true });

    const { calls } = await control.books();
    expect(calls.filter(({ path }) => path === ticketPath).map(({ errcode }) => errcode)).toEqual([0, 0]);
    expect(calls.filter(({ path }) => path === linkPath).map(({ errcode }) => errcode)).toEqual([0, 42001, 72031, 0]);
  });
});
