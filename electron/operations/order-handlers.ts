import type { Handlers } from '../../shared/contract/contract.ts';
import { ok } from '../../shared/result.ts';
import { askOrder } from '../orders/ask-order.ts';
import { findOrder, nextCheckOf, tellChanged } from '../orders/order-parts.ts';
import { rejectOrder } from '../orders/reject-order.ts';
import { createOrder, requestLink } from '../orders/request-link.ts';
import { findAccount, type HandlerParts, isoNow } from './handler-parts.ts';

type Names =
  | 'order.create'
  | 'order.renewLink'
  | 'order.list'
  | 'order.find'
  | 'order.check'
  | 'order.reject'
  | 'order.dismiss'
  | 'order.requestLinks'
  | 'order.cancelRequests';

/** Orders one by one, and the links of many. */
export function createOrderHandlers(parts: HandlerParts): Pick<Handlers, Names> {
  const { records, linkRequests } = parts;
  return {
    'order.create': async ({ accountId, order }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? createOrder(parts, account.value, order) : account;
    },
    'order.renewLink': ({ id }) => requestLink(parts, id),
    'order.list': async (filter) =>
      ok({ orders: records.orders.list(filter), counts: records.orders.counts(filter.accountId) }),
    'order.find': async ({ accountId, orderId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? ok({ order: records.orders.findByOrder(account.value, orderId) ?? null }) : account;
    },
    'order.check': ({ id }) => askOrder(parts, id),
    'order.reject': ({ id, reason, url }) => rejectOrder(parts, id, { reason, url }),
    'order.dismiss': async ({ id, dismissed }) => {
      const order = findOrder(records, id);
      if (!order.ok) return order;
      const now = isoNow(parts);
      const isWaiting = order.value.authorisedAt === null;
      const nextCheckAt = dismissed || !isWaiting ? null : nextCheckOf(parts, { ...order.value, stage: 'waiting' });
      records.orders.dismiss(id, dismissed ? now : null, { now, nextCheckAt });
      tellChanged(parts, id);
      return findOrder(records, id);
    },
    'order.requestLinks': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? linkRequests.request(accountId) : account;
    },
    'order.cancelRequests': async ({ accountId }) => {
      const account = findAccount(parts, accountId);
      return account.ok ? ok({ cancelled: linkRequests.cancel(accountId) }) : account;
    },
  };
}
