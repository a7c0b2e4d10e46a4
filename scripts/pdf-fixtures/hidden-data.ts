import iconv from 'iconv-lite';
import { type PDFDocument, PDFName } from 'pdf-lib';
import { type FixtureInvoice, feeOf, netOf } from './content.ts';
import { capitals, isExempt, plain, printedDate, printedTax, printedTaxSum, qrText } from './printed.ts';

/** Hides data in the catalogue, where XMP would be. */
export function hide(document: PDFDocument, bytes: Uint8Array): void {
  const { context, catalog } = document;
  catalog.set(
    PDFName.of('Metadata'),
    context.register(context.flateStream(bytes, { Type: 'Metadata', Subtype: 'XML' })),
  );
}

/** The lines of keys and values that one maker hides. */
export function keyValues(invoice: FixtureInvoice, encoding: 'gbk' | 'utf-8'): Uint8Array {
  const { buyer, seller } = invoice;
  const head = [
    ['BT', invoice.type],
    ['GM', buyer.name],
    ['GN', buyer.taxId],
    ['GD', buyer.addressAndPhone],
    ['GY', buyer.bankAccount],
    ['XM', seller.name],
    ['XN', seller.taxId],
    ['XD', seller.addressAndPhone],
    ['XY', seller.bankAccount],
    ['HJ', `￥${plain(netOf(invoice))}`],
    ['HS', printedTaxSum(invoice).replace('¥', '￥')],
    ['XX', `￥${plain(feeOf(invoice))}`],
    ['DX', capitals(feeOf(invoice))],
    ['DM', invoice.billingCode],
    ['HM', invoice.billingNo],
    ['RQ', printedDate(invoice.date)],
    ['KP', invoice.maker],
    ['SK', invoice.cashier],
    ['FH', invoice.reviewer],
  ];
  const items = invoice.lines.flatMap((line) => [
    ['XM', line.name],
    ['GG', line.spec],
    ['DW', line.unit],
    ['SL', line.num],
    ['DJ', line.price],
    ['JE', plain(line.netFen)],
    ['SL', line.rate],
    ['SE', printedTax(line)],
  ]);
  const text = [...head, ...items].map(([key, value]) => `${key}=${value}`).join('\r\n');
  return iconv.encode(text, encoding);
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function element(name: string, content: string): string {
  return `<fp:${name}>${content}</fp:${name}>`;
}

/** The XML that makers embed whose labels cannot be read. */
export function eInvoiceXml(invoice: FixtureInvoice): Uint8Array {
  const texts = (facts: Readonly<Record<string, string>>) =>
    Object.entries(facts)
      .map(([name, value]) => element(name, escapeXml(value)))
      .join('');
  const party = (name: string, { name: own, taxId, addressAndPhone, bankAccount }: FixtureInvoice['buyer']) =>
    element(
      name,
      texts({
        [`${name}Name`]: own,
        [`${name}TaxID`]: taxId,
        [`${name}AddrTel`]: addressAndPhone,
        [`${name}FinancialAccount`]: bankAccount,
      }),
    );
  const goods = invoice.lines.map((line) =>
    element(
      'GoodsInfo',
      texts({
        Item: line.name,
        Specification: line.spec,
        MeasurementDimension: line.unit,
        Price: line.price,
        Quantity: line.num,
        Amount: plain(line.netFen),
        TaxScheme: line.rate,
        TaxAmount: printedTax(line),
      }),
    ),
  );
  const head = texts({
    InvoiceCode: invoice.billingCode,
    InvoiceNo: invoice.billingNo,
    IssueDate: printedDate(invoice.date),
    InvoiceCheckCode: invoice.checkCode,
    MachineNo: `4999${invoice.billingNo}`,
    TaxInclusiveTotalAmount: plain(feeOf(invoice)),
    TaxExclusiveTotalAmount: plain(netOf(invoice)),
    TaxTotalAmount: invoice.lines.every(isExempt) ? '***' : printedTaxSum(invoice).replace('¥', ''),
    Note: invoice.remarks,
    InvoiceClerk: invoice.maker,
    Payee: invoice.cashier,
    Checker: invoice.reviewer,
    GraphCode: qrText(invoice),
  });
  const body =
    head + party('Buyer', invoice.buyer) + party('Seller', invoice.seller) + element('GoodsInfos', goods.join(''));
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019">${body}</fp:eInvoice>`,
  );
}
