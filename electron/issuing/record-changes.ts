import type { EventMap } from '../../shared/contract/events.ts';
import type { InvoiceFields } from '../../shared/invoice/invoice.ts';
import type { Records } from '../records/records.ts';
import type { Comparison } from './compare-row.ts';

/** Beyond this many it is quicker to look at every row anew than to find out which are concerned. */
const mostRemembered = 500;

type Touched = (fields: InvoiceFields, comparison: Comparison) => boolean;

const numberOf = ({ billingCode, billingNo }: InvoiceFields): string => `${billingCode} ${billingNo}`;

export type RecordChanges = ReturnType<typeof createRecordChanges>;

/** Which records changed since rows were last held against them. */
export function createRecordChanges(records: Records) {
  let all = false;
  let ids = new Set<number>();

  function touchedBy(changed: ReadonlySet<number>): Touched | 'all' {
    const orders = new Set<string>();
    const numbers = new Set<string>();
    for (const id of changed) {
      const invoice = records.invoices.find(id);
      // What it was is not known any more.
      if (!invoice) return 'all';
      orders.add(invoice.fields.orderId);
      numbers.add(numberOf(invoice.fields));
    }
    return (fields, { existing, findings }) =>
      orders.has(fields.orderId) ||
      numbers.has(numberOf(fields)) ||
      (existing !== undefined && changed.has(existing.id)) ||
      // It names other invoices, or an order number that was free.
      findings.length > 0;
  }

  return {
    note({ kind, id }: EventMap['record.changed']): void {
      if (kind === 'invoice') ids.add(id);
      if (kind === 'batch' || kind === 'account' || ids.size > mostRemembered) all = true;
    },
    /** What is to be looked at anew, each time once. */
    take(): 'none' | 'all' | Touched {
      const [wereAll, changed] = [all, ids];
      [all, ids] = [false, new Set()];
      if (wereAll) return 'all';
      return changed.size === 0 ? 'none' : touchedBy(changed);
    },
  };
}
