import { describe, expect, it } from 'vitest';
import { toCardItems } from '../../../electron/pdf/card-items.ts';
import { checkExtraction } from '../../../electron/pdf/check-extraction.ts';
import type { Claims } from '../../../electron/pdf/claims.ts';
import { mergeClaims } from '../../../electron/pdf/merge-claims.ts';
import type { PdfLine } from '../../../shared/contract/pdf-operations.ts';

const box = { page: 1, x: 0.1, y: 0.1, width: 0.1, height: 0.1 };
const say = (values: Readonly<Record<string, string | number>>): Claims =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, box: null }]));
const line = (part: Partial<PdfLine>): PdfLine => ({
  name: '*文具*笔',
  spec: '',
  unit: '支',
  num: '2',
  price: '5.00',
  netFen: 1000,
  rate: '13%',
  taxFen: 130,
  source: 'text',
  box: null,
  ...part,
});

describe('what several sources say of a field', () => {
  it('is sure where two agree, whatever their width and blanks, and keeps the place on the page', () => {
    const merged = mergeClaims([
      ['embedded', say({ title: '青禾(苏州)有限公司' })],
      ['text', { title: { value: '青禾（苏州）有限公司', box } }],
    ]);
    expect(merged.title).toEqual({
      value: '青禾(苏州)有限公司',
      source: 'embedded',
      confidence: 'sure',
      box,
      others: [],
    });
  });

  it('is doubtful where they disagree, and the other value stays beside it', () => {
    const merged = mergeClaims([
      ['qr', say({ billingNo: '00012345' })],
      ['text', say({ billingNo: '00012346' })],
    ]);
    expect(merged.billingNo).toMatchObject({
      value: '00012345',
      confidence: 'doubtful',
      others: [{ value: '00012346', source: 'text' }],
    });
    expect(checkExtraction(merged, [], undefined).findings.map(({ code }) => code)).toContain('pdf.sources-disagree');
  });

  it('goes with two against one', () => {
    const merged = mergeClaims([
      ['embedded', say({ feeFen: 999 })],
      ['qr', say({ feeFen: 1130 })],
      ['text', say({ feeFen: 1130 })],
    ]);
    expect(merged.feeFen).toMatchObject({ value: 1130, confidence: 'doubtful', others: [{ value: 999 }] });
  });
});

describe('the sums', () => {
  const check = (
    values: Readonly<Record<string, string | number>>,
    capitals?: number,
    lines: readonly PdfLine[] = [],
  ) => checkExtraction(mergeClaims([['text', say({ billingNo: '26312000000010100556', ...values })]]), lines, capitals);

  it('make three amounts sure where they add up', () => {
    const { merged, findings } = check({ feeFen: 1130, feeWithoutTaxFen: 1000, taxFen: 130 }, 1130, [line({})]);
    expect([merged.feeFen, merged.feeWithoutTaxFen, merged.taxFen].map((field) => field?.confidence)).toEqual([
      'sure',
      'sure',
      'sure',
    ]);
    expect(findings).toEqual([]);
  });

  it('make them doubtful where they do not', () => {
    const { merged, findings } = check({ feeFen: 1131, feeWithoutTaxFen: 1000, taxFen: 130 });
    expect(merged.taxFen?.confidence).toBe('doubtful');
    expect(findings.map(({ code }) => code)).toEqual(['amount.sum-differs']);
  });

  it('are compared with the capitals and with the lines', () => {
    const { merged, findings } = check({ feeFen: 1130, feeWithoutTaxFen: 1000, taxFen: 130 }, 1103, [
      line({ netFen: 900 }),
    ]);
    expect(merged.feeFen?.confidence).toBe('doubtful');
    expect(findings.map(({ code }) => code)).toEqual(['pdf.capitals-differ', 'items.sum-differs']);
  });

  it('give the one amount that is not printed', () => {
    expect(check({ feeFen: 1130, feeWithoutTaxFen: 1000 }).merged.taxFen).toMatchObject({
      value: 130,
      source: 'arithmetic',
    });
  });

  it('say so when a tax ID has a wrong check digit', () => {
    const { merged, findings } = check({ buyerNumber: '91310115MA1K4X7Q05', sellerNumber: '91310115MA1K4X7Q04' });
    expect([merged.buyerNumber?.confidence, merged.sellerNumber?.confidence]).toEqual(['doubtful', 'sure']);
    expect(findings.map(({ code, field }) => [code, field])).toEqual([['tax-id.check-digit', 'buyerNumber']]);
  });
});

describe('items for the card', () => {
  it('have whole quantities and prices in fen, rounded by their digits', () => {
    expect(toCardItems([line({ num: '2.0', price: '5.005' }), line({ num: '0.5', price: '20.00' })])).toEqual([
      { name: '*文具*笔', unit: '支', num: 2, priceFen: 501 },
      { name: '*文具*笔', unit: '支', num: null, priceFen: 2000 },
    ]);
  });

  it('have discounts folded into the line above', () => {
    const discount = line({ num: '', price: '', netFen: -100, taxFen: -13 });
    expect(toCardItems([line({}), discount])).toEqual([{ name: '*文具*笔', unit: '支', num: 2, priceFen: 450 }]);
  });

  it('have the net amount for a price where none is printed', () => {
    expect(toCardItems([line({ num: '', price: '' })])).toEqual([
      { name: '*文具*笔', unit: '支', num: null, priceFen: 1000 },
    ]);
  });
});
