import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { createBell } from './bell.ts';
import { eventsEndpoint } from './events-endpoint.ts';
import { createLimiter, type RateLimits, usualLimits } from './limits.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type RelayLog, type RelayParts, refuse } from './relay-parts.ts';
import type { RelayStore } from './store/store.ts';
import { attachTunnel, type TunnelTarget, wechatApi } from './tunnel.ts';
import { wechatEndpoint } from './wechat-endpoint.ts';

const day = 24 * 3600 * 1000;
/** WeChat's events are nowhere else: what a desktop has not fetched is kept for so long at least. */
export const retentionMs = 90 * day;

export interface RelayOptions {
  readonly store: RelayStore;
  readonly log: RelayLog;
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Proxies in front whose `X-Forwarded-For` is to be believed. */
  readonly trustedProxies?: number;
  readonly limits?: Partial<RateLimits>;
  readonly mostStreams?: number;
  /** Where the tunnel leads; absent: to WeChat's API. */
  readonly tunnelTarget?: TunnelTarget;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface RelayServer {
  readonly port: number;
  readonly metrics: Metrics;
  /** Takes no more requests, answers those that are there, and ends. Does not close the store. */
  close(): Promise<void>;
}

/** Whom a request comes from: the last address that a trusted proxy has seen. */
function addressFrom(direct: string | undefined, forwardedFor: string | undefined, trustedProxies: number): string {
  const seen = trustedProxies === 0 ? [] : (forwardedFor ?? '').split(',').map((part) => part.trim());
  return seen.at(-trustedProxies) || (direct ?? '');
}

function route(parts: RelayParts): Hono {
  const app = new Hono();
  app.get('/healthz', async (context) => {
    if (parts.stopping.aborted) return refuse(context, 'stopping');
    await parts.store.listChannels();
    return context.json({ ok: true });
  });
  app.get('/metrics', (context) => context.text(parts.metrics.text()));
  app.use(async (context, next) => {
    if (parts.limiter.mayAsk(parts.addressOf(context))) return next();
    parts.metrics.count('requests_limited');
    return refuse(context, 'too-many-requests');
  });
  app.route('/wechat', wechatEndpoint(parts));
  app.route('/', eventsEndpoint(parts));
  app.notFound((context) => refuse(context, 'not-found'));
  app.onError((error, context) => {
    parts.log.error({ reason: error.message }, 'request.failed');
    return refuse(context, 'not-stored');
  });
  return app;
}

/** Cuts off who sends slowly, too much, or nothing at all. */
function createGuardedServer(app: Hono): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 30_000,
      connectionsCheckingInterval: 2000,
      maxHeaderSize: 8192,
    },
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  );
  server.maxConnections = 5000;
  return server;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  // A TCP server has an address of this shape.
  return (server.address() as AddressInfo).port;
}

function removeOldDaily({ store, log, now, stopping }: RelayParts): void {
  const clean = () =>
    store.prune(now() - retentionMs).then(
      (removed) => removed > 0 && log.info({ removed }, 'pushes.removed'),
      (error: Error) => log.error({ reason: error.message }, 'pushes.not-removed'),
    );
  const timer = setInterval(() => void clean(), day);
  timer.unref();
  stopping.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/**
 * Starts a relay on a store that is open.
 * @throws the system's error where the port cannot be had
 */
export async function startRelay(options: RelayOptions): Promise<RelayServer> {
  const { store, log, now = Date.now, trustedProxies = 0 } = options;
  const stopping = new AbortController();
  const bell = createBell();
  const metrics = createMetrics();
  const parts: RelayParts = {
    store,
    bell,
    limiter: createLimiter({ ...usualLimits, ...options.limits }, now),
    metrics,
    log,
    now,
    stopping: stopping.signal,
    addressOf: (context) =>
      addressFrom(getConnInfo(context).remote.address, context.req.header('x-forwarded-for'), trustedProxies),
    mostStreams: options.mostStreams ?? 1000,
  };
  const server = createGuardedServer(route(parts));
  attachTunnel(
    server,
    parts,
    ({ socket, headers }) =>
      addressFrom(socket.remoteAddress, String(headers['x-forwarded-for'] ?? ''), trustedProxies),
    options.tunnelTarget ?? wechatApi,
  );
  const port = await listen(server, options.port, options.host);
  const deafen = store.listen((channel) => bell.ring(channel));
  removeOldDaily(parts);
  let closing: Promise<void> | undefined;
  const close = async () => {
    stopping.abort();
    deafen();
    const ended = once(server, 'close');
    server.close();
    // Connections that are kept open for a next request; each when its answer is out.
    const closer = setInterval(() => server.closeIdleConnections(), 50);
    await ended;
    clearInterval(closer);
  };
  return {
    port,
    metrics,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
