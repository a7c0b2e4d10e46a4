import type { InvoicePage } from './invoice-page.ts';
import { type Glyph, pageWidth } from './page-content.ts';
import { foldedOf, sliceLine, type TextLine } from './text-lines.ts';

export type ColumnName = 'name' | 'spec' | 'unit' | 'num' | 'price' | 'net' | 'rate' | 'tax' | 'other';

export interface Column {
  readonly name: ColumnName;
  readonly left: number;
  readonly right: number;
}

const heads: readonly (readonly [ColumnName, RegExp])[] = [
  ['name', /货物或应税劳务(、?服务)?(名称)?|货物\(劳务\)(名称)?|项目名称/],
  ['spec', /规格型号/],
  ['unit', /单位/],
  ['num', /数量/],
  ['price', /单价(\(含税\))?/],
  ['net', /金额(\(含税\))?/],
  ['rate', /税率\/征收率(\(%\))?|税率(\(%\))?|征收率/],
  ['tax', /税额/],
  ['other', /序号/],
  ['other', /车牌号/],
  ['other', /类型/],
  ['other', /通行日期起/],
  ['other', /通行日期止/],
  ['other', /建筑服务发生地/],
  ['other', /建筑项目名称/],
  ['other', /运输工具种类/],
  ['other', /运输工具牌号/],
  ['other', /起运地/],
  ['other', /到达地/],
];

/** The heads of the item table, from left to right. */
export function findHeads(line: TextLine): Column[] {
  const found = heads.flatMap(([name, pattern]) => {
    const match = pattern.exec(line.text);
    const glyphs = match ? sliceLine(line, match.index, match.index + match[0].length) : [];
    const [first, last] = [glyphs[0], glyphs.at(-1)];
    return first && last ? [{ name, left: first.x, right: last.x + last.width }] : [];
  });
  return found.toSorted((one, other) => one.left - other.left);
}

/** Columns between upright rules, where each head has a field of its own. */
export function ruledColumns(
  page: InvoicePage,
  columns: readonly Column[],
  top: number,
  bottom: number,
): Column[] | undefined {
  const middle = (top + bottom) / 2;
  const places = page.content.rules.vertical
    .filter(({ from, to }) => from <= top + 6 && to >= middle)
    .map(({ at }) => at)
    .toSorted((one, other) => one - other);
  const edges = [0, ...places.filter((place, index) => place - (places[index - 1] ?? -10) > 4), 600];
  const ruled = columns.flatMap((column) => {
    const centre = (column.left + column.right) / 2;
    const index = edges.findLastIndex((edge) => edge <= centre);
    const [left, right] = [edges[index], edges[index + 1]];
    return left === undefined || right === undefined ? [] : [{ name: column.name, left, right }];
  });
  const isEachAlone = ruled.every(({ left }, index) => index === 0 || left !== ruled[index - 1]?.left);
  return isEachAlone && ruled.length === columns.length ? ruled : undefined;
}

const numeric: readonly ColumnName[] = ['num', 'price', 'net', 'tax'];

/** Half a digit: numbers end at their head's right edge, give or take this. */
const slack = 4;

/** The number column under whose right edge a place is. */
function nearestNumber(columns: readonly Column[], right: number): ColumnName {
  const nearest = columns
    .filter(({ name }) => numeric.includes(name))
    .toSorted((one, other) => Math.abs(one.right - right) - Math.abs(other.right - right))[0];
  return nearest?.name ?? 'other';
}

/** Right of the amounts: rates stand in the middle of their column, taxes end at the edge of theirs. */
function rateOrTax(columns: readonly Column[], text: string, middle: number): ColumnName {
  if (/[%税]/.test(text)) return 'rate';
  const [rate, tax] = [columns.find(({ name }) => name === 'rate'), columns.find(({ name }) => name === 'tax')];
  const border = ((rate?.right ?? 0) + (tax?.left ?? pageWidth)) / 2;
  return /^\*+$/.test(text) && middle < border ? 'rate' : 'tax';
}

/**
 * The column of a word where no rules divide them: numbers end under the right edge of their head, texts begin under
 * its left edge, rates stand in the middle between the amount and the tax.
 */
export function columnByHeads(columns: readonly Column[], word: readonly Glyph[]): ColumnName {
  const text = foldedOf(word);
  const [first, last] = [word[0], word.at(-1)];
  if (!first || !last) return 'other';
  const [left, right] = [first.x, last.x + last.width];
  const net = columns.find(({ name }) => name === 'net');
  const texts = columns.filter(({ name }) => !numeric.includes(name) && name !== 'rate');
  if (net && right > net.right + slack && left > net.left) return rateOrTax(columns, text, (left + right) / 2);
  const isNumber = /^-?¥?-?[\d,]*\.?\d+$/.test(text);
  if (isNumber && right > (texts.at(-1)?.right ?? 0) + 2) return nearestNumber(columns, right);
  const reach = (name: ColumnName) => (name === 'unit' ? 12 : 3);
  return texts.findLast((column) => left >= column.left - reach(column.name))?.name ?? texts[0]?.name ?? 'other';
}

/** The column between whose rules the middle of a word is. */
export function columnByRules(columns: readonly Column[], word: readonly Glyph[]): ColumnName {
  const middle = ((word[0]?.x ?? 0) + (word.at(-1)?.x ?? 0) + (word.at(-1)?.width ?? 0)) / 2;
  return columns.find(({ left, right }) => middle >= left && middle < right)?.name ?? 'other';
}
