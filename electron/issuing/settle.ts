import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { Records } from '../records/records.ts';

/** Of an invoice in doubt after a restore nobody has the bytes any more with which its card was made. */
const noBody = new Uint8Array();

/**
 * A person looked into Cards & Offers, and says whether the card is there; of an invoice whose outcome is unknown, or that
 * is in doubt after a restore.
 * @returns the invoice as it is then, or undefined where there is nothing to settle
 */
export function settleByPerson(
  records: Records,
  { id, state, doubtedAt }: Invoice,
  outcome: 'found' | 'absent',
  cardCode: string | undefined,
  now: string,
): Invoice | undefined {
  const found = { error: null, cardCode: cardCode ?? null };
  if (state === 'unknown')
    return records.invoices.apply(id, state, outcome, now, outcome === 'found' ? found : { error: null });
  if (doubtedAt === null) return undefined;
  if (outcome === 'absent') return records.invoices.removeDoubt(id, now);
  switch (state) {
    case 'draft':
      return records.invoices.apply(id, state, 'found', now, { ...found, requestBody: noBody });
    case 'prepared':
    case 'rejected':
      return records.invoices.apply(id, state, 'found', now, found);
    default:
      return undefined;
  }
}
