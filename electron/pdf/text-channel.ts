import { amountsIn, readCapitals } from './amounts.ts';
import { type ChannelAnswer, type Claims, claimOf, claimOfMatch, toClaims } from './claims.ts';
import { type InvoicePage, toInvoicePage } from './invoice-page.ts';
import { type PageContent, pageWidth } from './page-content.ts';
import { readHeader, readPeople, readTotal } from './read-header.ts';
import { readAllItems } from './read-items.ts';
import { readParties } from './read-parties.ts';
import { readRemarkDetails } from './remark-details.ts';
import { findMatch, matchLine, toLines, within } from './text-lines.ts';

export interface TextAnswer extends ChannelAnswer {
  /** The total as it is written in capitals, fen. */
  readonly capitalsFen: number | undefined;
  /** Chinese characters on the pages: few or none in scans. */
  readonly hanCount: number;
  /** Whether the page names itself an invoice, or has the rows of one. */
  readonly isInvoice: boolean;
  readonly pages: readonly InvoicePage[];
}

/** Net and tax in the row of sums. Stars are no tax. */
function readSums(page: InvoicePage): Claims {
  const { sums, content, runs } = page;
  const label = sums && matchLine(sums, /合计/);
  const last = label?.glyphs.at(-1);
  if (!sums || !label || !last) return {};
  const onLine = amountsIn(sums.glyphs.slice((sums.owners[label.end - 1] ?? 0) + 1));
  // Amounts may be set too high or too low to be of the label's line.
  const near = { left: last.x + last.width, right: pageWidth - 12, top: last.y - 12, bottom: last.y + 5 };
  const found = onLine.length > 0 ? onLine : toLines(within(runs, near)).flatMap(({ glyphs }) => amountsIn(glyphs));
  const [net, tax] = found;
  return toClaims({
    feeWithoutTaxFen: claimOf(content, net?.glyphs, net?.fen),
    taxFen: claimOf(content, tax?.glyphs, tax?.fen),
  });
}

/** Tickets have a fare and a buyer, but no table. */
function readTicket(page: InvoicePage): Claims {
  const { content, lines } = page;
  const fare = findMatch(lines, /(?:票价|价税合计|合计):?(?:CNY)?¥?([\d,]+\.\d{2})/);
  return toClaims({
    title: claimOfMatch(content, findMatch(lines, /购买方名称:(.+?)(?=统一社会信用代码|$)/)),
    buyerNumber: claimOfMatch(content, findMatch(lines, /统一社会信用代码:([0-9A-Z]{15,20})/)),
    feeFen: claimOf(content, fare?.glyphs, fare && amountsIn(fare.glyphs)[0]?.fen),
  });
}

/** Reads the printed text by its labels. */
export function readText(contents: readonly PageContent[]): TextAnswer {
  const pages = contents.map(toInvoicePage);
  const [first] = pages;
  // Of several pages only the last that has one holds the sums; the pages before have subtotals.
  const summing =
    pages.findLast(({ total }) => total !== undefined) ?? pages.findLast(({ sums }) => sums !== undefined);
  if (!first) return { claims: {}, lines: [], capitalsFen: undefined, hanCount: 0, isInvoice: false, pages };
  const { figures, capitals } = readTotal(summing ?? first);
  const fee = figures && amountsIn(figures.glyphs)[0]?.fen;
  const parties = readParties(first);
  const last = summing && summing !== first && parties.remarks === undefined ? readParties(summing) : {};
  const remarks = parties.remarks ?? last.remarks;
  const header = readHeader(first);
  const text = first.lines.map((line) => line.text).join('');
  const claims: Claims = {
    ...(first.heads ? {} : readTicket(first)),
    ...header,
    ...last,
    ...parties,
    ...readSums(summing ?? first),
    ...toClaims({ feeFen: claimOf((summing ?? first).content, figures?.glyphs, fee) }),
    ...readRemarkDetails(remarks),
    ...readPeople(first),
    ...(summing ? readPeople(summing) : {}),
  };
  return {
    claims,
    lines: readAllItems(pages),
    capitalsFen: capitals && readCapitals(capitals.printed),
    hanCount: (
      pages
        .map(({ lines }) => lines.map((line) => line.text).join(''))
        .join('')
        .match(/\p{Script=Han}/gu) ?? []
    ).length,
    isInvoice: /发票号码|发票代码|价税合计|电子发票|增值税/.test(text),
    pages,
  };
}
