import type { Emit } from '../../shared/contract/events.ts';
import type { Order } from '../../shared/contract/order-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import type { OrderStage } from '../../shared/invoice/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { obtainPlatformId } from '../accounts/obtain-platform-id.ts';
import type { WeChatClients } from '../accounts/wechat-clients.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import type { WeChatClient } from '../wechat/client.ts';
import { nextCheckAt } from './check-times.ts';

export interface OrderParts {
  readonly records: Records;
  readonly clients: WeChatClients;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** What a call about an order needs. */
export interface OrderAtHand {
  readonly order: Order;
  readonly account: StoredAccount;
  readonly client: WeChatClient;
  /** As the API names an order. */
  readonly named: { readonly platformId: string; readonly orderId: string };
}

/** Tells of a durable change of an order. */
export function tellChanged({ emit }: Pick<OrderParts, 'emit'>, id: number): void {
  emit('record.changed', { kind: 'order', id });
}

/** Tells that the customer has authorised an order. */
export function tellAuthorised({ emit }: Pick<OrderParts, 'emit'>, { accountId, orderId, moneyFen }: Order): void {
  emit('order.authorised', { accountId, orderId, moneyFen });
}

export function findOrder(records: Records, id: number): Result<Order, AppError> {
  const order = records.orders.find(id);
  return order ? ok(order) : fail(appError('order.not-found'));
}

/** s_pappid of an account, obtained where that has not been done. */
async function platformIdOf(
  { records: { accounts }, emit }: OrderParts,
  account: StoredAccount,
  client: WeChatClient,
): Promise<Result<string, AppError>> {
  if (account.platformId !== null) return ok(account.platformId);
  const obtained = await obtainPlatformId({ accounts, emit }, account.id, client);
  return obtained.ok ? ok(obtained.value.platformId) : obtained;
}

/** The order with its account's client, or why WeChat cannot be asked about it. */
export async function takeOrder(parts: OrderParts, id: number): Promise<Result<OrderAtHand, AppError>> {
  const { records, clients } = parts;
  const order = findOrder(records, id);
  if (!order.ok) return order;
  const { accountId, orderId } = order.value;
  const client = await clients.of(accountId);
  if (!client.ok) return client;
  const account = records.accounts.find(accountId);
  if (!account) return fail(appError('account.not-found', { account: String(accountId) }));
  const platformId = await platformIdOf(parts, account, client.value);
  if (!platformId.ok) return platformId;
  const named = { platformId: platformId.value, orderId };
  return ok({ order: order.value, account, client: client.value, named });
}

export const isoNow = ({ clock }: Pick<OrderParts, 'clock'>): string => new Date(clock.now()).toISOString();

/** Stages in which WeChat is asked by itself. */
const asked: readonly OrderStage[] = ['waiting', 'failed'];

/** When to ask about an order next, as things are now; null where nobody waits for its customer. */
export function nextCheckOf(parts: Pick<OrderParts, 'records' | 'clock'>, order: Order): string | null {
  const { accountId, stage, link } = order;
  return link && asked.includes(stage) ? nextCheckSince(parts, accountId, Date.parse(link.obtainedAt)) : null;
}

/** When to ask about an order whose link was got then, in milliseconds since 1970. */
export function nextCheckSince(
  { records, clock }: Pick<OrderParts, 'records' | 'clock'>,
  accountId: number,
  linkAtMs: number,
): string | null {
  return nextCheckAt(linkAtMs, clock.now(), records.relays.find(accountId) !== undefined);
}
