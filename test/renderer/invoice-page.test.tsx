import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Attempt, Invoice, StatusEvent } from '../../shared/contract/invoice-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { emptyInvoiceFields } from '../../shared/invoice/invoice.ts';
import { fail, ok } from '../../shared/result.ts';
import { dialog, freshPageEachTest, openApp, press, readyWorld } from './app-under-test.tsx';
import { type FakeWorld, fakeAccount } from './fake-bridge.ts';

vi.mock('../../renderer/components/pdf/pdf-library.ts', () => ({
  openPdf: async () => ({ ok: false, failure: 'damaged' }),
}));

freshPageEachTest();

const createdAt = '2026-11-23T02:00:00.000Z';

function invoiceOf(part: Partial<Invoice> = {}): Invoice {
  return {
    id: 7,
    accountId: 1,
    templateId: 1,
    batchId: null,
    state: 'issued',
    fields: {
      ...emptyInvoiceFields(),
      orderId: 'WX-7',
      title: '杭州青禾茶叶有限公司',
      billingNo: '26312000000010100556',
      billingTime: 1_795_104_000,
      feeFen: 113_000,
      feeWithoutTaxFen: 100_000,
      taxFen: 13_000,
      buyerNumber: '91330106MA2KJ0QW3X',
      remarks: '合同号 HT-118',
      items: [{ name: '*茶叶*龙井', num: 4, unit: '罐', priceFen: 25_000 }],
    },
    pdf: { id: 3, sha256: 'a'.repeat(64), fileName: 'a.pdf', sizeBytes: 100 },
    tripPdf: null,
    cardCode: '018692165859',
    openid: 'ojZ8Ytz4lESgxgT1R1TvB2Kds',
    unionid: null,
    reimburseStatus: null,
    error: null,
    doubtedAt: null,
    createdAt,
    updatedAt: createdAt,
    issuedAt: createdAt,
    ...part,
  };
}

function openInvoice(invoice: Invoice, part: Partial<FakeWorld> = {}) {
  window.location.hash = `#/invoice/${invoice.id}`;
  return openApp(readyWorld({ invoices: [invoice], ...part }));
}

const facts = () => screen.findByRole('region', { name: '发票内容' });

describe('the facts', () => {
  it('are shown in the words of the tax form, card code and openid to copy', async () => {
    openInvoice(invoiceOf());
    const text = (await facts()).textContent ?? '';
    for (const part of [
      'WX-7',
      '91330106MA2KJ0QW3X',
      '2026-11-20',
      '¥1,130.00',
      '*茶叶*龙井',
      '合同号 HT-118',
      '校验码',
    ])
      expect(text).toContain(part);
    for (const name of ['复制卡券 code', '复制客户 openid', '复制发票号码'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
  });

  it('print by the button', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    openInvoice(invoiceOf());
    await facts();
    press('打印');
    expect(print).toHaveBeenCalledTimes(1);
  });

  it('of an invoice that is not there: says so, and leads back', async () => {
    window.location.hash = '#/invoice/99';
    openApp(readyWorld());
    expect(await screen.findByText('invoice.not-found')).toBeTruthy();
    press('回到记录');
    expect(window.location.hash).toBe('#/records');
  });

  it('of another account: whose it is stands there', async () => {
    openInvoice(invoiceOf({ accountId: 2 }), {
      accounts: [fakeAccount(), fakeAccount({ id: 2, name: '云杉商贸' })],
    });
    expect(await screen.findByText(/属于账号“云杉商贸”，您现在用的是“青禾茶叶”/)).toBeTruthy();
  });
});

it('tells calls and statuses in the order in which they happened', async () => {
  const attempts: Attempt[] = [
    {
      id: 1,
      call: 'setpdf',
      startedAt: createdAt,
      finishedAt: createdAt,
      outcome: 'done',
      errcode: null,
      errmsg: null,
    },
    {
      id: 2,
      call: 'insert',
      startedAt: '2026-11-23T02:00:01.000Z',
      finishedAt: createdAt,
      outcome: 'refused',
      errcode: 72_038,
      errmsg: 'not authorised',
    },
  ];
  const event: StatusEvent = {
    id: 1,
    accountId: 1,
    invoiceId: 7,
    event: 'update_invoice_status',
    cardId: 'p',
    code: '018692165859',
    orderId: '',
    status: 'INVOICE_REIMBURSE_LOCK',
    openid: 'o',
    createTime: Date.parse('2026-11-24T02:00:00.000Z') / 1000,
    source: 'push',
    authenticated: false,
    receivedAt: createdAt,
  };
  const invoice = invoiceOf();
  openInvoice(invoice, {
    handlers: { 'invoice.get': async () => ok({ invoice, attempts, statusEvents: [event] }) },
  });
  const history = await screen.findByRole('region', { name: '经过' });
  const entries = within(history)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent ?? '');
  expect(entries).toHaveLength(4);
  expect(entries[0]).toContain('2026-11-23 10:00:00创建');
  expect(entries[1]).toContain('上传 PDF 到微信成功');
  expect(entries[2]).toContain('被微信拒绝72038 not authorised');
  expect(entries[3]).toContain('微信推送状态已锁定（报销中）签名没有覆盖内容');
});

describe('the address at WeChat', () => {
  const upload = { mediaId: '9', expiresAt: createdAt };
  const query = (expiresAt: number) => ({
    'pdf.latestUpload': async () => ok({ upload }),
    'pdf.query': async () => ok({ url: 'https://pdf.example/9', expiresAt: new Date(expiresAt).toISOString() }),
  });

  it('is asked for on demand, with the time it has left', async () => {
    const fake = openInvoice(invoiceOf(), { handlers: query(Date.now() + 7_200_000) });
    await facts();
    expect(fake.calls.some(({ name }) => name === 'pdf.query')).toBe(false);
    press('取得微信上的地址');
    expect((await screen.findByLabelText<HTMLInputElement>('PDF 地址')).value).toBe('https://pdf.example/9');
    expect(screen.getByRole('timer').textContent).toMatch(/^(1:59:5\d|2:00:00) 后失效/);
    expect(fake.calls.find(({ name }) => name === 'pdf.query')?.input).toEqual({ accountId: 1, mediaId: '9' });
  });

  it('is taken away when its time is over', async () => {
    openInvoice(invoiceOf(), { handlers: query(Date.now() - 1) });
    await facts();
    press('取得微信上的地址');
    expect(await screen.findByText('地址已失效')).toBeTruthy();
    expect(screen.queryByLabelText('PDF 地址')).toBeNull();
  });

  it('of a file that was never uploaded: says so and asks WeChat nothing', async () => {
    const fake = openInvoice(invoiceOf(), { handlers: { 'pdf.latestUpload': async () => ok({ upload: null }) } });
    await facts();
    press('取得微信上的地址');
    expect(await screen.findByText('这个文件还没有上传到微信，没有地址。')).toBeTruthy();
    expect(fake.calls.some(({ name }) => name === 'pdf.query')).toBe(false);
  });
});

describe('the reimbursement status', () => {
  it('offers the moves that are legal, and no others', async () => {
    openInvoice(invoiceOf({ reimburseStatus: 'INVOICE_REIMBURSE_INIT' }));
    await facts();
    const buttons = within(screen.getByRole('group', { name: '报销状态' })).getAllByRole('button');
    expect(buttons.map(({ textContent }) => textContent)).toEqual(['锁定（报销中）', '冲红']);
  });

  it('offers none without a card code, nor after the last one', async () => {
    openInvoice(invoiceOf({ cardCode: null }));
    expect(await screen.findByText(/还不知道卡券 code，不能更新状态/)).toBeTruthy();
    openInvoice(invoiceOf({ reimburseStatus: 'INVOICE_REIMBURSE_CLOSURE' }));
    expect(await screen.findByText('这是最后的状态，不能再改。')).toBeTruthy();
  });

  it('is voided only once the number is typed, in any width and with spaces', async () => {
    const invoice = invoiceOf({ reimburseStatus: 'INVOICE_REIMBURSE_INIT' });
    const fake = openInvoice(invoice, {
      handlers: {
        'invoice.updateStatus': async () => ok({ ...invoice, reimburseStatus: 'INVOICE_REIMBURSE_CANCEL' }),
      },
    });
    await facts();
    press('冲红');
    await screen.findByRole('dialog');
    const yes = () => dialog().getByRole('button', { name: '冲红' });
    const number = screen.getByLabelText('输入这张发票的号码以确认');
    fireEvent.change(number, { target: { value: '2631200000001010055' } });
    expect(yes().hasAttribute('disabled')).toBe(true);
    fireEvent.change(number, { target: { value: '２６３１ 2000 0000 1010 0556' } });
    expect(yes().hasAttribute('disabled')).toBe(false);
    fireEvent.click(yes());
    await waitFor(() =>
      expect(fake.calls.find(({ name }) => name === 'invoice.updateStatus')?.input).toEqual({
        invoiceId: 7,
        status: 'INVOICE_REIMBURSE_CANCEL',
        confirmedNumber: '26312000000010100556',
      }),
    );
  });

  it('says why WeChat refused it', async () => {
    const error = appError('network.unreachable', { reason: 'x' });
    openInvoice(invoiceOf(), { handlers: { 'invoice.updateStatus': async () => fail(error) } });
    await facts();
    press('锁定（报销中）');
    expect(await screen.findByText('network.unreachable')).toBeTruthy();
  });
});

describe('what needs a person', () => {
  it('an unknown outcome offers three ways, each with what it does', async () => {
    const error = appError('issue.outcome-unknown', { reason: 'timeout' });
    const fake = openInvoice(invoiceOf({ state: 'unknown', cardCode: null, issuedAt: null, error }));
    const ask = await screen.findByRole('button', { name: '再问一次微信' });
    expect(document.getElementById(ask.getAttribute('aria-describedby') ?? '')?.textContent).toContain('不会变成两张');
    expect(screen.queryByRole('button', { name: '打开并开具' })).toBeNull();
    press('客户卡包里没有');
    fireEvent.click(await screen.findByRole('button', { name: '没有，可以重新开具' }));
    expect(await screen.findByRole('button', { name: '打开并开具' })).toBeTruthy();
    expect(fake.calls.find(({ name }) => name === 'invoice.settle')?.input).toEqual({
      invoiceId: 7,
      outcome: 'absent',
    });
  });

  it('a doubt after a restore does too, in words of its own', async () => {
    openInvoice(invoiceOf({ state: 'draft', cardCode: null, issuedAt: null, doubtedAt: createdAt }));
    expect(await screen.findByRole('heading', { name: /不知道这张发票是否已经发出过/ })).toBeTruthy();
    for (const name of ['再问一次微信', '客户卡包里有', '客户卡包里没有'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
    expect(screen.queryByRole('button', { name: '打开并开具' })).toBeNull();
  });
});

it('a rejected invoice shows the reason, and is opened in the form', async () => {
  const error = appError('invoice.duplicate-order', { orderId: 'WX-7', invoiceId: 3 });
  openInvoice(invoiceOf({ state: 'rejected', cardCode: null, issuedAt: null, error }));
  expect(await screen.findByText('invoice.duplicate-order')).toBeTruthy();
  press('打开并开具');
  expect(window.location.hash).toBe('#/issue/7');
});

it('is copied into a draft after a question that names what stays behind', async () => {
  const copy = invoiceOf({ id: 8, state: 'draft', cardCode: null });
  const fake = openInvoice(invoiceOf(), { handlers: { 'invoice.copyToDraft': async () => ok(copy) } });
  await facts();
  press('另开一张');
  expect(await screen.findByText(/属于这张卡券，会留空/)).toBeTruthy();
  press('复制成草稿');
  await waitFor(() => expect(window.location.hash).toBe('#/issue/8'));
  expect(fake.calls.find(({ name }) => name === 'invoice.copyToDraft')?.input).toEqual({ invoiceId: 7 });
});
