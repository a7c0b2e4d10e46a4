import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import type { WeChatPush } from '../wechat/push.ts';
import { nextCheckAt } from './check-times.ts';
import { type OrderParts, tellAuthorised, tellChanged } from './order-parts.ts';

/**
 * What a customer decided on the authorisation page (user_authorize_invoice). One whose signature does not cover it
 * proves nothing, but is a reason to ask WeChat at once.
 * @returns the order's id; undefined where no such order is known here, or the push is of another kind
 */
export function noteDecision(
  records: Records,
  account: StoredAccount,
  push: WeChatPush,
  receivedAt: string,
): number | undefined {
  if (push.type !== 'user_authorize_invoice') return undefined;
  const order = records.orders.findByOrder(account, push.orderId);
  if (!order) return undefined;
  const { id, kind, title, authorisedAt } = order;
  if (!push.authenticated) {
    records.orders.checkAt(id, receivedAt, receivedAt);
  } else if (push.isAuthorised) {
    const isTitleWanted = kind === 'apply-with-title' && title === null;
    const at = new Date(push.createTime * 1000).toISOString();
    // The push does not carry what was filled in: that has to be asked for.
    const nextCheck = isTitleWanted ? receivedAt : null;
    records.orders.noteAuthorised(
      id,
      { at, openid: push.openid || null, title: null },
      { now: receivedAt, nextCheckAt: nextCheck },
    );
  } else if (authorisedAt === null) {
    const nowMs = Date.parse(receivedAt);
    const later = nextCheckAt(nowMs - 3600_000, nowMs, true) ?? receivedAt;
    records.orders.noteFailed(id, { now: receivedAt, nextCheckAt: later });
  }
  return id;
}

/** Tells what an event has changed about an order, where it is one of the account's. */
export function tellDecision(
  parts: Pick<OrderParts, 'records' | 'emit'>,
  account: StoredAccount,
  event: StatusEvent,
): void {
  const { orderId, createTime } = event;
  const order = orderId === '' ? undefined : parts.records.orders.findByOrder(account, orderId);
  if (!order) return;
  tellChanged(parts, order.id);
  const isNews = order.authorisedAt !== null && Date.parse(order.authorisedAt) === createTime * 1000;
  if (order.stage === 'authorised' && isNews) tellAuthorised(parts, order);
}
