import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { readPushAddress } from '../../renderer/pages/feed/push-form.ts';
import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import type { FakeWorld } from './fake-bridge.ts';

freshPageEachTest();

function eventOf(id: number, part: Partial<StatusEvent> = {}): StatusEvent {
  return {
    id,
    accountId: 1,
    invoiceId: 7,
    event: 'update_invoice_status',
    cardId: 'p',
    code: '018692165859',
    orderId: '',
    status: 'INVOICE_REIMBURSE_LOCK',
    openid: 'o',
    createTime: 1_795_500_000 + id,
    source: 'push',
    authenticated: true,
    receivedAt: '2026-11-24T02:00:00.000Z',
    ...part,
  };
}

function openFeed(handlers: FakeWorld['handlers'], part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/feed';
  return openApp(readyWorld({ handlers, ...part }));
}

const change = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

it('lists statuses in the official words, links the invoice and marks a card that no invoice has', async () => {
  const events = [
    eventOf(3, { invoiceId: null, code: '999' }),
    eventOf(2, { status: 'SOMETHING_NEW', authenticated: false }),
    eventOf(1, { event: 'user_authorize_invoice', status: '', code: '', invoiceId: null }),
  ];
  openFeed({ 'event.list': async () => ok({ events }) });
  expect(await screen.findByText('没有这张卡券的发票')).toBeTruthy();
  expect(screen.getByText('已锁定（报销中）')).toBeTruthy();
  expect(screen.getByText('SOMETHING_NEW')).toBeTruthy();
  expect(screen.getByText('签名未覆盖内容')).toBeTruthy();
  expect(screen.getByText('其他事件：user_authorize_invoice')).toBeTruthy();
  expect(screen.getByRole('link', { name: '查看发票 7' }).getAttribute('href')).toBe('#/invoice/7');
  expect(await screen.findByText('还没有接入状态中继')).toBeTruthy();
});

it('goes to older events by the last one seen, and back', async () => {
  const all = Array.from({ length: 60 }, (_, index) => eventOf(60 - index, { status: `S-${60 - index}` }));
  openFeed({
    'event.list': async ({ beforeId = 1000, limit }) =>
      ok({ events: all.filter(({ id }) => id < beforeId).slice(0, limit) }),
  });
  expect(await screen.findByText('S-60')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '较新的' }).disabled).toBe(true);
  press('较早的');
  expect(await screen.findByText('S-10')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '较早的' }).disabled).toBe(true);
  press('较新的');
  expect(await screen.findByText('S-60')).toBeTruthy();
});

it('says why the events cannot be read, and reads them again', async () => {
  const fake = openFeed({ 'event.list': async () => ok({ events: [] }) });
  await screen.findByText(/还没有状态变化/);
  fake.world.failures.set('event.list', appError('database.damaged'));
  fake.emit('record.changed', { kind: 'event', id: 1 });
  expect(await screen.findByText('database.damaged')).toBeTruthy();
});

describe('a push entered by hand', () => {
  const signed = { signature: 's', timestamp: '1', nonce: 'n', msgSignature: '' };

  async function openDrawer(handlers: FakeWorld['handlers']) {
    const fake = openFeed({ 'event.list': async () => ok({ events: [] }), ...handlers });
    fireEvent.click(await screen.findByRole('button', { name: '手工录入一条推送' }));
    await screen.findByLabelText('推送地址');
    return fake;
  }
  function fill(): void {
    change('推送地址', 'https://a.cn/w?signature=s&timestamp=1&nonce=n');
    change('正文（XML）', '<xml></xml>');
    change('Token', 'secret-token');
    press('核对并录入');
  }

  it('is handed over as it was pasted, and its result is shown', async () => {
    const event = eventOf(1);
    const fake = await openDrawer({
      'push.receive': async () => ok({ event, duplicate: false, type: event.event }),
    });
    fill();
    expect(await screen.findByText('已录入')).toBeTruthy();
    expect(screen.getByRole('link', { name: '查看发票 7' })).toBeTruthy();
    expect(fake.calls.find(({ name }) => name === 'push.receive')?.input).toEqual({
      accountId: 1,
      body: '<xml></xml>',
      query: signed,
      token: 'secret-token',
    });
  });

  it('that was entered before says so', async () => {
    await openDrawer({ 'push.receive': async () => ok({ event: null, duplicate: true, type: 'x' }) });
    fill();
    expect(await screen.findByText(/以前已经录入过/)).toBeTruthy();
  });

  it('with a wrong Token shows the refusal', async () => {
    await openDrawer({ 'push.receive': async () => fail(appError('push.bad-signature')) });
    fill();
    expect(await screen.findByText('push.bad-signature')).toBeTruthy();
  });

  it('that is incomplete is not handed over, and each fault stands at its field', async () => {
    const fake = await openDrawer({});
    change('EncodingAESKey（明文模式不用填）', 'short');
    press('核对并录入');
    for (const fault of [/缺少 timestamp/, /请粘贴推送的正文/, /请填写公众平台里设置的 Token/, /是 43 位字母和数字/])
      expect(await screen.findByText(fault)).toBeTruthy();
    expect(fake.calls.some(({ name }) => name === 'push.receive')).toBe(false);
  });

  it('leaves no secret behind once the drawer is closed', async () => {
    await openDrawer({});
    change('Token', 'secret-token');
    fireEvent.keyDown(screen.getByLabelText('Token'), { key: 'Escape', code: 'Escape', keyCode: 27 });
    await waitFor(() => expect(screen.queryByLabelText('Token')).toBeNull());
    press('手工录入一条推送');
    expect((await screen.findByLabelText<HTMLInputElement>('Token')).value).toBe('');
  });

  it.each([
    ['a whole address', 'POST https://a.cn/w?signature=s&timestamp=1&nonce=n HTTP/1.1', signed],
    ['its query alone', ' signature=s&timestamp=1&nonce=n ', signed],
    ['safe mode', '/w?msg_signature=m&timestamp=1&nonce=n', { ...signed, signature: '', msgSignature: 'm' }],
    ['without a nonce', '/w?signature=s&timestamp=1', undefined],
    ['without a signature', '/w?timestamp=1&nonce=n', undefined],
  ])('reads %s', (_, address, query) => {
    expect(readPushAddress(address)).toEqual(query);
  });
});
