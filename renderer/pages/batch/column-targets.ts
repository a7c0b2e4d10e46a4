import type { TFunction } from 'i18next';
import { ignoredTarget, matchOfTarget } from '../../../shared/table/column-target.ts';
import { headerOf, requiredFields, type TableField, tableColumns } from '../../../shared/table/columns.ts';
import type { Language } from '../../../shared/text.ts';

type Columns = readonly (string | null)[];

/** Columns that have a name and of which nobody knows what they are. */
export function unknownColumns(header: readonly string[], columns: Columns): readonly string[] {
  return header.map((name) => name.trim()).filter((name, index) => name !== '' && (columns[index] ?? null) === null);
}

/** Fields without which a table cannot be imported, and that no column is. */
export function missingColumns(columns: Columns, language: Language): readonly string[] {
  return requiredFields.filter((field) => !columns.includes(field)).map((field) => headerOf(field, language));
}

export function doubledColumn(columns: Columns): string | undefined {
  return columns.find(
    (target, index): target is string =>
      target !== null && target !== ignoredTarget && columns.indexOf(target) !== index,
  );
}

/** What a target is called. */
export function nameTarget(target: string, t: TFunction, language: Language): string {
  const match = matchOfTarget(target);
  if (match.kind !== 'field') return t('batch.mapping.ignored');
  const name = headerOf(match.field, language);
  return match.item === 0 ? name : t('batch.mapping.numbered', { name, item: match.item });
}

/** Everything a column can be, with the numbered item columns that a file has. */
export function targetOptions(columns: Columns, t: TFunction, language: Language) {
  // Object.keys widens the keys of a literal to string; they are exactly the table fields.
  const fields = Object.keys(tableColumns) as TableField[];
  const numbered = columns.filter((target) => target?.includes(':'));
  return [ignoredTarget, ...new Set<string>([...fields, ...numbered.filter((target) => target !== null)])].map(
    (value) => ({
      value,
      label: nameTarget(value, t, language),
    }),
  );
}

/** The columns as they are used: what has no name and no meaning is left out. */
export const withoutUnknown = (columns: Columns): (string | null)[] => columns.map((target) => target ?? ignoredTarget);
