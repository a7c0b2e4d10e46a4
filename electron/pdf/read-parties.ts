import { type Claims, claimOf, toClaims } from './claims.ts';
import { type InvoicePage, rulesAround, uprightBetween } from './invoice-page.ts';
import { type Glyph, pageWidth } from './page-content.ts';
import {
  findMatch,
  foldedOf,
  matchLine,
  printedOf,
  type Region,
  type TextLine,
  toLines,
  within,
} from './text-lines.ts';

interface Party {
  readonly name?: readonly Glyph[];
  readonly taxId?: readonly Glyph[];
  readonly addressAndPhone?: readonly Glyph[];
  readonly bankAccount?: readonly Glyph[];
}

const labels: readonly (readonly [keyof Party | 'ignored', RegExp])[] = [
  ['name', /(?:购买方|销售方)?名称:|^名称/],
  ['taxId', /(?:统一社会信用代码\/?)?(?:纳税人识别号|纳税识别号):?|统一社会信用代码(?:\/纳税人识别号)?:|税号:/],
  ['addressAndPhone', /地址[、,./]?电话:?/],
  ['bankAccount', /开户(?:行|银行)及账号:?/],
  ['ignored', /电子支付标识:?/],
];

/** How far a wrapped line may be from its label: two lines. */
const reachOf = ({ glyphs }: TextLine): number => Math.max(18, 2.2 * (glyphs[0]?.size ?? 0));

interface Labelled {
  readonly label: keyof Party | 'ignored';
  readonly y: number;
  readonly rest: readonly Glyph[];
}

function labelOf(line: TextLine): Labelled | undefined {
  for (const [label, pattern] of labels) {
    const match = matchLine(line, pattern);
    if (!match) continue;
    const last = line.owners[match.end - 1] ?? 0;
    return { label, y: line.glyphs[last]?.y ?? line.y, rest: line.glyphs.slice(last + 1) };
  }
  return undefined;
}

/**
 * Reads a block of labels and values. A line without a label belongs to the nearest label: long values wrap, also to
 * above their label.
 */
function readBlock(page: InvoicePage, region: Region): Party {
  const lines = toLines(within(page.runs, region));
  const labelled = lines.flatMap((line) => labelOf(line) ?? []);
  const values = new Map<keyof Party | 'ignored', Glyph[]>();
  for (const line of lines) {
    const own = labelOf(line);
    const nearest = own ?? labelled.toSorted((one, other) => Math.abs(one.y - line.y) - Math.abs(other.y - line.y))[0];
    if (!nearest || Math.abs(nearest.y - line.y) > reachOf(line)) continue;
    const glyphs = own ? own.rest : line.glyphs;
    values.set(nearest.label, [...(values.get(nearest.label) ?? []), ...glyphs]);
  }
  values.delete('ignored');
  // The keys are those of a party once the ignored is gone.
  return Object.fromEntries(values) as Party;
}

/** Buyer left and seller right of each other, as on fully digital invoices. */
function sideBySide(page: InvoicePage): { buyer: Region; seller: Region } | undefined {
  const headsY = page.heads?.y ?? page.content.height * 0.45;
  const bottom = rulesAround(page, headsY - 5).above ?? headsY - 10;
  const lines = page.lines.filter(({ y }) => y < bottom);
  const line = lines.find(({ text }) => (text.match(/名称:/g) ?? []).length >= 2);
  const places = line ? [...line.text.matchAll(/名称:/g)].map(({ index }) => line.glyphs[line.owners[index] ?? 0]) : [];
  const [first, second] = places;
  if (!first || !second) return undefined;
  const top = rulesAround(page, first.y - 6).above ?? first.y - 14;
  const half = (first.x + second.x) / 2;
  const beside = uprightBetween(page, half - 20, second.x + 1, first.y);
  const sellerStart = second.x - 2;
  const buyer = { left: first.x - 2, right: beside ?? sellerStart, top, bottom };
  return { buyer, seller: { left: sellerStart, right: 588, top, bottom } };
}

/** Buyer above the items and seller below the total, as on the older invoices. */
function aboveAndBelow(page: InvoicePage): { buyer: Region; seller: Region; remarks: Region } | undefined {
  const { heads, total } = page;
  if (!heads || !total) return undefined;
  const bottom = rulesAround(page, heads.y - 6).above ?? heads.y - 9;
  const name = findMatch(
    page.lines.filter(({ y }) => y < bottom),
    /名称:?/,
  );
  const top = rulesAround(page, bottom - 30).above ?? (name?.line.y ?? bottom - 50) - 14;
  const sellerTop = rulesAround(page, total.y).below ?? total.y + 5;
  const sellerBottom = rulesAround(page, sellerTop + 25).below ?? sellerTop + 60;
  const split = uprightBetween(page, 315, 372, sellerTop + 10) ?? 342;
  const buyerSplit = uprightBetween(page, 315, 372, bottom - 10) ?? 342;
  return {
    buyer: { left: 0, right: buyerSplit, top, bottom },
    seller: { left: 0, right: split, top: sellerTop, bottom: sellerBottom },
    remarks: { left: split, right: pageWidth, top: sellerTop, bottom: sellerBottom },
  };
}

/** The box below the total of a fully digital invoice. */
function remarksBelow(page: InvoicePage): Region | undefined {
  const y = page.total?.y;
  if (y === undefined) return undefined;
  const top = rulesAround(page, y).below ?? y + 6;
  const people = page.lines.find((line) => line.y > y && /^开票人:/.test(line.text));
  const bottom = rulesAround(page, top + 15).below ?? (people ? people.y - 8 : top + 62);
  return { left: uprightBetween(page, 20, 60, top + 10) ?? 0, right: 590, top, bottom };
}

function claimsOf(page: InvoicePage, party: Party, side: 'buyer' | 'seller'): Claims {
  const claim = (glyphs: readonly Glyph[] | undefined) => claimOf(page.content, glyphs);
  const printed = party.taxId && foldedOf(party.taxId).toUpperCase();
  const taxId = /^[0-9A-Z]{15,20}(?![0-9A-Z])/.exec(printed ?? '')?.[0] ?? printed;
  const isEmpty = taxId === undefined || /^[-*]*$/.test(taxId);
  return toClaims({
    [side === 'buyer' ? 'title' : 'sellerName']: claim(party.name),
    [`${side}Number`]: isEmpty ? undefined : claimOf(page.content, party.taxId, taxId),
    [`${side}AddressAndPhone`]: claim(party.addressAndPhone),
    [`${side}BankAccount`]: claim(party.bankAccount),
  });
}

function readRemarks(page: InvoicePage, region: Region | undefined): Claims {
  if (!region) return {};
  const lines = toLines(within(page.runs, region)).map(({ glyphs, owners, text }) => {
    // The label, where it is printed along the line.
    const label = /^备注:?/.exec(text)?.[0].length ?? 0;
    return label === 0 ? glyphs : glyphs.slice((owners[label - 1] ?? 0) + 1);
  });
  const text = lines.map(printedOf).filter(Boolean).join('\n');
  return toClaims({ remarks: claimOf(page.content, lines.flat(), text) });
}

/** The buyer, the seller, and the remarks. */
export function readParties(page: InvoicePage): Claims {
  const beside = sideBySide(page);
  const stacked = beside ? undefined : aboveAndBelow(page);
  const places = beside ?? stacked;
  if (!places) return {};
  return {
    ...claimsOf(page, readBlock(page, places.buyer), 'buyer'),
    ...claimsOf(page, readBlock(page, places.seller), 'seller'),
    ...readRemarks(page, stacked?.remarks ?? remarksBelow(page)),
  };
}
