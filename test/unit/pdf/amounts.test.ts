import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount, readCapitals } from '../../../electron/pdf/amounts.ts';
import { amountInCapitals } from '../../../scripts/samples/amount-in-capitals.ts';

describe('an amount in capitals', () => {
  it('reads back whatever is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (fen) => {
        expect(readCapitals(amountInCapitals(fen))).toBe(fen);
      }),
    );
  });

  it.each([
    ['（负数）壹仟贰佰圆整', -120_000],
    ['⊗壹佰元零伍分', 10_005],
    ['拾圆整', 1000],
    ['一百二十元三角', 12_030],
    ['叁角整', 30],
  ])('reads %s', (text, fen) => {
    expect(readCapitals(text)).toBe(fen);
  });

  it.each(['', '圆整合计', '壹佰', '12元'])('is nothing in "%s"', (text) => {
    expect(readCapitals(text)).toBeUndefined();
  });
});

describe('an amount in figures', () => {
  it.each([
    ['¥1,234.50', 123_450],
    ['-¥50.00', -5000],
    ['¥-50.00', -5000],
    ['620', 62_000],
  ])('reads %s', (text, fen) => {
    expect(readAmount(text)).toBe(fen);
  });

  it.each(['***', '13%', '1.234', ''])('is nothing in "%s"', (text) => {
    expect(readAmount(text)).toBeUndefined();
  });
});
