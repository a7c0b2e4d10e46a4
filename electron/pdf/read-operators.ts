import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { apply, combine, identity, type Matrix, type Point } from './matrix.ts';
import type { Drawing, GreyImage, Run } from './page-content.ts';
import {
  createTextCollector,
  type FontFacts,
  initialTextState,
  type ShownGlyph,
  type TextState,
} from './text-state.ts';

/** What the reader has of a page, as far as it is needed here. */
export interface PageSource {
  readonly operators: readonly number[];
  readonly operands: readonly (readonly unknown[] | null)[];
  readonly toPage: Matrix;
  readonly font: (name: string) => FontFacts;
  readonly image: (operand: unknown, kind: 'image' | 'stencil', grey: number) => GreyImage | undefined;
}

interface State {
  readonly transform: Matrix;
  readonly text: TextState;
  readonly fontKey: string;
  readonly fillGrey: number;
}

const initialState: State = { transform: identity, text: initialTextState, fontKey: '', fillGrey: 0 };

const toNumbers = (values: unknown): number[] =>
  Array.isArray(values) || ArrayBuffer.isView(values) ? Array.from(values as ArrayLike<unknown>, Number) : [];

function toMatrix(values: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = toNumbers(values);
  return [a, b, c, d, e, f];
}

/** `#rrggbb` → brightness from 0 to 255. */
function greyOf(colour: unknown): number {
  const value = typeof colour === 'string' ? Number.parseInt(colour.slice(1), 16) : Number.NaN;
  if (Number.isNaN(value)) return 128;
  return 0.3 * (value >> 16) + 0.59 * ((value >> 8) & 255) + 0.11 * (value & 255);
}

function toShown(value: unknown): ShownGlyph | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null || !('unicode' in value)) return undefined;
  const width = 'width' in value && typeof value.width === 'number' ? value.width : 0;
  return { unicode: String(value.unicode), width, isSpace: 'isSpace' in value && value.isSpace === true };
}

/** How many numbers follow each command of a path: move, line, curve, quadratic curve, close. */
const pathOperands = [2, 2, 6, 4, 0];

/** The corners of a path; of a curve its ends and its middle, which is near enough for what is looked for. */
function readPolygons(data: unknown, transform: Matrix): Point[][] {
  const numbers = toNumbers(data);
  const polygons: Point[][] = [];
  for (let index = 0; index < numbers.length; ) {
    const command = numbers[index] ?? 4;
    const count = pathOperands[command] ?? 0;
    const [x = 0, y = 0] = numbers.slice(index + 1 + count - 2, index + 1 + count);
    const open = polygons.at(-1);
    if (command === 0) polygons.push([apply(transform, [x, y])]);
    else if (command !== 4) open?.push(apply(transform, [x, y]));
    else if (open?.[0]) open.push(open[0]);
    index += 1 + count;
  }
  return polygons;
}

const fills: readonly number[] = [
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
];
const strokes: readonly number[] = [
  OPS.stroke,
  OPS.closeStroke,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
];
const evenOdds: readonly number[] = [OPS.eoFill, OPS.eoFillStroke, OPS.closeEOFillStroke];

interface Walk {
  state: State;
  readonly stack: State[];
  readonly text: ReturnType<typeof createTextCollector>;
  readonly drawings: Drawing[];
  readonly source: PageSource;
}

type Step = (walk: Walk, operands: readonly unknown[]) => void;

const setText = (walk: Walk, change: Partial<TextState>) => {
  walk.state = { ...walk.state, text: { ...walk.state.text, ...change } };
};
const setNumber =
  (name: 'characterSpacing' | 'wordSpacing' | 'leading' | 'rise'): Step =>
  (walk, [value]) =>
    setText(walk, { [name]: Number(value) });
const save: Step = (walk) => void walk.stack.push(walk.state);
const restore: Step = (walk) => {
  walk.state = walk.stack.pop() ?? walk.state;
};
const transform: Step = (walk, operands) => {
  walk.state = { ...walk.state, transform: combine(walk.state.transform, toMatrix(operands)) };
};
const toPageOf = ({ source, state }: Walk): Matrix => combine(source.toPage, state.transform);

const show: Step = (walk, [glyphs]) => {
  const shown = Array.isArray(glyphs) ? glyphs.map(toShown).filter((glyph) => glyph !== undefined) : [];
  walk.text.show(shown, walk.state.text, toPageOf(walk), walk.state.fontKey);
};
const setFont: Step = (walk, [name, size]) => {
  setText(walk, { font: walk.source.font(String(name)), size: Number(size) });
  walk.state = { ...walk.state, fontKey: `${String(name)} ${Number(size)}` };
};
const moveText: Step = (walk, [x, y]) => walk.text.move(Number(x), Number(y));
const nextLine: Step = (walk) => walk.text.move(0, -walk.state.text.leading);

const drawPath: Step = (walk, [paint, data]) => {
  const operator = Number(paint);
  const polygons = readPolygons(Array.isArray(data) ? data[0] : undefined, toPageOf(walk));
  if (polygons.length === 0) return;
  const isEvenOdd = evenOdds.includes(operator);
  const shape = { kind: 'shape', polygons, isEvenOdd } as const;
  if (fills.includes(operator)) walk.drawings.push({ ...shape, paint: 'fill', grey: walk.state.fillGrey });
  if (strokes.includes(operator)) walk.drawings.push({ ...shape, paint: 'stroke', grey: 0 });
};

const drawImage =
  (kind: 'image' | 'stencil'): Step =>
  (walk, [first]) => {
    const image = walk.source.image(first, kind, walk.state.fillGrey);
    if (image) walk.drawings.push({ kind: 'image', image, place: toPageOf(walk) });
  };

/** A stencil of one dot: the unit square in the colour of the fill. */
const drawDot: Step = (walk) => {
  const corners: Point[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ];
  const polygons = [corners.map((corner) => apply(toPageOf(walk), corner))];
  walk.drawings.push({ kind: 'shape', paint: 'fill', polygons, isEvenOdd: false, grey: walk.state.fillGrey });
};

const steps: Readonly<Record<number, Step>> = {
  [OPS.save]: save,
  [OPS.restore]: restore,
  [OPS.transform]: transform,
  [OPS.paintFormXObjectBegin]: (walk, [matrix]) => {
    save(walk, []);
    if (matrix) transform(walk, toNumbers(matrix));
  },
  [OPS.paintFormXObjectEnd]: restore,
  [OPS.beginText]: (walk) => walk.text.begin(),
  [OPS.setCharSpacing]: setNumber('characterSpacing'),
  [OPS.setWordSpacing]: setNumber('wordSpacing'),
  [OPS.setHScale]: (walk, [percent]) => setText(walk, { stretch: Number(percent) / 100 }),
  [OPS.setLeading]: setNumber('leading'),
  [OPS.setTextRise]: setNumber('rise'),
  [OPS.setFont]: setFont,
  [OPS.moveText]: moveText,
  [OPS.setLeadingMoveText]: (walk, [x, y]) => {
    setText(walk, { leading: -Number(y) });
    walk.text.move(Number(x), Number(y));
  },
  [OPS.setTextMatrix]: (walk, operands) =>
    walk.text.setMatrix(toMatrix(operands.length === 1 ? operands[0] : operands)),
  [OPS.nextLine]: nextLine,
  [OPS.showText]: show,
  [OPS.showSpacedText]: show,
  [OPS.setFillRGBColor]: (walk, [colour]) => {
    walk.state = { ...walk.state, fillGrey: greyOf(colour) };
  },
  [OPS.setFillColorN]: (walk) => {
    walk.state = { ...walk.state, fillGrey: 128 };
  },
  [OPS.setFillTransparent]: (walk) => {
    walk.state = { ...walk.state, fillGrey: 255 };
  },
  [OPS.setGState]: (walk, [pairs]) => {
    const font = Array.isArray(pairs) ? pairs.find((pair) => Array.isArray(pair) && pair[0] === 'Font') : undefined;
    if (Array.isArray(font) && Array.isArray(font[1])) setFont(walk, font[1]);
  },
  [OPS.constructPath]: drawPath,
  [OPS.paintImageXObject]: drawImage('image'),
  [OPS.paintInlineImageXObject]: drawImage('image'),
  [OPS.paintImageMaskXObject]: drawImage('stencil'),
  [OPS.paintSolidColorImageMask]: drawDot,
};

/** Walks through what a page paints and says where its characters, lines and images stand. */
export function readOperators(source: PageSource): { runs: Run[]; drawings: Drawing[] } {
  const walk: Walk = { state: initialState, stack: [], text: createTextCollector(), drawings: [], source };
  for (const [index, operator] of source.operators.entries()) steps[operator]?.(walk, source.operands[index] ?? []);
  return { runs: walk.text.runs(), drawings: walk.drawings };
}
