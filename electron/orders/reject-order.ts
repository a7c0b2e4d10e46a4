import type { Order } from '../../shared/contract/order-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { findOrder, isoNow, nextCheckOf, type OrderParts, takeOrder, tellChanged } from './order-parts.ts';

const alreadyRejectedErrcode = 72035;

/** Refusals that are about the order: had it been rejected before, WeChat would say that instead. */
const refusalsOfTheOrder: readonly unknown[] = [72013, 72024, 72038, 72049, 72050, 72053];

/**
 * Whether WeChat has certainly not rejected it: it said so itself, or nothing was sent.
 * @param wasInDoubt an earlier call may have arrived; then only what is said of the order itself tells
 */
function isCertainlyNotDone({ code, details: { errcode } }: AppError, wasInDoubt: boolean): boolean {
  if (refusalsOfTheOrder.includes(errcode)) return true;
  if (wasInDoubt) return false;
  return typeof errcode === 'number' ? errcode !== -1 : code === 'network.unreachable' || code.startsWith('account.');
}

/** From here on no insert is sent for the order, whatever becomes of the call. */
function begin(parts: OrderParts, id: number, words: { readonly reason: string; readonly url: string }) {
  const { records } = parts;
  return records.inTransaction((): Result<Order, AppError> => {
    const found = findOrder(records, id);
    if (!found.ok) return found;
    const { orderId, stage } = found.value;
    if (stage === 'rejected') return fail(appError('order.rejected', { orderId }));
    if (stage === 'issued' || stage === 'issuing') return fail(appError('order.has-card', { orderId }));
    return records.orders.beginRejection(id, words, isoNow(parts))
      ? ok(found.value)
      : fail(appError('order.rejected', { orderId }));
  });
}

/**
 * Rejects to invoice an order (rejectinsert), for ever. An answer that does not come leaves it `rejecting`: then it can be
 * rejected once more, which WeChat answers with 72035 where the first one had arrived, and nothing is issued for it.
 */
export async function rejectOrder(
  parts: OrderParts,
  id: number,
  words: { readonly reason: string; readonly url: string },
): Promise<Result<Order, AppError>> {
  const { records } = parts;
  const taken = await takeOrder(parts, id);
  if (!taken.ok) return taken;
  const wasInDoubt = taken.value.order.stage === 'rejecting';
  const begun = begin(parts, id, words);
  if (!begun.ok) return begun;
  tellChanged(parts, id);
  const { client, named } = taken.value;
  const answer = await client.rejectOrder({ ...named, ...words });
  const isDone = answer.ok || answer.error.details['errcode'] === alreadyRejectedErrcode;
  records.inTransaction(() => {
    const now = isoNow(parts);
    if (isDone) records.orders.endRejection(id, now);
    else if (isCertainlyNotDone(answer.error, wasInDoubt))
      records.orders.takeBackRejection(id, answer.error, { now, nextCheckAt: nextCheckOf(parts, begun.value) });
    else records.orders.noteError(id, answer.error, now);
  });
  tellChanged(parts, id);
  return isDone ? findOrder(records, id) : fail(answer.error);
}
