import type { Language } from '../text.ts';
import { matchOfTarget, targetOf } from './column-target.ts';
import { headerOf, matchHeader } from './columns.ts';

/** A file's columns: how they are headed, and what each means. */
export interface FileColumns {
  readonly header: readonly string[];
  readonly columns: readonly (string | null)[];
}

/** What a target is called, without the number of an item's column. */
function nameOfTarget(target: string, language: Language): string | undefined {
  const match = matchOfTarget(target);
  if (match.kind !== 'field') return undefined;
  const name = headerOf(match.field, language);
  return match.item === 0 ? name : `${name}${language === 'en' ? ' ' : ''}${match.item}`;
}

/**
 * The column of a file that a finding is about: by its header, or by its meaning where the finding has the usual name.
 * @returns -1 where the file has no such column
 */
export function columnOf(field: string, { header, columns }: FileColumns): number {
  const byHeader = header.findIndex((name) => name.trim() === field);
  if (byHeader >= 0) return byHeader;
  const target = targetOf(matchHeader(field));
  return target === null ? -1 : columns.indexOf(target);
}

/** What to call the column that a finding names: as the file does, or by the usual name in the language shown. */
export function nameColumn(field: string, language: Language, file?: FileColumns): string {
  const name = file?.header[columnOf(field, file)]?.trim();
  if (name) return name;
  // In Chinese it is named as people know it from the file, which is not always the usual name.
  if (language === 'zh-CN') return field;
  const target = targetOf(matchHeader(field));
  return (target && nameOfTarget(target, language)) ?? field;
}
