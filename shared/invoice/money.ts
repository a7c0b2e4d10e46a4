import * as z from 'zod';

/** An amount in fen (1/100 yuan), a safe integer; the only form of money inside the program. */
export const fenSchema = z.int().min(-999_999_999_999).max(999_999_999_999);

const fullWidth = /[\uFF01-\uFF5E\uFFE5\u3000]/g;
const hasFullWidth = new RegExp(fullWidth.source);

/** Full-width digits, signs and spaces become their ASCII twins; `￥` becomes `¥`. */
export function toHalfWidth(text: string): string {
  if (!hasFullWidth.test(text)) return text;
  return text.replaceAll(fullWidth, (character) => {
    if (character === '\uFFE5') return '¥';
    if (character === '\u3000') return ' ';
    return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  });
}

const amountPattern = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2})(0*))?$/;

/**
 * Reads an amount in yuan as people write it (`¥1,234.50`, `1234.5`, `１２３４．５０`, `-3`) into fen, exactly.
 * @returns fen, or undefined where the text is not an amount with at most two decimals
 */
export function parseYuan(text: string): number | undefined {
  const plain = toHalfWidth(text).trim().replace(/元$/, '').trim();
  const withoutSign = plain.replace(/^(-?)\s*¥\s*/, '$1').replace(/^¥\s*-/, '-');
  const match = amountPattern.exec(withoutSign);
  if (!match) return undefined;
  const [, minus = '', whole = '', decimals = ''] = match;
  const digits = whole.replaceAll(',', '') + decimals.padEnd(2, '0');
  if (digits.length > 15) return undefined;
  const fen = Number(digits);
  if (fen > 999_999_999_999) return undefined;
  return minus && fen !== 0 ? -fen : fen;
}

/** `123450` → `1,234.50`; with `symbol` → `¥1,234.50`. */
export function formatYuan(
  fen: number,
  options: { readonly symbol?: boolean; readonly grouped?: boolean } = {},
): string {
  const { symbol = false, grouped = true } = options;
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2);
  const shown = grouped ? whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${fen < 0 ? '-' : ''}${symbol ? '¥' : ''}${shown}.${digits.slice(-2)}`;
}
