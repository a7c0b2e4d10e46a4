import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenSchema, formatYuan, parseYuan, toHalfWidth } from '../../../shared/invoice/money.ts';

const mostFen = 999_999_999_999;
const anyFen = fc.integer({ min: -mostFen, max: mostFen });

describe('reading an amount in yuan', () => {
  it.each([
    ['0', 0],
    ['0.01', 1],
    ['0.1', 10],
    ['1', 100],
    ['1.0', 100],
    ['1.50', 150],
    ['1234.5', 123_450],
    ['1234.50', 123_450],
    ['1,234.50', 123_450],
    ['12,345,678.90', 1_234_567_890],
    ['¥1,234.50', 123_450],
    ['￥1,234.50', 123_450],
    ['¥ 88', 8800],
    ['１２３４．５０', 123_450],
    ['１，２３４．５０', 123_450],
    ['￥１００', 10_000],
    ['100元', 10_000],
    ['100 元', 10_000],
    ['  7.25  ', 725],
    ['\u30007.25\u3000', 725],
    ['-3', -300],
    ['－３．５', -350],
    ['¥-3', -300],
    ['-¥3', -300],
    ['-0', 0],
    ['007', 700],
    // Zeros behind the second decimal change nothing.
    ['1.500', 150],
    ['0.29', 29],
    ['4.35', 435],
    ['9999999999.99', mostFen],
  ])('takes %j as %i fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  it.each([
    [''],
    ['   '],
    ['元'],
    ['¥'],
    ['-'],
    ['.'],
    ['.5'],
    ['5.'],
    ['1.234'],
    ['1.005'],
    ['0.001'],
    ['12,34.50'],
    ['1,23'],
    ['1,2345'],
    [',123'],
    ['1,,234'],
    ['1234,567'],
    ['1.234,50'],
    ['1 234.50'],
    ['abc'],
    ['12a'],
    ['1e3'],
    ['0x10'],
    ['Infinity'],
    ['NaN'],
    ['--3'],
    ['+3'],
    ['3-'],
    ['1.2.3'],
    ['$5'],
    ['壹佰元'],
    ['10000000000.00'],
    ['99999999999999999999'],
    ['1\n2'],
  ])('refuses %j', (text) => {
    expect(parseYuan(text)).toBeUndefined();
  });

  it('never gives anything but a whole number of fen inside the range, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-¥￥]?[\d,.，．０-９]{1,20}元?$/)), (text) => {
        const fen = parseYuan(text);
        expect(fen === undefined || fenSchema.safeParse(fen).success).toBe(true);
        expect(Object.is(fen, -0)).toBe(false);
      }),
    );
  });
});

describe('writing an amount', () => {
  it.each([
    [0, '0.00', '¥0.00', '0.00'],
    [1, '0.01', '¥0.01', '0.01'],
    [10, '0.10', '¥0.10', '0.10'],
    [100, '1.00', '¥1.00', '1.00'],
    [99_999, '999.99', '¥999.99', '999.99'],
    [123_450, '1,234.50', '¥1,234.50', '1234.50'],
    [1_234_567_890, '12,345,678.90', '¥12,345,678.90', '12345678.90'],
    [-5, '-0.05', '-¥0.05', '-0.05'],
    [-123_450, '-1,234.50', '-¥1,234.50', '-1234.50'],
  ])('shows %i fen as %s, with its sign as %s and ungrouped as %s', (fen, grouped, symbol, plain) => {
    expect(formatYuan(fen)).toBe(grouped);
    expect(formatYuan(fen, { symbol: true })).toBe(symbol);
    expect(formatYuan(fen, { grouped: false })).toBe(plain);
  });

  it('is read back as the same amount, for every amount there can be', () => {
    fc.assert(
      fc.property(anyFen, fc.boolean(), fc.boolean(), (fen, symbol, grouped) => {
        expect(parseYuan(formatYuan(fen, { symbol, grouped }))).toBe(fen);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read back as the same amount from its full-width twin', () => {
    fc.assert(
      fc.property(anyFen, (fen) => {
        const wide = formatYuan(fen).replaceAll(/[!-~]/g, (character) =>
          String.fromCharCode(character.charCodeAt(0) + 0xfee0),
        );
        expect(toHalfWidth(wide)).toBe(formatYuan(fen));
        expect(parseYuan(wide)).toBe(fen);
      }),
    );
  });
});
