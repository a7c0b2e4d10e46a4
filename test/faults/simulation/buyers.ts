import { recordPush } from '../../../electron/issuing/card-status.ts';
import type { WeChatPush } from '../../../electron/wechat/push.ts';
import { reimburseStatuses } from '../../../shared/wechat/reimburse-status.ts';
import { CrashSignal } from './crashing-records.ts';
import { BrokenRule } from './observer.ts';
import type { World } from './world.ts';

/** Buyers, who do something with their cards, and WeChat, that tells the program of it: late, repeated, out of order. */
export function createBuyers({ random, timeline, wechat, observer, note, program, problems, lines, account }: World) {
  /** Pushes that were taken in, by what makes them one. */
  const delivered = new Set<string>();
  /** Pushes at whose arrival the program died: nobody knows whether they were stored. */
  const inDoubt = new Set<string>();

  function deliver(message: Extract<WeChatPush, { type: 'update_invoice_status' }>): void {
    const key = `${message.createTime}/${message.code}/${message.status}`;
    const isKnown = lines().some(([, , , , , code]) => code === message.code);
    note(`  deliver ${key}`);
    observer.pushedCodes.add(message.code);
    try {
      const receivedAt = new Date(timeline.now()).toISOString();
      const stored = recordPush(program().records, account, message, receivedAt);
      if ((stored === undefined) !== delivered.has(key) && !inDoubt.has(key))
        problems.push(new BrokenRule(`push ${key} was ${stored ? 'stored twice' : 'not stored'}`));
      if (stored && isKnown && stored.invoiceId === null) problems.push(new BrokenRule(`push ${key} found no invoice`));
      delivered.add(key);
      inDoubt.delete(key);
    } catch (error) {
      if (!(error instanceof CrashSignal)) throw error;
      // Nobody answered WeChat, so it comes again; whether it was stored is not known.
      inDoubt.add(key);
      timeline.after(5000, () => deliver(message));
    }
  }

  /** A buyer does something with a card; WeChat says so up to three times, in any order with others. */
  return function push(code?: string): void {
    const ours = wechat.cards.filter(({ isOurs }) => isOurs);
    const card = code === undefined ? random.pickAny(ours) : ours.find((one) => one.code === code);
    if (!card) return;
    card.status = random.pick(reimburseStatuses);
    const message: WeChatPush = {
      type: 'update_invoice_status',
      event: 'update_invoice_status',
      openid: 'o-buyer',
      accountId: 'gh_simulated',
      createTime: Math.floor(timeline.now() / 1000),
      authenticated: true,
      raw: '',
      status: card.status,
      cardId: 'pDe7ajvS2e1x',
      code: card.code,
    };
    note(`push ${card.code} ${card.status}`);
    for (let copies = random.between(1, 3); copies > 0; copies -= 1)
      timeline.after(random.between(0, random.pick([1000, 60_000])), () => deliver(message));
  };
}
