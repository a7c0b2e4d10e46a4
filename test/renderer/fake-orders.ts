import type { Handlers } from '../../shared/contract/contract.ts';
import type { EventMap, EventName } from '../../shared/contract/events.ts';
import type { AuthFields, Contact } from '../../shared/contract/merchant-operations.ts';
import type { Order, OrderCounts } from '../../shared/contract/order-operations.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { orderStages, type UserTitle } from '../../shared/invoice/order.ts';
import { fail, ok } from '../../shared/result.ts';

const createdAt = '2026-11-25T01:00:00.000Z';
export const obtainedAt = '2026-11-25T01:00:05.000Z';

/** An order whose customer has the link and has not decided yet. */
export function fakeOrder(part: Partial<Order> = {}): Order {
  return {
    id: 1,
    accountId: 1,
    orderId: 'WX202611250001',
    moneyFen: 128_50,
    note: '3 号桌',
    kind: 'collect',
    source: 'web',
    redirectUrl: '',
    stage: 'waiting',
    link: { url: 'https://mp.weixin.qq.com/bizmall/authinvoice?action=list&k=1', appid: null, obtainedAt },
    authorisedAt: null,
    openid: null,
    title: null,
    rejection: null,
    error: null,
    checkedAt: null,
    nextCheckAt: '2026-11-25T01:05:00.000Z',
    invoice: null,
    createdAt,
    updatedAt: obtainedAt,
    ...part,
  };
}

/** What a company fills in on the authorisation page. */
export function fakeTitle(part: Partial<UserTitle> = {}): UserTitle {
  return {
    kind: 'company',
    title: '杭州知行教育咨询有限公司',
    taxNumber: '91330106MA2B1234X5',
    address: '杭州市西湖区文三路 1 号',
    phone: '0571-88001122',
    bankName: '招商银行杭州分行',
    bankAccount: '571900000010101',
    email: '',
    custom: [],
    ...part,
  };
}

/** The order after its customer has authorised it. */
export function fakeAuthorised(part: Partial<Order> = {}): Order {
  return fakeOrder({ stage: 'authorised', authorisedAt: '2026-11-25T02:00:00.000Z', title: fakeTitle(), ...part });
}

/** The part of a fake world that is about orders. */
export interface OrderWorld {
  orders: Order[];
  contact: Contact | null;
  authFields: AuthFields | null;
}

type Emit = <Name extends EventName>(name: Name, payload: EventMap[Name]) => void;
type OrderHandlers = Pick<Handlers, Extract<keyof Handlers, `order.${string}` | `merchant.${string}` | 'picture.save'>>;

function countsOf(orders: readonly Order[]): OrderCounts {
  // Every stage is a key of it.
  return Object.fromEntries(
    orderStages.map((stage) => [stage, orders.filter((order) => order.stage === stage).length]),
  ) as OrderCounts;
}

/** The operations on orders and on the merchant's side over plain arrays. */
export function createOrderHandlers(world: OrderWorld, emit: Emit): OrderHandlers {
  const notFound = () => fail(appError('operation.unknown', { name: 'no such order' }));
  const put = (order: Order) => {
    world.orders = [...world.orders.filter(({ id }) => id !== order.id), order];
    emit('record.changed', { kind: 'order', id: order.id });
    return ok(order);
  };
  const change = (id: number, part: Partial<Order>) => {
    const order = world.orders.find((one) => one.id === id);
    return order ? put({ ...order, ...part }) : notFound();
  };
  const link = { url: 'https://mp.weixin.qq.com/bizmall/authinvoice?action=list&k=2', appid: null, obtainedAt };
  return {
    'order.create': async ({ accountId, order }) =>
      put(fakeOrder({ ...order, id: world.orders.length + 1, accountId, link })),
    'order.renewLink': async ({ id }) => change(id, { stage: 'waiting', link }),
    'order.list': async ({ accountId, stage, text, beforeId = Number.POSITIVE_INFINITY, limit }) => {
      const own = world.orders.filter((order) => accountId === undefined || order.accountId === accountId);
      const orders = own
        .filter((order) => stage === undefined || order.stage === stage)
        .filter(({ orderId, note, title }) => `${orderId} ${note} ${title?.title} ${title?.taxNumber}`.includes(text))
        .filter(({ id }) => id < beforeId)
        .sort((one, other) => other.id - one.id)
        .slice(0, limit);
      return ok({ orders, counts: countsOf(own) });
    },
    'order.find': async ({ accountId, orderId }) =>
      ok({
        order: world.orders.find((order) => order.accountId === accountId && order.orderId === orderId) ?? null,
      }),
    'order.check': async ({ id }) =>
      change(id, { stage: 'authorised', authorisedAt: '2026-11-25T02:00:00.000Z', title: fakeTitle() }),
    'order.reject': async ({ id, reason, url }) =>
      change(id, { stage: 'rejected', rejection: { reason, url, at: '2026-11-25T03:00:00.000Z' } }),
    'order.dismiss': async ({ id, dismissed }) => change(id, { stage: dismissed ? 'dismissed' : 'waiting' }),
    'order.readTable': async () =>
      ok({
        encoding: 'utf-8',
        header: ['订单号', '金额', '备注'],
        columns: { orderId: 0, money: 1, note: 2 },
        rows: 2,
        created: 2,
        known: 0,
        faulty: 0,
        faults: [],
        sample: [{ orderId: 'WX1', moneyFen: 100_00, note: '李小姐' }],
      }),
    'order.importTable': async ({ accountId, kind, source }) => {
      for (const number of [1, 2])
        put(
          fakeOrder({
            id: world.orders.length + 1,
            accountId,
            kind,
            source,
            orderId: `WX${number}`,
            stage: 'no-link',
            link: null,
          }),
        );
      return ok({ created: 2, known: 0, faulty: 0 });
    },
    'order.requestLinks': async () => {
      const without = world.orders.filter(({ stage }) => stage === 'no-link');
      for (const { id } of without) change(id, { stage: 'waiting', link });
      return ok({ obtained: without.length, failed: 0, left: 0 });
    },
    'order.cancelRequests': async () => ok({ cancelled: true }),
    'order.exportLinks': async ({ stage }) =>
      ok({
        name: 'links.csv',
        rows: world.orders.filter((order) => stage === undefined || order.stage === stage).length,
      }),
    'order.makeTable': async () =>
      ok({
        table: { token: 'file_TTTTTTTTTTTTTTTT', name: '订单.csv', sizeBytes: 10 },
        rows: 1,
        ordersWithoutPdf: [],
        pdfsWithoutOrder: [],
        notes: [],
      }),
    'picture.save': async () => ok({ name: 'qr.png' }),
    'merchant.readContact': async () => ok({ contact: world.contact }),
    'merchant.saveContact': async ({ contact }) => {
      world.contact = contact;
      return ok({ contact });
    },
    'merchant.readAuthFields': async () => ok({ fields: world.authFields }),
    'merchant.saveAuthFields': async ({ fields }) => {
      world.authFields = fields;
      return ok({ fields });
    },
  };
}
