import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';
import { zhCN } from '../../renderer/i18n/zh-CN.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { orderStageLabels } from '../../shared/invoice/order.ts';
import { ok } from '../../shared/result.ts';
import { inLanguage, type Language, languages } from '../../shared/text.ts';
import { errorFromWeChat } from '../../shared/wechat/error-table.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld, type } from './app-under-test.tsx';
import { type FakeWorld, fakeRelay } from './fake-bridge.ts';
import { fakeAuthorised, fakeOrder, fakeTitle } from './fake-orders.ts';

freshPageEachTest();

const pixels = 'iVBORw0KGgo=';
beforeEach(() => {
  // jsdom draws nothing; what matters here is what becomes of the drawing.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue(`data:image/png;base64,${pixels}`);
});

const settingsIn = (language: Language) => ({ language, theme: 'light', currentAccountId: 1 }) as const;
const contactMissing = () => errorFromWeChat({ errcode: 72063, errmsg: 'biz contact is empty', call: 'getauthurl' });

function openOrders(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/orders';
  return openApp(readyWorld(part));
}

const inputOf = (fake: ReturnType<typeof openApp>, name: string) =>
  fake.calls.findLast((call) => call.name === name)?.input;
const row = (orderId: string) =>
  within(screen.getByRole('button', { name: `查看订单 ${orderId}` }).closest('tr') ?? document.body);

describe.each(languages)('in %s', (language) => {
  const { orders: texts } = language === 'en' ? en : zhCN;
  const settings = settingsIn(language);

  it('says what the page is for and the first step while there is no order', async () => {
    openOrders({ settings });
    expect(await screen.findByText(texts.emptyTitle)).toBeTruthy();
    expect(screen.getByText(texts.emptyText)).toBeTruthy();
    expect(screen.getByRole('button', { name: texts.request })).toBeTruthy();
    expect(screen.getByRole('button', { name: texts.fromTable })).toBeTruthy();
  });

  it('shows each stage in words, with how many orders are in it', async () => {
    const orders = [
      fakeOrder(),
      fakeAuthorised({ id: 2, orderId: 'WX2' }),
      fakeOrder({
        id: 3,
        orderId: 'WX3',
        stage: 'rejected',
        rejection: { reason: 'x', url: '', at: '2026-11-25T03:00:00.000Z' },
      }),
    ];
    openOrders({ settings, orders });
    const table = within(await screen.findByRole('table'));
    for (const stage of ['waiting', 'authorised', 'rejected'] as const)
      expect(table.getByText(inLanguage(orderStageLabels[stage], language))).toBeTruthy();
    const chips = screen.getByRole('radiogroup', { name: texts.stages });
    expect(within(chips).getAllByRole('radio').length).toBeGreaterThanOrEqual(4);
    expect(chips.textContent).toContain(`${texts.all} 3`);
  });

  it('leads to the settings where the contact of the merchant is missing', async () => {
    const fake = openOrders({ settings });
    fake.world.failures.set('order.create', contactMissing());
    fireEvent.click(await screen.findByRole('button', { name: texts.request }));
    type(texts.form.orderId, 'WX-1');
    type(texts.form.amount, '12.5');
    press(texts.form.submit);
    expect(await dialog().findByText('wechat.72063')).toBeTruthy();
    press(texts.setContact);
    await waitFor(() => expect(window.location.hash).toBe('#/settings/customer'));
  });
});

describe('a request', () => {
  it('goes by the keyboard from the form to the link', async () => {
    const fake = openOrders();
    fireEvent.click(await screen.findByRole('button', { name: '取授权链接' }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('订单号')));
    type('订单号', 'WX-2026-1');
    type('金额（元）', '１，２８８．５');
    type('备注', '王女士');
    fireEvent.submit(screen.getByRole('form', { name: '取授权链接' }));
    const code = await screen.findByRole('img', { name: '订单 WX-2026-1 的授权二维码' });
    expect(code.tagName).toBe('CANVAS');
    expect(inputOf(fake, 'order.create')).toEqual({
      accountId: 1,
      order: {
        orderId: 'WX-2026-1',
        moneyFen: 128_850,
        note: '王女士',
        kind: 'collect',
        source: 'web',
        redirectUrl: '',
      },
    });
    expect(screen.getAllByText('¥1,288.50').length).toBeGreaterThan(0);
  });

  it('says beside each field what is wrong with it, and asks nothing of WeChat', async () => {
    const fake = openOrders();
    fireEvent.click(await screen.findByRole('button', { name: '取授权链接' }));
    type('订单号', 'WX 1');
    type('金额（元）', '0');
    press('取链接');
    expect(await screen.findByText('订单号最多 64 个字符，不能有空格。')).toBeTruthy();
    expect(screen.getByText(/并且大于 0/)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('订单号'));
    expect(inputOf(fake, 'order.create')).toBeUndefined();
  });
});

describe('the link', () => {
  const shown = async (part: Partial<FakeWorld> = {}) => {
    const fake = openOrders({ orders: [fakeOrder()], ...part });
    fireEvent.click(await screen.findByRole('button', { name: '显示链接：WX202611250001' }));
    await screen.findByRole('dialog', { name: '授权链接' });
    return fake;
  };

  it('is saved as a picture where a person says', async () => {
    const fake = await shown();
    fireEvent.click(await screen.findByRole('button', { name: '存成图片' }));
    expect(await screen.findByText('已保存到 qr.png。')).toBeTruthy();
    expect(inputOf(fake, 'file.chooseSave')).toEqual({ name: '授权二维码 WX202611250001.png', kind: 'png' });
    expect(inputOf(fake, 'picture.save')).toEqual({ target: 'save_AAAAAAAAAAAAAAAA', png: pixels });
  });

  it('of a practice account can be pressed in the place of the customer, who is not there', async () => {
    const fake = await shown({ handlers: { 'practice.authorise': async () => ok({}) } });
    fireEvent.click(await screen.findByRole('button', { name: '扮演客户，授权' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: '扮演客户，授权' })).toBeNull());
    expect(inputOf(fake, 'practice.authorise')).toEqual({ accountId: 1, orderId: 'WX202611250001' });
    expect(await screen.findByText('已授权，待开具', { selector: '.ant-tag *, .ant-tag' })).toBeTruthy();
  });

  it('is printed with who asks, for what and how much', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    await shown();
    const paper = within(await screen.findByRole('region', { name: '打印出来的小票' }));
    for (const words of ['青禾茶叶', 'WX202611250001', '¥128.50', /微信扫一扫/])
      expect(paper.getByText(words)).toBeTruthy();
    press('打印小票');
    expect(print).toHaveBeenCalledOnce();
  });

  it('that a mini program opens is told as AppID and path, without a code', async () => {
    const link = { url: 'pages/auth?x=1', appid: 'wxaaaaaaaaaaaaaaaa', obtainedAt: '2026-11-25T01:00:05.000Z' };
    await shown({ orders: [fakeOrder({ source: 'wxa', link })] });
    expect(await screen.findByText('wxaaaaaaaaaaaaaaaa')).toBeTruthy();
    expect(screen.getByText('pages/auth?x=1')).toBeTruthy();
    expect(screen.queryByRole('img', { name: /二维码/ })).toBeNull();
  });
});

describe('an order', () => {
  it('that waits for more than three days is to be reminded of', async () => {
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const linked = (days: number) => ({ url: 'https://x.example', appid: null, obtainedAt: at(days) });
    openOrders({
      orders: [fakeOrder({ link: linked(4) }), fakeOrder({ id: 2, orderId: 'WX2', link: linked(1) })],
    });
    await screen.findByRole('table');
    expect(row('WX202611250001').getByText('提醒客户')).toBeTruthy();
    expect(row('WX202611250001').getByText('已等 4 天')).toBeTruthy();
    expect(row('WX2').queryByText('提醒客户')).toBeNull();
  });

  it('is asked about now, and the answer is said and shown', async () => {
    openOrders({ orders: [fakeOrder()] });
    fireEvent.click(await screen.findByRole('button', { name: '订单 WX202611250001 的更多操作' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: '现在问微信' }));
    expect(await screen.findByText('微信说：客户已经授权。')).toBeTruthy();
    expect(await row('WX202611250001').findByText('杭州知行教育咨询有限公司')).toBeTruthy();
  });

  it('tells what the customer filled in, what happened and where its invoice is', async () => {
    openOrders({
      orders: [
        fakeAuthorised({
          stage: 'issued',
          invoice: { id: 7, state: 'issued' },
          title: fakeTitle({ custom: [{ key: '门店', value: '文三路店' }] }),
        }),
      ],
    });
    fireEvent.click(await screen.findByRole('button', { name: '查看订单 WX202611250001' }));
    const drawer = within(await screen.findByRole('dialog', { name: '订单 WX202611250001' }));
    for (const words of ['91330106MA2B1234X5', '0571-88001122', '文三路店', '录入订单', '取得链接', '客户授权'])
      expect(await drawer.findByText(words)).toBeTruthy();
    expect(drawer.getByRole('button', { name: '复制税号' })).toBeTruthy();
    expect(drawer.getByRole('link', { name: '查看发票 7' }).getAttribute('href')).toBe('#/invoice/7');
  });

  it('is rejected only with a reason, after it was said that this is for good', async () => {
    const fake = openOrders({ orders: [fakeOrder()] });
    fireEvent.click(await screen.findByRole('button', { name: '订单 WX202611250001 的更多操作' }));
    fireEvent.click(await screen.findByRole('menuitem', { name: '拒绝开票…' }));
    const asked = within(await screen.findByRole('dialog', { name: /拒绝为订单 WX202611250001 开票/ }));
    expect(asked.getByText(/拒绝不能撤回/)).toBeTruthy();
    fireEvent.click(asked.getByRole('button', { name: '拒绝开票' }));
    expect(await asked.findByText(/请选择或填写原因/)).toBeTruthy();
    expect(inputOf(fake, 'order.reject')).toBeUndefined();
    fireEvent.click(asked.getByRole('radio', { name: '订单已退货或取消' }));
    fireEvent.click(asked.getByRole('button', { name: '拒绝开票' }));
    expect(await row('WX202611250001').findByText('已拒绝开票')).toBeTruthy();
    expect(inputOf(fake, 'order.reject')).toEqual({ id: 1, reason: '订单已退货或取消', url: '' });
  });

  it('of which WeChat gave no answer to a rejection keeps the dialog with the reason why', async () => {
    const fake = openOrders({ orders: [fakeOrder({ stage: 'rejecting' })] });
    fake.world.failures.set('order.reject', appError('network.timeout', { seconds: 10 }));
    fireEvent.click(await screen.findByRole('button', { name: '拒绝开票…：WX202611250001' }));
    fireEvent.click(await dialog().findByRole('radio', { name: '重复的开票申请' }));
    fireEvent.click(dialog().getByRole('button', { name: '拒绝开票' }));
    expect(await dialog().findByText('network.timeout')).toBeTruthy();
  });

  it('that is authorised is taken to its invoice', async () => {
    openOrders({ orders: [fakeAuthorised({ id: 5 })] });
    fireEvent.click(await screen.findByRole('button', { name: '开具：WX202611250001' }));
    await waitFor(() => expect(window.location.hash).toBe('#/issue/order-5'));
    expect((await screen.findByLabelText<HTMLInputElement>('订单号')).value).toBe('WX202611250001');
    expect(screen.getByLabelText<HTMLInputElement>('发票抬头').value).toBe('杭州知行教育咨询有限公司');
    expect(screen.getByLabelText<HTMLInputElement>('价税合计').value).toBe('128.50');
  });
});

describe('the list', () => {
  it('is searched, filtered by stage, and shown whole again', async () => {
    const fake = openOrders({ orders: [fakeOrder(), fakeAuthorised({ id: 2, orderId: 'WX2', note: '' })] });
    await screen.findByRole('table');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '没有的' } });
    expect(await screen.findByText('没有符合条件的订单。')).toBeTruthy();
    press('查看全部订单');
    expect(await screen.findByRole('button', { name: '查看订单 WX2' })).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: /已授权/ }));
    await waitFor(() => expect(screen.queryByRole('button', { name: '查看订单 WX202611250001' })).toBeNull());
    expect(inputOf(fake, 'order.list')).toMatchObject({ accountId: 1, stage: 'authorised', text: '' });
  });

  it('goes to older orders by the last one seen, and back', async () => {
    const orders = Array.from({ length: 60 }, (_, index) => fakeOrder({ id: index + 1, orderId: `WX-${index + 1}` }));
    openOrders({ orders });
    expect(await screen.findByRole('button', { name: '查看订单 WX-60' })).toBeTruthy();
    press('较早的');
    expect(await screen.findByRole('button', { name: '查看订单 WX-10' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: '查看订单 WX-60' })).toBeNull();
    press('较新的');
    expect(await screen.findByRole('button', { name: '查看订单 WX-60' })).toBeTruthy();
  });

  it('that could not be read says why, with a way to try again', async () => {
    openOrders({ orders: [fakeOrder()], failures: new Map([['order.list', appError('database.locked')]]) });
    expect(await screen.findByText('database.locked')).toBeTruthy();
    press('重试');
    expect(await screen.findByRole('table')).toBeTruthy();
  });

  it('says that WeChat is asked at intervals, when next, and what a relay would change', async () => {
    openOrders({ orders: [fakeOrder()] });
    expect(await screen.findByText(/每隔一段时间向微信询问/)).toBeTruthy();
    expect(screen.getByText(/下一次在 2026-11-25 09:05:00/)).toBeTruthy();
    expect(screen.getByRole('link', { name: '接入状态中继' }).getAttribute('href')).toBe('#/settings/relay');
  });

  it('says that authorisations arrive at once through a relay', async () => {
    openOrders({ orders: [fakeOrder()], relays: [fakeRelay()] });
    expect(await screen.findByText(/马上就会知道/)).toBeTruthy();
    expect(screen.queryByText(/每隔一段时间/)).toBeNull();
  });

  it('is saved with its links as CSV, of the stage that is looked at', async () => {
    const fake = openOrders({ orders: [fakeOrder(), fakeAuthorised({ id: 2, orderId: 'WX2' })] });
    await screen.findByRole('table');
    fireEvent.click(screen.getByRole('radio', { name: /等客户授权/ }));
    press('把链接存成 CSV');
    expect(await screen.findByText('已保存 1 个订单到 links.csv。')).toBeTruthy();
    expect(inputOf(fake, 'order.exportLinks')).toEqual({
      accountId: 1,
      stage: 'waiting',
      target: 'save_AAAAAAAAAAAAAAAA',
    });
  });
});
