import { cleanRuns } from './clean-runs.ts';
import { type PageContent, pageWidth, type Rule, type Run } from './page-content.ts';
import { findMatch, type Match, type TextLine, toLines } from './text-lines.ts';

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

const titlePattern = /\p{Script=Han}*(?:发票|客票|行程单)(?:\([^)]*\))?/u;

/** The document's title: the largest upright text near the top that names an invoice. */
export function findTitle({ content, runs }: InvoicePage): Match | undefined {
  const head = runs.filter(({ y, size }) => y < content.height * 0.3 && size > 9);
  const sizes = [...new Set(head.map(({ size }) => size))].toSorted((one, other) => other - one);
  for (const size of sizes) {
    const large = head.filter((run) => run.size >= 0.75 * size);
    const found = findMatch(toLines(large), titlePattern);
    if (found && !/^(发票|.*请.*)$/.test(found.folded)) return found;
  }
  return undefined;
}
