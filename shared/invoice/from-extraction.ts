import type { Extraction } from '../contract/pdf-operations.ts';
import { emptyInvoiceFields, type InvoiceFields } from './invoice.ts';

/**
 * What a PDF says, as the content of an invoice; empty where it says nothing. The order number is never printed, and
 * WeChat wants neither the seller's name nor the document's title.
 */
export function fieldsOfExtraction({ fields, items }: Extraction): InvoiceFields {
  const { sellerName: _name, type: _type, ...read } = fields;
  const said = Object.entries(read).flatMap(([name, field]) => (field === null ? [] : [[name, field.value] as const]));
  // Each of these fields has in a PDF the type that it has in an invoice.
  const values = Object.fromEntries(said) as Partial<InvoiceFields>;
  return { ...emptyInvoiceFields(), ...values, items: [...items] };
}
