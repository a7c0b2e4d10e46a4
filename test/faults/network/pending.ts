import type { Socket } from 'node:net';

/** What a server still has to do after its handlers have returned. */
export function createPending() {
  const pending = new Set<Promise<void>>();

  function track(begin: (done: () => void) => void): void {
    const work = new Promise<void>((resolve) => begin(resolve)).finally(() => pending.delete(work));
    pending.add(work);
  }

  return {
    later: (milliseconds: number, work: () => void) =>
      track((done) => {
        setTimeout(() => {
          work();
          done();
        }, milliseconds);
      }),
    whenClosed: (socket: Socket, work: () => void) =>
      track((done) => {
        socket.once('close', () => {
          work();
          done();
        });
      }),
    /** Resolves when everything is done, also what it led to. */
    async settled(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
