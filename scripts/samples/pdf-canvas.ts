import { PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { encode } from 'uqr';

export type Colour = readonly [number, number, number];

interface TextOptions {
  readonly size?: number;
  readonly colour?: Colour;
  readonly align?: 'left' | 'right' | 'centre';
}

/** A page drawn with the few means that real invoices use. Units as in the PDF, but y runs down from the top. */
export interface PdfCanvas {
  text(x: number, y: number, text: string, options?: TextOptions): void;
  /** Lines of at most `width`, `lead` apart. Returns how many there are. */
  block(x: number, y: number, text: string, options: TextOptions & { width: number; lead: number }): number;
  /** One character a line, as the side labels of the frame. */
  vertical(x: number, y: number, text: string, options: TextOptions & { lead: number }): void;
  rule(x1: number, y1: number, x2: number, y2: number, width?: number): void;
  frame(x1: number, y1: number, x2: number, y2: number): void;
  /** The circled cross before the amount in capitals. */
  crossMark(x: number, y: number): void;
  qrCode(x: number, y: number, size: number, content: string): void;
  /** A seal: an ellipse with text along its upper arc and lines in its middle. */
  seal(x: number, y: number, arcText: string, lines: readonly string[]): void;
  save(title: string): Promise<Uint8Array>;
}

export const ink: Colour = [0.1, 0.1, 0.12];
export const label: Colour = [0.5, 0.24, 0.1];
const red: Colour = [0.86, 0.12, 0.12];

// Han characters are one em wide, Courier's 0.6: no font metrics are needed.
const latin = /^[\x20-\x7e¥]$/;

/** Width of a text in units of its size. */
export function emsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (latin.test(character) ? 0.6 : 1), 0);
}

/** Cuts a text into lines that fit; its own line breaks stay. */
export function wrap(text: string, width: number, size: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const character of paragraph) {
      const line = lines.at(-1) ?? '';
      if (emsOf(line + character) * size > width) lines.push(character);
      else lines[lines.length - 1] = line + character;
    }
    return lines;
  });
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}

function hex(text: string): string {
  return [...text].map((character) => character.charCodeAt(0).toString(16).padStart(4, '0')).join('');
}

/** Parts of a text by the font that can show them: Song, Courier, or the one made for characters beyond UCS-2. */
function runsOf(text: string): { font: 'Song' | 'Mono' | 'Rare'; text: string; shown: string }[] {
  const runs = text.match(/[\x20-\x7e¥]+|[\u{10000}-\u{10ffff}]|[^\x20-\x7e¥\u{10000}-\u{10ffff}]+/gu) ?? [];
  return runs.map((run) => {
    if (latin.test(run.charAt(0))) return { font: 'Mono', text: run, shown: `<${bytesInWinAnsi(run)}>` };
    if (run === rareCharacter) return { font: 'Rare', text: run, shown: '<41>' };
    if ((run.codePointAt(0) ?? 0) > 0xffff) throw new RangeError(`no glyph for ${run}`);
    return { font: 'Song', text: run, shown: `<${hex(run)}>` };
  });
}

function bytesInWinAnsi(text: string): string {
  // All of Latin-1 that is used here has the same place in WinAnsi.
  return Buffer.from(text, 'latin1').toString('hex');
}

/** The one character of the samples that no Adobe-GB1 font holds. */
const rareCharacter = '𠮷';

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

function ellipse(x: number, y: number, rx: number, ry: number): string {
  const k = 0.5523; // the usual distance of the control points for a quarter of a circle
  const point = (px: number, py: number) => `${number(x + px * rx)} ${number(y + py * ry)}`;
  return [
    `${point(1, 0)} m`,
    `${point(1, k)} ${point(k, 1)} ${point(0, 1)} c`,
    `${point(-k, 1)} ${point(-1, k)} ${point(-1, 0)} c`,
    `${point(-1, -k)} ${point(-k, -1)} ${point(0, -1)} c`,
    `${point(k, -1)} ${point(1, -k)} ${point(1, 0)} c`,
  ].join(' ');
}

/** Starts an empty page of the given size. */
export async function createPdfCanvas(width: number, height: number): Promise<PdfCanvas> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const page = document.addPage([width, height]);
  const operators: string[] = [`${label.join(' ')} RG 0.6 w`];
  const up = (y: number) => number(height - y);

  const runs = (text: string, size: number) =>
    runsOf(text)
      .map(({ font, shown }) => `/${font} ${number(size)} Tf ${shown} Tj`)
      .join(' ');

  const drawText: PdfCanvas['text'] = (x, y, text, { size = 8, colour = ink, align = 'left' } = {}) => {
    if (text === '') return;
    const shift = { left: 0, right: 1, centre: 0.5 }[align] * emsOf(text) * size;
    operators.push(`BT ${colour.join(' ')} rg ${number(x - shift)} ${up(y)} Td ${runs(text, size)} ET`);
  };

  const block: PdfCanvas['block'] = (x, y, text, { width: available, lead, ...options }) => {
    const lines = wrap(text, available, options.size ?? 8);
    for (const [index, line] of lines.entries()) drawText(x, y + index * lead, line, options);
    return lines.length;
  };

  const rule: PdfCanvas['rule'] = (x1, y1, x2, y2, thickness = 0.6) => {
    operators.push(`${number(thickness)} w ${number(x1)} ${up(y1)} m ${number(x2)} ${up(y2)} l S`);
  };

  const arc = (x: number, y: number, text: string) => {
    const characters = [...text];
    for (const [index, character] of characters.entries()) {
      const angle = Math.PI * (0.94 - (0.88 * index) / (characters.length - 1));
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      // The tangent of the ellipse turns each character.
      const turn = Math.atan2(12 * sin, 30 * cos) - Math.PI / 2;
      const matrix = [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn)].map(number).join(' ');
      const [px, py] = [x + 33 * cos - 2.2 * Math.cos(turn), height - y + 12.5 * sin - 2.2 * Math.sin(turn)];
      operators.push(`BT ${red.join(' ')} rg ${matrix} ${number(px)} ${number(py)} Tm ${runs(character, 4.6)} ET`);
    }
  };

  return {
    text: drawText,
    block,
    rule,
    vertical: (x, y, text, { lead, ...options }) => {
      for (const [index, character] of [...text].entries())
        drawText(x, y + index * lead, character, { ...options, align: 'centre' });
    },
    frame: (x1, y1, x2, y2) => {
      operators.push(`0.8 w ${number(x1)} ${up(y2)} ${number(x2 - x1)} ${number(y2 - y1)} re S`);
    },
    crossMark: (x, y) => {
      operators.push(`0.6 w ${ellipse(x, height - y, 4, 4)} S`);
      rule(x - 2.8, y - 2.8, x + 2.8, y + 2.8);
      rule(x - 2.8, y + 2.8, x + 2.8, y - 2.8);
    },
    qrCode: (x, y, size, content) => {
      operators.push(drawQrCode(x, height - y - size, size, content));
    },
    seal: (x, y, arcText, lines) => {
      operators.push(`${red.join(' ')} RG 1.1 w ${ellipse(x, height - y, 40, 18)} S`);
      operators.push(`0.4 w ${ellipse(x, height - y, 38, 16.2)} S ${label.join(' ')} RG`);
      arc(x, y, arcText);
      for (const [index, line] of lines.entries())
        drawText(x, y + 3 + index * 7, line, { size: 5, colour: red, align: 'centre' });
    },
    save: async (title) => {
      const { context } = document;
      page.node.set(PDFName.of('Resources'), context.obj({ Font: addFonts(document) }));
      page.node.set(PDFName.of('Contents'), context.register(context.flateStream(operators.join('\n'))));
      context.trailerInfo.Info = context.register(
        context.obj({ Title: PDFHexString.fromText(title), Producer: PDFString.of('Fapiao Desk samples') }),
      );
      return document.save({ useObjectStreams: false, addDefaultPage: false });
    },
  };
}

/** Dark modules as squares, a run of them in a row as one rectangle. */
function drawQrCode(x: number, y: number, size: number, content: string): string {
  const { data, size: modules } = encode(content, { ecc: 'M', border: 0 });
  const scale = size / modules;
  const squares = data.flatMap((row, line) => {
    const starts = [...row.keys()].filter((column) => row[column] && !row[column - 1]);
    return starts.map((start) => {
      const end = row.indexOf(false, start);
      return `${start} ${modules - 1 - line} ${(end < 0 ? modules : end) - start} 1 re`;
    });
  });
  return `q ${scale.toFixed(4)} 0 0 ${scale.toFixed(4)} ${number(x)} ${number(y)} cm 0 g ${squares.join(' ')} f Q`;
}
