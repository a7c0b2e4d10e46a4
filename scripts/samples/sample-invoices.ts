import { formatBeijingDate } from '../../shared/invoice/beijing-time.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import { completeCreditCode } from '../../shared/invoice/tax-id.ts';
import { createRandom, type Random } from './random.ts';

export interface SampleLine {
  readonly name: string;
  readonly spec: string;
  readonly unit: string;
  readonly num: number;
  /** Net unit price in fen. */
  readonly priceFen: number;
  /** Net and tax of the line in fen. */
  readonly netFen: number;
  readonly taxFen: number;
  /** Percent, or null where the goods are exempt from tax. */
  readonly rate: number | null;
}

/** An invoice as it truly is: what its PDF shows. The table may tell it otherwise, see `sample-table.ts`. */
export interface SampleInvoice {
  readonly kind: 'older' | 'digital';
  readonly fields: InvoiceFields;
  readonly lines: readonly SampleLine[];
  readonly sellerName: string;
  readonly pdfFile: string;
  /** Whether the table names the PDF in its own column. */
  readonly isPdfNamed: boolean;
}

export const seller = {
  name: '上海梧桐里食品销售有限公司',
  taxId: completeCreditCode('91310115MA1K4X7Q0'),
  addressAndPhone: '上海市浦东新区梧桐里路18号 021-55550118',
  bankAccount: '沪上示例银行梧桐里支行 31000188090000012345',
} as const;

const goods = [
  ['*焙烤食品*全麦吐司', '450g', '袋', 1680, 13],
  ['*焙烤食品*手工曲奇礼盒', '12枚装', '盒', 8800, 13],
  ['*乳制品*鲜牛奶', '950ml', '瓶', 2150, 9],
  ['*茶及饮料*冷泡乌龙茶', '500ml*15', '箱', 7425, 13],
  ['*餐饮服务*餐费', '', '次', 26415, 6],
  ['*谷物加工品*五常大米', '5kg', '袋', 6972, 9],
  ['*植物油*冷榨菜籽油', '1.8L', '桶', 9908, 9],
  ['*软饮料*苏打气泡水', '330ml*24', '箱', 5310, 13],
  ['*物流辅助服务*冷链配送费', '', '次', 1887, 6],
  ['*现代服务*企业下午茶定制及现场布置服务', '30人', '场', 188679, 6],
  ['*蔬菜*时令鲜蔬', '', '份', 3500, null],
] as const;

const cities = ['上海', '杭州', '苏州', '南京', '宁波', '无锡', '合肥', '嘉兴'];
const words = ['青禾', '云杉', '拾光', '松果', '白鹭', '星澜', '沐川', '知行', '朗月', '北辰', '禾木', '溪山'];
const trades = ['科技', '文化传播', '贸易', '建筑设计', '餐饮管理', '网络', '教育咨询', '医疗器械'];
const people = ['李小满', '王秋实', '陈一诺', '周霜降'];
const makers = ['沈清', '顾晓晨'];
const remarkTexts = [
  '',
  '',
  '',
  '合同号HT-2026-088,第2期',
  '客户要求注明"企业采购",请勿折叠',
  '订单含礼盒包装,\n周末送货',
  '会员积分抵扣后金额;门店:梧桐里总店',
  '+10%老客户优惠已计入',
];

function pickLines(random: Random, index: number): SampleLine[] {
  const count = index % 7 === 3 ? 3 : index % 3 === 1 ? 2 : 1;
  const start = random.below(goods.length);
  return Array.from({ length: count }, (_, offset) => {
    // Steps of 3 through 11 goods never repeat one within an invoice.
    const [name, spec, unit, priceFen, rate] = goods[(start + offset * 3) % goods.length] ?? goods[0];
    const num = 1 + random.below(unit === '场' ? 2 : 12);
    const netFen = num * priceFen;
    return { name, spec, unit, num, priceFen, rate, netFen, taxFen: Math.round((netFen * (rate ?? 0)) / 100) };
  });
}

interface Buyer {
  readonly title: string;
  readonly taxId: string;
  readonly addressAndPhone: string;
  readonly bankAccount: string;
}

function pickBuyer(random: Random, index: number): Buyer {
  const nobody = { taxId: '', addressAndPhone: '', bankAccount: '' };
  if (index % 8 === 5) return { title: random.pick(people), ...nobody };
  const city = random.pick(cities);
  const word = random.pick(words);
  const usual = `${city}${word}${random.pick(trades)}有限公司`;
  const title = index === 12 ? '𠮷野町（上海）食品有限公司' : index === 27 ? '嘉兴㐂多多甜品店（个体工商户）' : usual;
  const taxId = completeCreditCode(`91${random.digits(6)}MA${random.digits(7)}`);
  if (index % 4 === 2) return { title, ...nobody, taxId };
  return {
    title,
    taxId,
    addressAndPhone: `${city}市${word}路${1 + random.below(300)}号 0571-5555${random.digits(4)}`,
    bankAccount: `${city}示例银行${word}支行 ${random.digits(19)}`,
  };
}

const firstDay = 1_791_388_800; // 2026-10-08 00:00 in Beijing
const day = 86_400;

function numbersOf(kind: SampleInvoice['kind'], random: Random, index: number) {
  if (kind === 'older')
    return {
      billingCode: index % 2 === 0 ? '031002600111' : '031002600211',
      billingNo: `00${412_080 + index * 7}`,
      checkCode: random.digits(20),
    };
  // The spreadsheet's rounded 2.4E+19 needs a number that begins with 24.
  const year = index === faultyOrders.roundedNumber ? '24' : '26';
  return {
    billingCode: '',
    billingNo: `${year}312000000${random.digits(3)}${String(100_400 + index * 13)}`,
    checkCode: '',
  };
}

function pdfFileOf(kind: SampleInvoice['kind'], fields: InvoiceFields, index: number): string {
  const { billingCode, billingNo, orderId } = fields;
  // A faulty number cannot lead to a file: these are found by their order.
  if (Object.values<number>(faultyOrders).includes(index) || index % 9 === 4) return `${orderId}.pdf`;
  const date = formatBeijingDate(fields.billingTime).replaceAll('-', '');
  if (index % 10 === 7) return `发票扫描件${String(index).padStart(3, '0')}.PDF`;
  if (kind === 'older') return index % 3 === 0 ? `${billingCode}-${billingNo}.pdf` : `${billingCode}_${billingNo}.pdf`;
  return index % 3 === 0 ? `${billingNo}.pdf` : `dzfp_${billingNo}_${date}093000.pdf`;
}

function sumOf(lines: readonly SampleLine[], part: 'netFen' | 'taxFen'): number {
  return lines.reduce((total, line) => total + line[part], 0);
}

function makeInvoice(index: number): SampleInvoice {
  // Each invoice has its own random numbers, so that changing one leaves the others as they are.
  const random = createRandom(20_261_100 + index);
  const kind = index % 5 < 2 ? 'older' : 'digital';
  const lines = pickLines(random, index);
  const buyer = pickBuyer(random, index);
  const billingTime = firstDay + Math.floor((index * 44) / sampleCount) * day;
  const isOlder = kind === 'older';
  const fields: InvoiceFields = {
    orderId: orderIdOf(index, billingTime),
    title: buyer.title,
    feeFen: sumOf(lines, 'netFen') + sumOf(lines, 'taxFen'),
    feeWithoutTaxFen: sumOf(lines, 'netFen'),
    taxFen: sumOf(lines, 'taxFen'),
    billingTime,
    ...numbersOf(kind, random, index),
    buyerNumber: buyer.taxId,
    // Fully digital invoices print neither addresses nor accounts, and no payee.
    buyerAddressAndPhone: isOlder ? buyer.addressAndPhone : '',
    buyerBankAccount: isOlder ? buyer.bankAccount : '',
    sellerNumber: seller.taxId,
    sellerAddressAndPhone: isOlder ? seller.addressAndPhone : '',
    sellerBankAccount: isOlder ? seller.bankAccount : '',
    remarks: remarkTexts[index % remarkTexts.length] ?? '',
    cashier: isOlder ? '何立夏' : '',
    maker: random.pick(makers),
    items: lines.map(({ name, num, unit, priceFen }) => ({ name, num, unit, priceFen })),
  };
  const pdfFile = pdfFileOf(kind, fields, index);
  return { kind, fields, lines, sellerName: seller.name, pdfFile, isPdfNamed: index % 10 === 7 };
}

function orderIdOf(index: number, billingTime: number): string {
  const number = String(index + 1).padStart(4, '0');
  if (index % 11 === 6) return `000${70_000 + index}`;
  return `WX${formatBeijingDate(billingTime).replaceAll('-', '')}${number}`;
}

export const sampleCount = 60;

/** Which orders the table gets wrong, by their index; what is wrong is in `sample-table.ts`. */
export const faultyOrders = {
  roundedNumber: 8,
  impossibleDate: 19,
  lettersInAmount: 33,
  swappedCode: 41,
  repeatedNumber: 53,
} as const;

/** All sample invoices; the same on every run. */
export function makeSampleInvoices(): SampleInvoice[] {
  return Array.from({ length: sampleCount }, (_, index) => makeInvoice(index));
}
