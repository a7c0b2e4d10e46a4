import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import type { RequestOf } from '../../shared/contract/contract.ts';
import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { languages } from '../../shared/text.ts';
import { freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { type FakeBridge, type FakeWorld, fakeAccount, fakeRelay, fakeUnreadPush } from './fake-bridge.ts';

freshPageEachTest();

function eventOf(id: number, part: Partial<StatusEvent> = {}): StatusEvent {
  return {
    id,
    accountId: 1,
    invoiceId: id,
    event: 'update_invoice_status',
    cardId: 'p',
    code: `0186921658${id}`,
    orderId: '',
    status: `S-${id}`,
    openid: 'o',
    createTime: 1_795_500_000 + id,
    source: 'push',
    authenticated: true,
    receivedAt: '2026-11-24T02:00:00.000Z',
    ...part,
  };
}

/** Answers as main does: by the filters, the newest first. */
function eventsFrom(events: () => readonly StatusEvent[]): FakeWorld['handlers'] {
  return {
    'event.list': async ({ beforeId = 1e9, status, source, withoutInvoice, limit }) =>
      ok({
        events: events()
          .filter(({ id }) => id < beforeId)
          .filter((event) => status === undefined || event.status === status)
          .filter((event) => source === undefined || event.source === source)
          .filter((event) => !withoutInvoice || (event.invoiceId === null && event.code !== ''))
          .slice(0, limit),
      }),
  };
}

function openFeed(part: Partial<FakeWorld> = {}, events: () => readonly StatusEvent[] = () => []): FakeBridge {
  window.location.hash = '#/feed';
  return openApp(readyWorld({ handlers: eventsFrom(events), ...part }));
}

const other = fakeAccount({ id: 2, name: '云上民宿' });
const nobodyChosen = { language: 'zh-CN', theme: 'light', currentAccountId: null } as const;
const error = appError('network.unreachable', { reason: 'ENOTFOUND' });
const strip = async () => within(await screen.findByRole('region', { name: '中继的状态' }));

describe('the state of the relay', () => {
  it.each(languages)('is always in sight, with the way to its settings, in %s', async (language) => {
    const texts = language === 'en' ? en : zhCN;
    openFeed({ settings: { language, theme: 'light', currentAccountId: 1 }, relays: [fakeRelay()] });
    const shown = within(await screen.findByRole('region', { name: texts.feed.relays }));
    expect(shown.getByText(texts.relay.state.live)).toBeTruthy();
    expect(shown.getByText(texts.relay.since.replace('{{time}}', '2026-11-24 09:00:00'))).toBeTruthy();
    expect(shown.getByText('2026-11-24 10:00:00')).toBeTruthy();
    expect(shown.getByRole('link').getAttribute('href')).toBe('#/settings/relay');
    expect(screen.queryByText(texts.feed.noRelayTitle)).toBeNull();
    expect(screen.getByRole('button', { name: texts.feed.enter })).toBeTruthy();
  });

  it('tells why a relay is not reached, and that pushes may be missing', async () => {
    openFeed({ relays: [fakeRelay({ state: 'offline', error, resetAt: '2026-11-25T02:00:00.000Z' })] });
    const shown = await strip();
    expect(shown.getByText('连不上')).toBeTruthy();
    expect(shown.getByText(/ENOTFOUND/)).toBeTruthy();
    expect(shown.getByText(/2026-11-25 10:00:00 前后被重建过/)).toBeTruthy();
  });

  it('follows what main says of it', async () => {
    const fake = openFeed({ relays: [fakeRelay()] });
    await strip();
    fake.world.relays = [fakeRelay({ state: 'polling', lastEventAt: null })];
    fake.emit('record.changed', { kind: 'relay', id: 1 });
    expect(await screen.findByText('定时查询')).toBeTruthy();
    expect(screen.getByText('还没有')).toBeTruthy();
  });

  it.each([
    [0.42, '0.4 秒'],
    [-3, '0.0 秒'],
    [42.4, '42 秒'],
    [600, '10 分钟'],
    [1_209_600, '336 小时'],
  ])('says of a push that took %d s: %s', async (lagSeconds, words) => {
    openFeed({ relays: [fakeRelay({ lagSeconds })] });
    expect((await strip()).getByText(`${words}后到达`)).toBeTruthy();
  });

  it('of all accounts names those that have no relay, and leads to it', async () => {
    openFeed({ accounts: [fakeAccount(), other], settings: nobodyChosen, relays: [fakeRelay()] });
    expect((await strip()).getByText('青禾茶叶')).toBeTruthy();
    expect(screen.getByText('还没有接入状态中继：云上民宿')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: '手工录入一条推送' })).toHaveLength(1);
    press('接入中继');
    expect(await screen.findByText('怎样得到一个中继')).toBeTruthy();
  });

  it('that cannot be read says so, and leaves the way to enter a push by hand', async () => {
    const handlers = { ...eventsFrom(() => []), 'relay.list': async () => fail(appError('database.damaged')) };
    openFeed({ handlers });
    expect(await screen.findByText('database.damaged')).toBeTruthy();
    expect(screen.queryByText('还没有接入状态中继')).toBeNull();
    expect(screen.getByRole('button', { name: '手工录入一条推送' })).toBeTruthy();
  });
});

describe('pushes that could not be decoded', () => {
  const pushes = [fakeUnreadPush(), fakeUnreadPush({ id: 2, receivedAt: '2026-11-24T03:00:00.000Z' })];

  it('are counted and listed with reason and time, and decoded again', async () => {
    const fake = openFeed({ relays: [fakeRelay({ unread: 2 })], unreadPushes: pushes });
    expect(await screen.findByText('2 条推送收到了，但无法解读')).toBeTruthy();
    const list = within(screen.getByRole('region', { name: '无法解读的推送' }));
    expect(list.getByText('2026-11-24 11:00:00')).toBeTruthy();
    expect(list.getAllByText(/请核对 EncodingAESKey 和 AppID/)).toHaveLength(2);
    press('重新解读');
    expect(await screen.findByText('全部 2 条都已解读。')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText(/收到了，但无法解读/)).toBeNull());
    expect(fake.calls.filter(({ name }) => name === 'push.readAgain').map(({ input }) => input)).toEqual([
      { accountId: 1 },
    ]);
  });

  it('are more than are listed', async () => {
    const many = Array.from({ length: 60 }, (_, index) => fakeUnreadPush({ id: index + 1 }));
    openFeed({ relays: [fakeRelay({ unread: 60 })], unreadPushes: many });
    expect(await screen.findByText('60 条推送收到了，但无法解读')).toBeTruthy();
    expect(screen.getByText(/这里列出最新的 50 条/)).toBeTruthy();
  });

  it('of all accounts are decoded account by account, and those still left are told', async () => {
    const left = new Map([
      [1, 1],
      [2, 3],
    ]);
    const fake = openFeed({
      accounts: [fakeAccount(), other],
      settings: nobodyChosen,
      unreadPushes: [fakeUnreadPush(), fakeUnreadPush({ id: 2, accountId: 2 })],
      handlers: {
        ...eventsFrom(() => []),
        'push.readAgain': async ({ accountId }) => ok({ read: 2, left: left.get(accountId) ?? 0 }),
      },
    });
    await screen.findByText('2 条推送收到了，但无法解读');
    press('重新解读');
    expect(await screen.findByText('解读了 4 条，还有 4 条无法解读。')).toBeTruthy();
    expect(fake.calls.filter(({ name }) => name === 'push.readAgain')).toHaveLength(2);
  });

  it('that still cannot be decoded stay, and so does a failure with its reason', async () => {
    const fake = openFeed({
      unreadPushes: pushes,
      handlers: { ...eventsFrom(() => []), 'push.readAgain': async () => ok({ read: 0, left: 2 }) },
    });
    await screen.findByText('2 条推送收到了，但无法解读');
    press('重新解读');
    expect(await screen.findByText('还是无法解读（2 条）。')).toBeTruthy();
    fake.world.failures.set('push.readAgain', appError('database.locked'));
    press('重新解读');
    expect(await screen.findByText('database.locked')).toBeTruthy();
    expect(screen.getByText('2 条推送收到了，但无法解读')).toBeTruthy();
  });
});

describe('the filters', () => {
  const locked = eventOf(3, { status: 'INVOICE_REIMBURSE_LOCK' });
  const setHere = eventOf(2, { source: 'set-here' });
  const unknownCard = eventOf(1, { invoiceId: null });
  const all = () => [locked, setHere, unknownCard];
  const asked = (fake: FakeBridge) =>
    // What the page sent to the handler of this name.
    fake.calls.filter(({ name }) => name === 'event.list').at(-1)?.input as RequestOf<'event.list'>;

  it('let through one status, one source, or cards without an invoice', async () => {
    const fake = openFeed({}, all);
    await screen.findByText('S-1');
    fireEvent.click(screen.getByRole('radio', { name: '在这里设置' }));
    await waitFor(() => expect(screen.queryByText('S-1')).toBeNull());
    expect(await screen.findByText('S-2')).toBeTruthy();
    expect(asked(fake)).toEqual({ accountId: 1, source: 'set-here', limit: 50 });
    fireEvent.click(screen.getByRole('radio', { name: '全部' }));
    fireEvent.click(screen.getByRole('checkbox', { name: '只看找不到发票的' }));
    expect(await screen.findByText('S-1')).toBeTruthy();
    expect(screen.queryByText('S-2')).toBeNull();
    expect(asked(fake)).toEqual({ accountId: 1, withoutInvoice: true, limit: 50 });
    fireEvent.click(screen.getByRole('checkbox', { name: '只看找不到发票的' }));
    fireEvent.mouseDown(screen.getByRole('combobox', { name: '状态' }));
    fireEvent.click(await screen.findByTitle('已锁定（报销中）'));
    await waitFor(() => expect(screen.queryByText('S-1')).toBeNull());
    expect(asked(fake)).toEqual({ accountId: 1, status: 'INVOICE_REIMBURSE_LOCK', limit: 50 });
  });

  it('begin at the newest event again', async () => {
    const many = Array.from({ length: 60 }, (_, index) => eventOf(60 - index));
    const fake = openFeed({}, () => many);
    await screen.findByText('S-60');
    press('较早的');
    await screen.findByText('S-10');
    fireEvent.click(screen.getByRole('radio', { name: '微信推送' }));
    expect(await screen.findByText('S-60')).toBeTruthy();
    expect(asked(fake)).toEqual({ accountId: 1, source: 'push', limit: 50 });
  });

  it('that nothing fits say so, and are cleared by one button', async () => {
    openFeed({}, () => [locked]);
    await screen.findByText('已锁定（报销中）');
    fireEvent.click(screen.getByRole('radio', { name: '在这里设置' }));
    expect(await screen.findByText('没有符合筛选条件的状态变化。')).toBeTruthy();
    press('清除筛选');
    expect(await screen.findByText('已锁定（报销中）')).toBeTruthy();
  });
});

describe('an event that comes in', () => {
  const marked = () => [...document.querySelectorAll('.feed-arrived')].map((row) => row.textContent ?? '');

  it('appears by itself, is marked and is said aloud; those that were there are not', async () => {
    let events = [eventOf(1)];
    const fake = openFeed({ relays: [fakeRelay()] }, () => events);
    await screen.findByText('S-1');
    expect(marked()).toEqual([]);
    events = [eventOf(3), eventOf(2), ...events];
    fake.emit('record.changed', { kind: 'event', id: 3 });
    expect(await screen.findByText('S-3')).toBeTruthy();
    expect(marked()).toEqual([expect.stringContaining('S-3'), expect.stringContaining('S-2')]);
    expect(screen.getByText('新到 2 条状态变化')).toBeTruthy();
  });

  it('is no longer marked once older pages were looked at', async () => {
    let events = Array.from({ length: 60 }, (_, index) => eventOf(60 - index));
    const fake = openFeed({}, () => events);
    await screen.findByText('S-60');
    events = [eventOf(61), ...events];
    fake.emit('record.changed', { kind: 'event', id: 61 });
    await screen.findByText('S-61');
    expect(marked()).toHaveLength(1);
    press('较早的');
    await screen.findByText('S-10');
    press('较新的');
    await screen.findByText('S-61');
    expect(marked()).toEqual([]);
  });
});
