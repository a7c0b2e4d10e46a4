import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../../electron/support/clock.ts';
import { createWeChatClient } from '../../../electron/wechat/client.ts';
import { createNonce, insertRequestBody } from '../../../electron/wechat/insert-body.ts';
import { ok } from '../../../shared/result.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { chanceOf } from './chance.ts';
import { timeoutsOf } from './desk.ts';
import { startFaultServer } from './fault-server.ts';
import type { Strike } from './strike.ts';

export interface Deaths {
  readonly inserts: number;
  /** What the server did, of its own ledger. */
  readonly processed: number;
  readonly wrong: readonly string[];
}

const dieAfterProcessing: Strike = {
  onRequest: ({ socket, chance, process }) => {
    process();
    if (chance.below(2) === 0) socket.end();
    else socket.resetAndDestroy();
  },
};

const bodyOf = (serial: number) => {
  const fields = digitalInvoice(serial);
  const parts = { cardId: 'pDe7ajvS2e1x', appid: 'wx0123456789abcdef', nonceStr: createNonce(), pdfMediaId: '7001' };
  return insertRequestBody({ orderId: fields.orderId, ...parts, fields });
};

/**
 * Inserts through the program's own client, beside connections that were kept and used, each processed by a server that
 * would process a repeat as well and then drops the connection without an answer.
 */
export async function dieAndCount(count: number, seed: number, endsAt = Number.POSITIVE_INFINITY): Promise<Deaths> {
  const server = await startFaultServer({ patienceMs: timeoutsOf.none.insertMs });
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const client = createWeChatClient({
    baseUrl: `http://127.0.0.1:${server.port}`,
    appid: 'wx0123456789abcdef',
    readSecret: () => Promise.resolve(ok('the-secret-of-the-shop-0123456789')),
    clock: systemClock,
    log: quiet,
    timeouts: timeoutsOf.none,
  });
  const wrong: string[] = [];
  let inserts = 0;
  try {
    for (let number = 0; number < count && Date.now() < endsAt; number += 1) {
      const chance = chanceOf(seed, `death ${number}`);
      const warm = await client.fetchToken();
      if (!warm.ok) throw new Error(warm.error.code);
      // The connection it came over is idle now, and at hand for whoever would use it.
      await setTimeout(2);
      server.arm({ strike: dieAfterProcessing, times: 1, how: 'accepts', repeated: 72056, chance });
      const before = server.ledger.cards.length;
      const answer = await client.insert(bodyOf(number));
      const { connections, shared } = server.seen();
      inserts += 1;
      const processed = server.ledger.cards.length - before;
      if (processed !== 1) wrong.push(`death ${number}: processed ${processed} times`);
      if (connections !== 1 || shared > 0) wrong.push(`death ${number}: not on a connection of its own`);
      if (answer.kind !== 'unknown') wrong.push(`death ${number}: ${answer.kind}`);
    }
  } finally {
    await client.close();
    await server.close();
  }
  return { inserts, processed: server.ledger.cards.length, wrong };
}
