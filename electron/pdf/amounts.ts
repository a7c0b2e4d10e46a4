import { parseYuan } from '../../shared/invoice/money.ts';
import type { Glyph } from './page-content.ts';
import { foldedOf, toWords } from './text-lines.ts';

/** Reads `¥1,234.50`, `-50.00`, `620`; of an exempt line's `***` nothing. */
export function readAmount(text: string): number | undefined {
  return parseYuan(text.replaceAll(/[¥元\s]/g, ''));
}

/** Stars stand for no tax: exempt, or taxed on the margin. */
export const isStarred = (text: string): boolean => /^\*+$/.test(text);

export interface AmountWord {
  readonly fen: number;
  readonly glyphs: readonly Glyph[];
}

/** The amounts among the words of a line, stars as 0, from left to right. */
export function amountsIn(glyphs: readonly Glyph[]): AmountWord[] {
  return toWords(glyphs).flatMap((word) => {
    const text = foldedOf(word);
    const fen = isStarred(text) ? 0 : readAmount(text);
    return fen === undefined ? [] : [{ fen, glyphs: word }];
  });
}

const digits = '零壹贰叁肆伍陆柒捌玖';
const simpleDigits = '〇一二三四五六七八九';
const units: Readonly<Record<string, number>> = { 拾: 10, 佰: 100, 仟: 1000, 十: 10, 百: 100, 千: 1000 };

/**
 * Reads an amount in Chinese capitals: `壹仟贰佰叁拾肆圆零伍分` → `123405`, `（负数）壹拾圆整` → `-1000`.
 * @returns fen, or undefined where the text is none
 */
export function readCapitals(text: string): number | undefined {
  const isNegative = /负/.test(text);
  const plain = text
    .replaceAll(/[()（）负数¥\s⊗ⓧ×]/g, '')
    .replaceAll('两', '贰')
    .replaceAll('廿', '贰拾');
  if (!/^[零壹贰叁肆伍陆柒捌玖〇一二三四五六七八九拾佰仟十百千万亿圆元角分整正]+$/.test(plain)) return undefined;
  if (!/[圆元角分]/.test(plain)) return undefined;
  let [total, section, digit] = [0, 0, 0];
  for (const character of plain) {
    const value = Math.max(digits.indexOf(character), simpleDigits.indexOf(character));
    const unit = units[character];
    if (value >= 0) digit = value;
    else if (unit !== undefined) [section, digit] = [section + (digit || (unit === 10 ? 1 : 0)) * unit, 0];
    else if (character === '万') [total, section, digit] = [total + (section + digit) * 10_000, 0, 0];
    else if (character === '亿') [total, section, digit] = [(total + section + digit) * 100_000_000, 0, 0];
    else if (character === '圆' || character === '元')
      [total, section, digit] = [(total + section + digit) * 100, 0, 0];
    else if (character === '角') [total, digit] = [total + digit * 10, 0];
    else if (character === '分') [total, digit] = [total + digit, 0];
  }
  if (!Number.isSafeInteger(total)) return undefined;
  return isNegative && total !== 0 ? -total : total;
}
