import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { type FakeWorld, fakeAccount, fakeBackup } from './fake-bridge.ts';

freshPageEachTest();

async function openSettings(section: string, heading: string, part: Partial<FakeWorld> = {}) {
  window.location.hash = `#/settings/${section}`;
  const fake = openApp(readyWorld(part));
  await screen.findByText(heading);
  return fake;
}

const real = fakeAccount({ kind: 'wechat', secretPlace: 'keychain' });
const both = [real, fakeAccount({ id: 2, name: '云上民宿' })];
const openAccounts = (part: Partial<FakeWorld> = {}) =>
  openSettings('accounts', '添加练习账号', { accounts: both, ...part });
const panel = (name: string) => within(screen.getByRole('region', { name }));

it('switches the account by one click and marks the current one', async () => {
  const fake = await openAccounts();
  expect(panel('青禾茶叶').getByText('当前账号')).toBeTruthy();
  press('切换到账号“云上民宿”');
  await waitFor(() => expect(fake.world.settings.currentAccountId).toBe(2));
  expect(await panel('云上民宿').findByText('当前账号')).toBeTruthy();
});

it('renames an account and gives it another colour; a name that is taken is said', async () => {
  const fake = await openAccounts();
  press('修改账号“青禾茶叶”的名称与颜色');
  await screen.findByRole('dialog');
  fireEvent.change(dialog().getByLabelText('名称'), { target: { value: '云上民宿' } });
  fireEvent.click(dialog().getByRole('radio', { name: '紫色' }));
  press('保存');
  expect(await screen.findByRole('alert')).toBeTruthy();
  fireEvent.change(dialog().getByLabelText('名称'), { target: { value: '青禾茶业' } });
  press('保存');
  await waitFor(() => expect(fake.world.accounts[0]).toMatchObject({ name: '青禾茶业', colour: 'purple' }));
});

it('tells where the AppSecret is, removes it after a question, and never shows it', async () => {
  const fake = await openAccounts();
  expect(panel('青禾茶叶').getByText('已存入这台电脑的系统密钥库')).toBeTruthy();
  press('删除账号“青禾茶叶”的 AppSecret');
  expect(await screen.findByText('删除“青禾茶叶”的 AppSecret？')).toBeTruthy();
  expect(fake.world.accounts[0]?.secretPlace).toBe('keychain');
  fireEvent.click(dialog().getByRole('button', { name: '删除' }));
  await waitFor(() => expect(fake.world.accounts[0]?.secretPlace).toBe('missing'));
  fireEvent.click(await screen.findByRole('button', { name: '填写账号“青禾茶叶”的 AppSecret' }));
  await screen.findByLabelText('AppSecret');
  type('AppSecret', '0123456789abcdef0123456789abcdef');
  press('保存并检查');
  await waitFor(() => expect(fake.world.accounts[0]?.secretPlace).toBe('keychain'));
  expect(document.body.textContent).not.toContain('0123456789abcdef0123456789abcdef');
});

it('checks an account and obtains its platform ID, with the failure and its cure where it fails', async () => {
  const fake = await openAccounts();
  fake.world.failures.set('account.check', {
    ...appError('account.secret-missing', { account: '青禾茶叶' }),
    code: 'wechat.40164',
    details: { ip: '203.0.113.7' },
  });
  press('检查账号“青禾茶叶”');
  expect(await screen.findByRole('button', { name: /复制 IP 203\.0\.113\.7/ })).toBeTruthy();
  press('检查账号“青禾茶叶”');
  expect(await screen.findByText('微信已回答，凭证 7200 秒内有效。')).toBeTruthy();
  press('获取账号“青禾茶叶”的识别码');
  expect(await panel('青禾茶叶').findByText('d3hfMDEyMzQ1Njc4OWFiY2RlZl8')).toBeTruthy();
});

it('adds a practice account with its template under a name that is free', async () => {
  const fake = await openAccounts({ accounts: [fakeAccount({ name: '练习账号' })] });
  press('添加练习账号');
  await waitFor(() => expect(fake.world.accounts).toHaveLength(2));
  expect(fake.world.accounts[1]).toMatchObject({ name: '练习账号 2', kind: 'practice' });
  await waitFor(() => expect(fake.world.templates.some(({ accountId }) => accountId === 2)).toBe(true));
});

it('makes a backup and says what is in it', async () => {
  await openSettings('data', '立即备份');
  expect(screen.getByText('还没有备份。')).toBeTruthy();
  press('立即备份');
  expect(await screen.findByText(/^已备份：发票 12 张/)).toBeTruthy();
  expect(screen.getByRole('cell', { name: '手动' })).toBeTruthy();
});

it('shows both counts before a restore, does nothing when it is declined, and can be taken back', async () => {
  const fake = await openSettings('data', '立即备份', { backups: [fakeBackup()] });
  press('恢复 2026-11-23 10:00:00 的备份');
  expect(await dialog().findByText(/发票 20 张，已开具 18/)).toBeTruthy();
  expect(dialog().getByText(/发票 12 张，已开具 10/)).toBeTruthy();
  press('不恢复');
  expect(fake.world.pendingRestore).toBeNull();
  press('恢复 2026-11-23 10:00:00 的备份');
  await dialog().findByText(/发票 20 张/);
  press('下次启动时恢复');
  expect(await screen.findByText('下次启动时将恢复备份')).toBeTruthy();
  press('取消恢复');
  await waitFor(() => expect(fake.world.pendingRestore).toBeNull());
});

it('shows what the check found with the next steps, and runs again', async () => {
  const fake = await openSettings('about', '开始检查');
  fake.world.findings = [
    {
      check: 'disk',
      state: 'warning',
      text: { zhCN: '磁盘只剩 90 MB', en: 'x' },
      nextStep: { zhCN: '请腾出空间。', en: 'y' },
    },
  ];
  press('开始检查');
  expect(await screen.findByText('请腾出空间。')).toBeTruthy();
  expect(screen.getByText('没有发现问题。')).toBeTruthy();
  fake.world.findings = [
    { check: 'network', state: 'bad', text: { zhCN: '连不上微信', en: 'x' }, nextStep: { zhCN: '', en: '' } },
  ];
  press('再检查一次');
  expect(await screen.findByText('连不上微信')).toBeTruthy();
  expect(screen.getByText('发现需要处理的问题。')).toBeTruthy();
});

it('shows the log, ready to be copied for support', async () => {
  await openSettings('about', '开始检查');
  press('显示日志');
  expect(await screen.findByRole('region', { name: '最近的运行日志' })).toBeTruthy();
  expect(screen.getByRole('button', { name: '复制日志' })).toBeTruthy();
});

it('saves the diagnostics where it is told to, and says why where it cannot', async () => {
  const fake = await openSettings('about', '开始检查');
  press('保存诊断信息');
  expect(await screen.findByText(/已保存为 diagnostics.txt/)).toBeTruthy();
  fake.world.failures = new Map([['diagnostics.save', appError('file.not-writable', { file: 'a.txt' })]]);
  press('保存诊断信息');
  expect((await screen.findByRole('alert')).textContent).toContain('a.txt');
  expect(screen.queryByText(/已保存为/)).toBeNull();
});
