import { createPdfCanvas, label, type PdfCanvas } from '../samples/pdf-canvas.ts';
import { songFonts } from '../samples/pdf-fonts.ts';
import { createRandom } from '../samples/random.ts';
import { type FixtureInvoice, makeDigital, makeDiscount, makeLine, makeVat } from './content.ts';
import { drawDigital, qrBitmap } from './digital-layout.ts';
import { createDrawnFonts, createRadicalFonts } from './drawn-fonts.ts';
import { encrypt } from './encrypt.ts';
import { eInvoiceXml, hide, keyValues } from './hidden-data.ts';
import { qrText, shenzhenQrText } from './printed.ts';
import { type Truth, truthOf } from './truth.ts';
import { drawList, drawVat, type Print } from './vat-layout.ts';

export interface Fixture {
  readonly name: string;
  readonly pdf: Uint8Array;
  readonly truth: Truth;
}

type Finish = NonNullable<Parameters<PdfCanvas['save']>[1]>;

/** One kind of PDF: how it is made from a seed. */
interface Kind {
  readonly layout: string;
  readonly seeds: readonly number[];
  readonly make: (seed: number) => Promise<Omit<Fixture, 'name'>>;
}

const vatHeight = 392;
const digitalHeight = 384;

async function vat(
  layout: string,
  invoice: FixtureInvoice,
  {
    fonts = songFonts,
    finish,
    change,
    ...options
  }: Parameters<typeof drawVat>[2] & {
    fonts?: typeof songFonts;
    finish?: Finish;
    change?: Truth['fields'];
  } = {},
): Promise<Omit<Fixture, 'name'>> {
  const canvas = await createPdfCanvas(600, vatHeight, fonts);
  drawVat(canvas, invoice, options);
  return { pdf: await canvas.save(invoice.type, finish), truth: truthOf(layout, invoice, change) };
}

async function digital(
  layout: string,
  invoice: FixtureInvoice,
  {
    fonts = songFonts,
    change,
    ...options
  }: Parameters<typeof drawDigital>[2] & {
    fonts?: typeof songFonts;
    change?: Truth['fields'];
  } = {},
): Promise<Omit<Fixture, 'name'>> {
  const canvas = await createPdfCanvas(600, digitalHeight, fonts);
  drawDigital(canvas, invoice, options);
  return { pdf: await canvas.save(invoice.type), truth: truthOf(layout, invoice, change) };
}

/** Two lines, the first with a name that wraps and a discount below it. */
function discounted(seed: number) {
  const random = createRandom(seed + 40);
  const first = makeLine(random, { name: '*计算机外部设备*人体工学垂直无线鼠标静音办公款（含接收器及电池）' });
  return [first, makeDiscount(first, 10), makeLine(random)];
}

function toll(seed: number): FixtureInvoice {
  const random = createRandom(seed + 60);
  const isExempt = seed % 2 === 0;
  const line = makeLine(random, {
    name: '*经营租赁*通行费',
    spec: `${random.digits(4)}8`,
    unit: '客车',
    num: '20230401',
    price: '20230402',
    netFen: 620 + random.below(9000),
    rate: isExempt ? '不征税' : '3%',
  });
  const invoice = makeVat(seed, { lines: [line], remarks: '' });
  return { ...invoice, billingCode: `${invoice.billingCode.slice(0, 10)}12`, lines: [line] };
}

/** Plate, kind of car and the days of travel are no quantity and no price. */
function tollTruth(truth: Truth): Truth {
  const lines = truth.lines?.map((line) => ({ ...line, spec: '', unit: '', num: '', price: '' }));
  return { ...truth, ...(lines ? { lines } : {}) };
}

async function listed(seed: number): Promise<Omit<Fixture, 'name'>> {
  const random = createRandom(seed + 80);
  const invoice = makeVat(seed, { lines: Array.from({ length: 9 + (seed % 5) }, () => makeLine(random)) });
  const canvas = await createPdfCanvas(600, vatHeight);
  const [first] = invoice.lines;
  const sum = { netFen: invoice.lines.reduce((total, { netFen }) => total + netFen, 0) };
  const tax = { taxFen: invoice.lines.reduce((total, { taxFen }) => total + taxFen, 0) };
  const pointer = {
    name: '（详见销货清单）',
    spec: '',
    unit: '',
    num: '',
    price: '',
    rate: first?.rate ?? '13%',
    ...sum,
    ...tax,
  };
  drawVat(canvas, invoice, { lines: [pointer] });
  drawList(canvas, invoice);
  return { pdf: await canvas.save(invoice.type), truth: truthOf('d-vat-list', invoice) };
}

async function inRemarks(seed: number): Promise<Omit<Fixture, 'name'>> {
  const random = createRandom(seed + 100);
  const lines = Array.from({ length: seed % 2 === 0 ? 2 : 24 }, () => makeLine(random));
  const base = makeDigital(seed, { type: '电子发票（增值税专用发票）', qrType: '31', lines });
  const [buyer, seller] = [`苏州市方圆路${seed}号`, '成都市金禾街9号'];
  const remarks = [
    `购买方地址：${buyer}；电话：0512-5555010${seed % 10}；购方开户银行：苏州示例银行；银行账号：${random.digits(20)}；`,
    `销售方地址：${seller}；电话：-；销方开户银行：成都示例银行；银行账号：${random.digits(19)}；`,
    `收款人：${base.maker}；复核人：子一；`,
  ].join('\n');
  const [buyerAccount = '', sellerAccount = ''] = [...remarks.matchAll(/银行账号：(\d+)/g)].map(([, digits]) => digits);
  return digital(
    'e-digital-special',
    { ...base, remarks },
    {
      isQrImage: true,
      linesPerPage: 7,
      change: {
        cashier: base.maker,
        buyerAddressAndPhone: `${buyer} 0512-5555010${seed % 10}`,
        buyerBankAccount: `苏州示例银行 ${buyerAccount}`,
        sellerAddressAndPhone: seller,
        sellerBankAccount: `成都示例银行 ${sellerAccount}`,
      },
    },
  );
}

/** A scan: the page as one picture of dots. */
async function scanned(seed: number): Promise<Omit<Fixture, 'name'>> {
  const invoice = seed % 2 === 0 ? makeVat(seed) : makeDigital(seed);
  const code = qrBitmap(qrText(invoice), 5, 0);
  const [width, height] = [1656, 1080];
  const rows = new Uint8Array((width / 8) * height).fill(255);
  for (let y = 0; y < code.height; y += 1)
    rows.set(
      code.rows.subarray(y * Math.ceil(code.width / 8), (y + 1) * Math.ceil(code.width / 8)),
      ((y + 60) * width) / 8 + 12,
    );
  // The lines of the frame, as a scan has them.
  for (const y of [300, 470, 800, 860, 1000]) rows.fill(0, (y * width) / 8 + 10, (y * width) / 8 + 196);
  const canvas = await createPdfCanvas(600, 391);
  canvas.image(0, 0, 600, 391, { width, height, rows });
  const { feeFen, feeWithoutTaxFen, billingTime, billingNo, billingCode, checkCode } =
    truthOf('', invoice).fields ?? {};
  const amount = invoice.kind === 'vat' ? { feeWithoutTaxFen } : { feeFen };
  const fields = { billingNo, billingCode, checkCode, billingTime, ...amount, title: '', remarks: '' };
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return {
    pdf: await canvas.save('scan'),
    truth: { layout: 'i-image', kind: invoice.kind, isRedLetter: false, fields: known },
  };
}

/** Every character three times, a third as wide: a mark against copying. */
const printTripled: Print = (canvas, x, y, text, size) =>
  canvas.text(x, y, [...text].map((character) => character.repeat(3)).join(''), { size: size / 3, colour: label });

function red(seed: number): Promise<Omit<Fixture, 'name'>> {
  const random = createRandom(seed + 120);
  const netFen = -(1000 + random.below(90_000));
  const line = { num: '-1', netFen, price: (-netFen / 100).toFixed(2) };
  if (seed % 2 === 0) {
    const remarks = `对应正数发票代码:031002200211号码:0${random.digits(7)}`;
    return vat('k-red-letter', makeVat(seed, { lines: [makeLine(random, line)], remarks }));
  }
  const remarks = `被红冲蓝字数电票号码：25${random.digits(18)}红字发票信息确认单编号：320${random.digits(17)}`;
  return digital('k-red-letter', makeDigital(seed, { lines: [makeLine(random, line)], remarks }));
}

function shenzhen(seed: number): Promise<Omit<Fixture, 'name'>> {
  const random = createRandom(seed + 140);
  const checkCode = Array.from({ length: 5 }, () => random.pick([...'0123456789abcdef'])).join('');
  const invoice = makeVat(seed, { type: '深圳电子普通发票', checkCode, billingCode: `144032${random.digits(6)}` });
  const payment = { ...invoice, buyer: { ...invoice.buyer, bankAccount: '' } };
  return vat('l-shenzhen', payment, { qr: shenzhenQrText(payment), buyerBankLabel: '电子支付标识：' });
}

async function locked(seed: number): Promise<Omit<Fixture, 'name'>> {
  const isOpen = seed % 2 === 1;
  const passwords = { user: isOpen ? '' : 'secret', owner: 'owner' };
  const made = await vat('m-password', makeVat(seed), {
    fonts: createDrawnFonts(),
    finish: (document) => encrypt(document, passwords),
  });
  return isOpen ? made : { pdf: made.pdf, truth: { layout: 'm-password', error: 'pdf.encrypted' } };
}

const kinds: readonly Kind[] = [
  {
    layout: 'a-vat-song',
    seeds: [1, 2, 3, 4],
    make: (seed) => vat('a-vat-song', makeVat(seed), { shift: seed % 2 === 0 ? 5 : 0 }),
  },
  {
    layout: 'b-vat-embedded',
    seeds: [11, 12, 13],
    make: (seed) => vat('b-vat-embedded', makeVat(seed, { lines: discounted(seed) }), { fonts: createDrawnFonts() }),
  },
  {
    layout: 'c-vat-toll',
    seeds: [21, 22, 23],
    make: async (seed) => {
      const made = await vat('c-vat-toll', toll(seed), { isToll: true });
      return { ...made, truth: tollTruth(made.truth) };
    },
  },
  { layout: 'd-vat-list', seeds: [31, 32, 33], make: listed },
  { layout: 'e-digital-special', seeds: [41, 42, 43, 44], make: inRemarks },
  {
    layout: 'f-digital-radicals',
    seeds: [51, 52, 53, 54],
    make: (seed) => digital('f-digital-radicals', makeDigital(seed), { fonts: createRadicalFonts() }),
  },
  {
    layout: 'g-vat-mute-labels',
    seeds: [61, 62, 63],
    make: (seed) => {
      const invoice = makeVat(seed);
      const fonts = createDrawnFonts({ isMuteForLabels: true });
      return vat('g-vat-mute-labels', invoice, {
        fonts,
        finish: (document) => hide(document, eInvoiceXml(invoice)),
        change: { type: '' },
      });
    },
  },
  {
    layout: 'h-vat-key-values',
    seeds: [71, 72, 73],
    make: (seed) => {
      const invoice = makeVat(seed, { lines: discounted(seed) });
      const bytes = keyValues(invoice, seed % 2 === 0 ? 'utf-8' : 'gbk');
      return vat('h-vat-key-values', invoice, { finish: (document) => hide(document, bytes) });
    },
  },
  { layout: 'i-image', seeds: [81, 82, 83], make: scanned },
  {
    layout: 'j-vat-tripled',
    seeds: [91, 92, 93],
    make: (seed) => vat('j-vat-tripled', makeVat(seed), { print: printTripled }),
  },
  { layout: 'k-red-letter', seeds: [101, 102, 103], make: red },
  { layout: 'l-shenzhen', seeds: [111, 112, 113], make: shenzhen },
  { layout: 'm-password', seeds: [121, 122, 123], make: locked },
];

/** All fixtures; the same bytes on every run. */
export async function makeFixtures(): Promise<Fixture[]> {
  const fixtures: Fixture[] = [];
  for (const { layout, seeds, make } of kinds)
    for (const [index, seed] of seeds.entries())
      fixtures.push({ name: `${layout}-${index + 1}`, ...(await make(seed)) });
  return fixtures;
}
