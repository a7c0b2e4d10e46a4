import type { IncomingMessage, Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { admitDevice } from './admit-device.ts';
import type { RelayParts } from './relay-parts.ts';

/** Where the tunnel leads: one place, whatever is asked for. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

export const wechatApi: TunnelTarget = { host: 'api.weixin.qq.com', port: 443 };

/** A connection that nothing passes through for so long is closed. */
const idleMs = 120_000;
const connectMs = 10_000;
const mostOfDevice = 16;
const largestFrameBytes = 1024 * 1024;

const answers = {
  401: 'Unauthorized',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const;

function refuse(socket: Duplex, status: keyof typeof answers): void {
  socket.end(`HTTP/1.1 ${status} ${answers[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Both directions, until one side is done. The bytes are TLS between the desktop and WeChat: nothing here can read them. */
async function carry(socket: WebSocket, { host, port }: TunnelTarget, stopping: AbortSignal): Promise<void> {
  const inside = createWebSocketStream(socket);
  const outside: Socket = connect({ host, port, timeout: connectMs });
  outside.once('connect', () => outside.setTimeout(idleMs));
  outside.on('timeout', () => outside.destroy(new Error('nothing passed')));
  const options = { signal: stopping };
  await Promise.allSettled([pipeline(inside, outside, options), pipeline(outside, inside, options)]);
  outside.destroy();
  socket.terminate();
}

/**
 * `/tunnel`: a WebSocket that carries bytes to WeChat's API and nowhere else, so that a desktop whose address changes calls
 * from one that WeChat's console knows.
 */
export function attachTunnel(
  server: Server,
  parts: RelayParts,
  addressOf: (request: IncomingMessage) => string,
  target: TunnelTarget,
): void {
  const { limiter, metrics, log, stopping } = parts;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largestFrameBytes });
  const open = new Map<string, number>();

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://relay');
    if (pathname !== '/tunnel') return refuse(socket, 404);
    if (stopping.aborted) return refuse(socket, 503);
    const address = addressOf(request);
    if (!limiter.mayAsk(address)) return refuse(socket, 429);
    const admitted = await admitDevice(parts, request.headers.authorization, address);
    if (!admitted.ok) return refuse(socket, admitted.error === 'unauthorised' ? 401 : 429);
    const device = admitted.value;
    const count = open.get(device.id) ?? 0;
    if (count >= mostOfDevice) return refuse(socket, 429);
    open.set(device.id, count + 1);
    metrics.raise('tunnels_open');
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      void carry(webSocket, target, stopping).finally(() => {
        metrics.lower('tunnels_open');
        open.set(device.id, (open.get(device.id) ?? 1) - 1);
      });
    });
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    admit(request, socket, head).catch((error: Error) => {
      log.error({ reason: error.message }, 'tunnel.failed');
      refuse(socket, 503);
    });
  });
}
