import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { type Language, languages } from '../../shared/text.ts';
import { freshPageEachTest, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { type FakeWorld, fakeInvoice, fakeRelay } from './fake-bridge.ts';
import { fakeAuthorised, fakeOrder } from './fake-orders.ts';

freshPageEachTest();

const settingsIn = (language: Language) => ({ language, theme: 'light', currentAccountId: 1 }) as const;
const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

async function openIssue(part: Partial<FakeWorld>, address = '#/issue') {
  window.location.hash = address;
  const fake = openApp(readyWorld(part));
  await screen.findByLabelText(/^(订单号|Order number)$/);
  return fake;
}

describe.each(languages)('in %s', (language) => {
  const { orders: texts, field } = language === 'en' ? en : zhCN;
  const settings = settingsIn(language);

  it.each([
    ['waiting', texts.issue.waiting],
    ['failed', texts.issue.failed],
    ['rejected', texts.issue.rejected],
    ['rejecting', texts.issue.rejected],
    ['dismissed', texts.issue.dismissed],
    ['no-link', texts.issue.noLink],
  ] as const)('says of an order that is %s that it cannot be issued', async (stage, words) => {
    await openIssue({ settings, orders: [fakeOrder({ stage })] });
    type(field.orderId, 'WX202611250001');
    expect(await screen.findByText(words)).toBeTruthy();
    const mayAsk = stage !== 'rejected' && stage !== 'rejecting' && stage !== 'no-link';
    expect(screen.queryAllByRole('button', { name: texts.issue.check }).length).toBe(mayAsk ? 1 : 0);
  });
});

describe('an authorised order', () => {
  it('whose number is typed offers what its customer filled in, taken over by one press', async () => {
    await openIssue({ orders: [fakeAuthorised()] });
    type('发票抬头', '别的公司');
    type('价税合计', '100');
    type('订单号', 'WX202611250001');
    expect(await screen.findByText('客户已于 2026-11-25 10:00:00 授权这个订单。')).toBeTruthy();
    expect(screen.getByText('订单金额是 ¥128.50，和价税合计不同。')).toBeTruthy();
    expect(screen.getByText(/客户填写的抬头是“杭州知行教育咨询有限公司”/)).toBeTruthy();
    press('取用客户资料');
    await waitFor(() => expect(value('发票抬头')).toBe('杭州知行教育咨询有限公司'));
    expect(value('购买方纳税人识别号')).toBe('91330106MA2B1234X5');
    expect(value('购买方地址、电话')).toBe('杭州市西湖区文三路 1 号 0571-88001122');
    expect(value('购买方开户行及账号')).toBe('招商银行杭州分行 571900000010101');
    expect(screen.queryByText(/客户填写的抬头/)).toBeNull();
    expect(value('价税合计')).toBe('100.00');
  });

  it('is offered while its number is typed, and chosen by the keyboard fills what is empty', async () => {
    await openIssue({ orders: [fakeAuthorised(), fakeOrder({ id: 2, orderId: 'WX-waiting' })] });
    const input = screen.getByLabelText('订单号');
    fireEvent.focus(input);
    fireEvent.mouseDown(input);
    fireEvent.change(input, { target: { value: 'WX' } });
    expect(await screen.findByRole('option', { name: /WX202611250001/ })).toBeTruthy();
    expect(screen.queryByRole('option', { name: /WX-waiting/ })).toBeNull();
    fireEvent.keyDown(input, { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 });
    fireEvent.keyDown(input, { key: 'Enter', code: 'Enter', keyCode: 13 });
    await waitFor(() => expect(value('订单号')).toBe('WX202611250001'));
    expect(value('发票抬头')).toBe('杭州知行教育咨询有限公司');
    expect(value('价税合计')).toBe('128.50');
  });

  it('named in the address fills a new invoice, which is not there again for the next one', async () => {
    await openIssue({ orders: [fakeAuthorised({ id: 3 })] }, '#/issue/order-3');
    expect(value('订单号')).toBe('WX202611250001');
    fireEvent.click(screen.getByRole('menuitem', { name: '开票' }));
    await waitFor(() => expect(value('订单号')).toBe(''));
  });

  it('that could not be read says why', async () => {
    window.location.hash = '#/issue/order-3';
    openApp(readyWorld({ failures: new Map([['order.list', appError('database.locked')]]) }));
    expect(await screen.findByText('database.locked')).toBeTruthy();
    press('重试');
    expect(await screen.findByLabelText('订单号')).toBeTruthy();
  });
});

describe('an order that waits', () => {
  it('is asked about from the form, and is then authorised', async () => {
    const fake = await openIssue({ orders: [fakeOrder()] });
    type('订单号', 'WX202611250001');
    fireEvent.click(await screen.findByRole('button', { name: '现在问微信' }));
    expect(await screen.findByText(/授权这个订单。$/)).toBeTruthy();
    expect(fake.calls.find(({ name }) => name === 'order.check')?.input).toEqual({ id: 1 });
  });

  it('of which WeChat gave no answer says so', async () => {
    const fake = await openIssue({ orders: [fakeOrder()] });
    fake.world.failures.set('order.check', appError('network.timeout', { seconds: 10 }));
    type('订单号', 'WX202611250001');
    fireEvent.click(await screen.findByRole('button', { name: '现在问微信' }));
    expect(await screen.findByText('network.timeout')).toBeTruthy();
  });
});

describe('the reimbursement status that nothing brings', () => {
  const issued = fakeInvoice({ state: 'issued', cardCode: '018692165859', issuedAt: '2026-11-25T02:00:00.000Z' });
  const open = (part: Partial<FakeWorld>) => {
    window.location.hash = '#/invoice/1';
    openApp(readyWorld({ invoices: [issued], ...part }));
  };

  it('is said not to be known since issue, with the way to get it', async () => {
    open({});
    expect(await screen.findByText('开具以后的状态未知。')).toBeTruthy();
    expect(screen.getByRole('link', { name: '接入中继' }).getAttribute('href')).toBe('#/settings/relay');
  });

  it('is shown as it is where a relay brings it', async () => {
    open({ relays: [fakeRelay()] });
    expect(await screen.findByText('未知（开具后没有变化）')).toBeTruthy();
    expect(screen.queryByText('开具以后的状态未知。')).toBeNull();
  });
});
