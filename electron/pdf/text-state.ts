import { foldRadicals, foldText } from './fold-text.ts';
import { apply, combine, identity, type Matrix } from './matrix.ts';
import type { Glyph, Run } from './page-content.ts';

/** What is needed of a font to know where its characters stand. */
export interface FontFacts {
  /** Width of a thousandth of the font's unit. */
  readonly unit: number;
  readonly isVertical: boolean;
}

/** A character of the reader's list, checked. */
export interface ShownGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

export interface TextState {
  readonly font: FontFacts;
  readonly size: number;
  readonly characterSpacing: number;
  readonly wordSpacing: number;
  readonly stretch: number;
  readonly leading: number;
  readonly rise: number;
}

export const initialTextState: TextState = {
  font: { unit: 0.001, isVertical: false },
  size: 0,
  characterSpacing: 0,
  wordSpacing: 0,
  stretch: 1,
  leading: 0,
  rise: 0,
};

interface Placed extends Glyph {
  readonly fontKey: string;
}

/** Wider gaps, in sizes, begin another run: after a move of the pen narrower ones do, as between columns. */
const [widestGap, widestGapAfterMove] = [0.5, 0.2];

function continues(last: Placed, next: Placed, isMoved: boolean): boolean {
  const gap = next.x - (last.x + last.width);
  return (
    last.fontKey === next.fontKey &&
    Math.abs(last.y - next.y) < 0.15 * last.size &&
    gap < (isMoved ? widestGapAfterMove : widestGap) * last.size &&
    gap > -0.4 * last.size
  );
}

/** The same character again within a quarter of its size is a bold made by printing twice. */
function isOverprint(seen: readonly Placed[], { printed, x, y, size, width }: Placed): boolean {
  // Narrow letters stand closer than that by themselves.
  const reach = Math.min(size / 4, width * 0.6);
  return seen.some(
    (other) => other.printed === printed && Math.abs(other.x - x) < reach && Math.abs(other.y - y) < size / 4,
  );
}

function toRun(glyphs: readonly Placed[]): Run {
  return {
    glyphs,
    left: Math.min(...glyphs.map(({ x }) => x)),
    right: Math.max(...glyphs.map(({ x, width }) => x + width)),
    y: glyphs[0]?.y ?? 0,
    size: Math.max(...glyphs.map(({ size }) => size)),
  };
}

/** Follows where text is printed and gathers it into runs. Turned text, as in seals, is left out. */
export function createTextCollector() {
  const runs: Placed[][] = [];
  /** Glyphs by place, coarse, to find overprints without comparing all with all. */
  const byPlace = new Map<string, Placed[]>();
  let [matrix, lineMatrix]: [Matrix, Matrix] = [identity, identity];
  let [afterBlank, isMoved] = [false, false];

  function place(glyph: Placed): void {
    const [column, row] = [Math.round(glyph.x / 4), Math.round(glyph.y / 4)];
    const near = [-1, 0, 1].flatMap((dx) =>
      [-1, 0, 1].flatMap((dy) => byPlace.get(`${column + dx},${row + dy}`) ?? []),
    );
    if (isOverprint(near, glyph)) return;
    const key = `${column},${row}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), glyph]);
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && continues(last, glyph, isMoved)) run.push(glyph);
    else runs.push([glyph]);
    isMoved = false;
  }

  function showGlyph(shown: ShownGlyph, state: TextState, toPage: Matrix, fontKey: string): void {
    const { font, size, stretch, rise } = state;
    const spacing = (shown.isSpace ? state.wordSpacing : 0) + state.characterSpacing;
    const width = shown.width * font.unit * size * stretch;
    const whole = combine(toPage, matrix);
    const printed = foldRadicals(shown.unicode);
    const [a, b, c, d] = whole;
    // Upright: along the page's x, and up where the page's y runs down.
    const isUpright =
      a * stretch * size > 0 && Math.abs(b) < 0.1 * Math.abs(a) && d * size < 0 && Math.abs(c) < 0.5 * Math.abs(d);
    if (printed.trim() === '') afterBlank = true;
    else if (isUpright) {
      const [x, y] = apply(whole, [0, rise]);
      const folded = foldText(printed).replaceAll(/\s/g, '');
      place({ printed, folded, x, y, width: width * a, size: Math.abs(d * size), afterBlank, fontKey });
      afterBlank = false;
    }
    const advance = font.isVertical ? 0 : width + spacing * stretch;
    matrix = combine(matrix, [1, 0, 0, 1, advance, font.isVertical ? -(size + spacing) : 0]);
  }

  return {
    begin(): void {
      [matrix, lineMatrix] = [identity, identity];
    },
    setMatrix(next: Matrix): void {
      [matrix, lineMatrix] = [next, next];
      [afterBlank, isMoved] = [false, true];
    },
    move(x: number, y: number): void {
      lineMatrix = combine(lineMatrix, [1, 0, 0, 1, x, y]);
      matrix = lineMatrix;
      [afterBlank, isMoved] = [false, true];
    },
    show(glyphs: readonly (ShownGlyph | number)[], state: TextState, toPage: Matrix, fontKey: string): void {
      for (const glyph of glyphs) {
        if (typeof glyph !== 'number') showGlyph(glyph, state, toPage, fontKey);
        else matrix = combine(matrix, [1, 0, 0, 1, (-glyph / 1000) * state.size * state.stretch, 0]);
      }
    },
    runs: (): Run[] => runs.map(toRun),
  };
}
