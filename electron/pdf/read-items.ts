import type { PdfLine } from '../../shared/contract/pdf-operations.ts';
import { isStarred, readAmount } from './amounts.ts';
import type { InvoicePage } from './invoice-page.ts';
import { type Column, type ColumnName, columnByHeads, columnByRules, findHeads, ruledColumns } from './item-columns.ts';
import { type Glyph, pageWidth, type Run } from './page-content.ts';
import {
  boxAround,
  foldedOf,
  printedOf,
  type Region,
  type TextLine,
  toLine,
  toLines,
  toRun,
  within,
} from './text-lines.ts';

interface Cell {
  readonly column: ColumnName;
  readonly glyphs: readonly Glyph[];
  readonly left: number;
  readonly y: number;
}

const sumNames = /^(小计|合计|总计|价税合计)/;

function tableRegion(page: InvoicePage): Region | undefined {
  const { heads, sums, total, lines, content } = page;
  if (!heads) return undefined;
  const top = heads.y + 1;
  const end = lines.find(({ text, y }) => y > top && sumNames.test(text.replace(/^\W+/, '')));
  const bottomLine = [sums, total, end].filter((line) => line !== undefined && line.y > top);
  const bottoms = bottomLine.map((line) => (line?.y ?? 0) - Math.max(...(line?.glyphs ?? []).map(({ size }) => size)));
  return { left: 0, right: pageWidth - 12, top, bottom: Math.min(...bottoms, content.height) };
}

/**
 * Runs that touch are one word: makers print each character by itself, or change the font within a name. Numbers of two
 * columns may nearly touch, so between digits hardly any gap is a gap.
 */
function toCellWords(runs: readonly Run[]): Glyph[][] {
  const words: Glyph[][] = [];
  for (const line of toLines(runs))
    for (const run of runsOfLine(runs, line)) {
      const last = words.at(-1)?.at(-1);
      const [first] = run.glyphs;
      if (!first) continue;
      const isDigits = /[\d.]/.test(last?.folded ?? '') && /[\d.¥-]/.test(first.folded);
      const reach = (isDigits ? 0.12 : 0.3) * first.size;
      const gap = last ? first.x - last.x - last.width : Number.POSITIVE_INFINITY;
      const isNext = last !== undefined && Math.abs(last.y - first.y) < 0.5 * first.size && Math.abs(gap) < reach;
      if (isNext) words.at(-1)?.push(...run.glyphs);
      else words.push([...run.glyphs]);
    }
  return words;
}

/** The runs of a line, from left to right. */
function runsOfLine(runs: readonly Run[], { glyphs }: TextLine): Run[] {
  const own = new Set(glyphs);
  return runs.filter(({ glyphs: [first] }) => first && own.has(first)).toSorted((one, other) => one.left - other.left);
}

/** A run may go through several columns where blanks part them; a number that is too long for its column is one. */
function splitAtBlanks(glyphs: readonly Glyph[]): Glyph[][] {
  const words: Glyph[][] = [];
  for (const glyph of glyphs) {
    const open = glyph.afterBlank ? undefined : words.at(-1);
    if (open) open.push(glyph);
    else words.push([glyph]);
  }
  return words;
}

/** The words of the table with the column each is in. */
function readCells(page: InvoicePage, region: Region, columns: readonly Column[]): Cell[] {
  const ruled = ruledColumns(page, columns, region.top, region.bottom);
  const runs = within(page.runs, region);
  return (ruled ? runs.flatMap(({ glyphs }) => splitAtBlanks(glyphs)) : toCellWords(runs)).map((glyphs) => ({
    column: ruled ? columnByRules(ruled, glyphs) : columnByHeads(columns, glyphs),
    glyphs,
    left: glyphs[0]?.x ?? 0,
    y: glyphs[0]?.y ?? 0,
  }));
}

/** The cells of one column as lines, the words of a line in order. */
function inOrder(cells: readonly Cell[], column: ColumnName): Glyph[] {
  const runs = cells.filter((cell) => cell.column === column).map(({ glyphs }) => toRun(glyphs));
  return toLines(runs).flatMap((line) => toLine([toRun(line.glyphs)]).glyphs);
}

function toItem(page: InvoicePage, cells: readonly Cell[], netFen: number): PdfLine {
  const printed = (column: ColumnName) => printedOf(inOrder(cells, column));
  const folded = (column: ColumnName) => foldedOf(inOrder(cells, column));
  const tax = folded('tax');
  return {
    name: printed('name'),
    spec: printed('spec'),
    unit: printed('unit'),
    num: folded('num'),
    price: folded('price').replace(/^¥/, ''),
    netFen,
    rate: folded('rate'),
    taxFen: isStarred(tax) ? 0 : (readAmount(tax) ?? null),
    source: 'text',
    box: boxAround(
      page.content,
      cells.flatMap(({ glyphs }) => glyphs),
    ),
  };
}

/** The lines of the item table of one page: one for each amount, with the texts that wrap below it. */
export function readItems(page: InvoicePage): PdfLine[] {
  const region = tableRegion(page);
  if (!region || !page.heads) return [];
  const cells = readCells(page, region, findHeads(page.heads));
  const amounts = toLines(cells.filter(({ column }) => column === 'net').map(({ glyphs }) => toRun(glyphs))).flatMap(
    (line) => {
      const netFen = readAmount(foldedOf(line.glyphs));
      return netFen === undefined ? [] : [{ netFen, y: line.y, size: line.glyphs[0]?.size ?? 8 }];
    },
  );
  const rowOf = ({ y }: Cell) =>
    Math.max(
      0,
      amounts.findLastIndex((amount) => y >= amount.y - 0.5 * amount.size),
    );
  return amounts
    .map(({ netFen }, index) =>
      toItem(
        page,
        cells.filter((cell) => rowOf(cell) === index),
        netFen,
      ),
    )
    .filter(({ name }) => !sumNames.test(name.replaceAll(/\s/g, '')));
}

const seeList = /详见.*清单/;

/**
 * The lines of all pages. Where the first page only points to the list, and the list is there, its lines are the
 * invoice's.
 */
export function readAllItems(pages: readonly InvoicePage[]): PdfLine[] {
  const lines = pages.map(readItems);
  const [first = [], ...further] = lines;
  const listed = further.flat();
  return listed.length > 0 && first.length > 0 && first.every(({ name }) => seeList.test(name)) ? listed : lines.flat();
}
