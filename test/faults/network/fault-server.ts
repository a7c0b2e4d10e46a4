import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Random } from '../../../scripts/samples/random.ts';
import type { Certificate } from './certificate.ts';
import { createLedger, type Semantics } from './ledger.ts';

const insertPath = '/card/invoice/insert';

/** An insert as it stands before the fault that meets it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The connection itself, under TLS too. */
  readonly socket: Socket;
  readonly chance: Random;
  /** How many inserts the strike hit before. */
  readonly nth: number;
  /** How long the program waits for an answer. */
  readonly patienceMs: number;
  /** Does the work, as WeChat would; answers the body of the truthful answer. */
  process(): string;
  /** Something done later; the case is not looked at before it is done. */
  later(milliseconds: number, work: () => void): void;
  /** Something done when the program has closed the connection. */
  whenGivenUp(work: () => void): void;
  /** Makes the next request for a token fail. */
  withholdToken(): void;
}

/** What goes wrong: on a new connection before HTTP, at an insert's headers, or at a whole insert. */
export interface Strike {
  readonly onConnection?: (socket: Socket, chance: Random) => void;
  readonly onHeaders?: (exchange: Exchange) => void;
  readonly onRequest?: (exchange: Exchange) => void;
}

/** A strike, how often it hits before the server is itself again, and how WeChat treats repeats meanwhile. */
export interface Arming {
  readonly strike: Strike | undefined;
  readonly times: number;
  readonly how: Semantics;
  readonly repeated: number;
  readonly chance: Random;
}

export interface Seen {
  /** Inserts of which at least the headers came. */
  readonly inserts: number;
  /** New connections that carried inserts or nothing. */
  readonly connections: number;
  /** Requests on a connection that had carried another one, an insert among them. */
  readonly shared: number;
  /** Requests to addresses that only a followed redirect leads to. */
  readonly elsewhere: number;
}

interface Connection {
  inserts: number;
  others: number;
}

export type FaultServer = Awaited<ReturnType<typeof startFaultServer>>;

/** A WeChat on the loopback that keeps a ledger of what it did and treats inserts as badly as it is told to. */
export async function startFaultServer(options: { readonly patienceMs: number; readonly tls?: Certificate }) {
  const ledger = createLedger();
  const sockets = new Set<Socket>();
  const connections = new Map<Socket, Connection>();
  const pending = new Set<Promise<void>>();
  let arming: Arming | undefined;
  let strikesLeft = 0;
  let elsewhere = 0;
  let tokens = 0;
  let isTokenWithheld = false;

  function later(milliseconds: number, work: () => void): void {
    const done = new Promise<void>((resolve) => {
      setTimeout(() => {
        work();
        resolve();
      }, milliseconds);
    }).finally(() => pending.delete(done));
    pending.add(done);
  }

  function whenGivenUp(socket: Socket, work: () => void): void {
    const done = new Promise<void>((resolve) => {
      socket.once('close', () => {
        work();
        resolve();
      });
    }).finally(() => pending.delete(done));
    pending.add(done);
  }

  function takeStrike(kind: keyof Strike): Strike | undefined {
    const strike = arming?.strike;
    if (!strike?.[kind] || strikesLeft === 0) return undefined;
    strikesLeft -= 1;
    return strike;
  }

  const rawOf = (socket: Socket): Socket => (socket instanceof TLSSocket ? (rawSockets.get(socket) ?? socket) : socket);
  const rawSockets = new WeakMap<Socket, Socket>();

  function answerInsert(request: IncomingMessage, response: ServerResponse, body: string | undefined): void {
    const set = arming;
    if (!set) throw new Error('an insert came while no case was played');
    const exchange: Exchange = {
      request,
      response,
      socket: rawOf(request.socket),
      chance: set.chance,
      nth: set.times - strikesLeft,
      patienceMs: options.patienceMs,
      process: () => {
        if (body === undefined) throw new Error('a request is processed when it is there');
        return ledger.process(body, set.how, set.repeated);
      },
      later,
      whenGivenUp: (work) => whenGivenUp(rawOf(request.socket), work),
      withholdToken: () => {
        isTokenWithheld = true;
      },
    };
    if (body === undefined) takeStrike('onHeaders')?.onHeaders?.(exchange);
    else {
      const strike = takeStrike('onRequest');
      if (strike?.onRequest) strike.onRequest(exchange);
      else answerJson(response, exchange.process());
    }
  }

  function answerOther(path: string, response: ServerResponse): void {
    if (path === '/cgi-bin/stable_token') {
      tokens += 1;
      if (isTokenWithheld) response.writeHead(500).end('no token');
      else answerJson(response, JSON.stringify({ access_token: `TOKEN-${tokens}-0123456789abcdef`, expires_in: 7200 }));
      isTokenWithheld = false;
    } else if (path.endsWith('/setpdf')) answerJson(response, JSON.stringify({ errcode: 0, s_media_id: '7001' }));
    else if (path.endsWith('/createcard'))
      answerJson(response, JSON.stringify({ errcode: 0, card_id: 'pDe7ajvS2e1x' }));
    else {
      elsewhere += 1;
      response.writeHead(404).end();
    }
  }

  const http = createHttpServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const connection = connections.get(rawOf(request.socket)) ?? { inserts: 0, others: 0 };
    connection[path === insertPath ? 'inserts' : 'others'] += 1;
    const isCutShort = path === insertPath && arming?.strike?.onHeaders !== undefined && strikesLeft > 0;
    if (isCutShort) return answerInsert(request, response, undefined);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (path === insertPath) answerInsert(request, response, Buffer.concat(pieces).toString('utf8'));
      else answerOther(path, response);
    });
  });
  http.keepAliveTimeout = 120_000;
  http.on('clientError', (_error, socket) => socket.destroy());

  const front = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    connections.set(socket, { inserts: 0, others: 0 });
    const strike = takeStrike('onConnection');
    if (strike?.onConnection && arming) return strike.onConnection(socket, arming.chance);
    if (!options.tls) return void http.emit('connection', socket);
    const secure = new TLSSocket(socket, { isServer: true, ...options.tls, ALPNProtocols: ['http/1.1'] });
    rawSockets.set(secure, socket);
    secure.on('error', () => undefined);
    http.emit('connection', secure);
  });

  async function listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      front.once('error', reject);
      front.listen(port, '127.0.0.1', () => {
        front.off('error', reject);
        resolve();
      });
    });
    const address = front.address() as AddressInfo; // a TCP server that listens has one
    return address.port;
  }

  const port = await listen(0);
  let isListening = true;
  return {
    port,
    ledger,
    arm(next: Arming): void {
      arming = next;
      strikesLeft = next.times;
      connections.clear();
      for (const socket of sockets) connections.set(socket, { inserts: 0, others: 1 });
      elsewhere = 0;
    },
    seen(): Seen {
      const all = [...connections.values()];
      return {
        inserts: all.reduce((sum, { inserts }) => sum + inserts, 0),
        connections: all.filter(({ inserts, others }) => inserts > 0 || others === 0).length,
        shared: all.filter(({ inserts, others }) => inserts > 0 && inserts + others > 1).length,
        elsewhere,
      };
    },
    /** From now on new connections are refused; those that stand go on. */
    shut(): void {
      if (isListening) front.close();
      isListening = false;
    },
    async openAgain(): Promise<void> {
      for (let tries = 0; !isListening; tries += 1) {
        try {
          await listen(port);
          isListening = true;
        } catch (error) {
          // For a moment another process may have the port.
          if (tries === 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
    /** Resolves when everything that was to be done later is done. */
    async settled(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending);
    },
    async close(): Promise<void> {
      const closed = new Promise<void>((resolve) => {
        if (isListening) front.close(() => resolve());
        else resolve();
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function answerJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}
