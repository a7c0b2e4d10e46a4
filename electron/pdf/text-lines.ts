import { type Glyph, type PageContent, pageWidth, type Run } from './page-content.ts';

/** Characters side by side. Every offset in `text` has its character in `owners`. */
export interface TextLine {
  readonly glyphs: readonly Glyph[];
  /** Folded and without blanks, for matching. */
  readonly text: string;
  readonly owners: readonly number[];
  readonly y: number;
}

export interface Region {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A place on a page, in parts of its width and height from the top left corner of what is shown. */
export interface Box {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const centreOf = ({ x, width }: Glyph) => x + width / 2;

export function toRun(glyphs: readonly Glyph[]): Run {
  const [first] = glyphs;
  return {
    glyphs,
    left: Math.min(...glyphs.map(({ x }) => x)),
    right: Math.max(...glyphs.map(({ x, width }) => x + width)),
    y: first?.y ?? 0,
    size: Math.max(...glyphs.map(({ size }) => size)),
  };
}

/** What stands inside a region: of a run that crosses its border, the characters inside. */
export function within(runs: readonly Run[], { left, right, top, bottom }: Region): Run[] {
  return runs.flatMap((run) => {
    const glyphs = run.glyphs.filter((glyph) => {
      const middle = glyph.y - glyph.size * 0.35;
      return centreOf(glyph) >= left && centreOf(glyph) <= right && middle >= top && middle <= bottom;
    });
    return glyphs.length > 0 ? [toRun(glyphs)] : [];
  });
}

export function toLine(runs: readonly Run[]): TextLine {
  // A run stays together though the next begins before its end: values are set tight to the colon of their labels.
  const glyphs = runs.toSorted((one, other) => one.left - other.left).flatMap((run) => run.glyphs);
  const owners = glyphs.flatMap(({ folded }, index) => Array.from(folded, () => index));
  const text = glyphs.map(({ folded }) => folded).join('');
  return {
    glyphs,
    text,
    owners: [...text].length === text.length ? owners : ownersByUnit(glyphs),
    y: glyphs[0]?.y ?? 0,
  };
}

/** As matches count: by UTF-16 units. */
function ownersByUnit(glyphs: readonly Glyph[]): number[] {
  return glyphs.flatMap(({ folded }, index) => Array.from({ length: folded.length }, () => index));
}

/** Gathers runs into lines from top to bottom. Labels and values differ in baseline by up to 3 units. */
export function toLines(runs: readonly Run[]): TextLine[] {
  const groups: Run[][] = [];
  for (const run of runs.toSorted((one, other) => one.y - other.y)) {
    const group = groups.at(-1);
    const anchor = group?.[0];
    const tolerance = Math.max(2, 0.45 * Math.min(run.size, anchor?.size ?? run.size));
    if (group && anchor && run.y - anchor.y <= tolerance) group.push(run);
    else groups.push([run]);
  }
  return groups.map(toLine);
}

/** The characters as printed, with a blank where one was printed or a gap says so. */
export function printedOf(glyphs: readonly Glyph[]): string {
  let text = '';
  for (const [index, glyph] of glyphs.entries()) {
    const last = glyphs[index - 1];
    const isLatin = /[\w.,)]$/.test(text) && /^[\w(]/.test(glyph.printed);
    const isGap = last !== undefined && isLatin && glyph.x - last.x - last.width > 0.6 * glyph.size;
    text += (last && (glyph.afterBlank || isGap) ? ' ' : '') + glyph.printed;
  }
  return text.trim();
}

export function foldedOf(glyphs: readonly Glyph[]): string {
  return glyphs.map(({ folded }) => folded).join('');
}

export interface Match {
  readonly glyphs: readonly Glyph[];
  readonly printed: string;
  readonly folded: string;
  /** Offsets in the line's text of the whole match. */
  readonly start: number;
  readonly end: number;
}

export function sliceLine(line: TextLine, start: number, end: number): Glyph[] {
  const [first, last] = [line.owners[start], line.owners[end - 1]];
  return start >= end || first === undefined || last === undefined ? [] : line.glyphs.slice(first, last + 1);
}

/** Matches the text of a line; what is answered is the first group, or all where there is none. */
export function matchLine(line: TextLine, pattern: RegExp): Match | undefined {
  const match = new RegExp(pattern.source, `${pattern.flags}d`).exec(line.text);
  const whole = match?.indices?.[0];
  if (!match || !whole) return undefined;
  const [start, end] = match.indices?.[1] ?? whole;
  const glyphs = sliceLine(line, start, end);
  return { glyphs, printed: printedOf(glyphs), folded: line.text.slice(start, end), start: whole[0], end: whole[1] };
}

/** The first line that matches, with the match. */
export function findMatch(lines: readonly TextLine[], pattern: RegExp): (Match & { line: TextLine }) | undefined {
  for (const line of lines) {
    const match = matchLine(line, pattern);
    if (match) return { ...match, line };
  }
  return undefined;
}

/** Cuts a line into words where the gap is wide. */
export function toWords(glyphs: readonly Glyph[], gapInSizes = 0.8): Glyph[][] {
  const words: Glyph[][] = [];
  for (const glyph of glyphs) {
    const last = words.at(-1)?.at(-1);
    if (last && glyph.x - last.x - last.width < gapInSizes * glyph.size) words.at(-1)?.push(glyph);
    else words.push([glyph]);
  }
  return words;
}

/** The box around characters, a little larger than their ink. */
export function boxAround(page: Pick<PageContent, 'number' | 'height'>, glyphs: readonly Glyph[]): Box | null {
  if (glyphs.length === 0) return null;
  const left = Math.min(...glyphs.map(({ x }) => x)) - 1;
  const right = Math.max(...glyphs.map(({ x, width }) => x + width)) + 1;
  const top = Math.min(...glyphs.map(({ y, size }) => y - 0.95 * size));
  const bottom = Math.max(...glyphs.map(({ y, size }) => y + 0.25 * size));
  const part = (value: number, whole: number) => Math.round((value / whole) * 10_000) / 10_000;
  return {
    page: page.number,
    x: part(left, pageWidth),
    y: part(top, page.height),
    width: part(right - left, pageWidth),
    height: part(bottom - top, page.height),
  };
}
