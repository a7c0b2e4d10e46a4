import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writePdf } from '../../support/app-invoices.ts';
import { expectJsonCall, jsonOf, startTapped } from '../../support/app-tapped-stage.ts';
import { shop } from '../../support/app-under-test.ts';

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
