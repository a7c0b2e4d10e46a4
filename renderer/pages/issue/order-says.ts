import type { Order } from '../../../shared/contract/order-operations.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../../shared/invoice/invoice.ts';
import type { UserTitle } from '../../../shared/invoice/order.ts';

/** What of an invoice is about its buyer. */
export const buyerNames = ['title', 'buyerNumber', 'buyerAddressAndPhone', 'buyerBankAccount'] as const;
export type BuyerName = (typeof buyerNames)[number];

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');

/** What a customer filled in, in the fields of an invoice; only what was filled in. */
export function buyerOf(title: UserTitle | null): Partial<Record<BuyerName, string>> {
  if (!title) return {};
  const all: Record<BuyerName, string> = {
    title: title.title,
    buyerNumber: title.taxNumber,
    buyerAddressAndPhone: joined(title.address, title.phone),
    buyerBankAccount: joined(title.bankName, title.bankAccount),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** The invoice that an order asks for, as far as the order tells. */
export function fieldsOfOrder({ orderId, moneyFen, title }: Order): InvoiceFields {
  return { ...emptyInvoiceFields(), orderId, feeFen: moneyFen, ...buyerOf(title) };
}
