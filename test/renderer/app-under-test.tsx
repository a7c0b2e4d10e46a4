import '../../renderer/before-all.ts';
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { App } from '../../renderer/app/app.tsx';
import { createFakeBridge, type FakeBridge, type FakeWorld, fakeAccount, fakeTemplate } from './fake-bridge.ts';

// The whole page in each failure would bury what failed; a busy machine needs more than a second;
// computing what is visible from the kit's style sheets takes most of the time, and closed things leave the page here.
configure({
  asyncUtilTimeout: 5000,
  defaultHidden: true,
  getElementError: (message) => new Error(message?.split('\n')[0] ?? ''),
});

/** What jsdom lacks and the kit or the page asks for. */
function completeJsdom(): void {
  Object.defineProperty(window, 'matchMedia', {
    configurable: true,
    value: (media: string) => ({
      media,
      // Movement is never finished here: nothing is drawn.
      matches: media.includes('reduced-motion'),
      addEventListener: () => {},
      removeEventListener: () => {},
      addListener: () => {},
      removeListener: () => {},
    }),
  });
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
}

/** Call once in a test file: a clean page before each test. */
export function freshPageEachTest(): void {
  beforeEach(() => {
    completeJsdom();
    window.location.hash = '';
    document.getElementById('overlays')?.remove();
    const overlays = document.createElement('div');
    overlays.id = 'overlays';
    document.body.append(overlays);
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });
}

/** Opens the app's page over a main process in memory. */
export function openApp(start: Partial<FakeWorld> = {}): FakeBridge {
  const fake = createFakeBridge(start);
  showApp(fake);
  return fake;
}

/** Opens the page again over the same main process, as a reload does. */
export function showApp(fake: FakeBridge): void {
  cleanup();
  Object.defineProperty(window, 'bridge', { configurable: true, value: fake.bridge });
  render(<App />);
}

/** One practice account with one template, chosen. */
export function readyWorld(part: Partial<FakeWorld> = {}): Partial<FakeWorld> {
  return {
    accounts: [fakeAccount()],
    templates: [fakeTemplate()],
    settings: { language: 'zh-CN', theme: 'light', currentAccountId: 1 },
    ...part,
  };
}

export function pdfFile(name = '26312000000010100556.pdf', content = '%PDF-1.7\n'): File {
  return new File([content], name, { type: 'application/pdf' });
}

export function type(label: string, text: string): void {
  const input = screen.getByLabelText(label);
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: text } });
  fireEvent.blur(input);
}

export function press(name: string | RegExp): void {
  fireEvent.click(screen.getByRole('button', { name }));
}

/** The notes that belong to a field, as they are read out with it. */
export function notesOf(label: string): string {
  const control = screen.getByLabelText(label);
  return document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent ?? '';
}

export function dialog(): ReturnType<typeof within> {
  return within(screen.getByRole('dialog'));
}

/** A fully digital invoice without a fault, PDF included. */
export async function fillInvoice(fake: FakeBridge): Promise<void> {
  await screen.findByLabelText('订单号');
  fake.world.chosen = pdfFile();
  press('选择发票 PDF');
  await screen.findByText('26312000000010100556.pdf');
  type('订单号', 'WX202611230001');
  type('发票抬头', '杭州青禾茶叶有限公司');
  type('发票号码', '26312000000010100556');
  typeDate('2026-11-20');
  type('不含税金额', '1000');
  type('税额', '130');
  type('价税合计', '1130');
}

export function typeDate(text: string): void {
  const input = screen.getByLabelText('开票日期');
  fireEvent.mouseDown(input);
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: text } });
  fireEvent.keyDown(input, { key: 'Enter', code: 'Enter', keyCode: 13 });
  fireEvent.blur(input);
}
