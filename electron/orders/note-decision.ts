import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import type { WeChatPush } from '../wechat/push.ts';
import { nextCheckAt } from './check-times.ts';

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

/** The order that an event tells of, where it is one of the account's. */
export function orderOfEvent(records: Records, account: StoredAccount, { orderId }: StatusEvent): number | undefined {
  return orderId === '' ? undefined : records.orders.findByOrder(account, orderId)?.id;
}
