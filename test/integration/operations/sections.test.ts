import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writePdf } from '../../support/app-invoices.ts';
import { type Stage, shop, startStage } from '../../support/app-under-test.ts';
import { startWireTap, type TappedRequest, type WireTap } from '../../support/app-wire-tap.ts';

/** A stage whose calls can be read as they went over the wire. */
async function startTapped(): Promise<Stage & { readonly tap: WireTap }> {
  const taps: WireTap[] = [];
  const stage = await startStage({
    baseUrl: async (practiceUrl) => {
      const tap = await startWireTap(practiceUrl);
      taps.push(tap);
      return tap.url;
    },
  });
  const [tap] = taps;
  if (!tap) throw new Error('the tap was not started');
  onTestFinished(() => tap.close());
  return { ...stage, tap };
}

const jsonOf = ({ body }: TappedRequest): unknown => JSON.parse(body.toString('utf8'));

/** What every call of the API has in common: POST, the token in the address, JSON as its type where it is JSON. */
function expectJsonCall(sent: TappedRequest, query: Readonly<Record<string, string>> = {}): void {
  expect(sent.method).toBe('POST');
  expect(sent.headers['content-type']).toBe('application/json');
  const { access_token: token, ...rest } = Object.fromEntries(sent.query);
  expect(token).toMatch(/^[\w-]{20,512}$/);
  expect(rest).toEqual(query);
  // Chinese stands there as itself: escapes are refused with 47002.
  expect(sent.body.toString('utf8')).not.toMatch(/\\u[0-9a-f]{4}/i);
}

test('section 1: platform.obtainId posts {} and keeps the id of the answered address', async () => {
  const { app, accountId, tap } = await startTapped();
  const answer = await app().succeed('platform.obtainId', { accountId });
  const sent = tap.last('/card/invoice/seturl');
  expectJsonCall(sent);
  expect(sent.body.toString()).toBe('{}');
  expect(answer.invoiceUrl).toBe(
    `https://mp.weixin.qq.com/bizmall/authinvoice?action=list&s_pappid=${answer.platformId}`,
  );
  expect(answer.prefix).toBe('matches');
  const { accounts } = await app().succeed('account.list', {});
  expect(accounts).toMatchObject([{ platformId: answer.platformId, invoiceUrl: answer.invoiceUrl }]);
});

test('section 2: template.create sends the sample of the document and keeps the card_id', async () => {
  const { app, accountId, tap, books } = await startTapped();
  const logoUrl =
    'http://mmbiz.qpic.cn/mmbiz/iaL1LJM1mF9aRKPZJkmG8xXhiaHqkKSVMMWeN3hLut7X7hicFNjakmxibMLGWpXrEXB33367o7zHN0CwngnQY7zb7g/0';
  const created = await app().succeed('template.create', {
    accountId,
    content: {
      logoUrl,
      title: 'xx company',
      customUrlName: 'xyz',
      customUrl: 'xyz',
      customUrlSubTitle: 'xyz',
      promotionUrlName: 'puname',
      promotionUrl: 'purl',
      promotionUrlSubTitle: 'ptitle',
      type: 'Guangdong VAT invoice',
      payee: 'Test - Payee',
    },
  });
  const sent = tap.last('/card/invoice/platform/createcard');
  expectJsonCall(sent);
  expect(jsonOf(sent)).toEqual({
    invoice_info: {
      base_info: {
        logo_url: logoUrl,
        title: 'xx company',
        custom_url_name: 'xyz',
        custom_url: 'xyz',
        custom_url_sub_title: 'xyz',
        promotion_url_name: 'puname',
        promotion_url: 'purl',
        promotion_url_sub_title: 'ptitle',
      },
      type: 'Guangdong VAT invoice',
      payee: 'Test - Payee',
    },
  });
  expect(books().templates.map(({ cardId }) => cardId)).toContain(created.cardId);
  const { templates } = await app().succeed('template.list', { accountId });
  expect(templates.at(-1)).toEqual(created);
});

test('section 2: what a template leaves empty is not sent at all', async () => {
  const { tap } = await startTapped();
  expect(jsonOf(tap.last('/card/invoice/platform/createcard'))).toEqual({
    invoice_info: {
      base_info: { logo_url: 'http://mmbiz.qpic.cn/mmbiz/abc/0', title: '青禾商贸' },
      type: '增值税电子普通发票',
      payee: '青禾商贸有限公司',
    },
  });
});

test('section 3: pdf.upload sends the file as the form part of the sample and keeps the id for three days', async () => {
  const { app, accountId, tap, folder, admit, books } = await startTapped();
  const path = join(folder, '1133090578170938.pdf');
  await writePdf(path, ['an invoice']);
  const uploaded = await app().succeed('pdf.upload', { accountId, file: await admit(path) });
  const sent = tap.last('/card/invoice/platform/setpdf');
  const [, boundary = ''] = /^multipart\/form-data; boundary=(\S+)$/.exec(sent.headers['content-type'] ?? '') ?? [];
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="pdf"; filename="1133090578170938.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
  const expected = Buffer.concat([Buffer.from(head), await readFile(path), Buffer.from(`\r\n--${boundary}--\r\n`)]);
  expect(sent.body.equals(expected)).toBe(true);
  expect(sent.headers['content-length']).toBe(String(expected.length));
  expect(books().pdfs).toMatchObject([{ mediaId: uploaded.mediaId, sha256: uploaded.pdf.sha256 }]);
  expect(uploaded.pdf.fileName).toBe('1133090578170938.pdf');
  expect(uploaded.expiresAt).toBe('2026-11-26T02:00:00.000Z');
});

test('section 4: pdf.query names the action in the address and in the body, and its answer lives two hours', async () => {
  const { app, accountId, tap, newPdf } = await startTapped();
  const { mediaId } = await app().succeed('pdf.upload', { accountId, file: await newPdf() });
  const answer = await app().succeed('pdf.query', { accountId, mediaId });
  const sent = tap.last('/card/invoice/platform/getpdf');
  expectJsonCall(sent, { action: 'get_url' });
  expect(jsonOf(sent)).toEqual({ action: 'get_url', s_media_id: mediaId });
  expect(answer.url).toContain('/intp/invoice/getpdf?action=media_pdf&media_key=');
  expect(answer.expiresAt).toBe('2026-11-23T04:00:00.000Z');
});

test('section 5: invoice.issue sends an older invoice in the form of the sample, with every field', async () => {
  const { app, draft, tap, template, books, attempts, newPdf, look } = await startTapped();
  const { id: invoiceId } = await draft({
    tripPdf: await newPdf(['a trip']),
    fields: {
      orderId: '111163',
      title: '某某（上海）有限公司',
      billingNo: '45145712',
      billingCode: '031002600111',
      billingTime: 1_468_306_058,
      checkCode: '01234567890123456789',
      feeFen: 31_800,
      feeWithoutTaxFen: 30_000,
      taxFen: 1800,
      buyerNumber: '91310115MA1K3WXT0E',
      buyerAddressAndPhone: '上海市 021-1',
      buyerBankAccount: '工行 1',
      sellerNumber: '91310115MA1K3WXU93',
      sellerAddressAndPhone: '北京市 010-1',
      sellerBankAccount: '建行 2',
      remarks: '备注一\n备注二',
      cashier: '收',
      maker: '开',
      items: [
        { name: 'Toothpaste', num: 3, unit: 'Tube', priceFen: 10_000 },
        { name: '运费', num: null, unit: '', priceFen: 0 },
      ],
    },
  });
  const issued = await app().succeed('invoice.issue', { invoiceId });
  const sent = tap.last('/card/invoice/insert');
  expectJsonCall(sent);
  const [card, ...others] = books().cards;
  const [pdf, trip] = books().pdfs;
  expect(others).toEqual([]);
  expect(card?.nonceStr).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(jsonOf(sent)).toEqual({
    order_id: '111163',
    card_id: template.cardId,
    appid: shop.appid,
    card_ext: {
      nonce_str: card?.nonceStr,
      user_card: {
        invoice_user_data: {
          fee: 31_800,
          title: '某某（上海）有限公司',
          billing_time: 1_468_306_058,
          billing_no: '45145712',
          billing_code: '031002600111',
          info: [
            { name: 'Toothpaste', num: 3, unit: 'Tube', price: 10_000 },
            { name: '运费', price: 0 },
          ],
          fee_without_tax: 30_000,
          tax: 1800,
          s_pdf_media_id: pdf?.mediaId,
          s_trip_pdf_media_id: trip?.mediaId,
          check_code: '01234567890123456789',
          buyer_number: '91310115MA1K3WXT0E',
          buyer_address_and_phone: '上海市 021-1',
          buyer_bank_account: '工行 1',
          seller_number: '91310115MA1K3WXU93',
          seller_address_and_phone: '北京市 010-1',
          seller_bank_account: '建行 2',
          remarks: '备注一\n备注二',
          cashier: '收',
          maker: '开',
        },
      },
    },
  });
  expect(issued).toMatchObject({ state: 'issued', cardCode: card?.code, openid: card?.openid, error: null });
  expect(await look(invoiceId)).toEqual(issued);
  expect((await attempts(invoiceId)).map(({ call, outcome }) => `${call} ${outcome}`)).toEqual([
    'setpdf done',
    'setpdf done',
    'insert done',
  ]);
  expect(pdf?.linkedCode).toBe(card?.code);
  expect(trip?.linkedCode).toBe(card?.code);
});

test('section 5: a fully digital invoice goes with an empty code and check code, and without what it has not', async () => {
  const { app, draft, tap, books } = await startTapped();
  const { id: invoiceId } = await draft({ fields: { billingNo: '26312000000123456789', items: [] } });
  await app().succeed('invoice.issue', { invoiceId });
  const { card_ext: extension } = jsonOf(tap.last('/card/invoice/insert')) as {
    readonly card_ext: { readonly user_card: { readonly invoice_user_data: unknown } };
  };
  expect(extension.user_card.invoice_user_data).toEqual({
    fee: 11_300,
    title: '青禾食品有限公司',
    billing_time: 1_795_104_000,
    billing_no: '26312000000123456789',
    billing_code: '',
    fee_without_tax: 10_000,
    tax: 1300,
    s_pdf_media_id: books().pdfs[0]?.mediaId,
    check_code: '',
  });
});

test('section 6: invoice.updateStatus sends the card code of the insert, never the invoice code', async () => {
  const { app, draft, tap, template, books, attempts } = await startTapped();
  const { id: invoiceId } = await draft();
  const { cardCode } = await app().succeed('invoice.issue', { invoiceId });
  const updated = await app().succeed('invoice.updateStatus', { invoiceId, status: 'INVOICE_REIMBURSE_CANCEL' });
  const sent = tap.last('/card/invoice/platform/updatestatus');
  expectJsonCall(sent);
  expect(jsonOf(sent)).toEqual({
    card_id: template.cardId,
    code: cardCode,
    reimburse_status: 'INVOICE_REIMBURSE_CANCEL',
  });
  expect(updated.reimburseStatus).toBe('INVOICE_REIMBURSE_CANCEL');
  expect(books().cards).toMatchObject([{ code: cardCode, status: 'INVOICE_REIMBURSE_CANCEL' }]);
  expect((await attempts(invoiceId)).at(-1)).toMatchObject({ call: 'updatestatus', outcome: 'done' });
});

test('section 7: push.receive reads the sample of the document', async () => {
  const { app, accountId } = await startStage();
  const body = `<xml>
	<ToUserName><![CDATA[gh_9e1765b5568e]]></ToUserName>
	<FromUserName><![CDATA[ojZ8Ytz4lESgdWZ34L_R1TvB2Kds]]></FromUserName>
	<CreateTime>1478068440</CreateTime> <MsgType><![CDATA[event]]></MsgType>
	<Event><![CDATA[update_invoice_status]]></Event>
	<Status><![CDATA[INVOICE_REIMBURSE_INIT]]></Status>
	<CardId><![CDATA[pjZ8Yt7Um2jYxzneP8GomnxoVFWo]]></CardId>
	<Code><![CDATA[186921658591]]></Code>
</xml>`;
  const signature = createHash('sha1').update(['1478068441', '42', 'shop-token'].sort().join('')).digest('hex');
  const answer = await app().succeed('push.receive', {
    accountId,
    body,
    token: 'shop-token',
    query: { signature, timestamp: '1478068441', nonce: '42' },
  });
  expect(answer).toMatchObject({ type: 'update_invoice_status', duplicate: false });
  expect(answer.event).toMatchObject({
    invoiceId: null,
    event: 'update_invoice_status',
    openid: 'ojZ8Ytz4lESgdWZ34L_R1TvB2Kds',
    createTime: 1_478_068_440,
    status: 'INVOICE_REIMBURSE_INIT',
    cardId: 'pjZ8Yt7Um2jYxzneP8GomnxoVFWo',
    code: '186921658591',
    source: 'push',
    authenticated: false,
  });
  expect((await app().succeed('event.list', { accountId })).events).toEqual([answer.event]);
});

test('section 8: code.decrypt sends the encrypt_code of the link as it was made, and finds the invoice', async () => {
  const { app, accountId, draft, tap, control } = await startTapped();
  const { id: invoiceId } = await draft();
  const { cardCode } = await app().succeed('invoice.issue', { invoiceId });
  const { encryptCode } = await control.redirectLink({ code: cardCode ?? '' });
  const asCopiedFromAddress = encodeURIComponent(encryptCode);
  for (const encryptCodeAsWritten of [encryptCode, asCopiedFromAddress, encryptCode.replaceAll('+', ' ')]) {
    const answer = await app().succeed('code.decrypt', { accountId, encryptCode: encryptCodeAsWritten });
    expect(answer).toEqual({ code: cardCode, invoiceId });
    const sent = tap.last('/card/code/decrypt');
    expectJsonCall(sent);
    expect(jsonOf(sent)).toEqual({ encrypt_code: encryptCode });
  }
});

test('the logo goes as the form part media, and its address makes a template', async () => {
  const { app, accountId, newFile, tap } = await startTapped();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const { url } = await app().succeed('logo.upload', { accountId, file: await newFile('logo.png', png) });
  const sent = tap.last('/cgi-bin/media/uploadimg');
  expect(sent.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(sent.body.toString('latin1')).toContain(
    'Content-Disposition: form-data; name="media"; filename="logo.png"\r\nContent-Type: image/png\r\n\r\n',
  );
  const content = { payee: '青禾商贸有限公司', type: '增值税电子普通发票', title: '青禾', logoUrl: url };
  expect(await app().succeed('template.create', { accountId, content })).toMatchObject({ logoUrl: url });
});

test('every section is understood when errcode comes as text and answers carry fields nobody knows', async () => {
  const { app, accountId, draft, control, newPdf } = await startStage();
  await control.settings({ errcodeAsString: true, unknownFields: true });
  await app().succeed('platform.obtainId', { accountId });
  const content = { payee: '青禾', type: '发票', title: '青禾', logoUrl: 'http://mmbiz.qpic.cn/mmbiz/abc/0' };
  await app().succeed('template.create', { accountId, content });
  const { mediaId } = await app().succeed('pdf.upload', { accountId, file: await newPdf() });
  await app().succeed('pdf.query', { accountId, mediaId });
  const { id: invoiceId } = await draft();
  const { cardCode } = await app().succeed('invoice.issue', { invoiceId });
  await app().succeed('invoice.updateStatus', { invoiceId, status: 'INVOICE_REIMBURSE_LOCK' });
  const { encryptCode } = await control.redirectLink({ code: cardCode ?? '' });
  expect(await app().succeed('code.decrypt', { accountId, encryptCode })).toEqual({ code: cardCode, invoiceId });
});
