import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { freshPageEachTest, notesOf, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { fakeAccount } from './fake-bridge.ts';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

async function openDrawer() {
  const fake = openApp(
    readyWorld({ accounts: [fakeAccount({ kind: 'wechat', secretPlace: 'keychain' })], templates: [] }),
  );
  await screen.findByRole('heading', { name: '检查账号' });
  press('稍后再设置');
  await screen.findByLabelText('订单号');
  press('新建模板');
  await screen.findByLabelText('开票方全称');
  return fake;
}

const card = () => within(screen.getByRole('form', { name: '新建模板' })).getByRole('region').textContent ?? '';

it('makes a template with an uploaded logo and chooses it for the invoice', async () => {
  const fake = await openDrawer();
  type('开票方全称', '杭州青禾茶叶有限公司');
  type('开票方简称', '青禾茶叶');
  type('发票类型', '电子发票（普通发票）');
  fake.world.chosen = new File(['png'], 'logo.png');
  press('选择图片');
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('商户 LOGO').value).toContain('mmbiz.qpic.cn'));
  press('创建模板');
  await waitFor(() => expect(fake.world.templates).toHaveLength(1));
  expect(fake.world.templates[0]).toMatchObject({ payee: '杭州青禾茶叶有限公司', title: '青禾茶叶' });
  expect(await screen.findByText('青禾茶叶 · 电子发票（普通发票）')).toBeTruthy();
});

it('counts as WeChat does, half a character for each Latin letter, and refuses what is longer', async () => {
  await openDrawer();
  type('开票方简称', '青禾Tea');
  expect(screen.getByText('3.5/9 字')).toBeTruthy();
  expect(notesOf('开票方简称')).toBe('');
  type('开票方简称', '一二三四五六七八九十');
  expect(screen.getByText('10/9 字')).toBeTruthy();
  await waitFor(() => expect(notesOf('开票方简称')).toContain('太长'));
});

it('draws the card while the template is typed', async () => {
  await openDrawer();
  type('开票方简称', '青禾茶叶');
  type('自定义入口名称', '再来一单');
  await waitFor(() => expect(card()).toContain('青禾茶叶'));
  expect(card()).toContain('再来一单');
});

it('names what is missing and sends nothing', async () => {
  const fake = await openDrawer();
  type('自定义入口链接', 'ftp://x');
  press('创建模板');
  await waitFor(() => expect(notesOf('开票方全称')).toContain('请填写'));
  expect(notesOf('商户 LOGO')).toContain('请填写');
  expect(notesOf('自定义入口链接')).toContain('https://');
  expect(fake.calls.some(({ name }) => name === 'template.create')).toBe(false);
});

it('shows why WeChat refused and keeps what was typed', async () => {
  const fake = await openDrawer();
  fake.world.failures.set('logo.upload', appError('image.not-accepted', { file: 'logo.bmp' }));
  fake.world.chosen = new File(['bmp'], 'logo.bmp');
  type('开票方全称', '杭州青禾茶叶有限公司');
  press('选择图片');
  expect(await screen.findByText('logo.bmp 不是小于 1 MB 的 JPG 或 PNG 图片')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('开票方全称').value).toBe('杭州青禾茶叶有限公司');
});

it('has a practice template ready to be created as it is', async () => {
  const fake = openApp(readyWorld({ templates: [] }));
  await screen.findByLabelText('订单号');
  press('新建模板');
  fireEvent.click(await screen.findByRole('button', { name: '创建模板' }));
  await waitFor(() => expect(fake.world.templates).toHaveLength(1));
});
