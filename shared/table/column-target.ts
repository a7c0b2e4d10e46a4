import { type ColumnMatch, isTableField } from './columns.ts';

/** What a person or a remembered profile says of a column: a field (`itemName:2` for numbered items), or to leave it out. */
export const ignoredTarget = 'ignored';

/** How a column's meaning is written down; null where nobody knows it yet. */
export function targetOf(match: ColumnMatch): string | null {
  switch (match.kind) {
    case 'field':
      return match.item === 0 ? match.field : `${match.field}:${match.item}`;
    case 'ignored':
      return ignoredTarget;
    case 'unknown':
      return null;
  }
}

/** The meaning that was written down; what is no target means nothing. */
export function matchOfTarget(target: string | null): ColumnMatch {
  if (target === ignoredTarget) return { kind: 'ignored' };
  const [field = '', item = '0'] = (target ?? '').split(':');
  return isTableField(field) && /^\d{1,2}$/.test(item)
    ? { kind: 'field', field, item: Number(item) }
    : { kind: 'unknown' };
}
