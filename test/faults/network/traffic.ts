import type { Socket } from 'node:net';

export interface Seen {
  /** Inserts of which at least the headers came. */
  readonly inserts: number;
  /** New connections that carried inserts or nothing. */
  readonly connections: number;
  /** Connections that carried an insert and another request. */
  readonly shared: number;
  /** Requests to addresses that only a followed redirect leads to. */
  readonly elsewhere: number;
}

/** Counts what came over which connection since the last `begin`. */
export function createTraffic() {
  const open = new Set<Socket>();
  const counts = new Map<Socket, { inserts: number; others: number }>();
  let elsewhere = 0;
  return {
    opened(socket: Socket): void {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      counts.set(socket, { inserts: 0, others: 0 });
    },
    carried(socket: Socket, what: 'inserts' | 'others'): void {
      const count = counts.get(socket) ?? { inserts: 0, others: 0 };
      count[what] += 1;
      counts.set(socket, count);
    },
    wentElsewhere(): void {
      elsewhere += 1;
    },
    begin(): void {
      counts.clear();
      for (const socket of open) counts.set(socket, { inserts: 0, others: 1 });
      elsewhere = 0;
    },
    seen(): Seen {
      const all = [...counts.values()];
      return {
        inserts: all.reduce((sum, { inserts }) => sum + inserts, 0),
        connections: all.filter(({ inserts, others }) => inserts > 0 || others === 0).length,
        shared: all.filter(({ inserts, others }) => inserts > 0 && inserts + others > 1).length,
        elsewhere,
      };
    },
    destroyAll(): void {
      for (const socket of open) socket.destroy();
    },
  };
}
