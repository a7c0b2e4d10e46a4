import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { commandWords } from '../../shared/contract/menu-commands.ts';
import { freshPageEachTest, openApp, readyWorld } from './app-under-test.tsx';

freshPageEachTest();

const goTo = (address: string) => {
  window.location.hash = address;
};

it('F1 opens the guide at the page that is shown, and the way back leads there', async () => {
  goTo('#/templates');
  openApp(readyWorld());
  await screen.findByRole('heading', { name: zhCN.nav.templates, level: 1 });
  fireEvent.keyDown(document.body, { key: 'F1' });
  expect(await screen.findByRole('heading', { name: '模板', level: 2 })).toBeTruthy();
  expect(window.location.hash).toBe('#/guide/templates');
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('模板'));
  fireEvent.click(screen.getByRole('button', { name: zhCN.guide.back }));
  await waitFor(() => expect(window.location.hash).toBe('#/templates'));
});

it('F1 is left alone while a dialog is open', async () => {
  goTo('#/templates');
  openApp(readyWorld());
  await screen.findByRole('heading', { name: zhCN.nav.templates, level: 1 });
  fireEvent.keyDown(document.body, { key: '?' });
  await screen.findByRole('dialog');
  fireEvent.keyDown(document.body, { key: 'F1' });
  expect(window.location.hash).toBe('#/templates');
});

it('the menu of the system opens it too, in the language of the window', async () => {
  goTo('#/settings/relay');
  const fake = openApp(readyWorld({ settings: { language: 'en', theme: 'light', currentAccountId: 1 } }));
  await screen.findByRole('heading', { name: en.nav.settings, level: 1 });
  fake.emit('menu.chosen', { command: 'guide' });
  expect(await screen.findByRole('heading', { name: 'Status feed and relay', level: 2 })).toBeTruthy();
  expect(screen.getByRole('link', { name: commandWords.guide.label.en })).toBeTruthy();
  expect(screen.getByText(en.guide.back)).toBeTruthy();
});

it('a link inside leads to its heading, which takes the focus', async () => {
  goTo('#/guide/start');
  openApp(readyWorld());
  const link = await screen.findByRole('link', { name: '结果未知怎么办' });
  goTo(link.getAttribute('href') ?? '');
  await waitFor(() => expect(document.activeElement?.textContent).toBe('结果未知怎么办'));
  expect(document.activeElement?.tagName).toBe('H3');
});

it('an address of a page or an anchor that is not there shows the beginning', async () => {
  goTo('#/guide/nothing/nowhere');
  openApp(readyWorld());
  expect(await screen.findByRole('heading', { name: '开始', level: 2 })).toBeTruthy();
});

it('a code that only WeChat knows is explained as one of those', async () => {
  goTo('#/guide/errors/wechat.98765');
  openApp(readyWorld());
  await waitFor(() => expect(document.activeElement?.id).toBe('guide-wechat.other'));
});

it('the search finds headings of all pages, and says so where there is none', async () => {
  goTo('#/guide/start');
  openApp(readyWorld());
  const field = await screen.findByRole('searchbox', { name: zhCN.guide.search });
  fireEvent.change(field, { target: { value: '72018' } });
  const contents = screen.getByRole('navigation', { name: zhCN.guide.contents });
  const links = within(contents).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['#/guide/errors', '#/guide/errors/wechat.72018']);
  fireEvent.change(field, { target: { value: 'ＩＰ 白名单' } });
  expect(within(contents).getByRole('link', { name: '第二步：IP 白名单' })).toBeTruthy();
  fireEvent.change(field, { target: { value: '月球' } });
  expect(within(contents).getByText(zhCN.guide.nothing)).toBeTruthy();
});
