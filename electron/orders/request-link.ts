import type { NewOrder, Order } from '../../shared/contract/order-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import { findOrder, isoNow, nextCheckSince, type OrderParts, takeOrder, tellChanged } from './order-parts.ts';

/** Gets the link of an order, or another one in its place. A failure is written down beside the order. */
export async function requestLink(parts: OrderParts, id: number): Promise<Result<Order, AppError>> {
  const { records, clock } = parts;
  const taken = await takeOrder(parts, id);
  if (!taken.ok) {
    if (records.orders.find(id)) records.orders.noteError(id, taken.error, isoNow(parts));
    return taken;
  }
  const { order, client, named } = taken.value;
  const { orderId, stage, moneyFen, kind, source, redirectUrl } = order;
  if (stage === 'rejected' || stage === 'rejecting') return fail(appError('order.rejected', { orderId }));
  const answer = await client.requestAuthorisation({ ...named, moneyFen, kind, source, redirectUrl });
  const now = isoNow(parts);
  if (answer.ok) {
    const nextCheckAt = order.authorisedAt === null ? nextCheckSince(parts, order.accountId, clock.now()) : null;
    records.orders.noteLink(id, answer.value, { now, nextCheckAt });
  } else records.orders.noteError(id, answer.error, now);
  tellChanged(parts, id);
  return answer.ok ? findOrder(records, id) : fail(answer.error);
}

/** Stores an order and gets its link. One that is stored without a link gets what was said last. */
export async function createOrder(
  parts: OrderParts,
  account: StoredAccount,
  wanted: NewOrder,
): Promise<Result<Order, AppError>> {
  const { records } = parts;
  const id = records.inTransaction(() => {
    const created = records.orders.create(account, wanted, isoNow(parts));
    if (created) return created.id;
    const known = records.orders.findByOrder(account, wanted.orderId);
    return known && records.orders.change(known.id, wanted, isoNow(parts)) ? known.id : undefined;
  });
  if (id === undefined) return fail(appError('order.exists', { orderId: wanted.orderId }));
  tellChanged(parts, id);
  return requestLink(parts, id);
}
