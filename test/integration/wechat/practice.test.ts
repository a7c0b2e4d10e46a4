import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WeChatClient } from '../../../electron/wechat/client.ts';
import { createNonce, insertRequestBody } from '../../../electron/wechat/insert-body.ts';
import { decodePush } from '../../../electron/wechat/push.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { app, appid, startPractice, unwrap } from './support-practice.ts';

async function uploadInvoicePdf(client: WeChatClient): Promise<string> {
  const document = await PDFDocument.create();
  document.addPage();
  const bytes = await document.save();
  const folder = await mkdtemp(join(tmpdir(), 'wechat-practice-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'invoice.pdf');
  await writeFile(path, bytes);
  return unwrap(await client.uploadPdf({ path, fileName: '发票.pdf', sizeBytes: bytes.length })).mediaId;
}

async function createTemplate(client: WeChatClient): Promise<string> {
  const content = {
    payee: '深圳市某某公司',
    type: '增值税电子普通发票',
    title: '某某公司',
    logoUrl: 'http://mmbiz.qpic.cn/mmbiz/logo/0',
    customUrlName: '查看订单',
    customUrl: 'https://shop.example/order',
    customUrlSubTitle: '点这里',
    promotionUrlName: '',
    promotionUrl: '',
    promotionUrlSubTitle: '',
  };
  return unwrap(await client.createTemplate(content)).cardId;
}

const digital: InvoiceFields = {
  ...emptyInvoiceFields(),
  orderId: 'ORDER-0001',
  title: '张三科技有限公司',
  feeFen: 10600,
  feeWithoutTaxFen: 10000,
  taxFen: 600,
  billingTime: 1_700_000_000,
  billingNo: '25442000000012345678',
};

async function insertBody(client: WeChatClient, fields: InvoiceFields): Promise<Uint8Array> {
  const cardId = await createTemplate(client);
  const pdfMediaId = await uploadInvoicePdf(client);
  return insertRequestBody({ orderId: fields.orderId, cardId, appid, nonceStr: createNonce(), pdfMediaId, fields });
}

describe('the client and the practice server', () => {
  it('go the whole way from the platform id to a voided card', async () => {
    const { client, control } = await startPractice();

    expect(unwrap(await client.obtainPlatformId()).prefix).toBe('matches');
    await control.authorise({ appid, orderId: 'ORDER-0001' });
    const body = await insertBody(client, digital);
    const answer = await client.insert(body);
    if (answer.kind !== 'issued' || answer.code === null) throw new Error(answer.kind);
    const { code } = answer;

    const { encryptCode, cardId } = await control.redirectLink({ code });
    expect(unwrap(await client.decryptCode(encodeURIComponent(encryptCode)))).toEqual({ code });
    expect(await client.updateStatus({ cardId, code, status: 'INVOICE_REIMBURSE_CANCEL' })).toMatchObject({ ok: true });
    const { cards } = await control.books();
    expect(cards).toMatchObject([{ code, orderId: 'ORDER-0001', status: 'INVOICE_REIMBURSE_CANCEL' }]);
    expect(cards[0]?.invoice).toMatchObject({ billing_no: '25442000000012345678', billing_code: '', check_code: '' });
  });

  it('agree on an uploaded PDF and its address', async () => {
    const { client } = await startPractice();

    const mediaId = await uploadInvoicePdf(client);
    const pdf = unwrap(await client.queryPdf(mediaId));

    expect(mediaId).toMatch(/^\d+$/);
    expect(pdf.expiresInSeconds).toBe(7200);
    expect(pdf.url).toContain('/intp/invoice/getpdf?');
  });

  it('refuse an order that its customer did not authorise, and the 发票代码 as a card code', async () => {
    const { client } = await startPractice();

    const answer = await client.insert(await insertBody(client, digital));
    const cardId = await createTemplate(client);
    const status = await client.updateStatus({ cardId, code: '144031900110', status: 'INVOICE_REIMBURSE_CANCEL' });

    expect(answer).toMatchObject({ kind: 'refused', errcode: 72038, error: { details: { rid: expect.any(String) } } });
    expect(status).toMatchObject({ ok: false, error: { code: 'wechat.72038', text: { zhCN: /卡券 code/ } } });
  });

  it('tell the wrong secret, a closed allow-list and a missing plug-in apart', async () => {
    const { client, control } = await startPractice();

    await control.putApp({ ...app, secret: 'another secret' });
    expect(await client.fetchToken()).toMatchObject({ ok: false, error: { code: 'wechat.40125' } });
    await control.putApp({ ...app, allowedIps: ['198.51.100.7'] });
    await control.settings({ clientIp: '203.0.113.9' });
    expect(await client.fetchToken()).toMatchObject({ ok: false, error: { details: { ip: '203.0.113.9' } } });
    await control.putApp({ ...app, hasInvoicePlugin: false });
    expect(await client.obtainPlatformId()).toMatchObject({ ok: false, error: { code: 'wechat.48001' } });
  });

  it('get over an expired token without the caller noticing', async () => {
    const { client, control } = await startPractice();

    await client.obtainPlatformId();
    await control.advance(8000);
    expect(await client.obtainPlatformId()).toMatchObject({ ok: true });

    expect((await control.books()).tokensIssued).toBe(2);
  });

  it('understand texts for numbers and fields that nobody documents', async () => {
    const { client, control } = await startPractice();
    await control.settings({ errcodeAsString: true, unknownFields: true });

    expect(await client.obtainPlatformId()).toMatchObject({ ok: true });
    expect(await createTemplate(client)).toMatch(/^p/);
  });

  it('make one card where the answer was lost, and the same bytes sent again say so', async () => {
    const { client, control } = await startPractice();
    await control.authorise({ appid, orderId: 'ORDER-0001' });
    const body = await insertBody(client, digital);
    await control.misbehave({ kind: 'drop-after', path: '/card/invoice/insert' });

    const lost = await client.insert(body);
    const again = await client.insert(body);

    expect(lost).toMatchObject({ kind: 'unknown', reason: 'connection-lost' });
    expect(again).toMatchObject({ kind: 'refused', errcode: 72056, error: { class: 'already-done' } });
    expect((await control.books()).cards).toHaveLength(1);
  });

  it.each([
    ['drop-before', 'unknown'],
    ['garbage-body', 'unknown'],
    ['html-200', 'unknown'],
    ['http-status', 'unknown'],
    ['truncated-body', 'unknown'],
    ['gzip-junk', 'unknown'],
    ['token-expired', 'issued'],
  ] as const)('after the misbehaviour %s an insert is %s, with at most one card', async (kind, outcome) => {
    const { client, control } = await startPractice();
    await control.authorise({ appid, orderId: 'ORDER-0001' });
    const body = await insertBody(client, digital);
    await control.misbehave({ kind, path: '/card/invoice/insert' });

    expect((await client.insert(body)).kind).toBe(outcome);
    expect((await control.books()).cards.length).toBeLessThanOrEqual(1);
  });
});

describe('a push of the practice server', () => {
  const pushToken = 'push_token_1';
  const encodingAesKey = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';

  async function receivePush(input: { mode: 'plain' | 'safe' | 'compat'; format?: 'xml' | 'json' }) {
    const received: { url: string; body: string }[] = [];
    const receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      request.on('end', () => {
        received.push({ url: request.url ?? '', body });
        response.end('success');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => receiver.close(() => resolve())));
    const { port } = receiver.address() as AddressInfo; // a TCP server that listens has one
    const { control } = await startPractice();
    await control.putApp({ ...app, pushUrl: `http://127.0.0.1:${port}/push`, pushToken, encodingAesKey });
    const event = { event: 'update_invoice_status', status: 'INVOICE_REIMBURSE_LOCK' } as const;
    await control.push({ appid, ...input, ...event, cardId: 'p1', code: '000000000012' });
    const [push] = received;
    if (!push) throw new Error('nothing was pushed');
    const query = new URL(push.url, 'http://127.0.0.1').searchParams;
    return {
      body: push.body,
      query: {
        timestamp: query.get('timestamp') ?? '',
        nonce: query.get('nonce') ?? '',
        signature: query.get('signature') ?? '',
        msgSignature: query.get('msg_signature') ?? '',
      },
    };
  }

  it.each([
    ['plain', 'xml', false],
    ['plain', 'json', false],
    ['safe', 'xml', true],
    ['safe', 'json', true],
    ['compat', 'xml', true],
  ] as const)('in %s mode as %s is read, authenticated: %s', async (mode, format, authenticated) => {
    const { body, query } = await receivePush({ mode, format });

    expect(decodePush({ body, query, token: pushToken, encodingAesKey, appid })).toMatchObject({
      ok: true,
      value: { type: 'update_invoice_status', code: '000000000012', status: 'INVOICE_REIMBURSE_LOCK', authenticated },
    });
  });
});
