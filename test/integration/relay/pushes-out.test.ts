import { copyFileSync, rmSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readPairingCode } from '../../../electron/accounts/pairing-code.ts';
import { createRelayClient } from '../../../electron/feed/relay-client.ts';
import { addDevice, setUpChannel } from '../../../relay/channel-setup.ts';
import type { RelayedPush } from '../../../shared/relay/relay-wire.ts';
import { pairingOf, type RelayStage, startRelayStage } from '../../support/relay-stage.ts';
import { relaysOn, storeKinds } from '../../support/relay-stores.ts';

function clientOf(stage: RelayStage, key = pairingOf(stage.words).key) {
  const client = createRelayClient({ url: stage.url, key });
  onTestFinished(() => client.close());
  return client;
}

/** Somebody on a stream, until so many pushes have come. */
function follow(stage: RelayStage, from: string, client = clientOf(stage)) {
  const pushes: RelayedPush[] = [];
  const stop = new AbortController();
  const open = Promise.withResolvers<void>();
  const ears = { opened: open.resolve, pushed: (came: readonly RelayedPush[]) => void pushes.push(...came) };
  const ended = client.stream(from, ears, stop.signal);
  onTestFinished(() => stop.abort());
  return { pushes, opened: open.promise, stop: () => stop.abort(), ended };
}

const bodies = (pushes: readonly RelayedPush[]) => pushes.map(({ body }) => body);

describe.each(storeKinds)('over a store in %s', (kind) => {
  const start = relaysOn(kind);

  describe('asking for pushes', () => {
    test('goes on from a cursor, page by page, and says where to go on', async () => {
      const { push, page } = await start();
      for (const code of ['1', '2', '3']) await push(code);
      const first = await page('', '&limit=2');
      expect(first.pushes).toHaveLength(2);
      expect(first.cursor).toBe(first.pushes[1]?.cursor);
      const second = await page(first.cursor);
      expect(second.pushes).toHaveLength(1);
      const third = await page(second.cursor);
      expect(third).toEqual({ pushes: [], cursor: second.cursor });
    });

    test('waits for the next push where it may, and is answered as soon as it comes', async () => {
      const { push, page } = await start();
      const { cursor } = await page();
      const waiting = page(cursor, '&wait=25');
      await push('1');
      expect((await waiting).pushes).toHaveLength(1);
    });

    test('without a key, with a wrong one, or with one of another kind is refused, and soon not listened to', async () => {
      const { get, authorization, lines } = await start({ now: () => 1_700_000_000_000 });
      expect((await get('/events')).status).toBe(401);
      expect((await get('/events', { authorization: 'Basic xxxxxxxxxxxxxxxxxxxxxxxxxxx' })).status).toBe(401);
      for (let attempt = 0; attempt < 8; attempt += 1)
        expect((await get('/events', authorization('x'.repeat(43)))).status).toBe(401);
      expect((await get('/events', authorization('x'.repeat(43)))).status).toBe(429);
      expect((await get('/events', authorization())).status).toBe(429);
      expect(JSON.stringify(lines)).not.toContain('xxxx');
    });

    test('with the cursor of another channel, of another relay, or with nonsense is refused by name', async () => {
      const stage = await start();
      const other = await start();
      await stage.push('1');
      await other.push('1');
      const ask = async (cursor: string) => {
        const { status, text } = await stage.get(`/events?after=${encodeURIComponent(cursor)}`, stage.authorization());
        return [status, JSON.parse(text)['fault']];
      };
      const [epoch, channel, position, check] = (await stage.page()).cursor.split('.');
      const foreign = (await other.page()).cursor;
      expect(await ask(foreign)).toEqual([400, 'cursor-of-another-channel']);
      expect(await ask(`other.${channel}.${position}.${check}`)).toEqual([409, 'cursor-unknown']);
      expect(await ask(`${epoch}.${channel}.77.${check}`)).toEqual([409, 'cursor-unknown']);
      expect(await ask(`${epoch}.${channel}.${position}.wrong`)).toEqual([409, 'cursor-unknown']);
      expect(await ask('<xml>')).toEqual([400, 'not-understood']);
    });
  });

  describe('a stream', () => {
    test('brings what is there and what comes, and is resumed where it was', async () => {
      const stage = await start();
      await stage.push('1');
      const first = follow(stage, '');
      await first.opened;
      await stage.push('2');
      await expect.poll(() => first.pushes.length).toBe(2);
      first.stop();
      await first.ended;
      await stage.push('3');
      const second = follow(stage, first.pushes[1]?.cursor ?? '');
      await expect.poll(() => second.pushes.length).toBe(1);
      const all = (await stage.page()).pushes;
      expect([...bodies(first.pushes), ...bodies(second.pushes)]).toEqual(bodies(all));
      expect(stage.metrics().value('streams_open')).toBe(1);
    });

    test('is one of a number that is limited', async () => {
      const stage = await start({ mostStreams: 1 });
      await follow(stage, '').opened;
      expect(await follow(stage, '').ended).toMatchObject({ code: 'relay.busy' });
    });

    test('ends with the relay, which answers what it has taken and takes no more', async () => {
      const stage = await start();
      const one = follow(stage, '');
      await one.opened;
      await stage.push('1');
      await expect.poll(() => one.pushes.length).toBe(1);
      await stage.stop();
      expect(await one.ended).toBeUndefined();
      expect(await clientOf(stage).page('', 0)).toMatchObject({ ok: false, error: { code: 'relay.unreachable' } });
    });

    test('of each of two channels brings its own', async () => {
      const stage = await start();
      const words = await setUpChannel(stage.store(), { url: stage.url, forwardUrl: null, mode: 'safe' }, 1);
      const other = follow(stage, '', clientOf(stage, pairingOf(words).key));
      await other.opened;
      await stage.push('1');
      expect((await stage.page()).pushes).toHaveLength(1);
      expect(other.pushes).toEqual([]);
    });
  });

  describe('devices', () => {
    test('two read the same channel, each at its own pace, and nothing is removed before both have it', async () => {
      const stage = await start();
      const { key: _first, ...rest } = pairingOf(stage.words);
      const second = readPairingCode(await addDevice(stage.store(), rest, Date.now()));
      if (!second.ok) throw new Error(second.error);
      await stage.push('1');
      await stage.push('2');
      const { cursor } = await stage.page();
      expect(await clientOf(stage).acknowledge(cursor)).toEqual({ ok: true, value: {} });
      await stage.store().prune(Date.now() + 1000);
      const slow = clientOf(stage, second.value.key);
      const read = await slow.page('', 0);
      expect(read).toMatchObject({ ok: true, value: { pushes: [{}, {}] } });
      expect(await slow.acknowledge('nonsense')).toMatchObject({ ok: false });
      await slow.acknowledge(cursor);
      await stage.store().prune(Date.now() + 1000);
      expect((await stage.page()).pushes).toHaveLength(1);
    });

    test('change their key without a moment in which neither is good', async () => {
      const stage = await start();
      const old = clientOf(stage);
      const offered = await old.newKey();
      if (!offered.ok) throw new Error(offered.error.code);
      expect((await old.channel()).ok).toBe(true);
      const next = clientOf(stage, offered.value.key);
      expect(await next.channel()).toMatchObject({ ok: true, value: { channel: stage.words.channel, mode: 'safe' } });
      expect(await old.channel()).toMatchObject({ ok: false, error: { code: 'relay.unauthorised' } });
    });
  });

  test('what answers and is no relay is called that', async () => {
    const stage = await start();
    const client = createRelayClient({ url: `${stage.url}/wechat`, key: 'k'.repeat(40) });
    onTestFinished(() => client.close());
    expect(await client.channel()).toMatchObject({ ok: false, error: { code: 'relay.unknown-channel' } });
    const nobody = createRelayClient({ url: 'http://127.0.0.1:9', key: 'k'.repeat(40) });
    onTestFinished(() => nobody.close());
    expect(await nobody.channel()).toMatchObject({ ok: false, error: { code: 'relay.unreachable', retryable: true } });
  });
});

test('a relay that was put back from an old copy is noticed, though its numbers go on from there', async () => {
  const stage = await startRelayStage();
  await stage.push('1');
  const copy = `${stage.storePath}.copy`;
  // Closed in between, so that the copy is whole.
  await stage.restart(() => copyFileSync(stage.storePath, copy));
  await stage.push('2');
  const { cursor } = await stage.page();
  await stage.restart(() => {
    for (const rest of ['-wal', '-shm']) rmSync(`${stage.storePath}${rest}`, { force: true });
    copyFileSync(copy, stage.storePath);
  });
  await stage.push('3');
  const answer = await clientOf(stage).page(cursor, 0);
  expect(answer).toMatchObject({ ok: false, error: { code: 'relay.other-memory' } });
  expect((await stage.page()).pushes).toHaveLength(2);
});
