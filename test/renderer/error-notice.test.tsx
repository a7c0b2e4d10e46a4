import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { expect, it, vi } from 'vitest';
import { ErrorNotice } from '../../renderer/components/error-notice.tsx';
import { createI18n } from '../../renderer/i18n/i18n.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { Language } from '../../shared/text.ts';
import { freshPageEachTest } from './app-under-test.tsx';

freshPageEachTest();

function show(error: AppError, actions = {}, language: Language = 'zh-CN') {
  cleanup();
  render(
    <I18nextProvider i18n={createI18n(language)}>
      <ErrorNotice error={error} actions={actions} />
    </I18nextProvider>,
  );
}

it('says what happened and what to do in the language shown, with the code beside it', () => {
  const error = appError('network.timeout', { seconds: 10 });
  for (const [language, key] of [
    ['zh-CN', 'zhCN'],
    ['en', 'en'],
  ] as const) {
    show(error, {}, language);
    expect(screen.getByRole('alert').textContent).toContain(error.text[key]);
    expect(screen.getByRole('alert').textContent).toContain(error.nextStep[key]);
    expect(screen.getByText('network.timeout')).toBeTruthy();
  }
});

it('has a button for the next step only where the place can take it', () => {
  const retry = vi.fn();
  show(appError('network.timeout', { seconds: 10 }), { retry });
  fireEvent.click(screen.getByRole('button', { name: /^重 ?试$/ }));
  expect(retry).toHaveBeenCalledOnce();
  show(appError('network.timeout', { seconds: 10 }));
  expect(screen.queryByRole('button', { name: /^重 ?试$/ })).toBeNull();
});

it('leads to what the guide says about its code', () => {
  show(appError('network.timeout', { seconds: 10 }));
  const link = screen.getByRole('link', { name: '了解更多' });
  expect(link.getAttribute('href')).toBe('#/guide/errors/network.timeout');
});

it.each([
  ['zh-CN', 'wechat.72018', '72018 · 这个订单号的发票已经发给客户', '72022'],
  ['en', 'wechat.72018', '72018 · The invoice of this order has already been given to the customer', '72022'],
  ['zh-CN', 'wechat.72069', '微信的发票服务拒绝了请求（… …）', '其他数字'],
  ['zh-CN', 'wechat.98765', '其他数字', '72093'],
] as const)('shows it over the dialog that it stands in, in %s of %s', async (language, code, heading, next) => {
  cleanup();
  render(
    <I18nextProvider i18n={createI18n(language)}>
      <ErrorNotice error={{ ...appError('network.timeout', { seconds: 10 }), code }} />
    </I18nextProvider>,
    { container: document.getElementById('overlays') ?? document.body },
  );
  fireEvent.click(screen.getByRole('link', { name: language === 'en' ? 'More about this' : '了解更多' }));
  const shown = await screen.findByRole('heading', { name: heading });
  expect(shown.closest('[role="dialog"]')?.textContent).not.toContain(next);
  expect(window.location.hash).toBe('');
});

it('copies code, texts and details, and says that it did', async () => {
  const written: string[] = [];
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void written.push(text) } });
  show(appError('internal', { reference: 'abc-123' }));
  fireEvent.click(screen.getByRole('button', { name: '复制详情' }));
  expect(await screen.findByText('已复制')).toBeTruthy();
  expect(JSON.parse(written[0] ?? '')).toMatchObject({ code: 'internal', details: { reference: 'abc-123' } });
});

it('says when copying is refused', async () => {
  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } });
  show(appError('internal', { reference: 'abc-123' }));
  fireEvent.click(screen.getByRole('button', { name: '复制详情' }));
  expect(await screen.findByText('复制失败，请手动选择')).toBeTruthy();
});
