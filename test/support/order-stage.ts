import type { NewOrder, Order } from '../../shared/contract/order-operations.ts';
import { type Stage, type StageOptions, shop, startStage } from './app-under-test.ts';

const contact = { phone: '010-12345678', timeOutSeconds: 86_400 };

/** A shop whose customers have to authorise their orders, and may be asked to: its contact is set. */
export async function startOrderStage(options: StageOptions = {}) {
  const stage = await startStage({ ...options, shop: { customerMustAuthorise: true, ...options.shop } });
  const { accountId } = stage;
  await stage.app().succeed('merchant.saveContact', { accountId, contact });
  return { ...stage, ...ordersOf(stage) };
}

function ordersOf(stage: Stage) {
  const { accountId, control, app } = stage;
  return {
    ask: (order: Partial<NewOrder> & Pick<NewOrder, 'orderId'>): Promise<Order> =>
      app().succeed('order.create', { accountId, order: { moneyFen: 11_300, ...order } }),
    order: async (orderId: string): Promise<Order> => {
      const { order } = await app().succeed('order.find', { accountId, orderId });
      if (!order) throw new Error(`there is no order ${orderId}`);
      return order;
    },
    /** The customer presses the button on the authorisation page. */
    authorise: (orderId: string, more: Partial<Parameters<typeof control.authorise>[0]> = {}) =>
      control.authorise({ appid: shop.appid, orderId, ...more }),
    counts: async () => (await app().succeed('order.list', { accountId })).counts,
  };
}
