import { type ZipPart, zipFile, zipPart } from './zip-file.ts';

const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export const sheetHead = `${declaration}<worksheet xmlns="${main}"><sheetData>`;
export const sheetTail = '</sheetData></worksheet>';
export const stringsHead = `${declaration}<sst xmlns="${main}">`;
export const stringsTail = '</sst>';

const cells = ['订单号', '购买方名称', '发票号码', '价税合计'];
const row = (number: number, values: readonly string[]) =>
  `<row r="${number}">${values.map((value, index) => `<c r="${'ABCD'[index]}${number}" t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;

/** The XML that the smallest workbook consists of, by the names of its parts. */
export const plainParts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${declaration}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="发票" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationships}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${relationships}/styles" Target="styles.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': `${sheetHead}${row(1, cells)}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="str"><v>26312000000010100556</v></c><c r="D2"><v>113.1</v></c><c r="E2" s="1"><v>45678</v></c><c r="F2" t="b"><v>1</v></c><c r="G2"><f>D2*2</f><v>226.2</v></c></row>${sheetTail}`,
  'xl/sharedStrings.xml': `${stringsHead}<si><t>WX1</t></si><si><r><t>上海青禾</t></r><r><t xml:space="preserve"> 科技</t></r></si>${stringsTail}`,
  'xl/styles.xml': `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

/** The smallest workbook, with other XML for some of its parts, without some, and with parts besides. */
export function workbook(changes: Readonly<Record<string, string | null>>, besides: readonly ZipPart[] = []): Buffer {
  return zipFile(partsOf(changes, besides));
}

/** As {@link workbook}, before they are put together. A part that is given besides takes the place of the plain one. */
export function partsOf(
  changes: Readonly<Record<string, string | null>>,
  besides: readonly ZipPart[] = [],
): readonly ZipPart[] {
  const replaced = new Set(besides.map(({ name }) => name));
  const plain = Object.entries({ ...plainParts, ...changes }).filter(([name]) => !replaced.has(name));
  return [...plain.flatMap(([name, xml]) => (xml === null ? [] : [zipPart(name, xml)])), ...besides];
}

/** A workbook whose sheet holds just this. */
export const sheet = (content: string): Buffer =>
  workbook({ 'xl/worksheets/sheet1.xml': `${sheetHead}${content}${sheetTail}` });
