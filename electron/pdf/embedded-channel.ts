import { XMLParser } from 'fast-xml-parser';
import type { PdfFieldName, PdfLine } from '../../shared/contract/pdf-operations.ts';
import { parseBeijingTime } from '../../shared/invoice/beijing-time.ts';
import { isStarred, readAmount } from './amounts.ts';
import { type ChannelAnswer, type Claim, toClaims } from './claims.ts';

/** Vendors write UTF-8 or GBK and do not say which. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const text = (value: string | undefined): Claim | undefined =>
  value === undefined || value.trim() === '' ? undefined : { value: value.trim(), box: null };

function amount(value: string | undefined): Claim | undefined {
  const plain = value?.trim();
  const fen = plain === undefined ? undefined : isStarred(plain) ? 0 : readAmount(plain);
  return fen === undefined ? undefined : { value: fen, box: null };
}

function date(value: string | undefined): Claim | undefined {
  const digits = value
    ?.trim()
    .replace(/^(\d{4})年(\d{1,2})月(\d{1,2})日?.*$/, '$1-$2-$3')
    .slice(0, 10);
  const seconds = digits === undefined ? undefined : parseBeijingTime(digits);
  return seconds === undefined ? undefined : { value: seconds, box: null };
}

type Facts = Readonly<Partial<Record<PdfFieldName, Claim | undefined>>>;

function toLine(facts: Readonly<Record<string, string | undefined>>): PdfLine | undefined {
  const netFen = readAmount(facts['net'] ?? '');
  if (netFen === undefined) return undefined;
  const tax = facts['tax']?.trim() ?? '';
  const say = (name: string) => facts[name]?.trim() ?? '';
  return {
    name: say('name'),
    spec: say('spec'),
    unit: say('unit'),
    num: say('num'),
    price: say('price'),
    netFen,
    rate: say('rate'),
    taxFen: isStarred(tax) ? 0 : (readAmount(tax) ?? null),
    source: 'embedded',
    box: null,
  };
}

/** Keys that come once, before the lines. */
const headKeys: readonly (readonly [string, PdfFieldName, (value: string | undefined) => Claim | undefined])[] = [
  ['BT', 'type', text],
  ['GM', 'title', text],
  ['GN', 'buyerNumber', text],
  ['GD', 'buyerAddressAndPhone', text],
  ['GY', 'buyerBankAccount', text],
  ['XM', 'sellerName', text],
  ['XN', 'sellerNumber', text],
  ['XD', 'sellerAddressAndPhone', text],
  ['XY', 'sellerBankAccount', text],
  ['HJ', 'feeWithoutTaxFen', amount],
  ['HS', 'taxFen', amount],
  ['XX', 'feeFen', amount],
  ['DM', 'billingCode', text],
  ['HM', 'billingNo', text],
  ['RQ', 'billingTime', date],
  ['KP', 'maker', text],
  ['SK', 'cashier', text],
];

const lineKeys: Readonly<Record<string, string>> = {
  XM: 'name',
  GG: 'spec',
  DW: 'unit',
  DJ: 'price',
  JE: 'net',
  SE: 'tax',
};

/** Lines `KEY=value` in order: the head, then for each item of the invoice a second XM and what follows. */
function readKeyValues(content: string): ChannelAnswer | undefined {
  const pairs = content.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*([A-Z]{2})\s*[=:：]\s*(.*?)\s*$/.exec(line);
    return match ? [{ key: match[1] ?? '', value: match[2] ?? '' }] : [];
  });
  if (!['HM', 'XX', 'RQ'].every((wanted) => pairs.some(({ key }) => key === wanted))) return undefined;
  const head = new Map<string, string>();
  const items: Record<string, string>[] = [];
  for (const { key, value } of pairs) {
    const item = items.at(-1);
    if (key === 'XM' && head.has('XM')) items.push({ name: value });
    else if (!item) head.set(key, head.get(key) ?? value);
    // SL is the quantity before the amount and the rate after it.
    else if (key === 'SL') item[item['net'] === undefined ? 'num' : 'rate'] = value;
    else if (lineKeys[key]) item[lineKeys[key]] = value;
  }
  const claims: Facts = Object.fromEntries(headKeys.map(([key, field, read]) => [field, read(head.get(key))]));
  return { claims: toClaims(claims), lines: items.flatMap((item) => toLine(item) ?? []) };
}

interface Node {
  readonly [name: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text at a path of element names. */
function at(node: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((value, name) => (isNode(value) ? value[name] : undefined), node);
  return typeof found === 'string' ? found : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The form that the older invoices' makers embed, also found in OFD files. */
function readEInvoice(root: Node): ChannelAnswer {
  const party = (name: string, side: 'buyer' | 'seller'): Facts => ({
    [side === 'buyer' ? 'title' : 'sellerName']: text(at(root, name, `${name}Name`) ?? at(root, name, 'Name')),
    [`${side}Number`]: text(at(root, name, `${name}TaxID`) ?? at(root, name, 'TaxID')),
    [`${side}AddressAndPhone`]: text(at(root, name, `${name}AddrTel`) ?? at(root, name, 'AddrTel')),
    [`${side}BankAccount`]: text(at(root, name, `${name}FinancialAccount`) ?? at(root, name, 'FinancialAccount')),
  });
  const infos = isNode(root['GoodsInfos']) ? list(root['GoodsInfos']['GoodsInfo']) : [];
  return {
    claims: toClaims({
      ...party('Buyer', 'buyer'),
      ...party('Seller', 'seller'),
      billingCode: text(at(root, 'InvoiceCode')),
      billingNo: text(at(root, 'InvoiceNo')),
      billingTime: date(at(root, 'IssueDate')),
      checkCode: text(at(root, 'InvoiceCheckCode')?.replaceAll(/\s/g, '')),
      feeFen: amount(at(root, 'TaxInclusiveTotalAmount')),
      feeWithoutTaxFen: amount(at(root, 'TaxExclusiveTotalAmount')),
      taxFen: amount(at(root, 'TaxTotalAmount')),
      remarks: text(at(root, 'Note')),
      maker: text(at(root, 'InvoiceClerk')),
      cashier: text(at(root, 'Payee')),
    }),
    lines: infos.flatMap((info) => {
      const line = toLine({
        name: at(info, 'Item'),
        spec: at(info, 'Specification'),
        unit: at(info, 'MeasurementDimension'),
        num: at(info, 'Quantity'),
        price: at(info, 'Price'),
        net: at(info, 'Amount'),
        rate: at(info, 'TaxScheme'),
        tax: at(info, 'TaxAmount'),
      });
      return line ? [line] : [];
    }),
  };
}

function parseXml(content: string): unknown {
  try {
    return new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true }).parse(content);
  } catch {
    // Broken, or made to unpack without end: then it says nothing.
    return undefined;
  }
}

function readXml(content: string): ChannelAnswer | undefined {
  if (!/<(\w+:)?eInvoice\b/.test(content)) return undefined;
  const parsed = parseXml(content);
  const root = isNode(parsed) ? parsed['eInvoice'] : undefined;
  return isNode(root) ? readEInvoice(root) : undefined;
}

/** Keys of the document's own facts by which some makers of digital invoices repeat the content. */
function readInfo(info: Readonly<Record<string, unknown>>): ChannelAnswer | undefined {
  const say = (key: string) => (typeof info[key] === 'string' ? info[key] : undefined);
  if (say('InvoiceNumber') === undefined) return undefined;
  return {
    claims: toClaims({
      billingNo: text(say('InvoiceNumber')),
      billingTime: date(say('IssueTime')),
      feeWithoutTaxFen: amount(say('TotalAmWithoutTax')),
      taxFen: amount(say('TotalTaxAm')),
      feeFen: amount(say('TotalTax-includedAmount')),
      sellerNumber: text(say('SellerIdNum')),
      buyerNumber: text(say('BuyerIdNum')),
    }),
    lines: [],
  };
}

/** Reads the data that makers of invoices hide in their files: a claim like the others, since anybody can write it. */
export function readEmbedded(
  streams: readonly Uint8Array[],
  info: Readonly<Record<string, unknown>>,
): ChannelAnswer | undefined {
  const found = streams.map(decodeText).flatMap((content) => readXml(content) ?? readKeyValues(content) ?? []);
  return found[0] ?? readInfo(info);
}
