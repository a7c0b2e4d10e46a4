import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { noCounts } from '../../shared/contract/batch-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { fakeAccount, fakeInvoice, fakeRelay } from './fake-bridge.ts';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

it('gives a newcomer a practice account with its template by one button', async () => {
  const fake = openApp();
  fireEvent.click(await screen.findByRole('button', { name: '用练习账号试一试' }));
  expect(await screen.findByLabelText('订单号')).toBeTruthy();
  expect(fake.world.accounts).toMatchObject([{ kind: 'practice', name: '练习账号' }]);
  expect(fake.world.templates).toMatchObject([{ accountId: 1, logoUrl: 'https://mmbiz.qpic.cn/mmbiz_png/practice/0' }]);
  expect(fake.world.settings.currentAccountId).toBe(1);
  expect(screen.getByRole('button', { name: /^当前账号.*练习账号/ })).toBeTruthy();
});

it('goes on with the account it made when the template failed at first', async () => {
  const fake = openApp();
  fake.world.failures.set('template.create', appError('network.timeout', { seconds: 10 }));
  fireEvent.click(await screen.findByRole('button', { name: '用练习账号试一试' }));
  expect(await screen.findByText('微信服务器没有在 10 秒内回答')).toBeTruthy();
  press('重试');
  expect(await screen.findByLabelText('订单号')).toBeTruthy();
  expect(fake.world.accounts).toHaveLength(1);
});

it('leads a newcomer to a real account step by step, and keeps its secret out of the page', async () => {
  const fake = openApp();
  fireEvent.click(await screen.findByRole('button', { name: '添加真实账号' }));
  await screen.findByLabelText('名称');
  type('名称', '青禾茶叶');
  type('AppID', 'wx123');
  expect(await screen.findByText('AppID 是 wx 加 16 位小写字母或数字，请核对。')).toBeTruthy();
  type('AppID', ' wx0123456789abcdef ');
  type('AppSecret', '0123456789abcdef0123456789abcdef');
  press('保存，下一步');
  await screen.findByRole('heading', { name: '检查账号' });
  expect(fake.world.accounts).toMatchObject([
    { name: '青禾茶叶', appid: 'wx0123456789abcdef', secretPlace: 'keychain' },
  ]);
  expect(document.body.textContent).not.toContain('0123456789abcdef0123456789abcdef');
  fake.world.failures.set('account.check', {
    ...appError('account.secret-missing', { account: '青禾茶叶' }),
    code: 'wechat.40164',
    details: { ip: '203.0.113.7' },
  });
  press('向微信检查');
  expect(await screen.findByRole('button', { name: /复制 IP 203\.0\.113\.7/ })).toBeTruthy();
  press('再检查一次');
  fireEvent.click(await screen.findByRole('button', { name: '获取识别码' }));
  expect(await screen.findByRole('button', { name: '复制s_pappid' })).toBeTruthy();
  press('下一步');
  await screen.findByRole('heading', { name: '上传商户 LOGO' });
  fake.world.chosen = new File(['png'], 'logo.png');
  press('选择图片');
  await screen.findByLabelText('开票方全称');
  expect(screen.getByLabelText<HTMLInputElement>('商户 LOGO').value).toContain('uploaded');
  type('开票方全称', '杭州青禾茶叶有限公司');
  type('开票方简称', '青禾茶叶');
  type('发票类型', '电子发票（普通发票）');
  press('创建模板');
  expect(await screen.findByText('账号“青禾茶叶”已设置好')).toBeTruthy();
  press('去开票');
  expect(await screen.findByLabelText('订单号')).toBeTruthy();
  expect(fake.calls.filter(({ name }) => name === 'account.create')).toHaveLength(1);
});

it('goes on with the way to a real account where it was left', async () => {
  const half = fakeAccount({ kind: 'wechat', secretPlace: 'keychain', platformId: 'd3hf' });
  openApp(readyWorld({ accounts: [half], templates: [] }));
  expect(await screen.findByRole('heading', { name: '上传商户 LOGO' })).toBeTruthy();
  press('稍后再设置');
  expect(await screen.findByLabelText('订单号')).toBeTruthy();
});

it('opens on the overview once an invoice was issued', async () => {
  const issued = fakeInvoice({ state: 'issued' });
  openApp(readyWorld({ invoices: [issued] }));
  expect(await screen.findByRole('heading', { name: '今天' })).toBeTruthy();
  expect(window.location.hash).toBe('#/overview');
});

it('changes the language of everything at once, findings included, and stores it', async () => {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  type('发票号码', '123');
  fireEvent.click(screen.getByRole('radio', { name: 'English' }));
  const number = await screen.findByLabelText('Invoice number');
  expect(document.getElementById(`${number.id}-notes`)?.textContent).toContain('The invoice number has 20 digits');
  expect(screen.getByRole('button', { name: 'Issue' })).toBeTruthy();
  expect(document.documentElement.lang).toBe('en');
  expect(document.title).toBe('Fapiao Desk 发票台');
  expect(fake.world.settings.language).toBe('en');
});

it('turns dark at once and stores it', async () => {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  const [, , dark] = screen.getByRole('radiogroup', { name: '外观' }).querySelectorAll('input');
  if (!dark) throw new Error('no third choice');
  fireEvent.click(dark);
  await waitFor(() => expect(document.documentElement.dataset['appearance']).toBe('dark'));
  expect(fake.world.settings.theme).toBe('dark');
});

it('lets nobody issue before one of several accounts is chosen', async () => {
  const settings = { language: 'zh-CN', theme: 'light', currentAccountId: null } as const;
  const fake = openApp(readyWorld({ accounts: [fakeAccount(), fakeAccount({ id: 2, name: '云上民宿' })], settings }));
  expect(await screen.findByText('有多个账号，请先选择为哪一个开票。')).toBeTruthy();
  expect(screen.getByRole('button', { name: '选择账号' })).toBeTruthy();
  press(/云上民宿/);
  expect(await screen.findByLabelText('订单号')).toBeTruthy();
  expect(fake.world.settings.currentAccountId).toBe(2);
});

it('shows every page in the navigation but those opened from another', async () => {
  openApp(readyWorld());
  await screen.findByLabelText('订单号');
  expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
    '概览',
    '开票',
    '订单授权',
    '批量开票',
    '记录',
    '模板',
    '状态动态',
    '解码',
    '设置',
  ]);
});

describe('the badge at the status feed', () => {
  const feed = () => screen.getByRole('menuitem', { name: /状态动态/ });

  it('counts relays that are not reached and pushes that were not decoded, in words as well', async () => {
    const relays = [fakeRelay({ state: 'offline' }), fakeRelay({ accountId: 2, state: 'refused', unread: 3 })];
    openApp(readyWorld({ relays }));
    await screen.findByLabelText('订单号');
    expect(await screen.findByText(/连不上的中继：2/)).toBeTruthy();
    expect(feed().textContent).toContain('无法解读的推送：3');
    expect(feed().querySelector('.ant-badge-count')?.textContent).toContain('5');
  });

  it('is not there while everything comes in, and comes and goes with what main says', async () => {
    const fake = openApp(readyWorld({ relays: [fakeRelay(), fakeRelay({ accountId: 2, state: 'polling' })] }));
    await screen.findByLabelText('订单号');
    expect(feed().textContent).toBe('状态动态');
    fake.world.relays = [fakeRelay({ unread: 1 })];
    fake.emit('record.changed', { kind: 'relay', id: 1 });
    expect(await screen.findByText(/无法解读的推送：1/)).toBeTruthy();
    fake.world.relays = [fakeRelay()];
    fake.emit('record.changed', { kind: 'relay', id: 1 });
    await waitFor(() => expect(feed().textContent).toBe('状态动态'));
  });
});

it('says why it cannot start, and tries again', async () => {
  const failures = new Map([['settings.read', appError('database.locked')]]);
  openApp(readyWorld({ failures }));
  expect(await screen.findByText('另一个发票台正在使用这个数据文件夹')).toBeTruthy();
  press('重试');
  expect(await screen.findByLabelText('订单号')).toBeTruthy();
});

it('follows what main says has changed', async () => {
  const fake = openApp(readyWorld());
  await screen.findByLabelText('订单号');
  fake.world.accounts = [fakeAccount({ name: '新名字' })];
  fake.emit('record.changed', { kind: 'account', id: 1 });
  expect(await screen.findByRole('button', { name: /^当前账号.*新名字/ })).toBeTruthy();
});

describe('the keyboard, wherever one is', () => {
  const key = (name: string, held: { ctrlKey?: boolean } = {}, target: Element = document.body) =>
    fireEvent.keyDown(target, { key: name, ...held });

  it('lists every shortcut at ?, but not in the middle of a text', async () => {
    openApp(readyWorld());
    const order = await screen.findByLabelText('订单号');
    key('?', {}, order);
    expect(screen.queryByRole('dialog')).toBeNull();
    key('?');
    expect(await screen.findByRole('dialog', { name: '键盘快捷键' })).toBeTruthy();
    expect(dialog().getByText('前往“记录”')).toBeTruthy();
  });

  it('goes to the n-th page', async () => {
    openApp(readyWorld());
    await screen.findByLabelText('订单号');
    key('3', { ctrlKey: true });
    await waitFor(() => expect(window.location.hash).toBe('#/orders'));
    key('9', { ctrlKey: true });
    await waitFor(() => expect(window.location.hash).toBe('#/settings'));
  });

  it('finds pages, accounts and commands by name', async () => {
    const settings = { language: 'zh-CN', theme: 'light', currentAccountId: 1 } as const;
    const fake = openApp(readyWorld({ accounts: [fakeAccount(), fakeAccount({ id: 2, name: '云上民宿' })], settings }));
    await screen.findByLabelText('订单号');
    key('k', { ctrlKey: true });
    const field = await screen.findByRole('combobox', { name: '页面与命令' });
    fireEvent.change(field, { target: { value: '云上' } });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
    await waitFor(() => expect(fake.world.settings.currentAccountId).toBe(2));
  });

  it('does what the native menu says', async () => {
    const fake = openApp(readyWorld());
    await screen.findByLabelText('订单号');
    fake.emit('menu.chosen', { command: 'settings' });
    await waitFor(() => expect(window.location.hash).toBe('#/settings'));
  });
});

describe('the work under way', () => {
  const counts = { ...noCounts, total: 60, waiting: 45, issued: 15 };

  it('is shown on every page with its progress, and can be stopped', async () => {
    const fake = openApp(readyWorld());
    await screen.findByLabelText('订单号');
    fake.emit('batch.progress', { batchId: 3, running: true, counts, ratePerMinute: 60, secondsLeft: 45 });
    press(/正在进行的工作/);
    expect(await screen.findByText('15 / 60，剩余约 45 秒')).toBeTruthy();
    press('暂停');
    await waitFor(() => expect(fake.calls).toContainEqual({ name: 'batch.stop', input: { batchId: 3 } }));
    fake.emit('batch.progress', { batchId: 3, running: false, counts, ratePerMinute: 60, secondsLeft: null });
    expect(await screen.findByText('没有正在进行的工作')).toBeTruthy();
  });
});
