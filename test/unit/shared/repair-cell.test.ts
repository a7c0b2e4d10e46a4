import { describe, expect, test } from 'vitest';
import { finding } from '../../../shared/invoice/findings.ts';
import type { TableField } from '../../../shared/table/columns.ts';
import { repairCell, repairRow } from '../../../shared/table/repair-cell.ts';

test.each<[TableField, string, string | undefined]>([
  ['feeFen', '18O.01', '180.01'],
  ['feeFen', '１，２３４．５０', '1234.50'],
  ['feeFen', '￥ 1 234.5 元', '1234.5'],
  ['feeFen', '一百', undefined],
  ['billingNo', '2631 2000-0000 1010 0556', '26312000000010100556'],
  ['billingNo', '412080', '00412080'],
  ['billingNo', '4120', '4120'],
  ['billingNo', '2.4E+19', undefined],
  ['checkCode', '46163 02237 91956 50951', '46163022379195650951'],
  ['billingTime', '2026.11.3', '2026-11-03'],
  ['billingTime', '46329', '2026-11-03'],
  ['billingTime', '2026-02-30', undefined],
  ['billingTime', '昨天', undefined],
  ['orderId', ' WX 2026\u200b01 ', 'WX202601'],
  ['title', ' 青禾\u0000科技 ', '青禾科技'],
])('a cell of %s with "%s" meant %s', (field, cell, meant) => {
  expect(repairCell(field, cell)).toBe(meant);
});

describe('a row', () => {
  const columns = ['billingCode', 'billingNo', 'feeFen', null];

  test('is repaired in cells at fault only', () => {
    const places = [{ finding: finding('amount.not-a-number', '价税合计', '18O'), column: 2 }];
    expect(repairRow(['', '４１２０８０００', '18O', 'O'], columns, places)).toEqual([
      { column: 2, before: '18O', after: '180' },
    ]);
  });

  test('gets code and number swapped where they stand in each other’s place', () => {
    const places = [{ finding: finding('code.swapped', '发票代码'), column: 0 }];
    expect(repairRow(['00412367', '031002600211', '1', ''], columns, places)).toEqual([
      { column: 0, before: '00412367', after: '031002600211' },
      { column: 1, before: '031002600211', after: '00412367' },
    ]);
  });

  test('loses a code that a fully digital invoice does not have', () => {
    const places = [{ finding: finding('code.not-for-digital', '发票代码'), column: 0 }];
    expect(repairRow(['031002600211', '1', '1', ''], columns, places)).toEqual([
      { column: 0, before: '031002600211', after: '' },
    ]);
  });

  test('is left alone where the digits are lost, or nobody knows the column', () => {
    const places = [
      { finding: finding('number.excel-rounded', '发票号码', '2.4E+19'), column: 1 },
      { finding: finding('amount.not-a-number', '别的', 'O'), column: 3 },
      { finding: finding('pdf.not-found', 'PDF文件'), column: undefined },
    ];
    expect(repairRow(['', '2.4E+19', '1', 'O'], columns, places)).toEqual([]);
  });
});
