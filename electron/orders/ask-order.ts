import type { Order } from '../../shared/contract/order-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Authorisation } from '../wechat/client-types.ts';
import {
  findOrder,
  isoNow,
  nextCheckOf,
  type OrderParts,
  takeOrder,
  tellAuthorised,
  tellChanged,
} from './order-parts.ts';

/** Rejected, by whomever: it is so for ever. */
const rejectedErrcode = 72035;
/** To getauthdata it means that the customer has not authorised the order, or that WeChat does not know it. */
const neverAuthorisedErrcode = 72038;

function noteAnswer(parts: OrderParts, order: Order, answer: Authorisation): void {
  const { orders } = parts.records;
  const now = isoNow(parts);
  const isAuthorised = answer.state === 'authorised';
  if (isAuthorised) {
    const at = answer.authorisedAtSeconds === null ? now : new Date(answer.authorisedAtSeconds * 1000).toISOString();
    orders.noteAuthorised(order.id, { at, openid: null, title: answer.title }, { now, nextCheckAt: null });
  }
  orders.noteChecked(order.id, null, { now, nextCheckAt: isAuthorised ? null : nextCheckOf(parts, order) });
}

function noteRefusal(parts: OrderParts, order: Order, error: AppError): void {
  const { orders } = parts.records;
  const now = isoNow(parts);
  const { errcode } = error.details;
  const isNews = errcode !== neverAuthorisedErrcode;
  if (errcode === rejectedErrcode) orders.endRejection(order.id, now);
  else orders.noteChecked(order.id, isNews ? error : null, { now, nextCheckAt: nextCheckOf(parts, order) });
}

/**
 * Asks WeChat whether the customer has authorised an order, and writes down the answer and the title that was filled in.
 * @returns the order as it is now; an answer that it is not authorised, or rejected, is no failure
 */
export async function askOrder(parts: OrderParts, id: number): Promise<Result<Order, AppError>> {
  const { records } = parts;
  const taken = await takeOrder(parts, id);
  if (!taken.ok) {
    const order = records.orders.find(id);
    if (order) noteRefusal(parts, order, taken.error);
    return taken;
  }
  const { client, named } = taken.value;
  const answer = await client.queryAuthorisation(named);
  // A push may have told more meanwhile.
  const current = findOrder(records, id);
  if (!current.ok) return current;
  records.inTransaction(() => {
    if (answer.ok) noteAnswer(parts, current.value, answer.value);
    else noteRefusal(parts, current.value, answer.error);
  });
  const now = findOrder(records, id);
  tellChanged(parts, id);
  if (current.value.authorisedAt === null && now.ok && now.value.stage === 'authorised')
    tellAuthorised(parts, now.value);
  if (answer.ok) return now;
  const { errcode } = answer.error.details;
  const isAnswer = errcode === rejectedErrcode || errcode === neverAuthorisedErrcode;
  return isAnswer ? now : fail(answer.error);
}
