import { PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { encode } from 'uqr';
import { type CanvasFonts, emsOf, showText, songFonts } from './pdf-fonts.ts';

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
  rule(x1: number, y1: number, x2: number, y2: number): void;
  frame(x1: number, y1: number, x2: number, y2: number): void;
  /** The circled cross before the amount in capitals. */
  crossMark(x: number, y: number): void;
  qrCode(x: number, y: number, size: number, content: string): void;
  /** A seal: an ellipse with text along its upper arc and lines in its middle. */
  seal(x: number, y: number, arcText: string, lines: readonly string[]): void;
  /** A picture of one bit a dot, 1 white, rows filled up to whole bytes. */
  image(x: number, y: number, width: number, height: number, bitmap: Bitmap): void;
  /** Everything after goes on another page of the same size. */
  newPage(): void;
  /** @param finish last changes to the document, such as data hidden in it */
  save(title: string, finish?: (document: PDFDocument) => void): Promise<Uint8Array>;
}

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
}

export const ink: Colour = [0.1, 0.1, 0.12];
export const label: Colour = [0.5, 0.24, 0.1];
const red: Colour = [0.86, 0.12, 0.12];

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

/** Text along the upper arc of a seal, each character turned to the tangent. `y` runs up here. */
function arcText(x: number, y: number, text: string): string[] {
  const characters = [...text];
  return characters.map((character, index) => {
    const angle = Math.PI * (0.94 - (0.88 * index) / (characters.length - 1));
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const turn = Math.atan2(12 * sin, 30 * cos) - Math.PI / 2;
    const matrix = [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn)].map(number).join(' ');
    const place = [x + 33 * cos - 2.2 * Math.cos(turn), y + 12.5 * sin - 2.2 * Math.sin(turn)].map(number).join(' ');
    return `BT ${red.join(' ')} rg ${matrix} ${place} Tm ${showText(character, 4.6)} ET`;
  });
}

function sealOperators(x: number, y: number, text: string): string[] {
  return [
    `${red.join(' ')} RG 1.1 w ${ellipse(x, y, 40, 18)} S`,
    `0.4 w ${ellipse(x, y, 38, 16.2)} S ${label.join(' ')} RG`,
    ...arcText(x, y, text),
  ];
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

interface Content {
  readonly pages: readonly (readonly string[])[];
  readonly bitmaps: readonly Bitmap[];
  readonly fonts: CanvasFonts;
}

function addBitmap({ context }: PDFDocument, { width, height, rows }: Bitmap) {
  const dictionary = { Type: 'XObject', Subtype: 'Image', Width: width, Height: height, BitsPerComponent: 1 };
  return context.register(context.flateStream(rows, { ...dictionary, ColorSpace: 'DeviceGray' }));
}

async function saveDocument(
  document: PDFDocument,
  { pages, bitmaps, fonts }: Content,
  title: string,
  finish: (document: PDFDocument) => void,
): Promise<Uint8Array> {
  const { context } = document;
  const images = Object.fromEntries(bitmaps.map((bitmap, index) => [`Image${index}`, addBitmap(document, bitmap)]));
  const resources = { Font: fonts.add(document), ...(bitmaps.length > 0 ? { XObject: context.obj(images) } : {}) };
  for (const [index, operators] of pages.entries()) {
    const { node } = document.getPage(index);
    node.set(PDFName.of('Resources'), context.obj(resources));
    node.set(PDFName.of('Contents'), context.register(context.flateStream(operators.join('\n'))));
  }
  context.trailerInfo.Info = context.register(
    context.obj({ Title: PDFHexString.fromText(title), Producer: PDFString.of('Fapiao Desk samples') }),
  );
  finish(document);
  return document.save({ useObjectStreams: false, addDefaultPage: false });
}

/** Starts an empty page of the given size. */
export async function createPdfCanvas(width: number, height: number, fonts = songFonts): Promise<PdfCanvas> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const pages: string[][] = [];
  const bitmaps: Bitmap[] = [];
  let operators: string[] = [];
  const newPage = () => {
    document.addPage([width, height]);
    operators = [`${label.join(' ')} RG 0.6 w`];
    pages.push(operators);
  };
  newPage();
  const up = (y: number) => number(height - y);

  const text: PdfCanvas['text'] = (x, y, content, { size = 8, colour = ink, align = 'left' } = {}) => {
    if (content === '') return;
    const shift = { left: 0, right: 1, centre: 0.5 }[align] * emsOf(content) * size;
    operators.push(
      `BT ${colour.join(' ')} rg ${number(x - shift)} ${up(y)} Td ${fonts.show(content, size, colour === label)} ET`,
    );
  };
  const rule: PdfCanvas['rule'] = (x1, y1, x2, y2) => {
    operators.push(`0.6 w ${number(x1)} ${up(y1)} m ${number(x2)} ${up(y2)} l S`);
  };

  return {
    text,
    rule,
    block: (x, y, content, { width: available, lead, ...options }) => {
      const lines = wrap(content, available, options.size ?? 8);
      for (const [index, line] of lines.entries()) text(x, y + index * lead, line, options);
      return lines.length;
    },
    vertical: (x, y, content, { lead, ...options }) => {
      for (const [index, character] of [...content].entries())
        text(x, y + index * lead, character, { ...options, align: 'centre' });
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
    seal: (x, y, arc, lines) => {
      operators.push(...sealOperators(x, height - y, arc));
      for (const [index, line] of lines.entries())
        text(x, y + 3 + index * 7, line, { size: 5, colour: red, align: 'centre' });
    },
    image: (x, y, across, down, bitmap) => {
      bitmaps.push(bitmap);
      operators.push(
        `q ${number(across)} 0 0 ${number(down)} ${number(x)} ${up(y + down)} cm /Image${bitmaps.length - 1} Do Q`,
      );
    },
    newPage,
    save: (title, finish = () => {}) => saveDocument(document, { pages, bitmaps, fonts }, title, finish),
  };
}
