import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { freshPageEachTest, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { type FakeWorld, fakeTemplate } from './fake-bridge.ts';

freshPageEachTest();

async function openTemplates(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/templates';
  const fake = openApp(readyWorld(part));
  await screen.findByRole('radiogroup', { name: '显示哪些模板' });
  return fake;
}

const name = '青禾茶叶 · 电子发票（普通发票）';

it('shows each template as its card, with its id to copy', async () => {
  await openTemplates();
  const tile = within(screen.getByRole('list', { name: '模板列表' }));
  expect(tile.getByRole('region', { name: '微信发票卡券预览' }).textContent).toContain('再来一单');
  expect(tile.getByText('pjZ8Yt9WoOePThU0NfUKz5-tBEWU')).toBeTruthy();
  expect(tile.getByRole('button', { name: '复制card_id' })).toBeTruthy();
});

it('archives a template, undoes it, and keeps archived ones apart', async () => {
  const fake = await openTemplates();
  press(`归档模板“${name}”`);
  expect(await screen.findByText('“青禾茶叶”已归档，开票时不再出现。')).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('list', { name: '模板列表' })).toBeNull());
  expect(fake.world.templates[0]?.archivedAt).not.toBeNull();
  press('撤销');
  expect(await screen.findByRole('button', { name: `归档模板“${name}”` })).toBeTruthy();
  expect(fake.world.templates[0]?.archivedAt).toBeNull();
});

it('puts an archived template back', async () => {
  const fake = await openTemplates({ templates: [fakeTemplate({ archivedAt: '2026-11-23T02:00:00.000Z' })] });
  fireEvent.click(screen.getByRole('radio', { name: '已归档 1' }));
  fireEvent.click(await screen.findByRole('button', { name: `取消归档模板“${name}”` }));
  await waitFor(() => expect(fake.world.templates[0]?.archivedAt).toBeNull());
});

it('fills the form of a duplicate and warns of a second template for one payee', async () => {
  const fake = await openTemplates();
  press(`复制为新模板：${name}`);
  expect((await screen.findByLabelText<HTMLInputElement>('开票方全称')).value).toBe('杭州青禾茶叶有限公司');
  expect(screen.getByText('“杭州青禾茶叶有限公司”已经有一个模板')).toBeTruthy();
  type('开票方全称', '云上民宿有限公司');
  await waitFor(() => expect(screen.queryByText(/已经有一个模板/)).toBeNull());
  press('创建模板');
  await waitFor(() => expect(fake.world.templates).toHaveLength(2));
  expect(fake.world.templates[1]).toMatchObject({ payee: '云上民宿有限公司', customUrlName: '再来一单' });
  expect(await screen.findByText('模板“青禾茶叶”已创建。')).toBeTruthy();
});

it('says why a template was not archived and leaves it where it is', async () => {
  const fake = await openTemplates();
  fake.world.failures.set('template.archive', appError('database.locked'));
  press(`归档模板“${name}”`);
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.getByRole('button', { name: `归档模板“${name}”` })).toBeTruthy();
});

it('does not offer archived templates for a new invoice', async () => {
  openApp(
    readyWorld({
      templates: [fakeTemplate(), fakeTemplate({ id: 2, title: '旧的', archivedAt: '2026-11-23T02:00:00.000Z' })],
    }),
  );
  await screen.findByLabelText('订单号');
  // The only one that is offered is chosen by itself.
  expect(screen.getByText(name)).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole('combobox', { name: '卡券模板' }));
  expect(await screen.findAllByRole('option')).not.toHaveLength(0);
  expect(screen.queryByText(/旧的/)).toBeNull();
});

it('says what a template is for where there is none, and where there is no account', async () => {
  await openTemplates({ templates: [] });
  expect(screen.getByText(/每个开票方需要一个模板/)).toBeTruthy();
});
