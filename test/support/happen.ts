import type { InvoiceChanges } from '../../electron/records/invoice-repository.ts';
import type { Records } from '../../electron/records/records.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { InvoiceEvent } from '../../shared/invoice/state.ts';

/** What happens to an invoice in whatever state it is; undefined where that is illegal. */
export function happen(
  { invoices }: Pick<Records, 'invoices'>,
  id: number,
  event: InvoiceEvent,
  at: string,
  changes: InvoiceChanges = {},
): Invoice | undefined {
  const state = invoices.find(id)?.state;
  // Illegal moves do not compile; what the records do with one all the same is what is looked at here.
  return state && invoices.apply(id, state, event as never, at, changes);
}
