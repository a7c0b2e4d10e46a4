import { encode } from 'uqr';
import { type Bitmap, label, type PdfCanvas } from '../samples/pdf-canvas.ts';
import { type FixtureInvoice, type FixtureLine, feeOf, netOf } from './content.ts';
import { capitals, plain, printedDate, printedTax, printedTaxSum, qrText, yen } from './printed.ts';
import { type Print, printPlain } from './vat-layout.ts';

export interface DigitalOptions {
  /** As an image in the file and not as drawn squares. */
  readonly isQrImage?: boolean;
  readonly print?: Print;
  /** Lines a page; more go on further pages, and the sums stand on the last. */
  readonly linesPerPage?: number;
}

const [left, right] = [13, 587];
const heads = [
  [40, '项目名称', 'left'],
  [146, '规格型号', 'left'],
  [220, '单 位', 'left'],
  [294, '数 量', 'right'],
  [366, '单 价', 'right'],
  [446, '金 额', 'right'],
  [467, '税率/征收率', 'left'],
  [580, '税 额', 'right'],
] as const;

/** The code as dots of one bit, four to a module, with a border. */
export function qrBitmap(content: string, dots = 4, border = 2): Bitmap {
  const { data, size } = encode(content, { ecc: 'M', border });
  const side = size * dots;
  const rowBytes = Math.ceil(side / 8);
  const rows = new Uint8Array(rowBytes * side).fill(255);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      if (data[Math.floor(y / dots)]?.[Math.floor(x / dots)]) {
        const index = y * rowBytes + (x >> 3);
        rows[index] = (rows[index] ?? 255) & ~(128 >> (x & 7));
      }
  return { width: side, height: side, rows };
}

function drawFrame(canvas: PdfCanvas): void {
  canvas.frame(left, 86, right, 346);
  for (const y of [142, 264, 286]) canvas.rule(left, y, right, y);
  for (const x of [31, 301, 318]) canvas.rule(x, 86, x, 142);
  canvas.rule(31, 286, 31, 346);
  const side = { size: 8, colour: label, lead: 10.2 };
  canvas.vertical(22, 97, '购买方信息', side);
  canvas.vertical(309.5, 97, '销售方信息', side);
  canvas.vertical(22, 308, '备注', { ...side, lead: 22 });
  canvas.vertical(594, 150, '下载次数：1', { size: 6, colour: label, lead: 9 });
}

function drawHead(
  canvas: PdfCanvas,
  invoice: FixtureInvoice,
  { isQrImage = false, print = printPlain }: DigitalOptions,
): void {
  if (isQrImage) canvas.image(18, 16, 60, 60, qrBitmap(qrText(invoice, '')));
  else canvas.qrCode(20, 18, 56, qrText(invoice, ''));
  canvas.text(300, 36, invoice.type, { size: 18, colour: label, align: 'centre' });
  canvas.rule(200, 42, 400, 42);
  canvas.rule(200, 44, 400, 44);
  canvas.seal(300, 65, '全国统一发票监制章', ['国家税务总局', '示例税务局']);
  print(canvas, 418, 40, '发票号码：', 8.5);
  canvas.text(461, 40, invoice.billingNo, { size: 8.5 });
  print(canvas, 418, 58, '开票日期：', 8.5);
  canvas.text(461, 58, printedDate(invoice.date), { size: 8.5 });
}

function drawParties(canvas: PdfCanvas, { buyer, seller }: FixtureInvoice, print: Print): void {
  for (const [x, party] of [
    [36, buyer],
    [323, seller],
  ] as const) {
    print(canvas, x, 106, '名称：', 8);
    // Set so tight that the value begins before its label ends.
    canvas.text(x + 22, 106, party.name, { size: 8.5 });
    print(canvas, x, 130, '统一社会信用代码/纳税人识别号：', 7.5);
    canvas.text(x + 118, 130, party.taxId);
  }
}

function drawLines(canvas: PdfCanvas, lines: readonly FixtureLine[], print: Print): void {
  for (const [x, head, align] of heads) print(canvas, align === 'left' ? x : x - head.length * 7.2, 154, head, 8);
  let y = 168;
  for (const line of lines) {
    const rows = canvas.block(18, y, line.name, { width: 122, lead: 10 });
    canvas.text(146, y, line.spec);
    canvas.text(228, y, line.unit, { align: 'centre' });
    canvas.text(293, y, line.num, { align: 'right' });
    canvas.text(365, y, line.price, { align: 'right' });
    canvas.text(445, y, plain(line.netFen), { align: 'right' });
    canvas.text(489, y, line.rate, { align: 'centre' });
    canvas.text(579, y, printedTax(line), { align: 'right' });
    y += rows * 10 + 2;
  }
}

function drawSums(canvas: PdfCanvas, invoice: FixtureInvoice, print: Print): void {
  print(canvas, 33, 258, '合        计', 8);
  canvas.text(445, 258, yen(netOf(invoice)), { align: 'right' });
  canvas.text(579, 258, printedTaxSum(invoice), { align: 'right' });
  print(canvas, 28, 278, '价税合计（大写）', 8);
  canvas.crossMark(164, 275);
  canvas.text(174, 278, capitals(feeOf(invoice)), { size: 9 });
  print(canvas, 418, 278, '（小写）', 8);
  canvas.text(456, 278, yen(feeOf(invoice)), { size: 9 });
}

/** Draws a fully digital invoice 数电票, on as many pages as its lines need. */
export function drawDigital(canvas: PdfCanvas, invoice: FixtureInvoice, options: DigitalOptions = {}): void {
  const { print = printPlain, linesPerPage = 20 } = options;
  const pages = Math.ceil(invoice.lines.length / linesPerPage);
  for (let page = 0; page < pages; page += 1) {
    const lines = invoice.lines.slice(page * linesPerPage, (page + 1) * linesPerPage);
    if (page > 0) canvas.newPage();
    drawFrame(canvas);
    drawHead(canvas, invoice, options);
    if (pages > 1) canvas.text(500, 76, `共 ${pages} 页 第 ${page + 1} 页`);
    drawParties(canvas, invoice, print);
    drawLines(canvas, lines, print);
    if (page < pages - 1) {
      print(canvas, 33, 258, '小        计', 8);
      canvas.text(445, 258, yen(netOf({ ...invoice, lines })), { align: 'right' });
      canvas.text(579, 258, printedTaxSum({ ...invoice, lines }), { align: 'right' });
      continue;
    }
    drawSums(canvas, invoice, print);
    canvas.block(38, 298, invoice.remarks, { width: 530, lead: 11 });
    print(canvas, 60, 366, '开票人：', 8);
    canvas.text(94, 366, invoice.maker);
  }
}
