import { completeCreditCode } from '../../shared/invoice/tax-id.ts';
import { createRandom, type Random } from '../samples/random.ts';

export interface FixtureParty {
  readonly name: string;
  readonly taxId: string;
  readonly addressAndPhone: string;
  readonly bankAccount: string;
}

/** A line as it is printed. */
export interface FixtureLine {
  readonly name: string;
  readonly spec: string;
  readonly unit: string;
  readonly num: string;
  readonly price: string;
  readonly netFen: number;
  /** `13%`, `免税` … */
  readonly rate: string;
  readonly taxFen: number;
}

/** An invoice of invented companies, as its PDF shows it. */
export interface FixtureInvoice {
  readonly kind: 'vat' | 'digital';
  readonly type: string;
  /** What the QR code calls its kind. */
  readonly qrType: string;
  readonly billingNo: string;
  readonly billingCode: string;
  readonly checkCode: string;
  /** `2026-11-03` */
  readonly date: string;
  readonly buyer: FixtureParty;
  readonly seller: FixtureParty;
  readonly lines: readonly FixtureLine[];
  readonly remarks: string;
  readonly cashier: string;
  readonly reviewer: string;
  readonly maker: string;
  /** Random numbers of its own, for what only fills the page. */
  readonly seed: number;
}

const cities = ['苏州', '成都', '长沙', '青岛', '厦门', '西安', '武汉', '重庆'];
const words = ['金禾', '长风', '门前', '方圆', '一木', '车马', '子衿', '人和', '白石', '云里', '食野', '小满'];
const trades = ['文化用品', '工程设备', '食品', '信息技术', '物业管理', '餐饮', '印刷包装', '生物科技'];
const people = ['方一心', '金小雨', '车文子', '门长青', '白云生', '石大方'];

const goods = [
  ['*纸制品*复印纸', 'A4 80g', '包', '13%'],
  ['*计算机外部设备*无线鼠标', 'M-220', '个', '13%'],
  ['*文具*中性笔', '0.5mm', '盒', '13%'],
  ['*信息技术服务*软件服务费', '', '年', '6%'],
  ['*住宿服务*住宿费', '', '天', '6%'],
  ['*谷物加工品*小米', '2.5kg', '袋', '9%'],
  ['*家具*人体工学椅', '20260018', '把', '13%'],
  ['*餐饮服务*餐饮费', '', '', '6%'],
  ['*印刷品*宣传册', '210*285', '本', '9%'],
] as const;

export function makeParty(random: Random, hasDetails = true): FixtureParty {
  const city = random.pick(cities);
  const word = random.pick(words);
  return {
    name: `${city}${word}${random.pick(trades)}有限公司`,
    taxId: completeCreditCode(`91${random.digits(6)}MA${random.digits(7)}`),
    addressAndPhone: hasDetails ? `${city}市${word}街道${1 + random.below(400)}号 0512-5555${random.digits(4)}` : '',
    bankAccount: hasDetails ? `${city}示例银行${word}支行 ${random.digits(20)}` : '',
  };
}

function taxOf(netFen: number, rate: string): number {
  const percent = /^(\d+)%$/.exec(rate)?.[1];
  return percent === undefined ? 0 : Math.round((netFen * Number(percent)) / 100);
}

export function makeLine(random: Random, part: Partial<FixtureLine> = {}): FixtureLine {
  const [name, spec, unit, rate] = random.pick(goods);
  const num = 1 + random.below(20);
  const priceFen = 150 + random.below(90_000);
  const whole = {
    name,
    spec,
    unit,
    num: String(num),
    price: (priceFen / 100).toFixed(2),
    netFen: num * priceFen,
    rate,
    ...part,
  };
  return { ...whole, taxFen: part.taxFen ?? taxOf(whole.netFen, whole.rate) };
}

/** The line of a discount: its name again, nothing but negative amounts. */
export function makeDiscount({ name, rate, netFen, spec }: FixtureLine, percent: number): FixtureLine {
  const off = -Math.round((netFen * percent) / 100);
  return { name, spec, unit: '', num: '', price: '', netFen: off, rate, taxFen: taxOf(off, rate) };
}

export function makeVat(seed: number, part: Partial<FixtureInvoice> = {}): FixtureInvoice {
  const random = createRandom(seed);
  const city = random.pick(['江苏', '四川', '山东', '陕西']);
  return {
    kind: 'vat',
    type: `${city}增值税电子普通发票`,
    qrType: '10',
    billingNo: `0${random.digits(7)}`,
    billingCode: `0${random.digits(4)}${22 + random.below(4)}00${random.pick(['1', '2', '3'])}11`,
    checkCode: random.digits(20),
    date: `2023-0${1 + random.below(9)}-${10 + random.below(18)}`,
    buyer: makeParty(random, seed % 3 !== 1),
    seller: makeParty(random),
    lines: [makeLine(random)],
    remarks: random.pick(['', '订单号 20230405-118', '合同:HT-77,第一期']),
    cashier: random.pick(people),
    reviewer: random.pick(people),
    maker: random.pick(people),
    seed,
    ...part,
  };
}

export function makeDigital(seed: number, part: Partial<FixtureInvoice> = {}): FixtureInvoice {
  const random = createRandom(seed);
  return {
    kind: 'digital',
    type: '电子发票（普通发票）',
    qrType: '32',
    billingNo: `26${random.digits(18)}`,
    billingCode: '',
    checkCode: '',
    date: `2026-${random.pick(['03', '06', '10', '11'])}-${10 + random.below(18)}`,
    buyer: makeParty(random, false),
    seller: makeParty(random, false),
    lines: [makeLine(random)],
    remarks: '',
    cashier: '',
    reviewer: '',
    maker: random.pick(people),
    seed,
    ...part,
  };
}

export const netOf = ({ lines }: FixtureInvoice): number => lines.reduce((sum, { netFen }) => sum + netFen, 0);
export const taxSumOf = ({ lines }: FixtureInvoice): number => lines.reduce((sum, { taxFen }) => sum + taxFen, 0);
export const feeOf = (invoice: FixtureInvoice): number => netOf(invoice) + taxSumOf(invoice);
export const isRed = (invoice: FixtureInvoice): boolean => feeOf(invoice) < 0;
