import { createConnection, createServer, type Socket } from 'node:net';

/** Moments of a call that only the wire sees, in their order. */
export const wireSteps = [
  'half an upload sent',
  'upload processed',
  'insert connected',
  'insert head sent',
  'half an insert sent',
  'insert processed',
  'half an answer sent',
  'whole answer sent',
] as const;
export type WireStep = (typeof wireSteps)[number];

/** `stop`: nothing more crosses. `hang`: neither does anything, but the connection stays. */
export type WireVerdict = 'go on' | 'stop' | 'hang';

/** One insert of which at least a byte came over the wire. */
export interface InsertOnWire {
  /** Undefined where the connection broke before it came. */
  orderId: string | undefined;
}

const insertStart = 'POST /card/invoice/insert';
const uploadStart = 'POST /card/invoice/platform/setpdf';
const afterHead = '\r\n\r\n';

/** Stands between the program and the practice server, byte for byte, and is asked at each step how to go on. */
export async function startWire(target: { readonly port: number }) {
  let inserts: InsertOnWire[] = [];
  let onStep: (step: WireStep) => WireVerdict = () => 'go on';
  let isInsertNext: () => boolean = () => false;
  const sockets = new Set<Socket>();

  function track(socket: Socket): Socket {
    sockets.add(socket);
    // A broken connection shows as its end; there is nothing else to say about it.
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.setNoDelay(true);
    return socket;
  }

  const openUpstream = () => track(createConnection({ port: target.port, host: '127.0.0.1' }));
  const write = (socket: Socket, bytes: Uint8Array) =>
    new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.write(bytes, () => resolve())));

  async function passInsert(socket: Socket, first: Buffer): Promise<void> {
    const entry: InsertOnWire = { orderId: undefined };
    inserts.push(entry);
    const obeys = (step: WireStep, upstream?: Socket): boolean => {
      const verdict = onStep(step);
      if (verdict === 'go on') return true;
      upstream?.destroy();
      if (verdict === 'stop') socket.destroy();
      return false;
    };
    if (!obeys('insert head sent')) return;
    const request = await readMessage(socket, first);
    entry.orderId = /"order_id":"([^"]*)"/.exec(request.toString('utf8'))?.[1];
    const half = request.indexOf(afterHead) + Math.floor((request.length - request.indexOf(afterHead)) / 2);
    const upstream = openUpstream();
    await write(upstream, request.subarray(0, half));
    if (!obeys('half an insert sent', upstream)) return;
    await write(upstream, request.subarray(half));
    const answer = await readMessage(upstream, Buffer.alloc(0));
    upstream.destroy();
    if (!obeys('insert processed')) return;
    await write(socket, answer.subarray(0, Math.floor(answer.length * 0.8)));
    if (!obeys('half an answer sent')) return;
    await write(socket, answer.subarray(Math.floor(answer.length * 0.8)));
    if (!obeys('whole answer sent')) return;
    socket.end();
  }

  function passOthers(socket: Socket): (chunk: Buffer) => void {
    const upstream = openUpstream();
    let isUpload = false;
    const close = () => {
      socket.destroy();
      upstream.destroy();
    };
    upstream.once('close', close);
    socket.once('close', close);
    upstream.on('data', (chunk: Buffer) => {
      if (isUpload && onStep('upload processed') !== 'go on') return close();
      isUpload = false;
      socket.write(chunk);
    });
    async function forward(chunk: Buffer): Promise<void> {
      if (!chunk.includes(uploadStart)) return write(upstream, chunk);
      isUpload = true;
      const half = Math.floor(chunk.length / 2);
      await write(upstream, chunk.subarray(0, half));
      if (onStep('half an upload sent') !== 'go on') return close();
      await write(upstream, chunk.subarray(half));
    }
    // What comes while half a chunk is held back waits behind it.
    let last = Promise.resolve();
    return (chunk) => {
      last = last.then(() => forward(chunk));
    };
  }

  const server = createServer((socket) => {
    track(socket);
    if (isInsertNext() && onStep('insert connected') !== 'go on') return void socket.destroy();
    socket.once('data', (first) => {
      if (first.includes(insertStart)) return void passInsert(socket, first);
      const pass = passOthers(socket);
      pass(first);
      socket.on('data', pass);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the wire has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Begins a new ledger. */
    beginLedger(): void {
      inserts = [];
    },
    steer(rules: { readonly onStep: (step: WireStep) => WireVerdict; readonly isInsertNext: () => boolean }): void {
      ({ onStep, isInsertNext } = rules);
    },
    inserts: (): readonly InsertOnWire[] => inserts,
    /** Lets everything through from now on; the ledger goes on. */
    behave(): void {
      onStep = () => 'go on';
      isInsertNext = () => false;
    },
    /** Resolves when no connection is left: what was on its way has arrived or never will. */
    async settled(): Promise<void> {
      while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads one message with a content-length, or as much of it as comes before the end. */
function readMessage(socket: Socket, first: Buffer): Promise<Buffer> {
  let message = first;
  const isWhole = () => {
    const head = message.indexOf(afterHead);
    if (head < 0) return false;
    const length = /content-length: *(\d+)/i.exec(message.subarray(0, head).toString('latin1'))?.[1];
    return message.length >= head + afterHead.length + Number(length ?? 0);
  };
  return new Promise((resolve) => {
    const finish = () => resolve(message);
    if (isWhole()) return finish();
    socket.on('data', (chunk) => {
      message = Buffer.concat([message, chunk]);
      if (isWhole()) finish();
    });
    socket.once('close', finish);
  });
}
