import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createMemoryLog, type MemoryLog } from '../../../electron/support/log.ts';
import { createWeChatClient, type WeChatClient, type WeChatClientOptions } from '../../../electron/wechat/client.ts';
import { ok } from '../../../shared/result.ts';

export interface SeenRequest {
  readonly method: string;
  /** As it stood in the request line, query included. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Counts the connections, from 1. */
  readonly connection: number;
}

interface Exchange {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/** What the server does with one request. */
export type Reply = (exchange: Exchange) => void;

/** Answers HTTP 200 with this JSON, or with the text as it is. */
export function answers(body: unknown, status = 200): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ({ response }) => {
    response.writeHead(status, { 'content-type': 'application/json; encoding=utf-8' }).end(text);
  };
}

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  seenAt(path: string): readonly SeenRequest[];
  /** Sets what a path answers: each reply once, the last one for ever. */
  on(path: string, ...replies: Reply[]): void;
  /** Sets what a path answers as soon as a request's headers are there; the body is never read. */
  onHeaders(path: string, reply: Reply): void;
  /** From now on ends every new connection before it carries anything. */
  hangUp(): void;
  /** Stops listening, so that new connections are refused. */
  stop(): Promise<void>;
}

const tokenPath = '/cgi-bin/stable_token';

/** A raw HTTP server on the loopback that writes down every request and does what the test tells it. */
export async function startServer(): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const scripts = new Map<string, Reply[]>([[tokenPath, [answers({ access_token: 'TOKEN-1', expires_in: 7200 })]]]);
  const early = new Map<string, Reply>();
  const connections = new Map<Socket, number>();
  let isHangingUp = false;
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    const earlyReply = early.get((incoming.url ?? '').replace(/\?.*/, ''));
    if (earlyReply) {
      const { method = '', url = '', headers, socket } = incoming;
      const request = { method, url, headers, body: Buffer.alloc(0), connection: connections.get(socket) ?? 0 };
      seen.push(request);
      earlyReply({ request, response, socket });
      return;
    }
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('error', () => undefined);
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(pieces),
        connection: connections.get(incoming.socket) ?? 0,
      };
      seen.push(request);
      const script = scripts.get(request.url.replace(/\?.*/, ''));
      const reply = script && script.length > 1 ? script.shift() : script?.[0];
      if (reply) reply({ request, response, socket: incoming.socket });
      else response.writeHead(404).end();
    });
  });
  server.on('connection', (socket) => {
    connections.set(socket, connections.size + 1);
    if (isHangingUp) socket.resetAndDestroy();
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    seenAt: (path) => seen.filter(({ url }) => url.replace(/\?.*/, '') === path),
    on: (path, ...replies) => scripts.set(path, replies),
    onHeaders: (path, reply) => early.set(path, reply),
    hangUp: () => {
      isHangingUp = true;
    },
    stop,
  };
}

export interface TestClient {
  readonly client: WeChatClient;
  readonly log: MemoryLog;
  /** Moves the client's clock. */
  advance(milliseconds: number): void;
}

export const appSecret = '0123456789abcdef0123456789abcdef';

/** A client with a clock of its own and short time limits, closed when the test ends. */
export function startClient(baseUrl: string, changes: Partial<WeChatClientOptions> = {}): TestClient {
  let nowMs = 1_700_000_000_000;
  const log = createMemoryLog();
  const client = createWeChatClient({
    baseUrl,
    appid: 'wx0123456789abcdef',
    readSecret: () => Promise.resolve(ok(appSecret)),
    clock: { now: () => nowMs },
    log,
    ...changes,
  });
  onTestFinished(() => client.close());
  return {
    client,
    log,
    advance: (milliseconds) => {
      nowMs += milliseconds;
    },
  };
}

/** The one request there is. */
export function only(requests: readonly SeenRequest[]): SeenRequest {
  const [request, ...others] = requests;
  if (!request || others.length > 0) throw new Error(`${requests.length} requests instead of one`);
  return request;
}
