import type { CheckedRow } from '../contract/table-operations.ts';

/**
 * The rows of a check, from those of an earlier one and what differs.
 * @param changed rows that are new or not as they were, in the order of the table
 * @param gone first rows of orders that are there no more
 */
export function patchRows(
  known: readonly CheckedRow[],
  changed: readonly CheckedRow[],
  gone: readonly number[],
): readonly CheckedRow[] {
  if (changed.length === 0 && gone.length === 0) return known;
  const replaced = new Set([...gone, ...changed.map(({ rowNumber }) => rowNumber)]);
  const rows: CheckedRow[] = [];
  let next = 0;
  for (const row of known) {
    for (let one = changed[next]; one && one.rowNumber <= row.rowNumber; one = changed[next]) {
      rows.push(one);
      next += 1;
    }
    if (!replaced.has(row.rowNumber)) rows.push(row);
  }
  return [...rows, ...changed.slice(next)];
}
