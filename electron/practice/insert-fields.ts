import { type JsonObject, objectOf, textOf } from './call.ts';
import { type Reply, refuse, refuseEmpty } from './replies.ts';

/** An insert request whose fields are all there and of the right type. */
export interface InsertRequest {
  readonly orderId: string;
  readonly cardId: string;
  readonly appid: string;
  readonly nonceStr: string;
  readonly billingNo: string;
  readonly billingCode: string;
  readonly checkCode: string;
  readonly mediaId: string;
  readonly tripMediaId: string | undefined;
  readonly invoice: JsonObject;
}

const optionalTexts = [
  's_trip_pdf_media_id',
  'check_code',
  'buyer_number',
  'buyer_address_and_phone',
  'buyer_bank_account',
  'seller_number',
  'seller_address_and_phone',
  'seller_bank_account',
  'remarks',
  'cashier',
  'maker',
];

/** Whole numbers only; text that looks like one is 47001, as developers found out in 2022. */
function checkNumber(object: JsonObject, field: string, isZeroEmpty: boolean): Reply | undefined {
  const value = object[field];
  if (value === undefined || value === null) return refuseEmpty(field);
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return refuse(47001);
  if (value < 0) return refuse(72031, `invalid params, ${field} is error`);
  return value === 0 && isZeroEmpty ? refuseEmpty(field) : undefined;
}

function checkText(object: JsonObject, field: string): Reply | undefined {
  const value = object[field];
  if (value === undefined || value === null || value === '') return refuseEmpty(field);
  return typeof value === 'string' ? undefined : refuse(47001);
}

function checkItems(invoice: JsonObject): Reply | undefined {
  const items = invoice['info'];
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) return refuse(47001);
  for (const item of items as readonly unknown[]) {
    if (typeof item !== 'object' || item === null) return refuse(47001);
    const fields = item as JsonObject;
    const fault = checkText(fields, 'name') ?? checkNumber(fields, 'price', false);
    if (fault !== undefined) return fault;
    if (fields['num'] !== undefined && !Number.isSafeInteger(fields['num'])) return refuse(47001);
    if (fields['unit'] !== undefined && typeof fields['unit'] !== 'string') return refuse(47001);
  }
  return undefined;
}

function checkInvoice(invoice: JsonObject): Reply | undefined {
  const fault =
    checkNumber(invoice, 'fee', true) ??
    checkText(invoice, 'title') ??
    checkNumber(invoice, 'billing_time', true) ??
    checkText(invoice, 'billing_no') ??
    // Fully digital invoices have no code, but the key has to be there.
    (invoice['billing_code'] === '' ? undefined : checkText(invoice, 'billing_code')) ??
    checkNumber(invoice, 'fee_without_tax', true) ??
    checkNumber(invoice, 'tax', false) ??
    checkText(invoice, 's_pdf_media_id') ??
    checkItems(invoice);
  if (fault !== undefined) return fault;
  if (String(invoice['billing_time']).length !== 10) return refuse(72031, 'invalid params, billing_time is error');
  for (const field of optionalTexts)
    if (invoice[field] !== undefined && typeof invoice[field] !== 'string') return refuse(47001);
  return /\s/.test(textOf(invoice, 'check_code') ?? '') ? refuse(72031) : undefined;
}

/** Reads an insert request: shape, required fields, types. Sections 5 of the document and the reported errors. */
export function readInsert(json: JsonObject): InsertRequest | Reply {
  const extension = objectOf(json, 'card_ext');
  const userCard = extension === undefined ? undefined : objectOf(extension, 'user_card');
  const invoice = userCard === undefined ? undefined : objectOf(userCard, 'invoice_user_data');
  // Without invoice_user_data the real one looks for the fields in the wrong place, and misses fee first.
  if (extension === undefined || invoice === undefined) return refuseEmpty('fee');
  const fault =
    checkText(json, 'order_id') ??
    checkText(json, 'card_id') ??
    checkText(json, 'appid') ??
    checkText(extension, 'nonce_str') ??
    checkInvoice(invoice);
  if (fault !== undefined) return fault;
  const text = (object: JsonObject, field: string) => textOf(object, field) ?? '';
  return {
    orderId: text(json, 'order_id'),
    cardId: text(json, 'card_id'),
    appid: text(json, 'appid'),
    nonceStr: text(extension, 'nonce_str'),
    billingNo: text(invoice, 'billing_no'),
    billingCode: text(invoice, 'billing_code'),
    checkCode: text(invoice, 'check_code'),
    mediaId: text(invoice, 's_pdf_media_id'),
    tripMediaId: textOf(invoice, 's_trip_pdf_media_id'),
    invoice,
  };
}

/** Numbers of the two kinds of invoices: old with code and check code, fully digital without both. */
export function checkNumbers({ billingNo, billingCode, checkCode, invoice }: InsertRequest): Reply | undefined {
  if (/^\d{20}$/.test(billingNo)) {
    // Reported: the long number put into both fields is "system error".
    if (billingCode === billingNo) return refuse(-1);
    if (billingCode !== '') return refuse(72043);
    if (invoice['check_code'] === undefined) return refuseEmpty('check_code');
    return checkCode === '' ? undefined : refuse(72031, 'invalid params, check_code is error');
  }
  if (!/^\d{8}$/.test(billingNo) || !/^(\d{10}|\d{12})$/.test(billingCode)) return refuse(72043);
  return checkCode === '' ? refuse(72045) : undefined;
}
