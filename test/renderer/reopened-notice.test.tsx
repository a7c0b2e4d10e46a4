import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { reopenedQuery } from '../../shared/contract/reopened-page.ts';
import { freshPageEachTest, openApp } from './app-under-test.tsx';

freshPageEachTest();

it('a page that was opened again says so once, where it was', async () => {
  window.history.replaceState(null, '', `/${reopenedQuery}#/records`);
  openApp();
  const notice = await screen.findByText(zhCN.app.reopened);
  expect(window.location.href).toMatch(/\/#\/records$/);
  fireEvent.click(screen.getByRole('button', { name: zhCN.errorAction.close }));
  expect(notice.isConnected).toBe(false);
});

it('any other page says nothing of the kind', async () => {
  window.history.replaceState(null, '', '/#/records');
  openApp();
  await screen.findByRole('heading', { level: 1, name: zhCN.nav.records });
  for (const text of [zhCN.app.reopened, en.app.reopened]) expect(screen.queryByText(text)).toBeNull();
});
