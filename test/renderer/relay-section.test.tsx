import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail } from '../../shared/result.ts';
import { type Language, languages } from '../../shared/text.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { type FakeWorld, fakeAccount, fakeRelay } from './fake-bridge.ts';

freshPageEachTest();

const other = fakeAccount({ id: 2, name: '云上民宿', kind: 'wechat', secretPlace: 'keychain' });
const settingsIn = (language: Language) => ({ language, theme: 'light', currentAccountId: 1 }) as const;
const panel = (name = '青禾茶叶') => within(screen.getByRole('region', { name }));

async function openRelays(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/settings/relay';
  const fake = openApp(readyWorld(part));
  await screen.findByRole('region', { name: '青禾茶叶' });
  return fake;
}

const code = (name?: string) => panel(name).getByLabelText<HTMLInputElement>('配对码');
const pair = (name = '青禾茶叶') => press(`接入账号“${name}”的中继`);
const enter = (value: string) => fireEvent.change(code(), { target: { value } });

describe.each(languages)('in %s', (language) => {
  const { relay: texts, settings } = language === 'en' ? en : zhCN;

  it('says what a relay is for and how to get one where an account has none', async () => {
    await openRelays({ settings: settingsIn(language) });
    expect(screen.getByText(texts.lead)).toBeTruthy();
    expect(screen.getByText(/npm run relay -- init --url https:/)).toBeTruthy();
    expect(screen.getByRole('button', { name: texts.get.copy })).toBeTruthy();
    expect(panel().getByText(texts.state.none)).toBeTruthy();
    expect(panel().getByText(texts.pairing.hint)).toBeTruthy();
  });

  it('shows how a relay is: state, since when, last push, where the keys are', async () => {
    await openRelays({ settings: settingsIn(language), relays: [fakeRelay({ state: 'polling' })] });
    const shown = panel();
    expect(shown.getByText(texts.state.polling)).toBeTruthy();
    expect(shown.getByText(texts.since.replace('{{time}}', '2026-11-24 09:00:00'))).toBeTruthy();
    expect(shown.getByText('2026-11-24 10:00:00')).toBeTruthy();
    const lag = texts.lagSeconds.replace('{{number}}', '0.4');
    expect(shown.getByText(texts.lag.replace('{{time}}', lag))).toBeTruthy();
    expect(shown.getByText('https://relay.example.com')).toBeTruthy();
    expect(shown.getByText(settings.secretPlace.keychain)).toBeTruthy();
    expect(screen.queryByText(texts.get.title)).toBeNull();
  });
});

describe('the pairing code', () => {
  it('connects by the keyboard alone, is gone then, and the account shows its relay', async () => {
    const fake = await openRelays();
    code().focus();
    enter('  code-with-keys  ');
    fireEvent.submit(code());
    expect(await panel().findByText('实时接收')).toBeTruthy();
    expect(panel().getByText('已接入。')).toBeTruthy();
    expect(fake.calls.find(({ name }) => name === 'relay.pair')?.input).toEqual({
      accountId: 1,
      pairingCode: '  code-with-keys  ',
    });
    expect(document.body.innerHTML).not.toContain('code-with-keys');
    expect(document.activeElement).toBe(panel().getByRole('heading'));
  });

  it('that is refused stays to be corrected, with the reason beside it', async () => {
    const fake = await openRelays();
    fake.world.failures.set('relay.pair', appError('network.timeout', { seconds: 10 }));
    enter('code-with-keys');
    pair();
    expect(await panel().findByText('network.timeout')).toBeTruthy();
    expect(code().value).toBe('code-with-keys');
    fireEvent.click(panel().getByRole('button', { name: '重试' }));
    expect(await panel().findByText('实时接收')).toBeTruthy();
  });

  it.each([
    ['missing', '  ', /请粘贴 init 打印的配对码/],
    ['too long', 'x'.repeat(4097), /不是配对码/],
  ])('that is %s is not handed over', async (_, given, fault) => {
    const fake = await openRelays();
    enter(given);
    pair();
    expect(await panel().findByText(fault)).toBeTruthy();
    expect(code().getAttribute('aria-invalid')).toBe('true');
    expect(fake.calls.some(({ name }) => name === 'relay.pair')).toBe(false);
  });

  it('belongs to its account: the others stay as they are', async () => {
    const fake = await openRelays({ accounts: [fakeAccount(), other], relays: [fakeRelay()] });
    expect(screen.getByText('怎样得到一个中继')).toBeTruthy();
    fireEvent.change(code('云上民宿'), { target: { value: 'second' } });
    pair('云上民宿');
    expect(await panel('云上民宿').findByText('实时接收')).toBeTruthy();
    expect(fake.world.relays.map(({ accountId }) => accountId)).toEqual([1, 2]);
  });

  it('can be another one, asked for and let be', async () => {
    const fake = await openRelays({ relays: [fakeRelay({ channel: 'old' })] });
    press('换配对码：账号“青禾茶叶”的中继');
    expect(document.activeElement).toBe(code());
    press('不换');
    expect(panel().queryByLabelText('配对码')).toBeNull();
    press('换配对码：账号“青禾茶叶”的中继');
    enter('another');
    pair();
    expect(await panel().findByText('qinghe')).toBeTruthy();
    expect(panel().queryByLabelText('配对码')).toBeNull();
    expect(fake.world.relays).toHaveLength(1);
  });
});

describe('a relay that is connected', () => {
  it('is tested, and says after how long the push arrived', async () => {
    await openRelays({ relays: [fakeRelay()] });
    expect(screen.queryByRole('button', { name: /重新连接/ })).toBeNull();
    press('测试账号“青禾茶叶”的中继');
    expect(await panel().findByText('测试推送在 0.3 秒后到达。')).toBeTruthy();
  });

  it('whose test fails says why, and tests again', async () => {
    const fake = await openRelays({ relays: [fakeRelay()] });
    fake.world.failures.set('relay.test', appError('network.timeout', { seconds: 10 }));
    press('测试账号“青禾茶叶”的中继');
    expect(await panel().findByText('network.timeout')).toBeTruthy();
    press('重试');
    expect(await panel().findByText(/^测试推送在/)).toBeTruthy();
    expect(panel().queryByText('network.timeout')).toBeNull();
  });

  it('gets another key only after a question', async () => {
    const fake = await openRelays({ relays: [fakeRelay()] });
    press('更换密钥：账号“青禾茶叶”的中继');
    expect(await dialog().findByText(/旧密钥和含有它的配对码马上失效/)).toBeTruthy();
    expect(fake.calls.some(({ name }) => name === 'relay.rotateKey')).toBe(false);
    fireEvent.click(dialog().getByRole('button', { name: '更换密钥' }));
    expect(await panel().findByText('密钥已更换。')).toBeTruthy();
  });

  it('is disconnected only after a question that says what becomes of later pushes', async () => {
    const fake = await openRelays({ relays: [fakeRelay()] });
    press('断开账号“青禾茶叶”的中继');
    expect(await dialog().findByText(/至少保存 90 天/)).toBeTruthy();
    fireEvent.click(dialog().getByRole('button', { name: '取消' }));
    expect(fake.world.relays).toHaveLength(1);
    press('断开账号“青禾茶叶”的中继');
    fireEvent.click(dialog().getByRole('button', { name: '断开' }));
    expect(await panel().findByText('没有接入')).toBeTruthy();
    expect(panel().getByText('已断开。')).toBeTruthy();
    expect(code().value).toBe('');
  });

  it('says that its memory is another one, and what that means', async () => {
    await openRelays({ relays: [fakeRelay({ resetAt: '2026-11-25T02:00:00.000Z' })] });
    expect(panel().getByText(/2026-11-25 10:00:00 前后被重建/)).toBeTruthy();
    expect(panel().getByText(/可能缺失/)).toBeTruthy();
  });

  it('leads to the pushes that could not be decoded', async () => {
    await openRelays({ relays: [fakeRelay({ unread: 3 })] });
    expect(panel().getByText('3 条推送')).toBeTruthy();
    expect(panel().getByRole('link', { name: '查看' }).getAttribute('href')).toBe('#/feed');
  });
});

describe('a relay that is not reached', () => {
  const error = appError('network.unreachable', { reason: 'ENOTFOUND' });

  it('says since when and why, and connects again', async () => {
    const fake = await openRelays({ relays: [fakeRelay({ state: 'offline', error })] });
    expect(panel().getByText('连不上')).toBeTruthy();
    expect(panel().getByText('network.unreachable')).toBeTruthy();
    press('重新连接账号“青禾茶叶”的中继');
    expect(await panel().findByText('实时接收')).toBeTruthy();
    expect(fake.calls.filter(({ name }) => name === 'relay.reconnect')).toHaveLength(1);
  });

  it('connects again by the button of the error as well', async () => {
    await openRelays({ relays: [fakeRelay({ state: 'refused', error })] });
    expect(panel().getByText('被拒绝')).toBeTruthy();
    press('重试');
    expect(await panel().findByText('实时接收')).toBeTruthy();
  });

  it('because the disk is full leads to the data folder', async () => {
    const full = appError('database.unavailable', { reason: 'SQLITE_FULL' });
    const fake = await openRelays({ relays: [fakeRelay({ state: 'offline', error: full })] });
    press('打开数据文件夹');
    await waitFor(() => expect(fake.calls.some(({ name }) => name === 'folder.open')).toBe(true));
  });

  it('follows what main says of it', async () => {
    const fake = await openRelays({ relays: [fakeRelay()] });
    fake.world.relays = [fakeRelay({ state: 'offline', error })];
    fake.emit('record.changed', { kind: 'relay', id: 1 });
    expect(await panel().findByText('连不上')).toBeTruthy();
  });
});

it('says why the relays cannot be read', async () => {
  window.location.hash = '#/settings/relay';
  openApp(readyWorld({ handlers: { 'relay.list': async () => fail(appError('database.damaged')) } }));
  expect(await screen.findByText('database.damaged')).toBeTruthy();
  expect(screen.queryByLabelText('配对码')).toBeNull();
});

it('asks for an account first where there is none', async () => {
  window.location.hash = '#/settings/relay';
  openApp();
  expect(await screen.findByText(/先在“账号”里添加一个/)).toBeTruthy();
  expect(screen.queryByText('怎样得到一个中继')).toBeNull();
});

describe('the way that calls to WeChat go', () => {
  it('is chosen for a real account, with what belongs on the allow-list then', async () => {
    const fake = await openRelays({ accounts: [fakeAccount(), other], relays: [fakeRelay({ accountId: 2 })] });
    expect(panel(other.name).getByText('公众平台的 IP 白名单要有这台电脑的 IP。')).toBeTruthy();
    fireEvent.click(panel(other.name).getByText('经过中继'));
    expect(await panel(other.name).findByText('IP 白名单只需填中继服务器的 IP。中继看不到内容。')).toBeTruthy();
    expect(fake.calls.find(({ name }) => name === 'relay.setRoute')?.input).toEqual({
      accountId: 2,
      carriesCalls: true,
    });
  });

  it('is no matter for a practice account, which never leaves this computer', async () => {
    await openRelays({ relays: [fakeRelay()] });
    expect(panel().queryByText('经过中继')).toBeNull();
  });
});
