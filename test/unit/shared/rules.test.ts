import { describe, expect, it } from 'vitest';
import { hasFault } from '../../../shared/invoice/findings.ts';
import { emptyInvoiceFields, type InvoiceFields, isFullyDigital } from '../../../shared/invoice/invoice.ts';
import { checkInvoice, sumOfItems } from '../../../shared/invoice/rules.ts';
import { completeCreditCode } from '../../../shared/invoice/tax-id.ts';
import { digitalInvoice, olderInvoice } from '../../support/app-invoices.ts';

// 2026-11-23 10:00 in Beijing.
const now = Date.UTC(2026, 10, 23, 2) / 1000;
const item = { name: '牙膏', num: 4, unit: '支', priceFen: 2500 };
const creditCode = completeCreditCode('91350100M000100Y4');

/** `severity code field` of everything found, in order. */
function found(fields: InvoiceFields): string[] {
  return checkInvoice(fields, now).map(({ severity, code, field }) => `${severity} ${code} ${field}`);
}

describe('a sound invoice', () => {
  it.each([
    ['older, with a 12-digit code', olderInvoice(1)],
    ['older, with a 10-digit code', olderInvoice(1, { billingCode: '3100154130' })],
    ['older, from the Shenzhen blockchain', olderInvoice(1, { checkCode: 'a1B2c' })],
    ['older, with zeros in front', olderInvoice(1, { billingCode: '000000000001', billingNo: '00000007' })],
    ['fully digital', digitalInvoice(1)],
    [
      'fully digital, every field filled',
      digitalInvoice(1, {
        buyerNumber: creditCode,
        buyerAddressAndPhone: '福州市鼓楼区 0591-88888888',
        buyerBankAccount: '招商银行福州分行 5919 0000 1234',
        sellerNumber: creditCode,
        sellerAddressAndPhone: '厦门市思明区 0592-66666666',
        sellerBankAccount: '工商银行 4100 0000',
        remarks: '第一行\n第二行\r\n第三行',
        cashier: '王芳',
        maker: '李强',
      }),
    ],
    ['a natural person as the buyer', digitalInvoice(1, { title: '个人', buyerNumber: '' })],
    ['without items', digitalInvoice(1, { items: [] })],
    ['without tax', digitalInvoice(1, { feeFen: 10_000, taxFen: 0 })],
    ['items that add up to the total with tax', digitalInvoice(1, { items: [{ ...item, num: 1, priceFen: 11_300 }] })],
    ['items whose prices were rounded', digitalInvoice(1, { items: [{ ...item, num: 3, priceFen: 3333 }] })],
    ['an item of unknown quantity', digitalInvoice(1, { items: [{ ...item, num: null, priceFen: 1 }] })],
    ['an order of 32 characters', digitalInvoice(1, { orderId: 'A1_-'.repeat(8) })],
    ['a 15-digit tax number of old', digitalInvoice(1, { buyerNumber: '440301999999999' })],
    ['a 20-character tax number', digitalInvoice(1, { buyerNumber: '91350100M000100Y4300' })],
    ['dated within a day from now, as a clock may be off', digitalInvoice(1, { billingTime: now + 86_400 })],
    ['of the first second with a 10-digit timestamp', digitalInvoice(1, { billingTime: 1_000_000_000 })],
  ])('%s: nothing is found', (_name, fields) => {
    expect(found(fields)).toEqual([]);
  });
});

// One row a way to be wrong: what is changed in a sound invoice, and everything that is then found.
const faulty: readonly (readonly [string, InvoiceFields, readonly string[]])[] = [
  ['no order', digitalInvoice(1, { orderId: '' }), ['fault value.required orderId']],
  ['a space in the order', digitalInvoice(1, { orderId: 'A 1' }), ['fault order.bad-character orderId']],
  [
    'a zero-width space in the order',
    digitalInvoice(1, { orderId: 'A\u200b1' }),
    ['fault order.bad-character orderId'],
  ],
  ['an order of 33 characters', digitalInvoice(1, { orderId: 'A'.repeat(33) }), ['warning order.unusual orderId']],
  ['Chinese in the order', digitalInvoice(1, { orderId: '订单1' }), ['warning order.unusual orderId']],
  [
    'an order of 65 characters',
    digitalInvoice(1, { orderId: 'A'.repeat(65) }),
    ['warning order.unusual orderId', 'fault value.too-long orderId'],
  ],
  ['no title', digitalInvoice(1, { title: ' ' }), ['fault value.required title']],
  ['no number', digitalInvoice(1, { billingNo: '' }), ['fault value.required billingNo']],
  ['letters in the number', olderInvoice(1, { billingNo: '1234567A' }), ['fault number.not-digits billingNo']],
  [
    'a number in scientific notation',
    digitalInvoice(1, { billingNo: '2.6312E+19' }),
    ['fault number.not-digits billingNo'],
  ],
  [
    'a full-width digit in the number',
    olderInvoice(1, { billingNo: '1234567８' }),
    ['fault number.not-digits billingNo'],
  ],
  ['a number of 7 digits', olderInvoice(1, { billingNo: '1234567' }), ['fault number.lost-zeros billingNo']],
  ['a number of 4 digits', olderInvoice(1, { billingNo: '1234' }), ['fault number.wrong-length billingNo']],
  ['a number of 19 digits', digitalInvoice(1, { billingNo: '2'.repeat(19) }), ['fault number.wrong-length billingNo']],
  ['a number of 21 digits', digitalInvoice(1, { billingNo: '2'.repeat(21) }), ['fault number.wrong-length billingNo']],
  [
    'code and number swapped',
    olderInvoice(1, { billingCode: '12345678', billingNo: '031002600111' }),
    ['fault code.swapped billingCode', 'fault code.swapped billingNo'],
  ],
  ['no code for 8 digits', olderInvoice(1, { billingCode: '' }), ['fault value.required billingCode']],
  ['letters in the code', olderInvoice(1, { billingCode: '03100260011O' }), ['fault number.not-digits billingCode']],
  ['a code of 11 digits', olderInvoice(1, { billingCode: '31002600111' }), ['fault number.lost-zeros billingCode']],
  ['a code of 9 digits', olderInvoice(1, { billingCode: '100154130' }), ['fault number.lost-zeros billingCode']],
  ['a code of 13 digits', olderInvoice(1, { billingCode: '0310026001112' }), ['fault code.wrong-length billingCode']],
  ['no check code', olderInvoice(1, { checkCode: '' }), ['fault check-code.missing checkCode']],
  ['a check code of 19 digits', olderInvoice(1, { checkCode: '1'.repeat(19) }), ['fault check-code.wrong checkCode']],
  [
    'a check code with spaces',
    olderInvoice(1, { checkCode: '01234 56789 01234 56789' }),
    ['fault check-code.wrong checkCode'],
  ],
  [
    'a code on a fully digital one',
    digitalInvoice(1, { billingCode: '031002600111' }),
    ['fault code.not-for-digital billingCode'],
  ],
  [
    'a check code on a fully digital one',
    digitalInvoice(1, { checkCode: '1'.repeat(20) }),
    ['fault check-code.not-for-digital checkCode'],
  ],
  ['no date', digitalInvoice(1, { billingTime: 0 }), ['fault value.required billingTime']],
  ['a date before 10 digits', digitalInvoice(1, { billingTime: 999_999_999 }), ['fault time.too-early billingTime']],
  ['a date before 1970', digitalInvoice(1, { billingTime: -1 }), ['fault time.too-early billingTime']],
  ['milliseconds for seconds', digitalInvoice(1, { billingTime: now * 1000 }), ['fault time.not-a-date billingTime']],
  [
    'a date two days from now',
    digitalInvoice(1, { billingTime: now + 86_401 }),
    ['warning time.in-future billingTime'],
  ],
  [
    'a total of nothing',
    digitalInvoice(1, { feeFen: 0, feeWithoutTaxFen: 0, taxFen: 0, items: [] }),
    ['fault amount.not-positive feeFen'],
  ],
  [
    'a red-letter invoice',
    digitalInvoice(1, { feeFen: -11_300, feeWithoutTaxFen: -10_000, taxFen: -1300, items: [] }),
    ['fault amount.not-positive feeFen', 'fault amount.negative feeWithoutTaxFen', 'fault amount.negative taxFen'],
  ],
  ['a negative tax', digitalInvoice(1, { taxFen: -1 }), ['fault amount.negative taxFen']],
  ['a fen too much', digitalInvoice(1, { feeFen: 11_301 }), ['warning amount.sum-differs feeFen']],
  [
    'items far from net and total',
    digitalInvoice(1, { items: [{ ...item, priceFen: 25 }] }),
    ['warning items.sum-differs items'],
  ],
  ['an unusual tax number', digitalInvoice(1, { buyerNumber: '12345' }), ['warning tax-id.unusual buyerNumber']],
  [
    'a tax number in small letters',
    digitalInvoice(1, { sellerNumber: creditCode.toLowerCase() }),
    ['warning tax-id.unusual sellerNumber'],
  ],
  [
    'a wrong check character',
    digitalInvoice(1, { sellerNumber: '91350100M000100Y44' }),
    ['warning tax-id.check-digit sellerNumber'],
  ],
  ['a title over 200 characters', digitalInvoice(1, { title: '长'.repeat(201) }), ['fault value.too-long title']],
  ['remarks over 1000 characters', digitalInvoice(1, { remarks: '长'.repeat(1001) }), ['fault value.too-long remarks']],
  ['a line break in the title', digitalInvoice(1, { title: '甲\n乙' }), ['fault value.control-character title']],
  ['a bell in the remarks', digitalInvoice(1, { remarks: '甲\u0007乙' }), ['fault value.control-character remarks']],
  [
    'a byte order mark in the maker',
    digitalInvoice(1, { maker: '\ufeff李强' }),
    ['fault value.control-character maker'],
  ],
  [
    'an item without a name',
    digitalInvoice(1, { items: [{ ...item, name: ' ' }] }),
    ['fault item.name-missing items.0.name'],
  ],
  [
    'the second item with a long name and unit',
    digitalInvoice(1, {
      items: [
        { ...item, num: 2 },
        { ...item, num: 2, name: '长'.repeat(201), unit: '个'.repeat(41) },
      ],
    }),
    ['fault value.too-long items.1.name', 'fault value.too-long items.1.unit'],
  ],
  [
    'control characters in an item',
    digitalInvoice(1, { items: [{ ...item, name: '牙\u0001膏', unit: '支\t' }] }),
    ['fault value.control-character items.0.name', 'fault value.control-character items.0.unit'],
  ],
  [
    'an item of none',
    digitalInvoice(1, { items: [item, { ...item, num: 0 }] }),
    ['fault amount.not-positive items.1.num'],
  ],
];

describe('a faulty invoice', () => {
  it.each(faulty)('%s', (_name, fields, expected) => {
    expect(found(fields)).toEqual(expected);
  });

  it('has every way of being wrong that the rules know in the table above', () => {
    const met = new Set(faulty.flatMap(([, , expected]) => expected.map((line) => line.split(' ')[1])));
    expect([...met].sort()).toEqual([
      'amount.negative',
      'amount.not-positive',
      'amount.sum-differs',
      'check-code.missing',
      'check-code.not-for-digital',
      'check-code.wrong',
      'code.not-for-digital',
      'code.swapped',
      'code.wrong-length',
      'item.name-missing',
      'items.sum-differs',
      'number.lost-zeros',
      'number.not-digits',
      'number.wrong-length',
      'order.bad-character',
      'order.unusual',
      'tax-id.check-digit',
      'tax-id.unusual',
      'time.in-future',
      'time.not-a-date',
      'time.too-early',
      'value.control-character',
      'value.required',
      'value.too-long',
    ]);
  });

  it('shows the value that is wrong, with the numbers it is about', () => {
    const [one] = checkInvoice(digitalInvoice(1, { feeFen: 11_301 }), now);
    expect(one?.text).toEqual({
      zhCN: '价税合计 113.01 ≠ 不含税金额 100.00 + 税额 13.00',
      en: 'total 113.01 ≠ net 100.00 + tax 13.00',
    });
    const [lost] = checkInvoice(olderInvoice(1, { billingNo: '1234567' }), now);
    expect(lost?.text.en).toBe('"1234567" has 7 digits, as if Excel had dropped leading zeros');
    expect(lost?.value).toBe('1234567');
  });

  it('stops only at faults: warnings go on', () => {
    expect(hasFault(checkInvoice(digitalInvoice(1, { feeFen: 11_301 }), now))).toBe(false);
    expect(hasFault(checkInvoice(digitalInvoice(1, { title: '' }), now))).toBe(true);
  });

  it('with nothing filled in misses exactly what must be there', () => {
    expect(found(emptyInvoiceFields())).toEqual([
      'fault value.required orderId',
      'fault value.required title',
      'fault value.required billingNo',
      'fault value.required billingTime',
      'fault amount.not-positive feeFen',
    ]);
  });
});

describe('the sum of the items', () => {
  it('is quantity times price, in fen', () => {
    expect(sumOfItems([item, { ...item, num: 1, priceFen: 1 }])).toBe(10_001);
  });

  it('is not known without items or without a quantity', () => {
    expect(sumOfItems([])).toBeUndefined();
    expect(sumOfItems([item, { ...item, num: null }])).toBeUndefined();
  });
});

describe('a fully digital invoice', () => {
  it('is told by its 20-digit number without a code', () => {
    expect(isFullyDigital(digitalInvoice(1))).toBe(true);
    expect(isFullyDigital(olderInvoice(1))).toBe(false);
    expect(isFullyDigital({ billingNo: '2'.repeat(20), billingCode: '031002600111' })).toBe(false);
  });
});
