import type { Order } from '../../../shared/contract/order-operations.ts';
import type { OrderStage } from '../../../shared/invoice/order.ts';

/** What can be done with an order; the first one of its stage is what is likely wanted. */
export const orderActs = [
  'link',
  'getLink',
  'check',
  'issue',
  'invoice',
  'reject',
  'dismiss',
  'wait',
  'renew',
] as const;
export type OrderAct = (typeof orderActs)[number];

const ofStage: Readonly<Record<OrderStage, readonly OrderAct[]>> = {
  'no-link': ['getLink', 'dismiss'],
  waiting: ['link', 'check', 'renew', 'dismiss', 'reject'],
  failed: ['renew', 'check', 'link', 'dismiss', 'reject'],
  authorised: ['issue', 'check', 'link', 'reject'],
  issuing: ['invoice', 'check'],
  issued: ['invoice'],
  rejecting: ['reject', 'check'],
  rejected: [],
  dismissed: ['wait', 'check', 'link'],
};

/** The acts that make sense now. */
export function actsOf(order: Order): readonly OrderAct[] {
  return ofStage[order.stage].filter(
    (act) => (act !== 'link' || order.link !== null) && (act !== 'invoice' || order.invoice !== null),
  );
}

/** Where an order is issued: at its draft, or at a new one filled from it. */
export function issueAddress({ id, invoice }: Order): string {
  return invoice ? `/issue/${invoice.id}` : `/issue/order-${id}`;
}
