import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { orderKey } from './books.ts';
import { createOpenid } from './cards.ts';
import type { PracticeContext } from './context.ts';
import { ControlFault } from './control-fault.ts';
import type { authoriseSchema, OrderRecord, PushOutcome } from './practice-types.ts';
import { pushAuthorisation } from './push.ts';

/** An order as getauthurl makes it, before its customer decided. */
export function createOrder(appid: string, platformAppid: string, orderId: string): OrderRecord {
  return {
    appid,
    orderId,
    platformAppid,
    state: 'asked',
    money: 0,
    type: 2,
    source: 'web',
    redirectUrl: '',
    openid: createOpenid(),
    pageKey: randomBytes(24).toString('base64url'),
    authorisedAt: null,
    buyer: null,
    rejectReason: null,
  };
}

/** Writes the customer's decision. Whoever decided stays the card's owner; what is authorised is so since the first time. */
export function decide(
  context: PracticeContext,
  order: OrderRecord,
  granted: boolean,
  buyer: OrderRecord['buyer'],
): OrderRecord {
  const decided: OrderRecord = {
    ...order,
    state: granted ? 'authorised' : 'denied',
    authorisedAt: granted ? (order.authorisedAt ?? context.now()) : null,
    buyer: buyer ?? order.buyer,
  };
  context.books.orders.put(orderKey(order.appid, order.orderId), decided);
  return decided;
}

function typedBuyer(input: z.output<typeof authoriseSchema>): OrderRecord['buyer'] {
  const { title, taxNumber = '', kind, address, phone, bankName, bankAccount, email, custom } = input;
  return title === undefined ? null : { title, taxNumber, kind, address, phone, bankName, bankAccount, email, custom };
}

/** Plays the customer who authorises (or refuses) an order, known before or not. */
export async function authoriseOrder(
  context: PracticeContext,
  input: z.output<typeof authoriseSchema>,
): Promise<{ readonly order: OrderRecord; readonly push: PushOutcome | null }> {
  if (!context.books.apps.has(input.appid)) throw new ControlFault(`no account ${input.appid}`);
  const known = context.books.orders.get(orderKey(input.appid, input.orderId));
  if (known?.state === 'rejected') throw new ControlFault(`the order ${input.orderId} was rejected for ever`);
  if (known?.state === 'authorised' && !input.granted)
    throw new ControlFault(`the order ${input.orderId} is authorised, which its customer cannot take back`);
  const buyer = typedBuyer(input);
  const order = known ?? {
    ...createOrder(input.appid, input.appid, input.orderId),
    ...(buyer === null ? {} : { type: 1 }),
  };
  const changed = { ...order, money: input.money ?? order.money, openid: input.openid ?? order.openid };
  const decided = decide(context, changed, input.granted, buyer);
  await context.books.settle();
  return { order: decided, push: await pushAuthorisation(context, decided) };
}
