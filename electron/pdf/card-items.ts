import type { PdfLine } from '../../shared/contract/pdf-operations.ts';
import type { InvoiceItem } from '../../shared/invoice/invoice.ts';

/** Rounds a decimal number of yuan to fen by its digits, half away from zero. */
function toFen(decimal: string): number | undefined {
  const match = /^(-?)(\d{1,10})(?:\.(\d+))?$/.exec(decimal.replaceAll(',', ''));
  if (!match) return undefined;
  const [, minus, whole = '', decimals = ''] = match;
  const fen = Number(whole + decimals.padEnd(2, '0').slice(0, 2)) + (Number(decimals.charAt(2)) >= 5 ? 1 : 0);
  return minus ? -fen : fen;
}

function wholeNumber(text: string): number | null {
  const match = /^(\d{1,9})(?:\.0+)?$/.exec(text);
  return match ? Number(match[1]) : null;
}

const isDiscountOf = (line: PdfLine, before: PdfLine | undefined) =>
  before !== undefined && line.netFen < 0 && line.num === '' && line.name === before.name;

/**
 * The lines as the card takes them: whole quantities, prices in fen. A discount printed below its line lowers that line,
 * because the card knows no negative ones.
 */
export function toCardItems(lines: readonly PdfLine[]): InvoiceItem[] {
  const folded: PdfLine[] = [];
  for (const line of lines) {
    const before = folded.at(-1);
    if (before && isDiscountOf(line, before))
      folded[folded.length - 1] = { ...before, netFen: before.netFen + line.netFen, price: '' };
    else folded.push(line);
  }
  return folded.map(({ name, unit, num, price, netFen }) => {
    const whole = wholeNumber(num);
    const share = whole !== null && whole > 0 && netFen % whole === 0 ? netFen / whole : undefined;
    const priceFen = toFen(price) ?? share;
    return { name, unit, num: priceFen === undefined ? null : whole, priceFen: priceFen ?? netFen };
  });
}
