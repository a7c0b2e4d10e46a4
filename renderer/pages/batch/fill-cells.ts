import type { CellEdit } from '../../../shared/contract/table-reading.ts';
import type { FileColumns } from '../../../shared/table/column-names.ts';
import type { TableLine } from './checked-rows.ts';

/** A cell of the file: the line's place among those shown, and its column. */
export interface CellPlace {
  readonly line: number;
  readonly column: number;
}

/** Adds to the number at the end, keeping its zeros: `WX009` and 1 give `WX010`. */
function countUp(text: string, by: number): string {
  const [, before = '', digits = ''] = /^(.*?)(\d+)$/s.exec(text) ?? [];
  // Order numbers can be longer than a number is exact.
  return before + String(BigInt(digits) + BigInt(by)).padStart(digits.length, '0');
}

/**
 * What fills the empty cells below one, up to the next that is not empty: order numbers count up, as each invoice has
 * its own; everything else is repeated.
 */
export function fillDown(lines: readonly TableLine[], place: CellPlace, { columns }: FileColumns): readonly CellEdit[] {
  const { line, column } = place;
  const value = lines[line]?.cells[column]?.trim() ?? '';
  const countsUp = columns[column] === 'orderId';
  if (value === '' || (countsUp && !/\d$/.test(value))) return [];
  const below = lines.slice(line + 1);
  const end = below.findIndex(({ cells }) => (cells[column] ?? '').trim() !== '');
  return below
    .slice(0, end < 0 ? below.length : end)
    .map(({ rowNumber }, index) => ({ row: rowNumber, column, value: countsUp ? countUp(value, index + 1) : value }));
}

/**
 * What a text copied from a spreadsheet puts into the cells from one on, to the right and down.
 * @param shown the columns of the file that are shown, in order
 */
export function pasteCells(
  lines: readonly TableLine[],
  place: CellPlace,
  shown: readonly number[],
  text: string,
): readonly CellEdit[] {
  const start = shown.indexOf(place.column);
  if (start < 0) return [];
  const rows = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return rows.flatMap((row, down) => {
    const line = lines[place.line + down];
    if (!line) return [];
    return row.split('\t').flatMap((value, right) => {
      const column = shown[start + right];
      return column === undefined ? [] : [{ row: line.rowNumber, column, value: value.trim() }];
    });
  });
}
