import { describe, expect, it } from 'vitest';
import { parseBeijingTime } from '../../../shared/invoice/beijing-time.ts';
import { differences, type ReconciledPdf, writeReconciled } from '../../../shared/invoice/pdf-differences.ts';

const at = (text: string) => parseBeijingTime(text) ?? 0;
const sure = <Value>(value: Value) => ({ value, confidence: 'sure' as const });

const fields = {
  billingNo: '00412080',
  billingCode: '031002600111',
  feeFen: 10_001,
  billingTime: at('2026-10-08'),
  title: '杭州知行教育咨询有限公司',
};
const pdf: ReconciledPdf = {
  kind: 'vat',
  fields: {
    billingNo: sure(fields.billingNo),
    billingCode: sure(fields.billingCode),
    feeFen: sure(fields.feeFen),
    billingTime: sure(fields.billingTime),
    title: sure(fields.title),
  },
};
const says = (part: Partial<ReconciledPdf['fields']>, kind: ReconciledPdf['kind'] = 'vat'): ReconciledPdf => ({
  kind,
  fields: { ...pdf.fields, ...part },
});

describe('what an invoice and its PDF say differently', () => {
  it('is nothing where they say the same', () => {
    expect(differences(fields, pdf)).toEqual([]);
  });

  it.each([
    ['a title in other width and with blanks', { title: sure('杭州知行　教育咨询 有限公司') }],
    ['another hour of the same Beijing day', { billingTime: sure(at('2026-10-08 23:59:59')) }],
    ['a field that was not read', { feeFen: null, title: null }],
  ])('is nothing for %s', (_, part) => {
    expect(differences(fields, says(part))).toEqual([]);
  });

  it('is nothing for brackets and letters of another width', () => {
    const ours = { ...fields, title: '青禾(ABC)有限公司' };
    expect(differences(ours, says({ title: sure('青禾（ＡＢＣ）有限公司') }))).toEqual([]);
    expect(differences(ours, says({ title: sure('青禾（ＡＢＤ）有限公司') }))).toHaveLength(1);
  });

  it.each([
    ['billingNo', '00412081'],
    ['billingNo', '412080'],
    ['billingCode', '031002600112'],
    ['feeFen', 10_002],
    ['billingTime', at('2026-10-09')],
    ['billingTime', at('2026-10-07 23:59:59')],
    ['title', '杭州知行教育有限公司'],
  ] as const)('names %s where the PDF has %s', (field, value) => {
    const found = differences(fields, says({ [field]: sure(value) }));
    expect(found).toEqual([{ field, ours: fields[field], pdf: value, confidence: 'sure' }]);
  });

  it('tells how sure the value of the PDF is, and takes an empty field for a difference', () => {
    const doubtful = { value: '苏州金禾食品有限公司', confidence: 'doubtful' as const };
    expect(differences({ ...fields, title: '' }, says({ title: doubtful }))).toEqual([
      { field: 'title', ours: '', pdf: doubtful.value, confidence: 'doubtful' },
    ]);
  });

  it('knows that a fully digital invoice has no code, and of an older one only what is printed', () => {
    const digital = { billingNo: sure('26312000000010100556'), billingCode: null };
    const ours = { ...fields, billingNo: '26312000000010100556' };
    expect(differences(ours, says(digital, 'digital'))).toEqual([
      { field: 'billingCode', ours: '031002600111', pdf: '', confidence: 'sure' },
    ]);
    expect(differences({ ...ours, billingCode: '' }, says(digital, 'digital'))).toEqual([]);
    expect(differences(fields, says({ billingCode: null }))).toEqual([]);
  });
});

it('writes values as a cell holds them', () => {
  expect(writeReconciled('feeFen', 123_450)).toBe('1234.50');
  expect(writeReconciled('billingTime', at('2026-10-08 12:00'))).toBe('2026-10-08');
  expect(writeReconciled('billingTime', 0)).toBe('');
  expect(writeReconciled('title', '青禾')).toBe('青禾');
});
