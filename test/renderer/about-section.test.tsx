import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { fakeUpdate } from './fake-about.ts';
import type { FakeWorld } from './fake-bridge.ts';

freshPageEachTest();

async function openAbout(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/settings/about';
  const fake = openApp(readyWorld(part));
  await screen.findByRole('heading', { name: '开源软件' });
  return fake;
}

const licences = [
  { name: 'antd', version: '6.6.8', licence: 'MIT', text: 'MIT of antd' },
  { name: 'undici', version: '8.12.4', licence: 'MIT', text: 'MIT of undici' },
];

it('lists what the program is made with when asked, and shows the licence of one', async () => {
  await openAbout({ licences });
  expect(screen.queryByText('undici')).toBeNull();
  press('显示名单');
  const row = (await screen.findByText('undici')).closest('tr');
  expect(row?.textContent).toContain('8.12.4');
  press('查看原文：undici 的许可证');
  await waitFor(() => expect(dialog().getByText('MIT of undici')).toBeTruthy());
  expect(dialog().getByRole('region', { name: 'undici 的许可证' })).toBeTruthy();
  expect(dialog().queryByText('MIT of antd')).toBeNull();
});

it('says that a copy from the sources has no list', async () => {
  await openAbout();
  press('显示名单');
  expect(await screen.findByText(/它从源代码运行/)).toBeTruthy();
});

it('shows why the list or a text cannot be read', async () => {
  const fake = await openAbout({
    licences,
    failures: new Map([['app.licences', appError('internal', { reference: 'x1' })]]),
  });
  press('显示名单');
  const region = within(screen.getByRole('region', { name: '开源软件' }));
  expect(await region.findByText(/x1/)).toBeTruthy();
  fake.world.failures.set('app.licenceText', appError('file.not-found', { file: 'antd' }));
  press('显示名单');
  await screen.findByText('undici');
  press('查看原文：antd 的许可证');
  await waitFor(() => expect(dialog().getByRole('alert').textContent).toContain('antd'));
});

const offered = { version: '1.5.0', notes: '读发票更准。', releasedAt: '2026-11-20T08:00:00.000Z' };
const update = () => within(screen.getByRole('region', { name: '更新' }));

it('says why a copy does not update itself, and offers no button that could not work', async () => {
  await openAbout({ update: fakeUpdate({ stage: 'off', offReason: 'no-place' }) });
  expect(await screen.findByText(/没有配置更新地址/)).toBeTruthy();
  expect(update().queryByRole('button')).toBeNull();
});

it('looks when asked, and says that this is the newest', async () => {
  const fake = await openAbout({ update: fakeUpdate() });
  expect(await update().findByText('还没有检查过')).toBeTruthy();
  press('检查更新');
  expect(await update().findByText(/已是最新版本/)).toBeTruthy();
  expect(fake.calls.filter(({ name }) => name === 'update.check')).toHaveLength(1);
});

it('shows what is new, and downloads and installs only when asked', async () => {
  const fake = await openAbout({ update: fakeUpdate({ stage: 'offered', offered }) });
  expect((await update().findByRole('region', { name: '更新内容' })).textContent).toBe('读发票更准。');
  expect(update().getByText('发布于 2026-11-20')).toBeTruthy();
  press('下载新版本');
  expect(await update().findByText(/安装包已下载并核对/)).toBeTruthy();
  expect(fake.calls.some(({ name }) => name === 'update.install')).toBe(false);
  press('退出并安装');
  expect(await update().findByText(/正在结束手头的工作/)).toBeTruthy();
});

it('follows what main tells: a download, and a refusal with its reason', async () => {
  const fake = await openAbout({ update: fakeUpdate({ stage: 'offered', offered }) });
  await update().findByText('发布于 2026-11-20');
  fake.emit('update.changed', { update: fakeUpdate({ stage: 'downloading', offered, percent: 40 }) });
  expect((await update().findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('40');
  const refused = appError('update.refused', { reason: 'installer' });
  fake.emit('update.changed', { update: fakeUpdate({ error: refused }) });
  expect((await update().findByRole('alert')).textContent).toContain('已拒绝');
  expect(update().queryByText(/1\.5\.0/)).toBeNull();
});

it('says that an update has to wait for the invoices that are being issued', async () => {
  const fake = await openAbout({ update: fakeUpdate({ stage: 'ready', offered, percent: 100 }) });
  await update().findByText(/安装包已下载并核对/);
  fake.world.failures.set('update.install', appError('update.busy'));
  press('退出并安装');
  expect((await update().findByRole('alert')).textContent).toContain('正在开票');
});
