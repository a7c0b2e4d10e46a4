import { useDeferredValue } from 'react';
import type { Finding } from '../../../shared/invoice/findings.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { useOperation } from '../../api/queries.ts';

const none: readonly Finding[] = [];

/** While an order or a number is typed: the other invoice of the records that has it already. */
export function useTaken(accountId: number, invoiceId: number | undefined, fields: InvoiceFields): readonly Finding[] {
  const { orderId, billingNo, billingCode } = fields;
  // What is typed meanwhile is not asked about.
  const asked = useDeferredValue(JSON.stringify({ orderId, billingNo, billingCode }));
  const identity = JSON.parse(asked) as Pick<InvoiceFields, 'orderId' | 'billingNo' | 'billingCode'>; // as written above
  const checking = useOperation(
    'invoice.check',
    { accountId, ...(invoiceId === undefined ? {} : { invoiceId }), fields: { ...emptyInvoiceFields(), ...identity } },
    { enabled: `${identity.orderId}${identity.billingNo}` !== '' },
  );
  return checking.data?.taken ?? none;
}
