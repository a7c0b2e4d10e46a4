import { join } from 'node:path';
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import { type Pairing, readPairingCode } from '../../electron/accounts/pairing-code.ts';
import { type ChannelWords, setUpChannel } from '../../relay/channel-setup.ts';
import type { RateLimits } from '../../relay/limits.ts';
import { type RelayServer, startRelay } from '../../relay/relay-server.ts';
import { openSqliteStore } from '../../relay/store/sqlite-store.ts';
import type { RelayStore } from '../../relay/store/store.ts';
import type { TunnelTarget } from '../../relay/tunnel.ts';
import { eventsPageSchema } from '../../shared/relay/relay-wire.ts';
import { type SafePush, safePush, statusMessage } from './safe-push.ts';
import { createTempFolder } from './temp-folder.ts';

export interface RelayStageOptions {
  readonly store?: RelayStore;
  readonly forwardUrl?: string;
  readonly mode?: 'safe' | 'plain';
  readonly limits?: Partial<RateLimits>;
  readonly mostStreams?: number;
  readonly now?: () => number;
  readonly trustedProxies?: number;
  readonly tunnelTarget?: TunnelTarget;
}

interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function pairingOf({ pairingCode }: ChannelWords): Pairing {
  const read = readPairingCode(pairingCode);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

async function ask(url: string, init: Parameters<typeof request>[1] = {}): Promise<HttpAnswer> {
  const answer = await request(url, { reset: true, ...init });
  return { status: answer.statusCode, text: await answer.body.text(), headers: answer.headers };
}

export type RelayStage = Awaited<ReturnType<typeof startRelayStage>>;

/** A relay on a free port with one channel, and somebody who plays WeChat and a desktop with plain HTTP. */
export async function startRelayStage(options: RelayStageOptions = {}) {
  const storePath = join(createTempFolder(), 'relay.db');
  let store = options.store ?? openSqliteStore(storePath);
  const lines: LogLine[] = [];
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, event: string) =>
    void lines.push({ level, event, fields });
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const { limits, mostStreams, now, trustedProxies } = options;
  const start = (port: number) =>
    startRelay({
      store,
      log,
      port,
      host: '127.0.0.1',
      // Tests ask more than anybody should.
      limits: { perSecond: 100_000, burst: 100_000, ...limits },
      ...(mostStreams === undefined ? {} : { mostStreams }),
      ...(now ? { now } : {}),
      ...(trustedProxies === undefined ? {} : { trustedProxies }),
      ...(options.tunnelTarget ? { tunnelTarget: options.tunnelTarget } : {}),
    });
  let relay: RelayServer = await start(0);
  const { port } = relay;
  const url = `http://127.0.0.1:${port}`;
  const { forwardUrl = null, mode = 'safe' } = options;
  const words = await setUpChannel(store, { url, forwardUrl, mode }, Date.now());
  onTestFinished(async () => {
    await relay.close();
    await store.close();
  });
  const authorization = (key = pairingOf(words).key) => ({ authorization: `Bearer ${key}` });
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) => ask(`${url}${path}`, { headers });
  return {
    url,
    words,
    lines,
    storePath,
    store: () => store,
    metrics: () => relay.metrics,
    get,
    post: (path: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
      ask(`${url}${path}`, { method: 'POST', body, headers }),
    authorization,
    /** Posts what {@link safePush} made. */
    send: ({ query, body }: SafePush) =>
      ask(`${words.pushUrl}?${query}`, { method: 'POST', body, headers: { 'content-type': 'text/xml' } }),
    /** Pushes a changed status, as WeChat does. */
    push: (code: string, status = 'INVOICE_REIMBURSE_LOCK', createTime = 1_700_000_000) => {
      const { query, body } = safePush(words, statusMessage(code, status, createTime), (now ?? Date.now)());
      return ask(`${words.pushUrl}?${query}`, { method: 'POST', body });
    },
    /** One page after a cursor. */
    page: async (after = '', rest = '') => {
      const answer = await get(`/events?after=${after}${rest}`, authorization());
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
      return eventsPageSchema.parse(JSON.parse(answer.text));
    },
    /** Ends the relay and starts it again on its port. */
    async restart(change: () => void = () => undefined): Promise<void> {
      await relay.close();
      if (!options.store) {
        await store.close();
        change();
        store = openSqliteStore(storePath);
      }
      relay = await start(port);
    },
    async stop(): Promise<void> {
      await relay.close();
    },
  };
}
