import type { Told } from './task.ts';
import type { TraceEvent } from './trace-events.ts';

const insertStart = Buffer.from('POST /card/invoice/insert');

/** An insert, and the event with which its first byte left. */
export interface Sent {
  readonly event: number;
  readonly orderId: string;
}

/** Finds the inserts among everything that was sent, each connection read as the stream of bytes that it is. */
export function findInserts(events: readonly TraceEvent[]): Sent[] {
  const streams = new Map<string, { readonly event: number; readonly bytes: Buffer }[]>();
  for (const [event, one] of events.entries()) {
    if (one.kind !== 'send') continue;
    const chunks = streams.get(one.socket) ?? [];
    streams.set(one.socket, chunks);
    chunks.push({ event, bytes: one.bytes });
  }
  const sent: Sent[] = [];
  for (const chunks of streams.values()) {
    const stream = Buffer.concat(chunks.map(({ bytes }) => bytes));
    for (let start = stream.indexOf(insertStart); start >= 0; start = stream.indexOf(insertStart, start + 1)) {
      const orderId = /"order_id":"([^"]*)"/.exec(stream.toString('utf8', start))?.[1];
      if (orderId === undefined) throw new Error('an insert left without its order');
      let left = start;
      const first = chunks.find(({ bytes }) => {
        left -= bytes.length;
        return left < 0;
      });
      sent.push({ event: first?.event ?? 0, orderId });
    }
  }
  return sent.toSorted((one, other) => one.event - other.event);
}

/** What the world outside had seen of the program at a moment, and what a power cut therefore must not take back. */
export interface Outside {
  /** Inserts of which a byte had left, by order. */
  readonly inserts: ReadonlyMap<string, number>;
  readonly told: readonly Told[];
}

export const nothingSeen: Outside = { inserts: new Map(), told: [] };

/** What was seen before, and in the first `cut` events. */
export function outsideAt(before: Outside, events: readonly TraceEvent[], sent: readonly Sent[], cut: number): Outside {
  const inserts = new Map(before.inserts);
  for (const { event, orderId } of sent) if (event < cut) inserts.set(orderId, (inserts.get(orderId) ?? 0) + 1);
  const told = events.slice(0, cut).flatMap((event) => (event.kind === 'tell' ? [event.told] : []));
  return { inserts, told: [...before.told, ...told] };
}
