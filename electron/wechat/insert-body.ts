import { randomInt } from 'node:crypto';
import type { InvoiceFields, InvoiceItem } from '../../shared/invoice/invoice.ts';
import { encodeJson } from './json.ts';

export interface InsertInput {
  readonly orderId: string;
  readonly cardId: string;
  /** The appid with which the order was authorised. */
  readonly appid: string;
  readonly nonceStr: string;
  readonly pdfMediaId: string;
  readonly tripPdfMediaId?: string;
  readonly fields: InvoiceFields;
}

/**
 * The exact bytes of an insert request (API section 5). Numbers are JSON numbers (a text as billing_time is refused with
 * 47001), amounts fen; empty optional fields are left out; billing_code and check_code are always there, empty for fully
 * digital invoices.
 */
export function insertRequestBody(input: InsertInput): Uint8Array {
  const { fields } = input;
  const optional = {
    s_trip_pdf_media_id: input.tripPdfMediaId ?? '',
    buyer_number: fields.buyerNumber,
    buyer_address_and_phone: fields.buyerAddressAndPhone,
    buyer_bank_account: fields.buyerBankAccount,
    seller_number: fields.sellerNumber,
    seller_address_and_phone: fields.sellerAddressAndPhone,
    seller_bank_account: fields.sellerBankAccount,
    remarks: fields.remarks,
    cashier: fields.cashier,
    maker: fields.maker,
  };
  const invoice = {
    fee: fields.feeFen,
    title: fields.title,
    billing_time: fields.billingTime,
    billing_no: fields.billingNo,
    billing_code: fields.billingCode,
    ...(fields.items.length > 0 ? { info: fields.items.map(infoEntry) } : {}),
    fee_without_tax: fields.feeWithoutTaxFen,
    tax: fields.taxFen,
    s_pdf_media_id: input.pdfMediaId,
    check_code: fields.checkCode,
    ...Object.fromEntries(Object.entries(optional).filter(([, text]) => text !== '')),
  };
  return encodeJson({
    order_id: input.orderId,
    card_id: input.cardId,
    appid: input.appid,
    card_ext: { nonce_str: input.nonceStr, user_card: { invoice_user_data: invoice } },
  });
}

function infoEntry({ name, num, unit, priceFen }: InvoiceItem): object {
  return { name, ...(num === null ? {} : { num }), ...(unit === '' ? {} : { unit }), price: priceFen };
}

const nonceAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 32 random letters and digits: the `nonce_str` of one request. */
export function createNonce(): string {
  return Array.from({ length: 32 }, () => nonceAlphabet.charAt(randomInt(nonceAlphabet.length))).join('');
}
