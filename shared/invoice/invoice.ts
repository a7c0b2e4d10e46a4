import * as z from 'zod';
import { fenSchema } from './money.ts';

/** One line of an invoice (API section 5, `info`). `num` is null where it is unknown or not whole: the wire wants an Int. */
export const invoiceItemSchema = z.strictObject({
  name: z.string(),
  num: z.int().nullable(),
  unit: z.string(),
  /** Unit price in fen. */
  priceFen: fenSchema,
});

/**
 * The content of an invoice as section 5 of the API document lists it, in domain names. Absent text is the empty
 * string; the wire form leaves empty optional fields out and keeps the two that fully digital invoices send empty.
 */
export const invoiceFieldsSchema = z.strictObject({
  orderId: z.string(),
  /** The buyer's title 抬头 (not the document's and not the seller's). */
  title: z.string(),
  /** Total with tax 价税合计, fen. */
  feeFen: fenSchema,
  feeWithoutTaxFen: fenSchema,
  taxFen: fenSchema,
  /** Seconds since 1970. */
  billingTime: z.int(),
  billingNo: z.string(),
  billingCode: z.string(),
  checkCode: z.string(),
  buyerNumber: z.string(),
  buyerAddressAndPhone: z.string(),
  buyerBankAccount: z.string(),
  sellerNumber: z.string(),
  sellerAddressAndPhone: z.string(),
  sellerBankAccount: z.string(),
  remarks: z.string(),
  cashier: z.string(),
  maker: z.string(),
  items: z.array(invoiceItemSchema).max(2000),
});

export type InvoiceItem = z.output<typeof invoiceItemSchema>;
export type InvoiceFields = z.output<typeof invoiceFieldsSchema>;
export type InvoiceFieldName = Exclude<keyof InvoiceFields, 'items'>;

/** An invoice with nothing filled in. */
export function emptyInvoiceFields(): InvoiceFields {
  return {
    orderId: '',
    title: '',
    feeFen: 0,
    feeWithoutTaxFen: 0,
    taxFen: 0,
    billingTime: 0,
    billingNo: '',
    billingCode: '',
    checkCode: '',
    buyerNumber: '',
    buyerAddressAndPhone: '',
    buyerBankAccount: '',
    sellerNumber: '',
    sellerAddressAndPhone: '',
    sellerBankAccount: '',
    remarks: '',
    cashier: '',
    maker: '',
    items: [],
  };
}

/** Fully digital invoices 数电票 carry a 20-digit number and no code; the older ones an 8-digit number and a code. */
export function isFullyDigital(fields: Pick<InvoiceFields, 'billingNo' | 'billingCode'>): boolean {
  return /^\d{20}$/.test(fields.billingNo) && fields.billingCode === '';
}
