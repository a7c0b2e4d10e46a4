import { label, type PdfCanvas } from '../samples/pdf-canvas.ts';
import { createRandom } from '../samples/random.ts';
import { type FixtureInvoice, type FixtureLine, type FixtureParty, feeOf, netOf } from './content.ts';
import { capitals, plain, printedDate, printedTax, printedTaxSum, qrText, yen } from './printed.ts';

export interface VatOptions {
  readonly qr?: string | null;
  /** Makers rule the page some units apart. */
  readonly shift?: number;
  readonly isToll?: boolean;
  /** What stands on the first page in the place of the lines. */
  readonly lines?: readonly FixtureLine[];
  readonly buyerBankLabel?: string;
  readonly print?: Print;
}

/** Prints a label; makers against copying print it in unusual ways. */
export type Print = (canvas: PdfCanvas, x: number, y: number, text: string, size: number) => void;

export const printPlain: Print = (canvas, x, y, text, size) => canvas.text(x, y, text, { size, colour: label });

const [left, right] = [22, 583];
const goodsColumns = [150, 222, 258, 318, 384, 470, 500] as const;
const tollColumns = [130, 196, 246, 306, 366, 452, 494] as const;
const goodsHeads = ['货物或应税劳务、服务名称', '规格型号', '单位', '数 量', '单 价', '金 额', '税率', '税 额'];
const tollHeads = ['项目名称', '车牌号', '类 型', '通行日期起', '通行日期止', '金 额', '税率', '税 额'];

function drawFrame(canvas: PdfCanvas, shift: number, columns: readonly number[]): void {
  const [top, items, sum, seller, bottom] = [84, 146, 270, 292, 350].map((y) => y - shift) as [
    number,
    number,
    number,
    number,
    number,
  ];
  canvas.frame(left, top, right, bottom);
  for (const y of [items, sum, seller]) canvas.rule(left, y, right, y);
  for (const x of columns) canvas.rule(x, items, x, sum);
  canvas.rule(columns[0] ?? 150, sum, columns[0] ?? 150, seller);
  for (const x of [40, 344, 359]) {
    canvas.rule(x, top, x, items);
    canvas.rule(x, seller, x, bottom);
  }
  const side = { size: 8.5, colour: label, lead: 16 };
  canvas.vertical(31, 101 - shift, '购买方', side);
  canvas.vertical(351.5, 101 - shift, '密码区', side);
  canvas.vertical(31, 308 - shift, '销售方', side);
  canvas.vertical(351.5, 314 - shift, '备注', { ...side, lead: 20 });
}

function drawHead(canvas: PdfCanvas, invoice: FixtureInvoice, print: Print, shift: number): void {
  canvas.text(300, 34, invoice.type, { size: 17, colour: label, align: 'centre' });
  canvas.rule(200, 40, 400, 40);
  canvas.rule(200, 42, 400, 42);
  canvas.seal(300, 63, '全国统一发票监制章', ['国家税务总局', '示例税务局']);
  const isShort = invoice.checkCode.length < 20;
  const facts = [
    ['发票代码：', invoice.billingCode],
    ['发票号码：', invoice.billingNo],
    ['开票日期：', printedDate(invoice.date)],
    ['校 验 码：', isShort ? invoice.checkCode : (invoice.checkCode.match(/.{5}/g) ?? []).join(' ')],
  ] as const;
  for (const [index, [name, value]] of facts.entries()) {
    print(canvas, 420, 26 + index * 14, name, 8);
    // Values stand a little lower than their labels.
    canvas.text(466, 27 + index * 14, value, { size: 8.5 });
  }
  print(canvas, 24, 80 - shift, '机器编号：', 8);
  canvas.text(66, 81 - shift, `4999${invoice.billingNo}`);
}

function drawParty(
  canvas: PdfCanvas,
  party: FixtureParty,
  top: number,
  lead: number,
  bankLabel: string,
  print: Print,
): void {
  const facts = [
    ['名        称：', party.name],
    ['纳税人识别号：', party.taxId],
    ['地 址、电 话：', party.addressAndPhone],
    [bankLabel, party.bankAccount],
  ] as const;
  for (const [index, [name, value]] of facts.entries()) {
    print(canvas, 45, top + index * lead, name, 7.5);
    const isLong = value.length > 34;
    const parts = isLong ? [value.slice(0, 26), value.slice(26)] : [value];
    // A long value wraps around the height of its label.
    for (const [line, part] of parts.entries())
      canvas.text(101, top + index * lead + (isLong ? line * 7 - 4 : 0.8), part, { size: isLong ? 6.5 : 7.5 });
  }
}

function drawCipher(canvas: PdfCanvas, seed: number, shift: number): void {
  const random = createRandom(seed + 5);
  for (let line = 0; line < 4; line += 1) {
    const text = Array.from({ length: 27 }, () => '0123456789<>*+-/'.charAt(random.below(16))).join('');
    canvas.text(376, 100 - shift + line * 13, text, { size: 11.5 });
  }
}

function drawLines(
  canvas: PdfCanvas,
  lines: readonly FixtureLine[],
  columns: readonly number[],
  isToll: boolean,
  top: number,
): void {
  const edges = [left, ...columns, right];
  const edge = (index: number) => edges[index] ?? right;
  const centre = (index: number) => (edge(index) + edge(index + 1)) / 2;
  let y = top;
  for (const line of lines) {
    const rows = canvas.block(edge(0) + 2, y, line.name, { width: edge(1) - edge(0) - 4, lead: 9, size: 7.5 });
    const [spec, unit, num, price] = isToll
      ? [`苏E5${line.spec}`, '客车', line.num, line.price]
      : [line.spec, line.unit, line.num, line.price];
    canvas.text(isToll ? centre(1) : edge(1) + 2, y, spec, { align: isToll ? 'centre' : 'left', size: 7.5 });
    canvas.text(centre(2), y, unit, { align: 'centre', size: 7.5 });
    canvas.text(edge(4) - 2, y, num, { align: 'right', size: 7.5 });
    canvas.text(edge(5) - 2, y, price, { align: 'right', size: 7.5 });
    canvas.text(edge(6) - 2, y, plain(line.netFen), { align: 'right', size: 7.5 });
    canvas.text(centre(6), y, line.rate, { align: 'centre', size: 7.5 });
    canvas.text(edge(8) - 2, y, printedTax(line), { align: 'right', size: 7.5 });
    y += rows * 9 + 2;
  }
}

function drawSums(
  canvas: PdfCanvas,
  invoice: FixtureInvoice,
  columns: readonly number[],
  shift: number,
  print: Print,
): void {
  const [sumY, totalY] = [265 - shift, 284 - shift];
  print(canvas, 68, sumY, '合        计', 8);
  canvas.text((columns[5] ?? 470) - 2, sumY, yen(netOf(invoice)), { align: 'right' });
  canvas.text(right - 2, sumY, printedTaxSum(invoice), { align: 'right' });
  print(canvas, 50, totalY, '价税合计（大写）', 8);
  canvas.crossMark(164, totalY - 3);
  canvas.text(174, totalY, capitals(feeOf(invoice)), { size: 9 });
  print(canvas, 424, totalY, '（小写）', 8);
  canvas.text(460, totalY, yen(feeOf(invoice)), { size: 9 });
}

/** Draws the first page of an older e-invoice 增值税电子发票. */
export function drawVat(canvas: PdfCanvas, invoice: FixtureInvoice, options: VatOptions = {}): void {
  const { shift = 0, isToll = false, print = printPlain, buyerBankLabel = '开户行及账号：' } = options;
  const columns = isToll ? tollColumns : goodsColumns;
  const heads = isToll ? tollHeads : goodsHeads;
  drawFrame(canvas, shift, columns);
  const qr = options.qr === undefined ? qrText(invoice) : options.qr;
  if (qr !== null) canvas.qrCode(28, 14, 54, qr);
  drawHead(canvas, invoice, print, shift);
  drawParty(canvas, invoice.buyer, 98 - shift, 14, buyerBankLabel, print);
  drawCipher(canvas, invoice.seed, shift);
  const edges = [left, ...columns, right];
  for (const [index, head] of heads.entries()) {
    const width = head.length * 8 * 0.9;
    print(canvas, ((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2 - width / 2, 157 - shift, head, 8);
  }
  drawLines(canvas, options.lines ?? invoice.lines, columns, isToll, 170 - shift);
  drawSums(canvas, invoice, columns, shift, print);
  drawParty(canvas, invoice.seller, 304 - shift, 13, '开户行及账号：', print);
  canvas.block(364, 306 - shift, invoice.remarks, { width: 214, lead: 11 });
  const names = [
    [45, '收 款 人：', invoice.cashier],
    [175, '复 核：', invoice.reviewer],
    [300, '开 票 人：', invoice.maker],
    [440, '销 售 方：（章）', ''],
  ] as const;
  for (const [x, name, value] of names) {
    print(canvas, x, 366 - shift, name, 8);
    canvas.text(x + 48, 366 - shift, value);
  }
}

/** Draws the list of goods 销货清单 that follows an invoice with many lines. */
export function drawList(canvas: PdfCanvas, invoice: FixtureInvoice): void {
  canvas.newPage();
  canvas.text(300, 30, '销售货物或者提供应税劳务、服务清单', { size: 13, colour: label, align: 'centre' });
  canvas.text(40, 50, `购买方名称：${invoice.buyer.name}`);
  canvas.text(40, 62, `销售方名称：${invoice.seller.name}`);
  canvas.text(40, 74, `所属增值税电子普通发票代码：${invoice.billingCode}`);
  canvas.text(320, 74, `号码：${invoice.billingNo}`);
  canvas.text(500, 74, '共 1 页 第 1 页');
  const columns = [48, 170, 232, 262, 316, 378, 458, 498];
  const heads = ['序号', '货物（劳务）名称', '规格型号', '单位', '数量', '单价', '金额', '税率', '税额'];
  const edges = [left, ...columns, right];
  canvas.frame(left, 82, right, 360);
  canvas.rule(left, 98, right, 98);
  for (const x of columns) canvas.rule(x, 82, x, 340);
  for (const [index, head] of heads.entries())
    canvas.text(((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2, 93, head, { colour: label, align: 'centre' });
  for (const [index, line] of invoice.lines.entries()) {
    const y = 110 + index * 12;
    canvas.text(35, y, String(index + 1), { align: 'centre', size: 7.5 });
    canvas.text(50, y, line.name, { size: 7.5 });
    canvas.text(172, y, line.spec, { size: 7.5 });
    canvas.text(247, y, line.unit, { align: 'centre', size: 7.5 });
    canvas.text(314, y, line.num, { align: 'right', size: 7.5 });
    canvas.text(376, y, line.price, { align: 'right', size: 7.5 });
    canvas.text(456, y, plain(line.netFen), { align: 'right', size: 7.5 });
    canvas.text(478, y, line.rate, { align: 'centre', size: 7.5 });
    canvas.text(581, y, printedTax(line), { align: 'right', size: 7.5 });
  }
  canvas.rule(left, 322, right, 322);
  canvas.rule(left, 340, right, 340);
  for (const [y, name] of [
    [334, '小计'],
    [352, '总计'],
  ] as const) {
    canvas.text(100, y, name, { colour: label });
    canvas.text(456, y, yen(netOf(invoice)), { align: 'right' });
    canvas.text(581, y, printedTaxSum(invoice), { align: 'right' });
  }
  canvas.text(40, 376, `备注：${invoice.remarks}`);
}
