import * as z from 'zod';

/** How WeChat may treat a second insert for one order; which one it does is not documented. */
export const semantics = ['by-order', 'by-number', 'accepts'] as const;
export type Semantics = (typeof semantics)[number];

export interface LedgerCard {
  readonly orderId: string;
  readonly number: string;
  readonly code: string;
}

const insertSchema = z.object({
  order_id: z.string(),
  card_ext: z.object({
    user_card: z.object({ invoice_user_data: z.object({ billing_code: z.string(), billing_no: z.string() }) }),
  }),
});

/** What the other side really did, kept by it alone: the truth every case is measured with. */
export function createLedger() {
  const cards: LedgerCard[] = [];
  return {
    cards,
    cardsOf: (orderId: string) => cards.filter((card) => card.orderId === orderId),
    /**
     * Does what an insert asks for, or refuses it as a repeat.
     * @param repeated what a repeated order is refused with
     * @returns the answer's body
     */
    process(body: string, how: Semantics, repeated: number): string {
      const parsed = insertSchema.parse(JSON.parse(body));
      const { billing_code, billing_no } = parsed.card_ext.user_card.invoice_user_data;
      const card = { orderId: parsed.order_id, number: `${billing_code}/${billing_no}` };
      if (how === 'by-order' && cards.some(({ orderId }) => orderId === card.orderId))
        return JSON.stringify({ errcode: repeated, errmsg: 'order repeated rid: 1-2-3' });
      if (how === 'by-number' && cards.some(({ number }) => number === card.number))
        return JSON.stringify({ errcode: 72042, errmsg: 'billing number repeated rid: 1-2-3' });
      const code = String(cards.length + 1).padStart(12, '0');
      cards.push({ ...card, code });
      return JSON.stringify({ errcode: 0, errmsg: 'ok', code, openid: 'o-customer' });
    },
  };
}
