import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardCell, unguardCell } from '../../../electron/tables/cell-guard.ts';

const dangerous = fc
  .tuple(
    fc.constantFrom('', "'", "''", '\t', ' ', '"'),
    fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '="', "'", '|', '0', '1E'),
    fc.string(),
  )
  .map((parts) => parts.join(''));
const anyCell = fc.oneof(
  fc.string({ unit: 'binary' }),
  dangerous,
  fc.stringMatching(/^[0-9]{1,24}$/),
  fc.stringMatching(/^="[0-9"]{0,8}"$/),
);

describe('cells that a spreadsheet opens', () => {
  it('come back exactly as they were, whatever they hold', () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        expect(unguardCell(guardCell(cell))).toBe(cell);
      }),
      { numRuns: 2000 },
    );
  });

  it('never start as a formula, except for a plain negative number', () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        const guarded = guardCell(cell);
        expect(/^[=+@\-＝＋－＠\r\n]/.test(guarded) && !/^-\d[\d,]*(\.\d+)?$/.test(guarded)).toBe(false);
        // A TAB stands before a number only, where it keeps the digits.
        if (guarded.startsWith('\t')) expect(guarded).toMatch(/^\t\d/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['24312000000012345678', '\t24312000000012345678'],
    ['00412080', '\t00412080'],
    ['12E5', '\t12E5'],
    ['11-23', '\t11-23'],
    ['=SUM(A1)', "'=SUM(A1)"],
    ['+8613800000000', "'+8613800000000"],
    ['@某人', "'@某人"],
    ['＝1+1', "'＝1+1"],
    ['-12.50', '-12.50'],
    ['-1,234.50', '-1,234.50'],
    ['-2+3', "'-2+3"],
    ['1,234.50', '1,234.50'],
    ['2026-11-23', '2026-11-23'],
    ['某公司', '某公司'],
    ["'quoted", "''quoted"],
  ])('are written: %j as %j', (cell, written) => {
    expect(guardCell(cell)).toBe(written);
  });

  it.each([
    ['="0123"', '0123'],
    ['="say ""yes"""', 'say "yes"'],
    ["'0123", '0123'],
    ['\t00123', '00123'],
    ['=1+1', '=1+1'],
  ])('are read: %j as %j', (written, cell) => {
    expect(unguardCell(written)).toBe(cell);
  });
});
