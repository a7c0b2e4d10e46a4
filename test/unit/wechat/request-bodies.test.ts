import { describe, expect, it } from 'vitest';
import { restoreEncryptCode } from '../../../electron/wechat/cards.ts';
import { createNonce, insertRequestBody } from '../../../electron/wechat/insert-body.ts';
import { encodeJson } from '../../../electron/wechat/json.ts';
import { templateRequest } from '../../../electron/wechat/templates.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../../shared/invoice/invoice.ts';

const sample: InvoiceFields = {
  ...emptyInvoiceFields(),
  orderId: '111163',
  title: "Guan Ge's invoice",
  feeFen: 123,
  feeWithoutTaxFen: 2345,
  taxFen: 123,
  billingTime: 1468306058,
  billingNo: '4545145712',
  billingCode: '4541212454512',
  buyerNumber: '123456789012345678',
  items: [{ name: 'Toothpaste', num: 3, unit: 'Tube', priceFen: 10000 }],
};

function bodyOf(fields: InvoiceFields, tripPdfMediaId?: string): string {
  const bytes = insertRequestBody({
    orderId: fields.orderId,
    cardId: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU',
    appid: 'wxc0b84a53ed8e8d29',
    nonceStr: 'j!Re1WxaHv',
    pdfMediaId: 's_pdf_media_id_abc123',
    ...(tripPdfMediaId === undefined ? {} : { tripPdfMediaId }),
    fields,
  });
  return Buffer.from(bytes).toString('utf8');
}

const invoiceOf = (body: string) => JSON.parse(body).card_ext.user_card.invoice_user_data;

describe('the insert request', () => {
  it('is the sample of section 5, with billing_time as the number its table asks for and check_code always there', () => {
    expect(JSON.parse(bodyOf(sample))).toEqual({
      order_id: '111163',
      card_ext: {
        nonce_str: 'j!Re1WxaHv',
        user_card: {
          invoice_user_data: {
            info: [{ price: 10000, num: 3, name: 'Toothpaste', unit: 'Tube' }],
            billing_no: '4545145712',
            billing_code: '4541212454512',
            billing_time: 1468306058,
            tax: 123,
            s_pdf_media_id: 's_pdf_media_id_abc123',
            fee: 123,
            title: "Guan Ge's invoice",
            fee_without_tax: 2345,
            buyer_number: '123456789012345678',
            check_code: '',
          },
        },
      },
      card_id: 'pjZ8Yt9WoOePThU0NfUKz5-tBEWU',
      appid: 'wxc0b84a53ed8e8d29',
    });
  });

  it('has exactly these bytes', () => {
    const body = bodyOf({ ...sample, title: '深圳市某某公司', items: [] });
    expect(body).toBe(
      '{"order_id":"111163","card_id":"pjZ8Yt9WoOePThU0NfUKz5-tBEWU","appid":"wxc0b84a53ed8e8d29",' +
        '"card_ext":{"nonce_str":"j!Re1WxaHv","user_card":{"invoice_user_data":{"fee":123,"title":"深圳市某某公司",' +
        '"billing_time":1468306058,"billing_no":"4545145712","billing_code":"4541212454512","fee_without_tax":2345,' +
        '"tax":123,"s_pdf_media_id":"s_pdf_media_id_abc123","check_code":"","buyer_number":"123456789012345678"}}}}',
    );
  });

  it('sends every field of section 5 under its own name', () => {
    const full: InvoiceFields = {
      ...sample,
      checkCode: '01234567890123456789',
      buyerAddressAndPhone: 'a',
      buyerBankAccount: 'b',
      sellerNumber: 'c',
      sellerAddressAndPhone: 'd',
      sellerBankAccount: 'e',
      remarks: 'f\ng',
      cashier: 'h',
      maker: 'i',
    };
    expect(invoiceOf(bodyOf(full, '3015806758683707'))).toEqual({
      fee: 123,
      title: "Guan Ge's invoice",
      billing_time: 1468306058,
      billing_no: '4545145712',
      billing_code: '4541212454512',
      info: [{ name: 'Toothpaste', num: 3, unit: 'Tube', price: 10000 }],
      fee_without_tax: 2345,
      tax: 123,
      s_pdf_media_id: 's_pdf_media_id_abc123',
      s_trip_pdf_media_id: '3015806758683707',
      check_code: '01234567890123456789',
      buyer_number: '123456789012345678',
      buyer_address_and_phone: 'a',
      buyer_bank_account: 'b',
      seller_number: 'c',
      seller_address_and_phone: 'd',
      seller_bank_account: 'e',
      remarks: 'f\ng',
      cashier: 'h',
      maker: 'i',
    });
  });

  it('of a fully digital invoice keeps billing_code and check_code as empty texts', () => {
    const digital = { ...sample, billingNo: '25442000000012345678', billingCode: '', checkCode: '' };
    expect(invoiceOf(bodyOf(digital))).toMatchObject({
      billing_no: '25442000000012345678',
      billing_code: '',
      check_code: '',
    });
  });

  it('leaves out num where the quantity is unknown, and an empty unit', () => {
    const items = [{ name: '咨询服务', num: null, unit: '', priceFen: 888 }];
    expect(invoiceOf(bodyOf({ ...sample, items })).info).toEqual([{ name: '咨询服务', price: 888 }]);
  });

  it('has no \\u escapes, whatever the text', () => {
    const body = bodyOf({ ...sample, title: '发票 é 😀 \u2028 \ud800 end', remarks: '“引号”…' });
    expect(body).not.toMatch(/\\u/);
    expect(body).toContain('发票 é 😀 \u2028 \ufffd end');
  });

  it('gets a fresh nonce of 32 letters and digits each time', () => {
    const nonces = Array.from({ length: 200 }, createNonce);
    expect(new Set(nonces).size).toBe(200);
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9]{32}$/);
  });
});

describe('the template request', () => {
  const content = {
    payee: ' Test - Payee',
    type: ' Guangdong VAT invoice ',
    title: 'xx company',
    logoUrl: 'http://mmbiz.qpic.cn/mmbiz/logo/0',
    customUrlName: 'xyz',
    customUrl: 'xyz',
    customUrlSubTitle: 'xyz',
    promotionUrlName: 'puname',
    promotionUrl: 'purl',
    promotionUrlSubTitle: 'ptitle',
  };

  it('is the sample of section 2', () => {
    expect(templateRequest(content)).toEqual({
      invoice_info: {
        base_info: {
          logo_url: 'http://mmbiz.qpic.cn/mmbiz/logo/0',
          title: 'xx company',
          custom_url_name: 'xyz',
          custom_url: 'xyz',
          custom_url_sub_title: 'xyz',
          promotion_url_name: 'puname',
          promotion_url: 'purl',
          promotion_url_sub_title: 'ptitle',
        },
        type: ' Guangdong VAT invoice ',
        payee: ' Test - Payee',
      },
    });
  });

  it('leaves out what is empty', () => {
    const plain = {
      ...content,
      customUrlName: '',
      customUrl: '',
      customUrlSubTitle: '',
      promotionUrlName: '',
      promotionUrl: '',
      promotionUrlSubTitle: '',
    };
    expect(templateRequest(plain)).toMatchObject({
      invoice_info: { base_info: { logo_url: 'http://mmbiz.qpic.cn/mmbiz/logo/0', title: 'xx company' } },
    });
    expect(JSON.stringify(templateRequest(plain))).not.toContain('_url_');
  });
});

describe('an encrypt_code from a redirect link', () => {
  const original = 'XXIzTtMqCxwOaawoE91+VJdsFmv7b8g0VZIZkqf4GWA60Fzpc8ksZ/5ZZ0DVkXdE==';

  it.each([
    ['as it is', original],
    ['percent-encoded', encodeURIComponent(original)],
    ['with spaces in place of plus signs', original.replaceAll('+', ' ')],
    ['with stray spaces around it', `  ${original}\n`],
    ['in small percent escapes', original.replaceAll('=', '%3d')],
  ])('is restored %s', (_name, text) => {
    expect(restoreEncryptCode(text)).toBe(original);
  });

  it('is sent under its name', () => {
    expect(Buffer.from(encodeJson({ encrypt_code: original })).toString()).toBe(`{"encrypt_code":"${original}"}`);
  });
});
