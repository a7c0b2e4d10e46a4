import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { amountsIn } from './amounts.ts';
import { type Claims, claimOf, toClaims } from './claims.ts';
import { type InvoicePage, uprightBetween } from './invoice-page.ts';
import { type Glyph, pageWidth } from './page-content.ts';
import { findMatch, foldedOf, type Match, printedOf, type TextLine, toLines, within } from './text-lines.ts';

/** Where the values of the older invoices begin, right of their labels, whoever made the file. */
const valueStart = 98;
const headStart = 380;

interface Frame {
  readonly top: number;
  readonly items: number;
  readonly total: number;
  readonly seller: number;
  readonly bottom: number;
}

/** The five long rules of the older layout. */
function findFrame({ longRules }: InvoicePage): Frame | undefined {
  const [top, items, total, seller, bottom] = longRules
    .filter(({ from, to }) => to - from > pageWidth * 0.8)
    .map(({ at }) => at);
  return top === undefined || items === undefined || total === undefined || seller === undefined || bottom === undefined
    ? undefined
    : { top, items, total, seller, bottom };
}

function linesIn(page: InvoicePage, left: number, right: number, top: number, bottom: number): TextLine[] {
  return toLines(within(page.runs, { left, right, top, bottom }));
}

/** Lines of what begins in the region: labels that reach into it are left out whole. */
function valuesIn(page: InvoicePage, left: number, right: number, top: number, bottom: number): TextLine[] {
  const runs = page.runs.filter((run) => run.left >= left);
  return toLines(within(runs, { left, right, top, bottom }));
}

/** The four values of a party, by the quarter of its box in which they stand. */
function readQuarters(page: InvoicePage, top: number, bottom: number): (readonly Glyph[])[] {
  const right = uprightBetween(page, 315, 372, (top + bottom) / 2) ?? 342;
  const quarter = (bottom - top) / 4;
  return [0, 1, 2, 3].map((index) =>
    valuesIn(page, valueStart, right, top + index * quarter, top + (index + 1) * quarter).flatMap(
      ({ glyphs }) => glyphs,
    ),
  );
}

function partyClaims(page: InvoicePage, side: 'buyer' | 'seller', top: number, bottom: number): Claims {
  const [name, taxId, address, bank] = readQuarters(page, top, bottom);
  const id = taxId && foldedOf(taxId).toUpperCase();
  return toClaims({
    [side === 'buyer' ? 'title' : 'sellerName']: claimOf(page.content, name),
    [`${side}Number`]: id && /^[0-9A-Z]{15,20}$/.test(id) ? claimOf(page.content, taxId, id) : undefined,
    [`${side}AddressAndPhone`]: claimOf(page.content, address),
    [`${side}BankAccount`]: claimOf(page.content, bank),
  });
}

function headClaims(page: InvoicePage, top: number): Claims {
  // Labels that cannot be read have other characters among them than figures and dates do.
  const figures = page.runs.filter(({ glyphs }) => /^[\d年月日]+$/.test(foldedOf(glyphs)));
  const lines = toLines(within(figures, { left: headStart, right: pageWidth, top: 0, bottom: top }));
  const find = (digits: string): Match | undefined => findMatch(lines, new RegExp(`(?<!\\d)(${digits})(?!\\d)`));
  const date = findMatch(lines, /(?<!\d)(20\d{2}\D?\d{2}\D?\d{2})(?!\d)/);
  const [, year, month, day] = /(\d{4})\D?(\d{2})\D?(\d{2})/.exec(date?.folded ?? '') ?? [];
  const seconds = year === undefined ? undefined : parseBeijingTime(`${year}-${month}-${day}`);
  const bare = (match: Match | undefined) => claimOf(page.content, match?.glyphs, match?.folded);
  return toClaims({
    billingCode: bare(find('\\d{12}|\\d{10}')),
    billingNo: bare(
      lines.map((line) => findMatch([line], /(?<!\d)(\d{8})(?!\d)/)).find((match) => match?.folded !== date?.folded),
    ),
    checkCode: bare(find('\\d{20}')),
    billingTime: claimOf(page.content, date?.glyphs, seconds),
  });
}

/**
 * Reads the older layout by places alone, for files whose labels have no readable characters. All vendors rule the page
 * alike.
 */
export function readZones(page: InvoicePage): Claims {
  const frame = findFrame(page);
  if (!frame) return {};
  const { content } = page;
  const rows = linesIn(page, 0, pageWidth, frame.items, frame.total).map(({ glyphs }) => amountsIn(glyphs));
  const sums = rows.findLast((amounts) => amounts.length > 0)?.slice(-2) ?? [];
  const [net, tax] = sums.length === 2 ? sums : [undefined, undefined];
  const total = linesIn(page, headStart, pageWidth, frame.total, frame.seller)
    .flatMap(({ glyphs }) => amountsIn(glyphs))
    .at(-1);
  const remarksLeft = uprightBetween(page, 350, 378, (frame.seller + frame.bottom) / 2) ?? 359;
  const remarks = linesIn(page, remarksLeft, pageWidth, frame.seller, frame.bottom);
  return {
    ...headClaims(page, frame.top),
    ...partyClaims(page, 'buyer', frame.top, frame.items),
    ...partyClaims(page, 'seller', frame.seller, frame.bottom),
    ...toClaims({
      feeWithoutTaxFen: claimOf(content, net?.glyphs, net?.fen),
      taxFen: claimOf(content, tax?.glyphs, tax?.fen),
      feeFen: claimOf(content, total?.glyphs, total?.fen),
      remarks: claimOf(
        content,
        remarks.flatMap(({ glyphs }) => glyphs),
        remarks.map(({ glyphs }) => printedOf(glyphs)).join('\n'),
      ),
    }),
  };
}
