import { cleanRuns } from './clean-runs.ts';
import { type PageContent, pageWidth, type Rule, type Run } from './page-content.ts';
import { type Match, matchLine, type TextLine, toLines } from './text-lines.ts';

/** A page with its lines and the rows by which everything else is found. */
export interface InvoicePage {
  readonly content: PageContent;
  readonly runs: readonly Run[];
  readonly lines: readonly TextLine[];
  /** The heads of the item table. */
  readonly heads: TextLine | undefined;
  /** 合计: the sums of the item table. */
  readonly sums: TextLine | undefined;
  /** 价税合计: the total. */
  readonly total: TextLine | undefined;
  /** Rules over more than half of the page, from top to bottom. */
  readonly longRules: readonly Rule[];
}

const isHeads = ({ text }: TextLine) => /金额/.test(text) && /税率|税额|征收率/.test(text) && !/合计|小写/.test(text);
const isSums = ({ text }: TextLine) => /^\W*合计/.test(text) && !/价税合计/.test(text);
const isTotal = ({ text }: TextLine) => /价税合计|\(小写\)/.test(text);

/** Finds the rows of the item table on a page. */
export function toInvoicePage(content: PageContent): InvoicePage {
  const runs = cleanRuns(content.runs);
  const lines = toLines(runs);
  const heads = lines.find(isHeads);
  const below = lines.filter(({ y }) => y > (heads?.y ?? 0));
  return {
    content,
    runs,
    lines,
    heads,
    sums: below.findLast(isSums),
    total: below.find(isTotal),
    longRules: content.rules.horizontal
      .filter(({ from, to }) => to - from > pageWidth / 2)
      .toSorted((a, b) => a.at - b.at),
  };
}

/** The nearest long rules above and below a height. */
export function rulesAround(
  { longRules }: InvoicePage,
  y: number,
): { above: number | undefined; below: number | undefined } {
  return {
    above: longRules.findLast(({ at }) => at < y)?.at,
    below: longRules.find(({ at }) => at >= y)?.at,
  };
}

/** The place of the first upright rule between two x that crosses a height. */
export function uprightBetween({ content }: InvoicePage, left: number, right: number, y: number): number | undefined {
  return content.rules.vertical
    .filter(({ at, from, to }) => at > left && at < right && from <= y && to >= y)
    .map(({ at }) => at)
    .toSorted((one, other) => one - other)[0];
}

/** The document's title: the largest upright text near the top that names an invoice. */
export function findTitle({ content, lines }: InvoicePage): { line: TextLine; match: Match } | undefined {
  const pattern = /[\p{Script=Han}]*(?:发票|客票|行程单)(?:\([^)]*\))?/u;
  const found = lines
    .filter(({ y, text }) => y < content.height * 0.3 && !/发票(代码|号码)|请|次数/.test(text))
    .flatMap((line) => {
      const match = matchLine(line, pattern);
      return match ? [{ line, match, size: Math.max(...match.glyphs.map(({ size }) => size)) }] : [];
    });
  return found.toSorted((one, other) => other.size - one.size)[0];
}
