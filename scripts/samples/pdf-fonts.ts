import { type PDFDict, type PDFDocument, PDFName, PDFString } from 'pdf-lib';

// Han characters are one em wide, Courier's 0.6: no font metrics are needed.
const latin = /^[\x20-\x7e¥]$/;

/** Width of a text in units of its size. */
export function emsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (latin.test(character) ? 0.6 : 1), 0);
}

/** The one character of the samples that no Adobe-GB1 font holds. */
const rareCharacter = '𠮷';

function hex(text: string): string {
  return [...text].map((character) => character.charCodeAt(0).toString(16).padStart(4, '0')).join('');
}

/** Parts of a text by the font that can show them: Song, Courier, or the one made for characters beyond UCS-2. */
function runsOf(text: string): { font: 'Song' | 'Mono' | 'Rare'; shown: string }[] {
  const runs = text.match(/[\x20-\x7e¥]+|[\u{10000}-\u{10ffff}]|[^\x20-\x7e¥\u{10000}-\u{10ffff}]+/gu) ?? [];
  return runs.map((run) => {
    if (latin.test(run.charAt(0))) return { font: 'Mono', shown: `<${bytesInWinAnsi(run)}>` };
    if (run === rareCharacter) return { font: 'Rare', shown: '<41>' };
    if ((run.codePointAt(0) ?? 0) > 0xffff) throw new RangeError(`no glyph for ${run}`);
    return { font: 'Song', shown: `<${hex(run)}>` };
  });
}

function bytesInWinAnsi(text: string): string {
  // All of Latin-1 that is used here has the same place in WinAnsi.
  return Buffer.from(text, 'latin1').toString('hex');
}

/** The operators that show a text at the current place. */
export function showText(text: string, size: number): string {
  return runsOf(text)
    .map(({ font, shown }) => `/${font} ${Number(size.toFixed(2))} Tf ${shown} Tj`)
    .join(' ');
}

/** How a canvas shows text. */
export interface CanvasFonts {
  /** The operators that show a text; labels may have another font than values. */
  show(text: string, size: number, isLabel: boolean): string;
  /** The dictionary of the fonts, for the pages. */
  add(document: PDFDocument): PDFDict;
}

/** The three fonts: Song as invoices name it, not embedded, so that a file stays at a few kilobytes. */
function addFonts(document: PDFDocument) {
  const { context } = document;
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: 'STSong-Light',
      Flags: 6,
      FontBBox: [-25, -254, 1000, 880],
      ItalicAngle: 0,
      Ascent: 880,
      Descent: -120,
      CapHeight: 880,
      StemV: 93,
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType0',
      BaseFont: 'STSong-Light',
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('GB1'), Supplement: 4 },
      FontDescriptor: descriptor,
      DW: 1000,
    }),
  );
  return context.obj({
    Song: context.register(
      context.obj({
        Type: 'Font',
        Subtype: 'Type0',
        BaseFont: 'STSong-Light-UniGB-UCS2-H',
        Encoding: 'UniGB-UCS2-H',
        DescendantFonts: [descendant],
      }),
    ),
    Mono: context.register(
      context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Courier', Encoding: 'WinAnsiEncoding' }),
    ),
    Rare: addRareFont(document),
  });
}

export const songFonts: CanvasFonts = { show: showText, add: addFonts };

/** A font of one glyph, drawn with strokes: 土 above 口. */
function addRareFont({ context }: PDFDocument) {
  const strokes = [
    '120 640 m 880 640 l 500 840 m 500 400 l 60 400 m 940 400 l',
    '230 250 m 770 250 l 770 -60 l 230 -60 l 230 250 l',
  ];
  const glyph = context.stream(`1000 0 d0 60 w ${strokes.join(' ')} S`);
  const [high = '', low = ''] = [rareCharacter.charCodeAt(0), rareCharacter.charCodeAt(1)].map((unit) =>
    unit.toString(16).toUpperCase(),
  );
  const toUnicode = [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Rare def /CMapType 2 def',
    '1 begincodespacerange <00> <FF> endcodespacerange',
    `1 beginbfchar <41> <${high}${low}> endbfchar`,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type3',
      FontBBox: [0, -120, 1000, 880],
      FontMatrix: [0.001, 0, 0, 0.001, 0, 0],
      CharProcs: { rare: context.register(glyph) },
      Encoding: { Type: 'Encoding', Differences: [65, PDFName.of('rare')] },
      FirstChar: 65,
      LastChar: 65,
      Widths: [1000],
      ToUnicode: context.register(context.stream(toUnicode)),
      Resources: {},
    }),
  );
}
