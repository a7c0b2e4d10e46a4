import { describe, expect, it } from 'vitest';
import type { TableLine } from '../../renderer/pages/batch/checked-rows.ts';
import { fillDown, pasteCells } from '../../renderer/pages/batch/fill-cells.ts';

const file = { header: ['订单号', '序号', '备注'], columns: ['orderId', 'ignored', 'remarks'] };

function linesOf(rows: readonly (readonly string[])[]): TableLine[] {
  return rows.map((cells, index) => ({
    id: String(index + 2),
    rowNumber: index + 2,
    order: {
      rowNumber: index + 2,
      rowNumbers: [index + 2],
      state: 'faulty',
      orderId: '',
      title: '',
      invoiceId: null,
      findings: [],
      change: null,
      cells: [[...cells]],
      pdf: null,
    },
    isFirst: true,
    cells,
    findings: [],
    edited: new Set(),
  }));
}

describe('filling down', () => {
  it('counts order numbers up to the next that is there, keeping their zeros', () => {
    const lines = linesOf([['WX20261127-099'], [''], [' '], ['WX7'], ['']]);
    expect(fillDown(lines, { line: 0, column: 0 }, file)).toEqual([
      { row: 3, column: 0, value: 'WX20261127-100' },
      { row: 4, column: 0, value: 'WX20261127-101' },
    ]);
    expect(fillDown(lines, { line: 3, column: 0 }, file)).toEqual([{ row: 6, column: 0, value: 'WX8' }]);
  });

  it('is exact where a number is not', () => {
    const lines = linesOf([['99999999999999999999'], ['']]);
    expect(fillDown(lines, { line: 0, column: 0 }, file)).toEqual([
      { row: 3, column: 0, value: '100000000000000000000' },
    ]);
  });

  it('repeats what is no order number, and fills nothing from an empty cell or a number that cannot be counted', () => {
    const lines = linesOf([
      ['', '1', '十月'],
      ['A', '', ''],
      ['', '', ''],
    ]);
    expect(fillDown(lines, { line: 0, column: 2 }, file).map(({ value }) => value)).toEqual(['十月', '十月']);
    expect(fillDown(lines, { line: 0, column: 0 }, file)).toEqual([]);
    expect(fillDown(lines, { line: 1, column: 0 }, file)).toEqual([]);
  });
});

describe('pasting', () => {
  const lines = linesOf([
    ['', '', ''],
    ['', '', ''],
  ]);

  it('puts a copied list into the shown columns from the cell on, and no further than the rows go', () => {
    expect(pasteCells(lines, { line: 0, column: 0 }, [0, 2], 'WX1\t一\r\nWX2\t二\nWX3\t三\r\n')).toEqual([
      { row: 2, column: 0, value: 'WX1' },
      { row: 2, column: 2, value: '一' },
      { row: 3, column: 0, value: 'WX2' },
      { row: 3, column: 2, value: '二' },
    ]);
    expect(pasteCells(lines, { line: 1, column: 2 }, [0, 2], 'x\ty')).toEqual([{ row: 3, column: 2, value: 'x' }]);
  });

  it('puts nothing where there is no column of the file', () => {
    expect(pasteCells(lines, { line: 0, column: 1 }, [0, 2], 'x')).toEqual([]);
  });
});
