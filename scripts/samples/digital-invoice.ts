import { amountInCapitals } from './amount-in-capitals.ts';
import { drawLines, plainYuan, printedDate, qrContent, yenAmount } from './invoice-parts.ts';
import { createPdfCanvas, label, type PdfCanvas } from './pdf-canvas.ts';
import type { SampleInvoice } from './sample-invoices.ts';

const left = 13;
const right = 587;
const rules = { top: 86, items: 142, total: 264, remarks: 286, bottom: 346 } as const;
const strips = { buyerEnd: 31, sellerStart: 301, sellerEnd: 318 } as const;

function drawFrame(canvas: PdfCanvas): void {
  canvas.frame(left, rules.top, right, rules.bottom);
  for (const y of [rules.items, rules.total, rules.remarks]) canvas.rule(left, y, right, y);
  for (const x of Object.values(strips)) canvas.rule(x, rules.top, x, rules.items);
  canvas.rule(strips.buyerEnd, rules.remarks, strips.buyerEnd, rules.bottom);
  const side = { size: 8, colour: label, lead: 10.2 };
  canvas.vertical(22, 97, '购买方信息', side);
  canvas.vertical(309.5, 97, '销售方信息', side);
  canvas.vertical(22, 308, '备注', { ...side, lead: 22 });
}

function drawHead(canvas: PdfCanvas, invoice: SampleInvoice): void {
  const { fields } = invoice;
  canvas.qrCode(20, 18, 56, qrContent(invoice));
  canvas.text(300, 36, '电子发票（普通发票）', { size: 18, colour: label, align: 'centre' });
  canvas.rule(200, 42, 400, 42);
  canvas.rule(200, 44, 400, 44);
  canvas.seal(300, 65, '全国统一发票监制章', ['国家税务总局', '上海市税务局']);
  canvas.text(418, 40, '发票号码：', { size: 8.5, colour: label });
  canvas.text(462, 40, fields.billingNo, { size: 8.5 });
  canvas.text(418, 58, '开票日期：', { size: 8.5, colour: label });
  canvas.text(462, 58, printedDate(fields.billingTime), { size: 8.5 });
}

function drawParty(canvas: PdfCanvas, x: number, name: string, taxId: string): void {
  canvas.text(x, 106, '名称：', { colour: label });
  canvas.text(x + 26, 106, name, { size: 8.5 });
  canvas.text(x, 130, '统一社会信用代码/纳税人识别号：', { size: 7.5, colour: label });
  canvas.text(x + 118, 130, taxId);
}

/** No inner vertical rules: text columns start under their header's left edge, numbers end under its right edge. */
function drawItems(canvas: PdfCanvas, invoice: SampleInvoice): void {
  const heads = [
    [60, '项目名称', 'centre'],
    [146, '规格型号', 'left'],
    [228, '单 位', 'centre'],
    [294, '数 量', 'right'],
    [366, '单 价', 'right'],
    [446, '金 额', 'right'],
    [489, '税率/征收率', 'centre'],
    [580, '税 额', 'right'],
  ] as const;
  for (const [x, head, align] of heads) canvas.text(x, 154, head, { colour: label, align });
  const columns = {
    name: [18, 142],
    spec: [146, 214],
    unit: 228,
    num: 294,
    price: 366,
    net: 446,
    rate: 489,
    tax: 580,
  } as const;
  drawLines(canvas, invoice, columns, 168);
  const { feeWithoutTaxFen, taxFen, feeFen } = invoice.fields;
  canvas.text(60, 258, '合        计', { colour: label, align: 'centre' });
  canvas.text(446, 258, yenAmount(feeWithoutTaxFen), { align: 'right' });
  canvas.text(580, 258, taxFen === 0 ? '***' : yenAmount(taxFen), { align: 'right' });
  canvas.text(60, 278, '价税合计（大写）', { colour: label, align: 'centre' });
  canvas.crossMark(164, 275);
  canvas.text(174, 278, amountInCapitals(feeFen), { size: 9 });
  canvas.text(418, 278, '（小写）', { colour: label });
  canvas.text(456, 278, `¥${plainYuan(feeFen)}`, { size: 9 });
}

/** Draws a fully digital invoice 数电票, 电子发票（普通发票）, with the places and rules that the real ones have. */
export async function drawDigitalInvoice(invoice: SampleInvoice): Promise<Uint8Array> {
  const { fields, sellerName } = invoice;
  const canvas = await createPdfCanvas(600, 384);
  drawFrame(canvas);
  drawHead(canvas, invoice);
  drawParty(canvas, 36, fields.title, fields.buyerNumber);
  drawParty(canvas, 323, sellerName, fields.sellerNumber);
  drawItems(canvas, invoice);
  canvas.block(38, 300, fields.remarks, { width: 530, lead: 12 });
  canvas.text(60, 366, '开票人：', { colour: label });
  canvas.text(94, 366, fields.maker);
  return canvas.save('电子发票（普通发票）');
}
