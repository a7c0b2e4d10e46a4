import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import { isReimburseStatus } from '../../shared/wechat/reimburse-status.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';

/** WeChat's clock and this computer's may differ by so much, in seconds. */
const clockSkewSeconds = 300;

interface NamedCode {
  readonly code: string;
  /** Seconds since 1970: the card exists since then at the latest. */
  readonly createTime: number;
}

function cardIdOf(records: Records, { templateId }: Invoice): string | undefined {
  return templateId === null ? undefined : records.templates.find(templateId)?.cardId;
}

/** Events that came before an invoice's code was known become its own, and the newest status of all is shown. */
function adoptEvents(records: Records, invoice: Invoice, cardId: string, now: string): void {
  const { id: invoiceId, accountId, cardCode: code } = invoice;
  if (code === null || records.events.adopt({ invoiceId, accountId, cardId, code }) === 0) return;
  const newest = records.events.listOfInvoice(invoiceId).at(-1);
  if (newest && isReimburseStatus(newest.status))
    records.invoices.addFacts(
      invoiceId,
      { reimburseStatus: newest.status, ...(newest.openid === '' ? {} : { openid: newest.openid }) },
      now,
    );
}

/**
 * A code that WeChat names proves that its card exists. Where it can belong to one invoice only, that invoice is settled:
 * issued, with this code. Where two could own it, or two codes are without an owner, nobody knows, and it stays parked.
 * Inside of a transaction.
 * @param named a code that came by another way than a push
 * @returns the invoice that was settled
 */
export function settleByCode(
  records: Records,
  accountId: number,
  cardId: string,
  now: string,
  named?: NamedCode,
): Invoice | undefined {
  const parked: readonly NamedCode[] = records.events.listParkedCodes(accountId, cardId);
  const isNew = named && !parked.some(({ code }) => code === named.code);
  const codes = (isNew ? [...parked, named] : parked).filter(
    ({ code }) => !records.invoices.findByCardCode(accountId, code),
  );
  const [one] = codes;
  // Looked for only where a code waits: this is asked after every answer, and hardly ever one does.
  if (!one || codes.length > 1) return undefined;
  const candidates = records.invoices.listLoose(accountId, cardId);
  const [candidate] = candidates;
  if (!candidate || candidates.length > 1) return undefined;
  const { id, state, hasCode } = candidate;
  if (hasCode || !['unknown', 'issued'].includes(state)) return undefined;
  const sentAt = records.attempts.firstInsertAt(id);
  // A card that was there before the first request left is not this one's.
  if (sentAt === undefined || one.createTime + clockSkewSeconds < Date.parse(sentAt) / 1000) return undefined;
  const settled =
    state === 'unknown'
      ? records.invoices.apply(id, 'unknown', 'found', now, { error: null, cardCode: one.code })
      : records.invoices.addFacts(id, { cardCode: one.code }, now);
  if (settled) adoptEvents(records, settled, cardId, now);
  return settled;
}

/**
 * After it became known what became of an invoice: gives it the events that wait for its code, and the code that waits to
 * the one that is left. Inside of a transaction.
 * @returns the invoice as it is then
 */
export function takeParked(records: Records, invoice: Invoice, now: string): Invoice {
  const cardId = cardIdOf(records, invoice);
  if (cardId === undefined) return invoice;
  adoptEvents(records, invoice, cardId, now);
  settleByCode(records, invoice.accountId, cardId, now);
  return records.invoices.find(invoice.id) ?? invoice;
}

/**
 * A redirect link proves by its code and card_id that the card exists (API section 8), as a push does.
 * @returns the invoice that was settled by it
 */
export function recordDecodedCode(
  records: Records,
  accountId: number,
  { cardId, code }: { readonly cardId: string; readonly code: string },
  clock: Clock,
): Invoice | undefined {
  const now = clock.now();
  const named = { code, createTime: Math.floor(now / 1000) };
  return records.inTransaction(() => settleByCode(records, accountId, cardId, new Date(now).toISOString(), named));
}
