import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import type { FakeWorld } from './fake-bridge.ts';
import { fakeAuthorised, fakeOrder } from './fake-orders.ts';

freshPageEachTest();

function openOrders(part: Partial<FakeWorld> = {}) {
  window.location.hash = '#/orders';
  return openApp(readyWorld(part));
}

const inputOf = (fake: ReturnType<typeof openApp>, name: string) =>
  fake.calls.findLast((call) => call.name === name)?.input;

describe('links for many orders', () => {
  const chosen = new File(['x'], '订单.csv');
  const opened = async (part: Partial<FakeWorld> = {}) => {
    const fake = openOrders({ chosen, ...part });
    fireEvent.click(await screen.findByRole('button', { name: '从表格导入' }));
    await screen.findByText('订单.csv');
    return fake;
  };

  it('come from a spreadsheet: looked at, stored, got, and saved', async () => {
    const fake = await opened();
    expect(await screen.findByText('新订单 2')).toBeTruthy();
    expect(screen.getByText('李小姐')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: /申请开票并填写抬头/ }));
    press('导入并取链接');
    expect(await screen.findByText('新导入 2 个，已有 0 个，有误 0 行。')).toBeTruthy();
    expect(await dialog().findByText('取到链接 2 个，失败 0 个，还剩 0 个。')).toBeTruthy();
    expect(inputOf(fake, 'order.importTable')).toMatchObject({ accountId: 1, kind: 'apply-with-title', source: 'web' });
    fireEvent.click(dialog().getByRole('button', { name: '把链接存成 CSV' }));
    expect(await dialog().findByText('已保存 2 个订单到 links.csv。')).toBeTruthy();
  });

  it('are dropped on the page as well', async () => {
    openOrders();
    await screen.findByText('还没有订单');
    fireEvent.drop(window, { dataTransfer: { files: [chosen] } });
    expect(await screen.findByText('订单.csv')).toBeTruthy();
  });

  it('wait for the columns that were not recognised', async () => {
    const unread = {
      encoding: 'utf-8',
      header: ['甲', ''],
      rows: 2,
      created: 0,
      known: 0,
      faulty: 0,
      faults: [],
      sample: [],
    };
    await opened({ handlers: { 'order.readTable': async () => ok({ ...unread, columns: null }) } });
    expect(await screen.findByText(/没有认出订单号和金额在哪一列/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '导入并取链接' }).disabled).toBe(true);
  });

  it('that cannot be read say why, and another table can be chosen', async () => {
    const error = appError('table.empty');
    await opened({ handlers: { 'order.readTable': async () => fail(error) } });
    expect(await screen.findByText(error.code)).toBeTruthy();
    expect(screen.getByRole('button', { name: '换一个表格' })).toBeTruthy();
  });

  it('show how far they are, here and in the list of jobs, and can be stopped', async () => {
    const fake = openOrders({ orders: [fakeOrder({ stage: 'no-link', link: null })] });
    expect(await screen.findByText('还没有链接的订单：1 个')).toBeTruthy();
    fake.emit('order.requesting', { accountId: 1, running: true, done: 120, total: 500, failed: 3 });
    expect(await screen.findByText('120 / 500，失败 3')).toBeTruthy();
    press('正在进行的工作');
    expect(await screen.findByText('120 / 500')).toBeTruthy();
    const [stop] = screen.getAllByRole('button', { name: '停止' });
    fireEvent.click(stop ?? document.body);
    await waitFor(() => expect(inputOf(fake, 'order.cancelRequests')).toEqual({ accountId: 1 }));
    fake.emit('order.requesting', { accountId: 1, running: false, done: 121, total: 500, failed: 3 });
    expect(await screen.findByText('还没有链接的订单：1 个')).toBeTruthy();
  });
});

describe('matching with PDFs', () => {
  const matching = async (part: Partial<FakeWorld> = {}) => {
    const fake = openOrders({ orders: [fakeAuthorised()], chosen: new File([], 'PDF'), ...part });
    fireEvent.click(await screen.findByRole('button', { name: '和 PDF 配对' }));
    fireEvent.click(await screen.findByRole('button', { name: '选择文件夹' }));
    return fake;
  };

  it('makes a table that the batch goes on with', async () => {
    const folder = { token: 'folder_FFFFFFFFFFFFFFFF', name: '十一月', sizeBytes: 0 };
    const fake = await matching({ handlers: { 'file.choose': async () => ok({ file: folder }) } });
    expect(await screen.findByText('可以开具 1 张')).toBeTruthy();
    press('去批量开票');
    await waitFor(() => expect(window.location.hash).toBe('#/batch'));
    await waitFor(() =>
      expect(inputOf(fake, 'desk.save')).toMatchObject({ table: 'file_TTTTTTTTTTTTTTTT', folder: folder.token }),
    );
  });

  it('names what was left over, and why', async () => {
    const folder = { token: 'folder_FFFFFFFFFFFFFFFF', name: '十一月', sizeBytes: 0 };
    const finding = {
      code: 'pdf.x',
      severity: 'fault' as const,
      field: 'pdfFile',
      value: '',
      text: { zhCN: '不是发票', en: 'is no invoice' },
      cure: { zhCN: '请换一个。', en: 'Take another.' },
    };
    const made = {
      table: null,
      rows: 0,
      ordersWithoutPdf: ['WX9'],
      pdfsWithoutOrder: [{ file: '说明.pdf', finding }],
      notes: [],
    };
    await matching({
      handlers: { 'file.choose': async () => ok({ file: folder }), 'order.makeTable': async () => ok(made) },
    });
    expect(await screen.findByText('没有对上任何一个订单')).toBeTruthy();
    expect(screen.getByText('WX9')).toBeTruthy();
    expect(screen.getByText('说明.pdf')).toBeTruthy();
    expect(screen.getByText(/不是发票/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: '去批量开票' })).toBeNull();
  });
});
