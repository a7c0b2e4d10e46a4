import '../../../renderer/before-all.ts';
import type { Language } from '../../../shared/text.ts';
import { createFakeBridge, type FakeBridge, type FakeWorld, fakeAccount, fakeTemplate } from '../fake-bridge.ts';

interface Scenario {
  readonly language: Language;
  readonly theme: 'light' | 'dark';
  readonly start: 'nothing' | 'ready';
}

declare global {
  interface Window {
    /** Put there by the harness before this script runs. */
    readonly scenario: Scenario;
    fake: FakeBridge;
  }
}

const { language, theme, start } = window.scenario;
const ready: Partial<FakeWorld> = {
  accounts: [
    fakeAccount(),
    fakeAccount({ id: 2, name: '云上民宿', kind: 'wechat', colour: 'orange', secretPlace: 'keychain' }),
  ],
  templates: [fakeTemplate()],
};
window.fake = createFakeBridge({
  ...(start === 'ready' ? ready : {}),
  settings: { language, theme, currentAccountId: start === 'ready' ? 1 : null },
});
Object.defineProperty(window, 'bridge', { value: window.fake.bridge });
