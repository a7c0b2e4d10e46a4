import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readAmount,
  readDigits,
  readIdentifier,
  readPrice,
  readQuantity,
  readText,
  readTime,
} from '../../../electron/tables/cell-values.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';

const codes = ({ findings }: { readonly findings: readonly { readonly code: string }[] }) =>
  findings.map(({ code }) => code);

describe('numbers of invoices in a table', () => {
  it.each([
    ['12345 67890 12345 67890', '12345678901234567890'],
    ['１２３４５６７８', '12345678'],
    [' 00412080 ', '00412080'],
  ])('are read without spaces and in half width: %j', (cell, value) => {
    expect(readDigits(cell, '发票号码')).toEqual({ value, findings: [] });
  });

  it.each(['2.4E+19', '2.43120000000123E+19', '2e+19', '２.４Ｅ＋１９'])(
    'show what the spreadsheet rounded: %j',
    (cell) => {
      expect(codes(readDigits(cell, '发票号码'))).toEqual(['number.excel-rounded']);
    },
  );

  it('show what the spreadsheet cut to 15 digits', () => {
    expect(codes(readDigits('24312000000012300000', '发票号码'))).toEqual(['number.cut-at-15']);
    expect(codes(readDigits('24312000000012345678', '发票号码'))).toEqual([]);
    expect(codes(readIdentifier('914403001234560', '税号'))).toEqual([]);
    expect(codes(readIdentifier('914403001234567000', '税号'))).toEqual(['number.cut-at-15']);
  });

  it('name the header and the value', () => {
    const [found] = readDigits('2.4E+19', 'billing_no').findings;
    expect(found).toMatchObject({ field: 'billing_no', value: '2.4E+19', severity: 'fault' });
    expect(found?.text.zhCN).toContain('2.4E+19');
  });

  it('leave order numbers with letters and ends of zeros alone', () => {
    for (const order of ['12E5', 'WX-00001', '2026110100000000', '1E+A'])
      expect(codes(readIdentifier(order, '订单号'))).toEqual([]);
  });
});

describe('amounts and dates in a table', () => {
  it('are exact for every amount there can be', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), fc.boolean(), (fen, grouped) => {
        expect(readAmount(formatYuan(fen, { grouped }), '税额')).toEqual({ value: fen, findings: [] });
      }),
    );
  });

  it.each(['12a', '18O.01', '1.234', '1.2.3', '12 34', '1.2E+05', '壹佰元'])('fault %j', (cell) => {
    expect(codes(readAmount(cell, '价税合计'))).toEqual(['amount.not-a-number']);
  });

  it('need an amount', () => {
    expect(codes(readAmount('  ', '价税合计'))).toEqual(['value.required']);
  });

  it.each(['***', '免税', '*'])('read the tax %j as none', (cell) => {
    expect(readAmount(cell, '税额', { isTax: true })).toEqual({ value: 0, findings: [] });
    expect(codes(readAmount(cell, '价税合计'))).toEqual(['amount.not-a-number']);
  });

  it.each(['2026-11-03', '2026/11/3', '2026年11月3日', '２０２６-１１-０３', '20261103', '2026/11/3 0:00:00'])(
    'read %j as the start of that day in Beijing',
    (cell) => {
      expect(readTime(cell, '开票日期')).toEqual({ value: Date.UTC(2026, 10, 2, 16) / 1000, findings: [] });
    },
  );

  it.each([
    ['2026-02-30', 'time.not-a-date'],
    ['46349', 'time.serial-number'],
    ['46349.5', 'time.serial-number'],
    ['昨天', 'time.not-a-date'],
    ['', 'value.required'],
  ])('fault the date %j with %s', (cell, code) => {
    expect(codes(readTime(cell, '开票日期'))).toEqual([code]);
  });
});

describe('items in a table', () => {
  it.each([
    ['3', 3, []],
    ['3.00', 3, []],
    ['1,000', 1000, []],
    ['', null, []],
    ['0.5', null, ['item.num-not-whole']],
    ['三', null, ['item.num-not-a-number']],
  ])('read the quantity %j', (cell, value, found) => {
    const quantity = readQuantity(cell, '数量');
    expect([quantity.value, codes(quantity)]).toEqual([value, found]);
  });

  it.each([
    ['88', 8800, []],
    ['88.5', 8850, []],
    ['88.495575221239', 8850, ['item.price-rounded']],
    ['0.004', 0, ['item.price-rounded']],
    ['-3.335', -334, ['item.price-rounded']],
    ['1,234.565', 123_457, ['item.price-rounded']],
    ['', 0, ['item.price-missing']],
    ['8a', 0, ['amount.not-a-number']],
    ['1.23x', 0, ['amount.not-a-number']],
  ])('read the price %j', (cell, value, found) => {
    const price = readPrice(cell, '单价');
    expect([price.value, codes(price)]).toEqual([value, found]);
  });

  it('keep line breaks of a text in one form', () => {
    expect(readText(' a\r\nb\rc \n')).toBe('a\nb\nc');
  });
});
