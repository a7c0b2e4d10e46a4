import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { type Claims, claimOf, claimOfMatch, toClaims } from './claims.ts';
import { findTitle, type InvoicePage } from './invoice-page.ts';
import type { Glyph } from './page-content.ts';
import { findMatch, foldedOf, type Match, matchLine, toLines, within } from './text-lines.ts';

/** A label whose value is not on its line: looks right of it, a little above and below. */
function findBeside(page: InvoicePage, label: RegExp, value: RegExp): Match | undefined {
  const found = findMatch(page.lines, label);
  const last = found?.glyphs.at(-1);
  if (!last) return undefined;
  const left = last.x + last.width * 0.5;
  const region = { left, right: left + 220, top: last.y - 1.6 * last.size, bottom: last.y + 0.9 * last.size };
  return findMatch(toLines(within(page.runs, region)), value);
}

/** The value after its label on one line, or beside it. */
function findValue(page: InvoicePage, label: string, value: string): Match | undefined {
  return (
    findMatch(page.lines, new RegExp(`${label}:?(${value})`)) ??
    findBeside(page, new RegExp(label), new RegExp(`^[^0-9]*(${value})`))
  );
}

/**
 * A number of 20 digits that stands alone above the table; further down such digits are bank accounts. Where a code or a
 * machine's number of 12 digits stands there as well, it is the check code of an older invoice.
 */
function findLoneNumber(page: InvoicePage): Match | undefined {
  const bottom = (page.longRules[0]?.at ?? page.content.height * 0.25) + 4;
  const head = page.lines.filter(({ y }) => y < bottom);
  const isOlder = page.runs.some(({ y, glyphs }) => y < bottom && /^\d{12}$/.test(foldedOf(glyphs)));
  return isOlder ? undefined : findMatch(head, /(?<!\d)(\d{20})(?!\d)/);
}

const datePattern = /(\d{4})年(\d{1,2})月(\d{1,2})日?/;

function readDate(match: Match | undefined): number | undefined {
  const parts = match && (datePattern.exec(match.folded) ?? /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(match.folded));
  return parts ? parseBeijingTime(`${parts[1]}-${parts[2]}-${parts[3]}`) : undefined;
}

const figurePattern = /(-?¥?-?[\d,]+(?:\.\d{1,2})?)/;

/** The amount right of (小写), and the one in capitals before it. */
export function readTotal(page: InvoicePage): { figures: Match | undefined; capitals: Match | undefined } {
  const { total } = page;
  if (!total) return { figures: undefined, capitals: undefined };
  return {
    figures:
      matchLine(total, /\(小写\):?(-?¥?-?[\d,]+(?:\.\d{1,2})?)/) ??
      findBeside(page, /\(小写\)/, figurePattern) ??
      matchLine(total, /(-?¥-?[\d,]+(?:\.\d{1,2})?)$/),
    capitals: matchLine(total, /((?:\(负数\)|负)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分整正]{2,})/),
  };
}

/** What stands above the table: title, numbers, date, check code. */
export function readHeader(page: InvoicePage): Claims {
  const { content } = page;
  const title = findTitle(page);
  const number = findValue(page, '发票号码', '(?:\\d{20}|\\d{8})(?!\\d)') ?? findLoneNumber(page);
  const code = findValue(page, '发票代码', '(?:\\d{12}|\\d{10})(?!\\d)');
  const date = findValue(page, '(?:开票|填开)日期', '\\d{4}年\\d{1,2}月\\d{1,2}日?|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}');
  const check = findValue(page, '校验码', '\\d{20}(?!\\d)|[0-9a-fA-F]{5}(?![0-9a-fA-F])');
  const bare = (match: Match | undefined) => claimOf(content, match?.glyphs, match?.folded);
  return toClaims({
    type: claimOfMatch(content, title),
    billingNo: bare(number),
    billingCode: bare(code),
    billingTime: claimOf(content, date?.glyphs, readDate(date)),
    checkCode: bare(check),
  });
}

const names = '收款人|复核人?|开票人|销售方|开票日期|审核人';

/** The names on the last line; each ends where the next label begins. */
export function readPeople(page: InvoicePage): Claims {
  const bottom = page.total?.y ?? page.sums?.y ?? page.content.height * 0.6;
  const lines = page.lines.filter(({ y }) => y > bottom);
  const person = (label: string) => {
    const match = findMatch(lines, new RegExp(`${label}:([^:;]*?)(?=(?:${names}):?|;|$)`));
    return claimOf(page.content, match?.glyphs as readonly Glyph[] | undefined);
  };
  return toClaims({ cashier: person('收款人'), maker: person('开票人') });
}
