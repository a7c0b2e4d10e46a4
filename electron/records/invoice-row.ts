import type { Invoice, StoredPdf } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { InvoiceFields, InvoiceItem } from '../../shared/invoice/invoice.ts';
import type { InvoiceState } from '../../shared/invoice/state.ts';
import type { ReimburseStatus } from '../../shared/wechat/reimburse-status.ts';

/** An invoice joined with its two PDFs, as SQLite returns it. */
export interface InvoiceRow {
  readonly id: number;
  readonly account_id: number;
  readonly appid: string;
  readonly template_id: number | null;
  readonly batch_id: number | null;
  readonly state: InvoiceState;
  readonly order_id: string;
  readonly title: string;
  readonly fee_fen: number;
  readonly fee_without_tax_fen: number;
  readonly tax_fen: number;
  readonly billing_time: number;
  readonly billing_no: string;
  readonly billing_code: string;
  readonly check_code: string;
  readonly buyer_number: string;
  readonly buyer_address_and_phone: string;
  readonly buyer_bank_account: string;
  readonly seller_number: string;
  readonly seller_address_and_phone: string;
  readonly seller_bank_account: string;
  readonly remarks: string;
  readonly cashier: string;
  readonly maker: string;
  readonly pdf_id: number | null;
  readonly pdf_sha256: string | null;
  readonly pdf_file_name: string | null;
  readonly pdf_size_bytes: number | null;
  readonly trip_pdf_id: number | null;
  readonly trip_pdf_sha256: string | null;
  readonly trip_pdf_file_name: string | null;
  readonly trip_pdf_size_bytes: number | null;
  readonly card_code: string | null;
  readonly openid: string | null;
  readonly unionid: string | null;
  readonly reimburse_status: ReimburseStatus | null;
  readonly error: string | null;
  readonly doubted_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly issued_at: string | null;
}

export interface ItemRow {
  readonly name: string;
  readonly num: number | null;
  readonly unit: string;
  readonly price_fen: number;
}

/** Columns of {@link InvoiceRow}; the request body is left out, it is read by its one user. */
export const invoiceSelect = `
  SELECT invoice.id, invoice.account_id, invoice.appid, invoice.template_id, invoice.batch_id, invoice.state,
    invoice.order_id, invoice.title, invoice.fee_fen, invoice.fee_without_tax_fen, invoice.tax_fen,
    invoice.billing_time, invoice.billing_no, invoice.billing_code, invoice.check_code,
    invoice.buyer_number, invoice.buyer_address_and_phone, invoice.buyer_bank_account,
    invoice.seller_number, invoice.seller_address_and_phone, invoice.seller_bank_account,
    invoice.remarks, invoice.cashier, invoice.maker,
    invoice.pdf_id, pdf.sha256 AS pdf_sha256, pdf.file_name AS pdf_file_name, pdf.size_bytes AS pdf_size_bytes,
    invoice.trip_pdf_id, trip.sha256 AS trip_pdf_sha256, trip.file_name AS trip_pdf_file_name,
    trip.size_bytes AS trip_pdf_size_bytes,
    invoice.card_code, invoice.openid, invoice.unionid, invoice.reimburse_status, invoice.error, invoice.doubted_at,
    invoice.created_at, invoice.updated_at, invoice.issued_at
  FROM invoice
  LEFT JOIN pdf ON pdf.id = invoice.pdf_id
  LEFT JOIN pdf AS trip ON trip.id = invoice.trip_pdf_id`;

function toPdf(
  id: number | null,
  sha256: string | null,
  fileName: string | null,
  sizeBytes: number | null,
): StoredPdf | null {
  if (id === null || sha256 === null || fileName === null || sizeBytes === null) return null;
  return { id, sha256, fileName, sizeBytes };
}

function toItem(row: ItemRow): InvoiceItem {
  return { name: row.name, num: row.num, unit: row.unit, priceFen: row.price_fen };
}

function toFields(row: InvoiceRow, items: readonly ItemRow[]): InvoiceFields {
  return {
    orderId: row.order_id,
    title: row.title,
    feeFen: row.fee_fen,
    feeWithoutTaxFen: row.fee_without_tax_fen,
    taxFen: row.tax_fen,
    billingTime: row.billing_time,
    billingNo: row.billing_no,
    billingCode: row.billing_code,
    checkCode: row.check_code,
    buyerNumber: row.buyer_number,
    buyerAddressAndPhone: row.buyer_address_and_phone,
    buyerBankAccount: row.buyer_bank_account,
    sellerNumber: row.seller_number,
    sellerAddressAndPhone: row.seller_address_and_phone,
    sellerBankAccount: row.seller_bank_account,
    remarks: row.remarks,
    cashier: row.cashier,
    maker: row.maker,
    items: items.map(toItem),
  };
}

export function toInvoice(row: InvoiceRow, items: readonly ItemRow[]): Invoice {
  return {
    id: row.id,
    accountId: row.account_id,
    templateId: row.template_id,
    batchId: row.batch_id,
    state: row.state,
    fields: toFields(row, items),
    pdf: toPdf(row.pdf_id, row.pdf_sha256, row.pdf_file_name, row.pdf_size_bytes),
    tripPdf: toPdf(row.trip_pdf_id, row.trip_pdf_sha256, row.trip_pdf_file_name, row.trip_pdf_size_bytes),
    cardCode: row.card_code,
    openid: row.openid,
    unionid: row.unionid,
    reimburseStatus: row.reimburse_status,
    // Written by this repository from an AppError, never by anybody else.
    error: row.error === null ? null : (JSON.parse(row.error) as AppError),
    doubtedAt: row.doubted_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    issuedAt: row.issued_at,
  };
}
