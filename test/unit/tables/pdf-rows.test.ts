import { describe, expect, it } from 'vitest';
import { type PdfSays, type ReadPdf, tableOfPdfs } from '../../../electron/tables/pdf-rows.ts';
import type { PdfFieldName } from '../../../shared/contract/pdf-operations.ts';
import { appError } from '../../../shared/errors/app-error.ts';
import { parseBeijingTime } from '../../../shared/invoice/beijing-time.ts';
import { finding } from '../../../shared/invoice/findings.ts';
import { fail, ok } from '../../../shared/result.ts';

const names: readonly PdfFieldName[] = [
  'title',
  'feeFen',
  'feeWithoutTaxFen',
  'taxFen',
  'billingTime',
  'billingNo',
  'billingCode',
  'checkCode',
  'buyerNumber',
  'buyerAddressAndPhone',
  'buyerBankAccount',
  'sellerName',
  'sellerNumber',
  'sellerAddressAndPhone',
  'sellerBankAccount',
  'remarks',
  'cashier',
  'maker',
  'type',
];
// Each of the names, as just listed.
const nothing = Object.fromEntries(names.map((name) => [name, null])) as PdfSays['fields'];
const sure = <Value>(value: Value) => ({ value, confidence: 'sure' as const });

function saying(fields: Partial<PdfSays['fields']>, more: Partial<PdfSays> = {}): PdfSays {
  return { kind: 'digital', isRedLetter: false, items: [], findings: [], ...more, fields: { ...nothing, ...fields } };
}

const pdf = (file: string, says: PdfSays): ReadPdf => ({ file, read: ok(says) });
const number = sure('26312000000010100556');
const item = (name: string) => ({ name, num: 1, unit: '', priceFen: 100 });

/** A row's cells by their headers, empty ones left out. */
async function rowsOf(files: readonly ReadPdf[]) {
  const { header, rows } = await tableOfPdfs(files);
  return rows.map((cells) =>
    Object.fromEntries(header.map((name, index) => [name, cells[index]]).filter(([, cell]) => cell)),
  );
}

describe('the row of a PDF', () => {
  it('has amounts in yuan, the Beijing day, and the name of its file', async () => {
    const says = saying(
      {
        billingNo: number,
        feeFen: sure(123_450),
        billingTime: sure(parseBeijingTime('2026-11-03 23:00') ?? 0),
        sellerName: sure('云杉'),
        type: sure('电子发票（普通发票）'),
      },
      { items: [{ name: '*印刷品*宣传册', num: null, unit: '本', priceFen: 1050 }] },
    );
    expect(await rowsOf([pdf('a.pdf', says)])).toEqual([
      {
        发票号码: number.value,
        价税合计: '1234.50',
        开票日期: '2026-11-03',
        项目名称: '*印刷品*宣传册',
        单位: '本',
        单价: '10.50',
        PDF文件: 'a.pdf',
      },
    ]);
  });

  it('lacks what was read with doubt, and says so', async () => {
    const says = saying(
      { billingNo: number, title: { value: '青禾', confidence: 'doubtful' } },
      { findings: [finding('pdf.sources-disagree', 'title', '青禾', { other: '青木' })] },
    );
    const [row] = await rowsOf([pdf('a.pdf', says)]);
    expect(row).not.toHaveProperty('购买方名称');
    const { notes } = await tableOfPdfs([pdf('a.pdf', says)]);
    expect(notes).toEqual([{ row: 2, file: 'a.pdf', finding: finding('pdf.left-empty', '购买方名称', '青禾') }]);
  });

  it('says what else was found about the file, at the column it is about', async () => {
    const says = saying({}, { findings: [finding('pdf.number-missing', 'billingNo'), finding('pdf.qr-only', 'pdf')] });
    const { notes } = await tableOfPdfs([pdf('a.pdf', says)]);
    expect(notes.map(({ finding: { code, field } }) => [code, field])).toEqual([
      ['pdf.number-missing', '发票号码'],
      ['pdf.qr-only', ''],
    ]);
  });

  it('has its further items in numbered columns, which all rows have', async () => {
    const [first, second] = await rowsOf([
      pdf('a.pdf', saying({}, { items: [item('甲')] })),
      pdf('b.pdf', saying({}, { items: [item('乙'), item('丙')] })),
    ]);
    expect([first?.['项目名称'], second?.['项目名称'], second?.['项目名称2']]).toEqual(['甲', '乙', '丙']);
    expect(first).not.toHaveProperty('项目名称2');
  });
});

describe('a file that makes no row', () => {
  it('is one that was not read, is no invoice, is red, or is the same invoice as one before', async () => {
    const { rows, refused } = await tableOfPdfs([
      { file: 'locked.pdf', read: fail(appError('pdf.encrypted', { file: 'locked.pdf' })) },
      pdf('trip.pdf', saying({}, { kind: 'not-invoice' })),
      pdf('red.pdf', saying({ billingNo: number }, { isRedLetter: true })),
      pdf('a.pdf', saying({ billingNo: number })),
      pdf('copy.pdf', saying({ billingNo: number })),
    ]);
    expect(rows).toHaveLength(1);
    expect(refused.map(({ file, finding: { code } }) => [file, code])).toEqual([
      ['locked.pdf', 'pdf.encrypted'],
      ['trip.pdf', 'pdf.not-invoice'],
      ['red.pdf', 'pdf.red-letter'],
      ['copy.pdf', 'pdf.same-invoice'],
    ]);
  });

  it('is not one whose number only may be the same, nor one of the same number with another code', async () => {
    const older = (code: string) => saying({ billingNo: sure('00412080'), billingCode: sure(code) }, { kind: 'vat' });
    const { rows, refused } = await tableOfPdfs([
      pdf('a.pdf', older('031002600111')),
      pdf('b.pdf', older('031002600112')),
      pdf('c.pdf', saying({ billingNo: number })),
      pdf('d.pdf', saying({ billingNo: { ...number, confidence: 'doubtful' } })),
    ]);
    expect([rows.length, refused]).toEqual([4, []]);
  });
});
