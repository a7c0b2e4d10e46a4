import { describe, expect, it } from 'vitest';
import { matchPdfFile, type PdfRow } from '../../../electron/tables/match-pdf.ts';

const digital = '26312000000012345678';
const code = '031002600111';

function row(changes: Partial<PdfRow['fields']> & { pdfFile?: string } = {}): PdfRow {
  const { pdfFile = '', ...fields } = changes;
  return { pdfFile, fields: { billingNo: digital, billingCode: '', orderId: 'WX1001', ...fields } };
}

const older = row({ billingNo: '00412080', billingCode: code });
const found = (file: string) => ({ kind: 'found', file });

describe('the PDF of a row', () => {
  it.each([
    `${digital}.pdf`,
    `${digital}.PDF`,
    `dzfp_${digital}_某公司_20261103093000.pdf`,
    `发票${digital}（1）.pdf`,
    `INV${digital}A.pdf`,
  ])('is found by its number: %s', (file) => {
    expect(matchPdfFile(row(), ['26312000000099999999.pdf', file])).toEqual(found(file));
  });

  it('is not found by a part of a longer run of digits', () => {
    expect(matchPdfFile(row(), [`1${digital}.pdf`, `${digital}0.pdf`])).toEqual({ kind: 'none' });
  });

  it.each([`${code}_00412080.pdf`, `${code}-00412080.pdf`, '00412080.pdf', `${code}00412080.pdf`])(
    'is found on older invoices by code and number or number alone: %s',
    (file) => {
      expect(matchPdfFile(older, [file])).toEqual(found(file));
    },
  );

  it('is not the one with the same number and another code', () => {
    expect(matchPdfFile(older, ['031002600211_00412080.pdf'])).toEqual({ kind: 'none' });
    expect(matchPdfFile(older, ['031002600211_00412080.pdf', `${code}_00412080.pdf`])).toEqual(
      found(`${code}_00412080.pdf`),
    );
  });

  it('is the file that is named exactly so, over one that only holds the number', () => {
    expect(matchPdfFile(row(), [`${digital}.pdf`, `${digital} copy.pdf`])).toEqual(found(`${digital}.pdf`));
  });

  it('is ambiguous where two hold the number', () => {
    const files = [`a ${digital}.pdf`, `b ${digital}.pdf`];
    expect(matchPdfFile(row(), files)).toEqual({ kind: 'ambiguous', files });
  });

  it.each(['WX1001.pdf', 'wx1001.pdf', '订单WX1001发票.pdf', 'invoice-wx1001.pdf', 'WX1001_某公司.pdf'])(
    'is found by its order: %s',
    (file) => {
      expect(matchPdfFile(row(), [file])).toEqual(found(file));
    },
  );

  it.each(['WX10010.pdf', 'AWX1001.pdf', 'WX1001-1.pdf', 'WX1001_2.pdf'])(
    'is not that of another order: %s',
    (file) => {
      expect(matchPdfFile(row(), [file])).toEqual({ kind: 'none' });
    },
  );

  it('is found by an order with signs that mean something in patterns', () => {
    expect(matchPdfFile(row({ orderId: 'A.1+(x)' }), ['A.1+(x).pdf', 'AB1.pdf'])).toEqual(found('A.1+(x).pdf'));
    expect(matchPdfFile(row({ orderId: '订单甲' }), ['订单甲.pdf'])).toEqual(found('订单甲.pdf'));
  });

  it('is the one that the table names, and no other', () => {
    const files = ['客户 7.PDF', `${digital}.pdf`];
    expect(matchPdfFile(row({ pdfFile: '客户 7.pdf' }), files)).toEqual(found('客户 7.PDF'));
    expect(matchPdfFile(row({ pdfFile: '客户 7' }), files)).toEqual(found('客户 7.PDF'));
    expect(matchPdfFile(row({ pdfFile: 'C:\\发票\\客户 7.pdf' }), files)).toEqual(found('客户 7.PDF'));
    expect(matchPdfFile(row({ pdfFile: '没有.pdf' }), files)).toEqual({ kind: 'none' });
  });

  it('is found whether letters are composed or not', () => {
    const composed = 'café.pdf'.normalize('NFC');
    const decomposed = 'café.pdf'.normalize('NFD');
    expect(matchPdfFile(row({ pdfFile: composed }), [decomposed])).toEqual(found(decomposed));
  });

  it('is not searched with an empty number or order', () => {
    expect(matchPdfFile(row({ billingNo: '', orderId: '' }), ['.pdf', 'a.pdf'])).toEqual({ kind: 'none' });
  });
});
