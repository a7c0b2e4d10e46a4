import { describe, expect, it } from 'vitest';
import type { CheckedRow } from '../../../shared/contract/table-operations.ts';
import { columnOf, nameColumn } from '../../../shared/table/column-names.ts';
import { patchRows } from '../../../shared/table/patch-rows.ts';

const file = {
  header: ['单据', ' Invoice no ', '数量2', '随便'],
  columns: ['orderId', 'billingNo', 'itemNum:2', 'ignored'],
};

describe('the column of a finding', () => {
  it('is found by its header, or by what it means where the finding has the usual name', () => {
    expect(columnOf('单据', file)).toBe(0);
    expect(columnOf('订单号', file)).toBe(0);
    expect(columnOf('发票号码', file)).toBe(1);
    expect(columnOf('数量2', file)).toBe(2);
    expect(columnOf('随便', file)).toBe(3);
    expect(columnOf('税额', file)).toBe(-1);
    expect(columnOf('没有的', file)).toBe(-1);
  });

  it('is called as the file calls it', () => {
    expect(nameColumn('订单号', 'en', file)).toBe('单据');
    expect(nameColumn('发票号码', 'zh-CN', file)).toBe('Invoice no');
  });

  it('has its usual name in the language shown where the file has none for it', () => {
    expect(nameColumn('税额', 'en', file)).toBe('Tax');
    expect(nameColumn('数量2', 'en')).toBe('Quantity 2');
    expect(nameColumn('税额', 'zh-CN')).toBe('税额');
    expect(nameColumn('门店', 'en')).toBe('门店');
    expect(nameColumn('', 'en')).toBe('');
  });
});

describe('rows put together from differences', () => {
  const row = (rowNumber: number, title = '') => ({ rowNumber, title }) as CheckedRow; // only these two are looked at
  const known = [row(2), row(3), row(5)];

  it('are those that were known where nothing differs', () => {
    expect(patchRows(known, [], [])).toBe(known);
  });

  it('take the place of what they were, and their own place where they are new', () => {
    const changed = [row(3, 'x'), row(4), row(9)];
    expect(patchRows(known, changed, []).map(({ rowNumber, title }) => `${rowNumber}${title}`)).toEqual([
      '2',
      '3x',
      '4',
      '5',
      '9',
    ]);
  });

  it('lose those that are gone', () => {
    expect(patchRows(known, [], [2, 5])).toEqual([known[1]]);
  });
});
