import * as z from 'zod';
import { type NewOrder, newOrderSchema } from '../../../shared/contract/order-operations.ts';
import { parseYuan } from '../../../shared/invoice/money.ts';
import { authorisationKinds, orderSources } from '../../../shared/invoice/order.ts';

export const requestFaults = ['orderMissing', 'orderForm', 'amount', 'note', 'redirect'] as const;
type RequestFault = (typeof requestFaults)[number];
const fault = (name: RequestFault) => name;

const { orderId, note, redirectUrl } = newOrderSchema.shape;
const passes = (schema: z.ZodType) => (value: string) => schema.safeParse(value).success;

export const requestFormSchema = z.object({
  orderId: z.string().trim().min(1, fault('orderMissing')).refine(passes(orderId), fault('orderForm')),
  amount: z.string().refine((text) => (parseYuan(text) ?? 0) > 0, fault('amount')),
  note: z.string().refine(passes(note), fault('note')),
  kind: z.enum(authorisationKinds),
  source: z.enum(orderSources),
  redirectUrl: z.string().trim().refine(passes(redirectUrl), fault('redirect')),
});
export type RequestForm = z.output<typeof requestFormSchema>;

export const emptyRequest: RequestForm = {
  orderId: '',
  amount: '',
  note: '',
  kind: 'collect',
  source: 'web',
  redirectUrl: '',
};

/** The order of a filled form. */
export function orderOf({ amount, ...rest }: RequestForm): NewOrder {
  return { ...rest, moneyFen: parseYuan(amount) ?? 0 };
}
