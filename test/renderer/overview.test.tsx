import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
// Loaded before the tests, so that none of them waits for the chart's library.
import '../../renderer/pages/overview/day-chart.tsx';
import { appError } from '../../shared/errors/app-error.ts';
import { freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { type FakeWorld, fakeAccount, fakeOverview } from './fake-bridge.ts';

freshPageEachTest();

const busy = fakeOverview({
  today: { count: 3, feeFen: 123_450, taxFen: 14_202, rejected: 1 },
  month: { count: 1200, feeFen: 98_765_432, taxFen: 1, rejected: 4 },
  days: [
    { day: '2026-11-22', count: 7, feeFen: 70_000 },
    { day: '2026-11-23', count: 3, feeFen: 123_450 },
  ],
  todo: { needsYou: 2, rejected: 4, drafts: 1, expiring: 1, ordersToIssue: 3, ordersRejecting: 1 },
  expiring: [
    { invoiceId: 9, title: '杭州知行教育', orderId: 'E-1', feeFen: 10_001, expiresAt: '2026-11-24T01:30:00.000Z' },
  ],
  batches: [{ id: 5, sourceName: '十一月.csv', state: 'stopped' }],
});

async function openOverview(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/overview';
  const fake = openApp(readyWorld({ overview: busy, ...part }));
  await screen.findByRole('heading', { name: '接下来' });
  return fake;
}
const panel = (name: string) => within(screen.getByRole('region', { name }));

it('shows today and the month with count, amount, tax and what failed', async () => {
  await openOverview();
  expect(panel('今天').getByText('¥1,234.50')).toBeTruthy();
  expect(panel('今天').getByText('¥142.02')).toBeTruthy();
  expect(panel('今天').getByText('3 张')).toBeTruthy();
  expect(panel('本月').getByText('¥987,654.32')).toBeTruthy();
});

it('describes the chart in words, by count and by amount', async () => {
  await openOverview();
  expect(await panel('近 30 天').findByRole('img', { name: /共 10 张，最多的一天是 2026-11-22，7 张/ })).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: '金额' }));
  expect(await panel('近 30 天').findByRole('img', { name: /最多的一天是 2026-11-23，¥1,234\.50/ })).toBeTruthy();
});

it('names what waits, the gravest first, and leads there', async () => {
  await openOverview();
  const tasks = panel('接下来')
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
  expect(tasks).toEqual([
    '2 张不知道卡券是否已发出查看',
    '1 个订单的拒绝没有得到微信回答查看',
    '4 张被微信拒绝，改正后可以再开查看',
    '批次“十一月.csv”没有跑完查看',
    '1 张的 PDF 一天内会被微信清除查看',
    '3 个订单客户已授权，可以开具查看',
    '1 张草稿没有开完查看',
  ]);
  press('查看：批次“十一月.csv”没有跑完');
  await waitFor(() => expect(window.location.hash).toBe('#/batch/5'));
});

it('lists the PDFs that expire within a day, in Beijing time', async () => {
  await openOverview();
  expect(panel('一天内到期的 PDF').getByText('到期：11-24 09:30')).toBeTruthy();
  press('打开发票 杭州知行教育');
  await waitFor(() => expect(window.location.hash).toBe('#/issue/9'));
});

it('asks WeChat nothing by itself, and shows its answer when asked', async () => {
  const account = fakeAccount({ kind: 'wechat', secretPlace: 'missing' });
  const fake = await openOverview({ accounts: [account], overview: fakeOverview() });
  expect(panel('账号状态').getByText('还没有填写')).toBeTruthy();
  expect(panel('接下来').getByText('AppSecret 还没有填写，不能开票')).toBeTruthy();
  expect(fake.calls.some(({ name }) => name === 'account.check')).toBe(false);
  fake.world.failures.set('account.check', appError('account.secret-missing', { account: '青禾茶叶' }));
  press('检查账号');
  expect(await screen.findByRole('alert')).toBeTruthy();
  press('检查账号');
  expect(await screen.findByText('微信已回答，凭证 7200 秒内有效。')).toBeTruthy();
});

it('says so where nothing was issued and nothing waits', async () => {
  await openOverview({ overview: fakeOverview() });
  expect(screen.getByText('近 30 天没有开具发票。')).toBeTruthy();
  expect(screen.getByText('没有待处理的事。')).toBeTruthy();
});

it('says why it cannot be read, and reads again', async () => {
  window.location.hash = '#/overview';
  openApp(readyWorld({ overview: busy, failures: new Map([['overview.read', appError('database.locked')]]) }));
  expect(await screen.findByRole('alert')).toBeTruthy();
  press('重试');
  expect(await screen.findByRole('heading', { name: '接下来' })).toBeTruthy();
});

it('follows a change of the records', async () => {
  const fake = await openOverview();
  fake.world.overview = fakeOverview({ today: { count: 4, feeFen: 1, taxFen: 0, rejected: 0 } });
  fake.emit('record.changed', { kind: 'invoice', id: 1 });
  expect(await panel('今天').findByText('4 张')).toBeTruthy();
});
