import { copyFileSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPairingCode, writePairingCode } from '../../../electron/accounts/pairing-code.ts';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { setUpChannel } from '../../../relay/channel-setup.ts';
import { shop, startStage } from '../../support/app-under-test.ts';
import { pairingOf, type RelayStageOptions, startRelayStage } from '../../support/relay-stage.ts';
import { safePush, statusMessage } from '../../support/safe-push.ts';

/** A shop that is paired with its relay, where WeChat pushes to that relay. */
async function startPaired(options: RelayStageOptions = {}) {
  const secrets = createEnvironmentSecretStore({ FAPIAO_APP_SECRET: shop.secret });
  const stage = await startStage({ secrets });
  const { port } = new URL(stage.server.url);
  const tunnelTarget = { host: '127.0.0.1', port: Number(port) };
  const relay = await startRelayStage({ now: () => stage.clock.now(), tunnelTarget, ...options });
  const { pushUrl, token, encodingAesKey, pairingCode } = relay.words;
  await stage.control.putApp({ ...shop, pushUrl, pushToken: token, encodingAesKey });
  const { accountId } = stage;
  const paired = await stage.app().succeed('relay.pair', { accountId, pairingCode });
  const state = async () => (await stage.app().succeed('relay.list', {})).relays[0];
  const live = () => expect.poll(async () => (await state())?.state).toBe('live');
  const events = async () => (await stage.app().succeed('event.list', { limit: 500 })).events;
  return { stage, relay, accountId, paired, state, live, events };
}
type Paired = Awaited<ReturnType<typeof startPaired>>;

async function issueOne({ stage }: Paired) {
  const { id } = await stage.draft();
  return stage.app().succeed('invoice.issue', { invoiceId: id });
}

/** WeChat has a company lock a card, and pushes it to the relay. */
async function lock({ stage }: Paired, code: string | null) {
  await stage.control.reimburse({ code: code ?? '', status: 'INVOICE_REIMBURSE_LOCK' });
}

describe('a paired account', () => {
  test('is told at once what WeChat pushed: encrypted by WeChat, opened here, on the invoice', async () => {
    const paired = await startPaired();
    const { stage, live, state, events } = paired;
    await live();
    const invoice = await issueOne(paired);
    await lock(paired, invoice.cardCode);
    await expect.poll(async () => (await stage.look(invoice.id)).reimburseStatus).toBe('INVOICE_REIMBURSE_LOCK');
    expect(await events()).toMatchObject([
      { invoiceId: invoice.id, source: 'push', authenticated: true, status: 'INVOICE_REIMBURSE_LOCK' },
    ]);
    const changes = [{ invoiceId: invoice.id, status: 'INVOICE_REIMBURSE_LOCK' }];
    expect(stage.app().events).toContainEqual({
      name: 'feed.arrived',
      payload: { accountId: stage.accountId, changes },
    });
    expect(await state()).toMatchObject({ unread: 0, resetAt: null, lastEventAt: expect.any(String) });
    expect((await state())?.lagSeconds).toBeGreaterThanOrEqual(0);
  });

  test('is told at once that a customer has authorised, or could not, and asks for the title then', async () => {
    const { stage, accountId, live, events } = await startPaired();
    await live();
    const contact = { phone: '010-12345678', timeOutSeconds: 60 };
    await stage.app().succeed('merchant.saveContact', { accountId, contact });
    const order = { orderId: 'F-0001', moneyFen: 11_300, kind: 'apply-with-title' } as const;
    await stage.app().succeed('order.create', { accountId, order });
    await stage.app().succeed('order.create', { accountId, order: { orderId: 'F-0002', moneyFen: 100 } });
    await stage.control.authorise({ appid: shop.appid, orderId: 'F-0002', granted: false });
    await stage.control.authorise({ appid: shop.appid, orderId: 'F-0001', title: '李雷' });
    await expect.poll(async () => (await events()).length).toBe(2);
    const find = async (orderId: string) =>
      (await stage.app().succeed('order.find', { accountId, orderId })).order ?? expect.fail(orderId);
    expect(await find('F-0001')).toMatchObject({ stage: 'authorised', title: null, openid: expect.any(String) });
    expect(await find('F-0002')).toMatchObject({ stage: 'failed' });
    expect((await events()).map(({ orderId, event }) => [orderId, event])).toEqual([
      ['F-0001', 'user_authorize_invoice'],
      ['F-0002', 'user_authorize_invoice'],
    ]);
    expect(stage.app().events).toContainEqual({
      name: 'order.authorised',
      payload: { accountId, orderId: 'F-0001', moneyFen: 11_300 },
    });
    stage.app().watchOrders();
    await expect.poll(async () => (await find('F-0001')).title, { timeout: 20_000 }).toMatchObject({ title: '李雷' });
  });

  test('shows its relay, and none of its keys anywhere', async () => {
    const { paired, relay, stage, live } = await startPaired();
    const { key, token, encodingAesKey } = pairingOf(relay.words);
    await live();
    const shown = JSON.stringify([paired, await stage.app().succeed('relay.list', {}), stage.app().log.entries]);
    expect(shown).toContain(relay.url);
    for (const secret of [key, token, encodingAesKey]) expect(shown).not.toContain(secret);
    expect(paired).toMatchObject({ relayUrl: relay.url, channel: relay.words.channel, secretPlace: 'session' });
  });

  test('gets after days offline what was pushed meanwhile, once and in order', async () => {
    const paired = await startPaired();
    const { stage, relay, events, live } = paired;
    await live();
    const invoice = await issueOne(paired);
    await stage.app().close();
    await relay.push(invoice.cardCode ?? '', 'INVOICE_REIMBURSE_LOCK', 1_700_000_001);
    await relay.push(invoice.cardCode ?? '', 'INVOICE_REIMBURSE_CLOSURE', 1_700_000_002);
    await relay.push(invoice.cardCode ?? '', 'INVOICE_REIMBURSE_CLOSURE', 1_700_000_002);
    await stage.reopen();
    await stage.app().followRelays();
    await expect.poll(async () => (await events()).length).toBe(2);
    expect((await events()).map(({ status }) => status)).toEqual([
      'INVOICE_REIMBURSE_CLOSURE',
      'INVOICE_REIMBURSE_LOCK',
    ]);
  });

  test('is followed again after the relay was away', async () => {
    const paired = await startPaired();
    const { relay, events, live, state } = paired;
    await live();
    await relay.restart();
    await relay.push('77');
    await expect.poll(async () => (await events()).length, { timeout: 20_000 }).toBe(1);
    await live();
    expect((await state())?.error).toBeNull();
  });

  test('says that it is offline, since when and why, and tries again when told to', async () => {
    const { relay, stage, accountId, live, state } = await startPaired();
    await live();
    await relay.stop();
    await expect.poll(async () => (await state())?.state, { timeout: 20_000 }).toBe('offline');
    expect(await state()).toMatchObject({ error: { code: 'relay.unreachable', retryable: true } });
    await relay.restart();
    await stage.app().succeed('relay.reconnect', { accountId });
    await live();
  });

  test('notices a relay that was put back from an old copy, reads all it has, and counts nothing twice', async () => {
    const { relay, events, live, state } = await startPaired();
    await live();
    await relay.push('1');
    await expect.poll(async () => (await events()).length).toBe(1);
    const copy = `${relay.storePath}.copy`;
    await relay.restart(() => copyFileSync(relay.storePath, copy));
    await live();
    await relay.push('2');
    await expect.poll(async () => (await events()).length, { timeout: 20_000 }).toBe(2);
    await relay.restart(() => {
      for (const rest of ['-wal', '-shm']) rmSync(`${relay.storePath}${rest}`, { force: true });
      copyFileSync(copy, relay.storePath);
    });
    await relay.push('3');
    await expect.poll(async () => (await events()).length, { timeout: 20_000 }).toBe(3);
    expect((await state())?.resetAt).not.toBeNull();
  });
});

describe('a push that cannot be decoded', () => {
  test('is kept and told of; once the keys fit it is read, and none after it waited for that', async () => {
    const { relay, stage, accountId, events, live, state } = await startPaired();
    await live();
    const wrong = 'z'.repeat(43);
    await relay.send(
      safePush({ ...relay.words, encodingAesKey: wrong }, statusMessage('1', 'INVOICE_REIMBURSE_LOCK', 1)),
    );
    await relay.push('2');
    await expect.poll(async () => (await events()).length).toBe(1);
    expect(await state()).toMatchObject({ unread: 1, state: 'live' });
    const { pushes } = await stage.app().succeed('push.listUnread', {});
    expect(pushes).toMatchObject([{ accountId, reason: { code: 'push.decrypt-failed' } }]);
    expect(await stage.app().succeed('push.readAgain', { accountId })).toEqual({ read: 0, left: 1 });
    const fitting = writePairingCode({ ...pairingOf(relay.words), encodingAesKey: wrong });
    await stage.app().succeed('relay.pair', { accountId, pairingCode: fitting });
    expect(await stage.app().succeed('push.readAgain', { accountId })).toEqual({ read: 1, left: 0 });
    expect((await events()).map(({ code }) => code)).toEqual(['1', '2']);
    // What was pushed with the keys of before the change may still be on its way.
    await relay.push('3');
    await expect.poll(async () => (await events()).map(({ code }) => code)).toEqual(['3', '1', '2']);
  });

  test('of an event nobody knows is kept as it is', async () => {
    const { relay, events, live } = await startPaired();
    await live();
    const message = statusMessage('5', 'x', 1).replace('update_invoice_status', 'card_sky_remind');
    await relay.send(safePush(relay.words, message));
    await expect.poll(async () => (await events()).map(({ event }) => event)).toEqual(['card_sky_remind']);
  });
});

describe('the relay of an account', () => {
  test('is tried out by a push of its own, which is no event', async () => {
    const { stage, accountId, events, live } = await startPaired();
    await live();
    const { milliseconds } = await stage.app().succeed('relay.test', { accountId });
    expect(milliseconds).toBeGreaterThan(0);
    expect(await events()).toEqual([]);
    expect(await stage.app().succeed('push.listUnread', {})).toEqual({ pushes: [] });
  });

  test('gives a new key, with which it goes on, also after a restart; the old one is void', async () => {
    const { relay, stage, accountId, events, live } = await startPaired();
    await live();
    expect((await relay.get('/channel', relay.authorization())).status).toBe(200);
    await stage.app().succeed('relay.rotateKey', { accountId });
    await live();
    expect((await relay.get('/channel', relay.authorization())).status).toBe(401);
    await stage.reopen();
    await stage.app().followRelays();
    await live();
    await relay.push('1');
    await expect.poll(async () => (await events()).length).toBe(1);
  });

  test('carries the calls to WeChat where that is wanted, and doctor says which way helps', async () => {
    const { relay, stage, accountId, live } = await startPaired();
    await live();
    const { app, control } = stage;
    await control.settings({ clientIp: '1.2.3.4' });
    await control.putApp({ ...shop, allowedIps: ['5.6.7.8'] });
    await app().refuse('account.check', { accountId });
    const advice = async () =>
      (await app().succeed('app.doctor', { accountId })).findings.find(({ check }) => check === 'token')?.nextStep.en;
    expect(await advice()).toContain('let calls go through the relay');
    expect(await app().succeed('relay.setRoute', { accountId, carriesCalls: true })).toMatchObject({
      carriesCalls: true,
    });
    // What is behind this tunnel speaks no TLS, as WeChat does: nothing was sent past it.
    const calls = stage.books().calls.length;
    expect((await app().refuse('account.check', { accountId })).code).toMatch(/^network\./);
    expect(stage.books().calls).toHaveLength(calls);
    expect(relay.metrics().value('keys_refused')).toBe(0);
    await app().succeed('relay.setRoute', { accountId, carriesCalls: false });
    await app().refuse('account.check', { accountId });
    expect(stage.books().calls.length).toBeGreaterThan(calls);
  });

  test('is left: its keys are gone here, its events stay', async () => {
    const { relay, stage, accountId, events, live } = await startPaired();
    await live();
    await relay.push('1');
    await expect.poll(async () => (await events()).length).toBe(1);
    await stage.app().succeed('relay.unpair', { accountId });
    expect((await stage.app().succeed('relay.list', {})).relays).toEqual([]);
    expect(await events()).toHaveLength(1);
    expect(await stage.app().refuse('relay.test', { accountId })).toMatchObject({ code: 'relay.not-paired' });
    await expect.poll(() => relay.metrics().value('streams_open')).toBe(0);
  });

  test('whose keys are not on this computer is shown as refused, with what to do', async () => {
    const { stage, state, live } = await startPaired();
    await live();
    await stage.reopen({ secrets: createEnvironmentSecretStore({ FAPIAO_APP_SECRET: shop.secret }) });
    await stage.app().followRelays();
    expect(await state()).toMatchObject({
      state: 'refused',
      secretPlace: 'missing',
      error: { code: 'relay.keys-missing' },
    });
  });
});

describe('a pairing code', () => {
  test.each([
    ['anything else', () => 'hello', 'relay.not-a-code'],
    ['one that was cut', (code: string) => code.slice(0, -20), 'relay.not-a-code'],
    [
      'an address that is not encrypted',
      (code: string) => {
        const read = readPairingCode(code);
        if (!read.ok) throw new Error(read.error);
        return writePairingCode({ ...read.value, url: 'http://relay.example.com' });
      },
      'relay.insecure-address',
    ],
    [
      'a key that the relay does not know',
      (code: string) => {
        const read = readPairingCode(code);
        if (!read.ok) throw new Error(read.error);
        return writePairingCode({ ...read.value, key: 'k'.repeat(43) });
      },
      'relay.unauthorised',
    ],
  ])('that is %s is refused, and changes nothing', async (_, change, code) => {
    const stage = await startStage();
    const relay = await startRelayStage();
    const { accountId } = stage;
    const pairingCode = change(relay.words.pairingCode);
    const refused = await stage.app().refuse('relay.pair', { accountId, pairingCode });
    expect([code, 'relay.incomplete-code']).toContain(refused.code);
    expect((await stage.app().succeed('relay.list', {})).relays).toEqual([]);
  });

  test('may come with the line breaks of a terminal', async () => {
    const stage = await startStage();
    const relay = await startRelayStage();
    const broken = relay.words.pairingCode.replaceAll(/(.{40})/g, '$1\n  ');
    expect(await stage.app().succeed('relay.pair', { accountId: stage.accountId, pairingCode: broken })).toMatchObject({
      channel: relay.words.channel,
    });
  });

  test('of another channel starts that from its beginning', async () => {
    const { stage, relay, accountId, events, live } = await startPaired();
    await live();
    await relay.push('1');
    await expect.poll(async () => (await events()).length).toBe(1);
    const words = await setUpChannel(relay.store(), { url: relay.url, forwardUrl: null, mode: 'safe' }, 1);
    const { query, body } = safePush(words, statusMessage('2', 'INVOICE_REIMBURSE_LOCK', 2));
    await relay.post(`/wechat/${words.channel}?${query}`, body);
    await stage.app().succeed('relay.pair', { accountId, pairingCode: words.pairingCode });
    await expect.poll(async () => (await events()).map(({ code }) => code)).toEqual(['2', '1']);
  });
});
