import type { PdfFieldName } from '../../shared/contract/pdf-operations.ts';
import { type FixtureInvoice, feeOf, isRed, netOf, taxSumOf } from './content.ts';

/** What a PDF truly says, beside it as `NAME.json`. The form is described in docs/reading-invoice-pdfs.md. */
export interface Truth {
  readonly layout: string;
  readonly error?: string;
  readonly kind?: string;
  readonly isRedLetter?: boolean;
  readonly fields?: Partial<Record<PdfFieldName, string | number>>;
  readonly lines?: readonly Readonly<Record<string, string | number>>[];
}

/** Everything the layout prints of an invoice. */
export function truthOf(layout: string, invoice: FixtureInvoice, change: Truth['fields'] = {}): Truth {
  const { buyer, seller } = invoice;
  const isVat = invoice.kind === 'vat';
  return {
    layout,
    kind: invoice.kind,
    isRedLetter: isRed(invoice),
    fields: {
      type: invoice.type,
      title: buyer.name,
      feeFen: feeOf(invoice),
      feeWithoutTaxFen: netOf(invoice),
      taxFen: taxSumOf(invoice),
      billingTime: invoice.date,
      billingNo: invoice.billingNo,
      billingCode: invoice.billingCode,
      checkCode: invoice.checkCode,
      buyerNumber: buyer.taxId,
      buyerAddressAndPhone: isVat ? buyer.addressAndPhone : '',
      buyerBankAccount: isVat ? buyer.bankAccount : '',
      sellerName: seller.name,
      sellerNumber: seller.taxId,
      sellerAddressAndPhone: isVat ? seller.addressAndPhone : '',
      sellerBankAccount: isVat ? seller.bankAccount : '',
      remarks: invoice.remarks,
      cashier: invoice.cashier,
      maker: invoice.maker,
      ...change,
    },
    lines: invoice.lines.map((line) => ({ ...line })),
  };
}
