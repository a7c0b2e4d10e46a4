import { partsOf, plainParts, sheet, sheetHead, sheetTail, stringsHead, stringsTail, workbook } from './workbook.ts';
import { endlessPart, type ZipPart, zipFile, zipPart } from './zip-file.ts';

/** A table made to break its reader. */
export interface OddTable {
  readonly name: string;
  readonly ending: 'xlsx' | 'csv';
  readonly bytes: () => Buffer;
  /** What it must be refused with; null: it may be read or refused, with whatever. */
  readonly code: string | null;
}

const megabyte = 1024 * 1024;
const sheetPath = 'xl/worksheets/sheet1.xml';
const stringsPath = 'xl/sharedStrings.xml';
const spaces = ' '.repeat(megabyte);
const cell = '<c r="A1" t="inlineStr"><is><t>a</t></is></c>';
const laughs = `<!DOCTYPE x [<!ENTITY l0 "lollollol">${Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join('')}]>`;
const withLaughs = (path: string) =>
  (plainParts[path] ?? '').replace('?>', `?>${laughs}`).replace(/<t>[^<]*|name="[^"]*/, (found) => `${found}&l9;`);

const tooLarge = 'table.too-large';
const damaged = 'table.workbook-damaged';

const packed = (name: string, code: string | null, bytes: () => Buffer): OddTable => ({
  name,
  ending: 'xlsx',
  bytes,
  code,
});
const bomb = (name: string, besides: () => readonly ZipPart[]): OddTable =>
  packed(name, tooLarge, () => workbook({}, besides()));
const odd = (name: string, content: string | (() => string)): OddTable =>
  packed(name, null, () => sheet(typeof content === 'string' ? content : content()));
const csv = (name: string, code: string | null, bytes: () => Buffer): OddTable => ({
  name,
  ending: 'csv',
  bytes,
  code,
});

const bombs: readonly OddTable[] = [
  bomb('a sheet of 1 GB', () => [
    endlessPart(sheetPath, { head: sheetHead, text: spaces, times: 1024, tail: sheetTail }),
  ]),
  bomb('a sheet of 1 GB that says it is 10 bytes', () => [
    endlessPart(sheetPath, { head: sheetHead, text: spaces, times: 1024, tail: sheetTail }, 10),
  ]),
  bomb('a sheet of 5 GB, more than a zip can state', () => [
    endlessPart(sheetPath, { head: sheetHead, text: spaces, times: 5 * 1024, tail: sheetTail }),
  ]),
  bomb('2,000 entries of 1 MB', () => {
    const { packed: one } = endlessPart('', { text: spaces, times: 1 });
    return Array.from({ length: 2000 }, (_, index) => ({
      name: `xl/media/${index}.png`,
      packed: one,
      method: 8 as const,
      crc: 0,
      statedBytes: megabyte,
    }));
  }),
  packed('1,000 entries over one another', tooLarge, () => {
    const [first, ...rest] = partsOf({}, [endlessPart('0', { text: spaces, times: 16 })]).toReversed();
    const same = Array.from({ length: 1000 }, (_, index) => ({ ...(first as ZipPart), name: String(index + 1) }));
    return zipFile([first as ZipPart, ...same, ...rest], { overlapping: true });
  }),
  bomb('shared strings of 1 GB', () => [
    endlessPart(stringsPath, {
      head: stringsHead,
      text: '<si><t>lol</t></si>'.repeat(50_000),
      times: 1100,
      tail: stringsTail,
    }),
  ]),
  bomb('a part that nobody reads of 1 GB', () => [endlessPart('xl/vbaProject.bin', { text: spaces, times: 1024 })]),
  packed('20,000 entries', damaged, () =>
    zipFile(
      partsOf(
        {},
        Array.from({ length: 20_000 }, (_, index) => zipPart(`xl/media/${index}`, '', 0)),
      ),
    ),
  ),
  packed('a directory that begins behind the file', damaged, () => zipFile(partsOf({}), { directoryAt: 0x7fffffff })),
  packed('a directory that begins nowhere, as in a large zip', damaged, () =>
    zipFile(partsOf({}), { directoryAt: 0xffffffff }),
  ),
  packed('more entries than there are', damaged, () => zipFile(partsOf({}), { count: 65_535 })),
  packed('no entry at all', 'table.has-nul', () => zipFile([])),
  packed('a zip in a zip', damaged, () => zipFile([zipPart('workbook.xlsx', workbook({}), 0)])),
  packed('cut in the middle', damaged, () => workbook({}).subarray(0, 900)),
  packed('a compound file that ends at once', 'table.is-workbook', () => Buffer.from('d0cf11e0a1b11ae1', 'hex')),
  packed('a sheet packed in an unknown way', damaged, () =>
    workbook({}, [{ ...zipPart(sheetPath, plainParts[sheetPath] ?? ''), method: 99 as 8 }]),
  ),
];

const oddSheets: readonly OddTable[] = [
  packed('entities that grow in the workbook', null, () =>
    workbook({ 'xl/workbook.xml': withLaughs('xl/workbook.xml') }),
  ),
  packed('entities that grow in the shared strings', null, () => workbook({ [stringsPath]: withLaughs(stringsPath) })),
  packed('entities that grow in the sheet', null, () => workbook({ [sheetPath]: withLaughs(sheetPath) })),
  packed('an entity that is a file', null, () =>
    workbook({
      [stringsPath]: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>${stringsHead.replace(/^<\?.*?\?>/, '')}<si><t>&f;</t></si>${stringsTail}`,
    }),
  ),
  packed('a sheet outside of the workbook', null, () =>
    workbook({
      'xl/_rels/workbook.xml.rels': (plainParts['xl/_rels/workbook.xml.rels'] ?? '').replace(
        'worksheets/sheet1.xml',
        '../../../../../etc/hostname',
      ),
    }),
  ),
  packed('a sheet at an address', null, () =>
    workbook({
      'xl/_rels/workbook.xml.rels': (plainParts['xl/_rels/workbook.xml.rels'] ?? '').replace(
        'Target="worksheets/sheet1.xml"',
        'Target="http://127.0.0.1:9/sheet1.xml" TargetMode="External"',
      ),
    }),
  ),
  ...Object.keys(plainParts).map((path) => packed(`without ${path}`, null, () => workbook({ [path]: null }))),
  ...Object.keys(plainParts).map((path) => packed(`nothing in ${path}`, null, () => workbook({ [path]: '' }))),
  odd('a cell at the far corner', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
  packed('a row of 16,384 cells', tooLarge, () =>
    sheet(`<row r="1">${'<c t="str"><v>a</v></c>'.repeat(16_384)}</row>`),
  ),
  odd('a million empty rows', () => '<row/>'.repeat(1_000_000)),
  packed('400,000 rows', tooLarge, () => sheet('<row><c t="str"><v>a</v></c></row>'.repeat(400_000))),
  odd('a cell of 30 MB', () => `<row r="1"><c r="A1" t="str"><v>${'长'.repeat(10 * megabyte)}</v></c></row>`),
  odd('elements in one another, 200,000 deep', () => `${'<row>'.repeat(200_000)}${'</row>'.repeat(200_000)}`),
  odd(
    '100,000 attributes',
    () => `<row ${Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')}>${cell}</row>`,
  ),
  odd(
    'row numbers that are none',
    ['0', '-1', '1e308', 'NaN', '99999999999999999999', ''].map((row) => `<row r="${row}">${cell}</row>`).join(''),
  ),
  odd(
    'cells that are nowhere',
    ['', 'A', '1', 'A0', 'A-1', 'ZZZZZZ1', 'A99999999999999999999', '一1', '__proto__']
      .map((at) => `<row><c r="${at}" t="str"><v>a</v></c></row>`)
      .join(''),
  ),
  odd(
    'strings that are not among the shared',
    ['-1', '2', '1e9', 'x', '', '__proto__'].map((at) => `<row><c t="s"><v>${at}</v></c></row>`).join(''),
  ),
  odd(
    'dates and numbers that are none',
    ['1e300', '-1', 'NaN', 'Infinity', '2958466', '١٢٣', '']
      .map((value) => `<row><c s="1"><v>${value}</v></c><c><v>${value}</v></c></row>`)
      .join(''),
  ),
  odd('styles that are not there', '<row><c s="99999999999"><v>1</v></c><c s="-1"><v>1</v></c></row>'),
  odd('types that are not there', '<row><c t="z"><v>1</v></c><c t=""><v>1</v></c><c t="e"><v>#REF!</v></c></row>'),
  odd(
    'rows written backwards',
    Array.from({ length: 500 }, (_, index) => `<row r="${500 - index}">${cell}</row>`).join(''),
  ),
  odd(
    'merged without end',
    `<row>${cell}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>`,
  ),
  odd('tags that never end', '<row><c t="inlineStr"><is><t>'),
  odd(
    'comments and instructions everywhere',
    '<!-- <row> --><?x <row>?><row><![CDATA[<c>]]><c t="str"><v><![CDATA[a]]></v></c></row>',
  ),
];

const oddTexts: readonly OddTable[] = [
  csv('one line of 40 MB', 'table.not-csv', () => Buffer.alloc(40 * megabyte, 'a')),
  csv('a quote that never ends, 20 MB', 'table.not-csv', () => Buffer.from(`"${'a,b\n'.repeat(5 * megabyte)}`)),
  csv('nothing but quotes, 10 MB', null, () => Buffer.alloc(10 * megabyte, '"')),
  csv('200,000 columns', tooLarge, () => Buffer.from(`${'a,'.repeat(200_000)}\n`)),
  csv('two million empty lines', null, () => Buffer.alloc(2_000_000, '\n')),
  csv('400,000 rows of text', tooLarge, () => Buffer.from(`订单号,购买方名称\n${'1,a\n'.repeat(400_000)}`)),
  csv('zeros, 10 MB', 'table.has-nul', () => Buffer.alloc(10 * megabyte)),
  csv('a byte order mark and nothing else', 'table.empty', () => Buffer.from('\uFEFF')),
  csv('UTF-16 cut in the middle of a letter', null, () =>
    Buffer.from('\uFEFF订单号,购买方名称\n1,a', 'utf16le').subarray(0, -1),
  ),
  csv('halves of letters', null, () => Buffer.from('订单号,购买方名称\n\xed\xa0\x80,\xff\xfe\xfd\n', 'latin1')),
  csv('GB18030 that ends within a letter', null, () =>
    Buffer.concat([Buffer.from([0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5, 0x2c, 0x61, 0x0a, 0x31, 0x2c, 0x81])]),
  ),
  csv('every byte there is', null, () => Buffer.from(Array.from({ length: 65_536 }, (_, index) => index % 256))),
  csv('a workbook that is called a text', null, () => workbook({})),
  csv('a PDF that is called a text', 'table.has-nul', () => Buffer.from(`%PDF-1.7\n${'\0'.repeat(1000)}`)),
];

/** Tables made to break their reader: zip bombs and lies, odd XML, odd text. */
export const oddTables: readonly OddTable[] = [...bombs, ...oddSheets, ...oddTexts];
