import { type PDFDict, type PDFDocument, PDFName } from 'pdf-lib';
import { type CanvasFonts, emsOf } from '../samples/pdf-fonts.ts';

/** Codes of one font: from the exclamation mark to what a byte holds. */
const [firstCode, perFont] = [33, 200];

export interface DrawnFontOptions {
  /** What the file says a character is; by default the character itself. */
  readonly toUnicode?: (character: string) => string;
  /** Labels without a table of characters: readers see `!"#$`. */
  readonly isMuteForLabels?: boolean;
}

interface Subset {
  readonly prefix: string;
  readonly hasTable: boolean;
  readonly characters: string[];
}

function codeOf(subset: Subset, character: string): { font: string; code: string } {
  let index = subset.characters.indexOf(character);
  if (index < 0) index = subset.characters.push(character) - 1;
  const code = firstCode + (index % perFont);
  return { font: `${subset.prefix}${Math.floor(index / perFont)}`, code: code.toString(16).padStart(2, '0') };
}

function showIn(subset: Subset, text: string, size: number): string {
  const runs: { font: string; codes: string }[] = [];
  for (const character of text) {
    const { font, code } = codeOf(subset, character);
    const run = runs.at(-1);
    if (run?.font === font) run.codes += code;
    else runs.push({ font, codes: code });
  }
  return runs.map(({ font, codes }) => `/${font} ${Number(size.toFixed(2))} Tf <${codes}> Tj`).join(' ');
}

const hex16 = (text: string) =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('');

function tableOf(characters: readonly string[], toUnicode: (character: string) => string): string {
  const lines = characters.map(
    (character, index) => `<${(firstCode + index).toString(16).padStart(2, '0')}> <${hex16(toUnicode(character))}>`,
  );
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Drawn def /CMapType 2 def',
    '1 begincodespacerange <00> <FF> endcodespacerange',
    `${lines.length} beginbfchar`,
    ...lines,
    'endbfchar endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

function addFont(
  document: PDFDocument,
  { hasTable }: Subset,
  characters: readonly string[],
  toUnicode: (character: string) => string,
) {
  const { context } = document;
  const widths = characters.map((character) => emsOf(character) * 1000);
  const glyph = (width: number, character: string) =>
    context.register(
      context.flateStream(character === ' ' ? `${width} 0 d0` : `${width} 0 d0 40 w 60 -60 ${width - 120} 760 re S`),
    );
  const glyphs = characters.map((character, index) => [`g${index}`, glyph(widths[index] ?? 1000, character)] as const);
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type3',
      FontBBox: [0, -120, 1000, 880],
      FontMatrix: [0.001, 0, 0, 0.001, 0, 0],
      CharProcs: context.obj(Object.fromEntries(glyphs)),
      Encoding: { Type: 'Encoding', Differences: [firstCode, ...glyphs.map(([name]) => PDFName.of(name))] },
      FirstChar: firstCode,
      LastChar: firstCode + characters.length - 1,
      Widths: widths,
      Resources: {},
      ...(hasTable ? { ToUnicode: context.register(context.flateStream(tableOf(characters, toUnicode))) } : {}),
    }),
  );
}

/**
 * Fonts embedded in the file with only the characters used, each drawn as a box: what an embedded subset looks like to
 * a reader of text. Nothing but its table says what a character is.
 */
export function createDrawnFonts(options: DrawnFontOptions = {}): CanvasFonts {
  const { toUnicode = (character: string) => character, isMuteForLabels = false } = options;
  const values: Subset = { prefix: 'Drawn', hasTable: true, characters: [] };
  const labels: Subset = { prefix: 'Mute', hasTable: false, characters: [] };
  return {
    show: (text, size, isLabel) => showIn(isMuteForLabels && isLabel ? labels : values, text, size),
    add: (document): PDFDict => {
      const fonts = [values, labels].flatMap((subset) =>
        Array.from({ length: Math.ceil(subset.characters.length / perFont) }, (_, index) => {
          const part = subset.characters.slice(index * perFont, (index + 1) * perFont);
          return [`${subset.prefix}${index}`, addFont(document, subset, part, toUnicode)] as const;
        }),
      );
      return document.context.obj(Object.fromEntries(fonts));
    },
  };
}

const kangxi: Readonly<Record<string, string>> = {
  子: '⼦',
  人: '⼈',
  金: '⾦',
  方: '⽅',
  一: '⼀',
  车: '⻋',
  页: '⻚',
  门: '⻔',
  长: '⻓',
  工: '⼯',
  大: '⼤',
  小: '⼩',
  口: '⼝',
  文: '⽂',
  日: '⽇',
  月: '⽉',
  用: '⽤',
  目: '⽬',
  行: '⾏',
  食: '⻝',
  单: '单',
  生: '⽣',
  里: '⾥',
};

/** As macOS writes its tables: the radical in the place of the character. */
export function createRadicalFonts(): CanvasFonts {
  return createDrawnFonts({ toUnicode: (character) => kangxi[character] ?? character });
}
