import { amountInCapitals } from './amount-in-capitals.ts';
import { drawLines, plainYuan, printedDate, qrContent, yenAmount } from './invoice-parts.ts';
import { createPdfCanvas, label, type PdfCanvas } from './pdf-canvas.ts';
import { createRandom } from './random.ts';
import type { SampleInvoice } from './sample-invoices.ts';

const left = 22;
const right = 583;
const rules = { top: 84, items: 146, sum: 270, seller: 292, bottom: 350 } as const;
/** Inner rules of the item table: name, spec, unit, quantity, price, amount, rate, tax. */
const verticals = [150, 222, 258, 318, 384, 470, 500] as const;
const leftStrip = 40;
const cipher = { start: 344, end: 359 } as const;

function drawFrame(canvas: PdfCanvas): void {
  canvas.frame(left, rules.top, right, rules.bottom);
  for (const y of [rules.items, rules.sum, rules.seller]) canvas.rule(left, y, right, y);
  for (const x of verticals) canvas.rule(x, rules.items, x, rules.sum);
  canvas.rule(verticals[0], rules.sum, verticals[0], rules.seller);
  for (const [from, to] of [
    [rules.top, rules.items],
    [rules.seller, rules.bottom],
  ] as const)
    for (const x of [leftStrip, cipher.start, cipher.end]) canvas.rule(x, from, x, to);
  const side = { size: 8.5, colour: label, lead: 16 };
  canvas.vertical(31, 101, '购买方', side);
  canvas.vertical(351.5, 101, '密码区', side);
  canvas.vertical(31, 308, '销售方', side);
  canvas.vertical(351.5, 314, '备注', { ...side, lead: 20 });
}

function drawHead(canvas: PdfCanvas, invoice: SampleInvoice): void {
  const { fields } = invoice;
  canvas.qrCode(28, 14, 54, qrContent(invoice));
  canvas.text(300, 34, '上海增值税电子普通发票', { size: 17, colour: label, align: 'centre' });
  canvas.rule(200, 40, 400, 40);
  canvas.rule(200, 42, 400, 42);
  canvas.seal(300, 63, '全国统一发票监制章', ['国家税务总局', '上海市税务局']);
  const facts = [
    ['发票代码:', fields.billingCode],
    ['发票号码:', fields.billingNo],
    ['开票日期:', printedDate(fields.billingTime)],
    ['校 验 码:', (fields.checkCode.match(/.{5}/g) ?? []).join(' ')],
  ] as const;
  for (const [index, [name, value]] of facts.entries()) {
    canvas.text(424, 26 + index * 14, name, { colour: label });
    canvas.text(468, 26 + index * 14, value, { size: 8 });
  }
  canvas.text(24, 80, '机器编号:', { colour: label });
  canvas.text(66, 80, `6610${fields.checkCode.slice(0, 8)}`);
}

interface Party {
  readonly name: string;
  readonly taxId: string;
  readonly addressAndPhone: string;
  readonly bankAccount: string;
}

function drawParty(canvas: PdfCanvas, party: Party, top: number, lead: number): void {
  const facts = [
    ['名       称:', party.name],
    ['纳税人识别号:', party.taxId],
    ['地 址、电 话:', party.addressAndPhone],
    ['开户行及账号:', party.bankAccount],
  ] as const;
  for (const [index, [name, value]] of facts.entries()) {
    const y = top + index * lead;
    canvas.text(45, y, name, { size: 7.5, colour: label });
    canvas.text(102, y, value, { size: 7.5 });
  }
}

function drawCipher(canvas: PdfCanvas, { fields }: SampleInvoice): void {
  const random = createRandom(Number(fields.billingNo));
  for (let line = 0; line < 4; line += 1) {
    const text = Array.from({ length: 27 }, () => '0123456789<>*+-/'.charAt(random.below(16))).join('');
    canvas.text(376, 100 + line * 13, text, { size: 11.5 });
  }
}

function drawItems(canvas: PdfCanvas, invoice: SampleInvoice): void {
  const heads = ['货物或应税劳务、服务名称', '规格型号', '单位', '数 量', '单 价', '金 额', '税率', '税 额'];
  const edges = [left, ...verticals, right];
  for (const [index, head] of heads.entries())
    canvas.text(((edges[index] ?? 0) + (edges[index + 1] ?? 0)) / 2, 157, head, { colour: label, align: 'centre' });
  const columns = {
    name: [25, 148],
    spec: [153, 221],
    unit: 240,
    num: 314,
    price: 380,
    net: 466,
    rate: 485,
    tax: 579,
  } as const;
  drawLines(canvas, invoice, columns, 170);
  const { feeWithoutTaxFen, taxFen, feeFen } = invoice.fields;
  canvas.text(86, 265, '合        计', { colour: label, align: 'centre' });
  canvas.text(466, 265, yenAmount(feeWithoutTaxFen), { align: 'right' });
  canvas.text(579, 265, taxFen === 0 ? '***' : yenAmount(taxFen), { align: 'right' });
  canvas.text(86, 284, '价税合计(大写)', { colour: label, align: 'centre' });
  canvas.crossMark(164, 281);
  canvas.text(174, 284, amountInCapitals(feeFen), { size: 9 });
  canvas.text(424, 284, '(小写)', { colour: label });
  canvas.text(460, 284, `¥${plainYuan(feeFen)}`, { size: 9 });
}

/** Draws an older e-invoice 增值税电子普通发票, with the places and rules that the real ones have. */
export async function drawOlderInvoice(invoice: SampleInvoice): Promise<Uint8Array> {
  const { fields, sellerName } = invoice;
  const canvas = await createPdfCanvas(600, 392);
  drawFrame(canvas);
  drawHead(canvas, invoice);
  const buyer = {
    name: fields.title,
    taxId: fields.buyerNumber,
    addressAndPhone: fields.buyerAddressAndPhone,
    bankAccount: fields.buyerBankAccount,
  };
  drawParty(canvas, buyer, 98, 14);
  drawCipher(canvas, invoice);
  drawItems(canvas, invoice);
  const sellingParty = {
    name: sellerName,
    taxId: fields.sellerNumber,
    addressAndPhone: fields.sellerAddressAndPhone,
    bankAccount: fields.sellerBankAccount,
  };
  drawParty(canvas, sellingParty, 304, 13);
  canvas.block(364, 306, fields.remarks, { width: 214, lead: 11 });
  const names = [
    [45, '收 款 人:', fields.cashier],
    [175, '复 核:', '许知夏'],
    [300, '开 票 人:', fields.maker],
    [440, '销 售 方:(章)', ''],
  ] as const;
  for (const [x, name, value] of names) {
    canvas.text(x, 366, name, { colour: label });
    canvas.text(x + 48, 366, value);
  }
  return canvas.save('增值税电子普通发票');
}
