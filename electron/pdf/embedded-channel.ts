import type { PdfFieldName } from '../../shared/contract/pdf-operations.ts';
import { type ChannelAnswer, type Claim, toClaims } from './claims.ts';
import { amount, date, decodeText, type Facts, text, toLine } from './embedded-values.ts';
import { readInvoiceXml } from './invoice-xml.ts';

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
  const found = streams.map(decodeText).flatMap((content) => readInvoiceXml(content) ?? readKeyValues(content) ?? []);
  return found[0] ?? readInfo(info);
}
