import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenSchema, formatYuan, parseYuan } from '../../../shared/invoice/money.ts';
import { checkInvoice } from '../../../shared/invoice/rules.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';

const fen = fc.integer({ min: 0, max: 99_999_999_999 });
const nowSeconds = 1_795_363_200;

describe('an amount', () => {
  it('is in range, or not an amount, whatever text it is read from', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[-¥￥]?[0-9０-９,，.．]{0,20}元?$/),
      fen.map((amount) => formatYuan(amount, { symbol: true })),
    );
    fc.assert(
      fc.property(text, (written) => {
        const read = parseYuan(written);
        expect(read === undefined || fenSchema.safeParse(read).success).toBe(true);
        expect(Object.is(read, -0)).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('adds up exactly, as its parts were written', () => {
    fc.assert(
      fc.property(fen, fen, (net, tax) => {
        const sum = (parseYuan(formatYuan(net)) ?? Number.NaN) + (parseYuan(formatYuan(tax)) ?? Number.NaN);
        expect(formatYuan(sum)).toBe(formatYuan(net + tax));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps its order in its plain form of equal length', () => {
    fc.assert(
      fc.property(fen, fen, (one, other) => {
        const plain = (amount: number) => formatYuan(amount, { grouped: false }).padStart(16, '0');
        expect(plain(one) < plain(other)).toBe(one < other);
      }),
    );
  });
});

describe('the sum rule of an invoice', () => {
  it('finds fault exactly where net and tax are not the total', () => {
    const small = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(small, small, fc.integer({ min: -2, max: 2 }), (net, tax, error) => {
        const changes = { feeFen: net + tax + error, feeWithoutTaxFen: net, taxFen: tax, items: [] };
        fc.pre(changes.feeFen > 0);
        const codes = checkInvoice(digitalInvoice(1, changes), nowSeconds).map(({ code }) => code);
        expect(codes.includes('amount.sum-differs')).toBe(error !== 0);
      }),
      { numRuns: 1000 },
    );
  });
});
