import { XMLParser } from 'fast-xml-parser';
import { type ChannelAnswer, type Claim, toClaims } from './claims.ts';
import { amount, date, type Facts, text, toLine } from './embedded-values.ts';

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

const joined = (...texts: readonly (string | undefined)[]): Claim | undefined =>
  text(texts.flatMap((one) => (one === undefined || one.trim() === '' ? [] : [one.trim()])).join(' '));

/** `0.13` is how rates are written there; `免税` and the like stay as they are. */
function rateOf(rate: string | undefined): string | undefined {
  const part = Number(rate);
  return rate === undefined || rate.trim() === '' || !(part >= 0 && part < 1)
    ? rate
    : `${Number((part * 100).toFixed(2))}%`;
}

/** The form that the tax platform delivers beside the PDF of a digital invoice. */
function readDigitalInvoice(root: Node): ChannelAnswer {
  const data = root['EInvoiceData'];
  const party = (name: 'Buyer' | 'Seller') => {
    const say = (part: string) => at(data, `${name}Information`, `${name}${part}`);
    return {
      name: text(say('Name')),
      number: text(say('IdNum')),
      address: joined(say('Addr'), say('TelNum')),
      bank: joined(say('BankName'), say('BankAccNum')),
    };
  };
  const [buyer, seller] = [party('Buyer'), party('Seller')];
  const basic = (part: string) => at(data, 'BasicInformation', part);
  const label = (part: string) => at(root, 'Header', 'InherentLabel', part, 'LabelName');
  const type = label('GeneralOrSpecialVAT');
  return {
    claims: toClaims({
      title: buyer.name,
      buyerNumber: buyer.number,
      buyerAddressAndPhone: buyer.address,
      buyerBankAccount: buyer.bank,
      sellerName: seller.name,
      sellerNumber: seller.number,
      sellerAddressAndPhone: seller.address,
      sellerBankAccount: seller.bank,
      billingNo: text(at(root, 'TaxSupervisionInfo', 'InvoiceNumber') ?? at(root, 'Header', 'EIid')),
      billingTime: date(at(root, 'TaxSupervisionInfo', 'IssueTime') ?? basic('RequestTime')),
      feeWithoutTaxFen: amount(basic('TotalAmWithoutTax')),
      taxFen: amount(basic('TotalTaxAm')),
      feeFen: amount(basic('TotalTax-includedAmount')),
      maker: text(basic('Drawer')),
      remarks: text(at(data, 'AdditionalInformation', 'Remark')),
      type: text(type === undefined ? undefined : `电子发票（${type}）`),
    }),
    lines: list(isNode(data) ? data['IssuItemInformation'] : undefined).flatMap((item) => {
      const line = toLine({
        name: at(item, 'ItemName'),
        spec: at(item, 'SpecMod'),
        unit: at(item, 'MeaUnits'),
        num: at(item, 'Quantity'),
        price: at(item, 'UnPrice'),
        net: at(item, 'Amount'),
        rate: rateOf(at(item, 'TaxRate')),
        tax: at(item, 'ComTaxAm'),
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

/** Whether a text can be an invoice of one of the two forms. */
export const isInvoiceXml = (content: string): boolean => /<(\w+:)?[eE]Invoice\b/.test(content);

/** Reads an invoice from XML: the form that makers of older invoices embed, or the one delivered with digital ones. */
export function readInvoiceXml(content: string): ChannelAnswer | undefined {
  if (!isInvoiceXml(content)) return undefined;
  const parsed = parseXml(content);
  if (!isNode(parsed)) return undefined;
  if (isNode(parsed['EInvoice'])) return readDigitalInvoice(parsed['EInvoice']);
  return isNode(parsed['eInvoice']) ? readEInvoice(parsed['eInvoice']) : undefined;
}
