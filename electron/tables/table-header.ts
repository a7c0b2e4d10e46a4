import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { matchOfTarget } from '../../shared/table/column-target.ts';
import { headerOf, matchHeader, requiredFields, type TableField } from '../../shared/table/columns.ts';

/** Where a table's fields stand. */
export interface TableHeader {
  /** Number of columns, without nameless ones at the end. */
  readonly width: number;
  /** Column index of a field; `item` counts numbered item columns, 0 is the plain one. */
  readonly indexOf: (field: TableField, item?: number) => number | undefined;
  /** The header of a field as the file writes it, or the usual one where the file has no such column. */
  readonly nameOf: (field: TableField, item?: number) => string;
  /** The numbers of item columns in use, in order, 0 for plain ones. */
  readonly items: readonly number[];
}

function nameColumn(name: string, index: number): string {
  return name.trim() === '' ? `(${index + 1})` : name.trim();
}

/**
 * Understands the header row, or says which columns are unknown, doubled or missing.
 * @param targets what each column means, over what its header says
 */
export function readHeader(
  cells: readonly string[],
  targets?: readonly (string | null)[],
): Result<TableHeader, AppError> {
  const width = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const names = cells.slice(0, width).map(nameColumn);
  const indexes = new Map<TableField, Map<number, number>>();
  const indexOf = (field: TableField, item = 0) => indexes.get(field)?.get(item);
  const items = new Set<number>();
  const unknown: string[] = [];
  for (const [index, name] of names.entries()) {
    const match = targets ? matchOfTarget(targets[index] ?? null) : matchHeader(name);
    if (match.kind === 'unknown') unknown.push(name);
    if (match.kind !== 'field') continue;
    const ofField = indexes.get(match.field) ?? new Map<number, number>();
    if (ofField.has(match.item)) return fail(appError('table.duplicate-header', { header: name }));
    indexes.set(match.field, ofField.set(match.item, index));
    if (match.field.startsWith('item')) items.add(match.item);
  }
  if (unknown.length > 0) return fail(appError('table.unknown-column', { columns: unknown.join('、') }));
  const missing = requiredFields.filter((field) => indexOf(field) === undefined);
  if (missing.length > 0)
    return fail(appError('table.missing-column', { columns: missing.map((field) => headerOf(field)).join('、') }));
  return ok({
    width,
    indexOf,
    nameOf: (field, item = 0) => {
      const index = indexOf(field, item) ?? indexOf(field);
      return (index === undefined ? undefined : names[index]) ?? headerOf(field);
    },
    items: [...items].sort((a, b) => a - b),
  });
}

/** Whether no column at all is a known one, as when the text was decoded wrongly. */
export function knowsNoColumn(cells: readonly string[]): boolean {
  return cells.every((cell) => matchHeader(cell).kind === 'unknown');
}
