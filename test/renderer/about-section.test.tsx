import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
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
  press('查看 undici 的许可证原文');
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
  press('查看 antd 的许可证原文');
  await waitFor(() => expect(dialog().getByRole('alert').textContent).toContain('antd'));
});
