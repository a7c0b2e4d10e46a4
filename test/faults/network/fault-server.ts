import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificate } from './certificate.ts';
import { createLedger } from './ledger.ts';
import { createPending } from './pending.ts';
import { type Arming, createQuiver, type Exchange } from './strike.ts';
import { createTraffic } from './traffic.ts';

const insertPath = '/card/invoice/insert';
/** Answers of the calls an insert needs before it, by the ends of their addresses. */
const otherAnswers: readonly (readonly [end: string, answer: object])[] = [
  ['/setpdf', { errcode: 0, s_media_id: '7001' }],
  ['/createcard', { errcode: 0, card_id: 'pDe7ajvS2e1x' }],
  ['/setbizattr', { errcode: 72063, errmsg: 'biz contact is empty' }],
];

export type FaultServer = Awaited<ReturnType<typeof startFaultServer>>;

/** A WeChat on the loopback that keeps a ledger of what it did and treats inserts as badly as it is told to. */
export async function startFaultServer(options: { readonly patienceMs: number; readonly tls?: Certificate }) {
  const ledger = createLedger();
  const pending = createPending();
  const traffic = createTraffic();
  const quiver = createQuiver();
  const tokens = createTokenCounter();
  const rawSockets = new WeakMap<Socket, Socket>();
  const rawOf = (socket: Socket) => rawSockets.get(socket) ?? socket;

  function exchangeOf(request: IncomingMessage, response: ServerResponse, body: () => string): Exchange {
    const { chance, how, repeated } = quiver.armed();
    const socket = rawOf(request.socket);
    return {
      request,
      response,
      socket,
      chance,
      nth: quiver.nth(),
      patienceMs: options.patienceMs,
      process: () => ledger.process(body(), how, repeated),
      later: pending.later,
      whenGivenUp: (work) => pending.whenClosed(socket, work),
      withholdToken: tokens.withhold,
    };
  }

  function answerInsert(request: IncomingMessage, response: ServerResponse, body: string): void {
    const exchange = exchangeOf(request, response, () => body);
    const strike = quiver.armed().strike?.onRequest;
    if (strike && quiver.aims('onRequest')) {
      quiver.hit();
      strike(exchange);
    } else answerJson(response, exchange.process());
  }

  function cutShort(request: IncomingMessage, response: ServerResponse): void {
    const exchange = exchangeOf(request, response, () => {
      throw new Error('a request is processed when it is there');
    });
    quiver.hit();
    quiver.armed().strike?.onHeaders?.(exchange);
  }

  function answerOther(path: string, response: ServerResponse): void {
    const answer = otherAnswers.find(([end]) => path.endsWith(end))?.[1];
    if (path === '/cgi-bin/stable_token') tokens.answer(response);
    else if (answer) answerJson(response, JSON.stringify(answer));
    else {
      traffic.wentElsewhere();
      response.writeHead(404).end();
    }
  }

  const http = createHttpServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const isInsert = path === insertPath;
    traffic.carried(rawOf(request.socket), isInsert ? 'inserts' : 'others');
    if (isInsert && quiver.aims('onHeaders')) return cutShort(request, response);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (isInsert) answerInsert(request, response, Buffer.concat(pieces).toString('utf8'));
      else answerOther(path, response);
    });
  });
  http.keepAliveTimeout = 120_000;
  http.on('clientError', (_error, socket) => socket.destroy());

  const front = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    traffic.opened(socket);
    if (quiver.aims('onConnection')) {
      quiver.hit();
      const { strike, chance } = quiver.armed();
      strike?.onConnection?.(socket, chance);
    } else if (options.tls) {
      const secure = new TLSSocket(socket, { isServer: true, ...options.tls, ALPNProtocols: ['http/1.1'] });
      rawSockets.set(secure, socket);
      secure.on('error', () => undefined);
      http.emit('connection', secure);
    } else http.emit('connection', socket);
  });

  const door = await openDoor(front);
  return {
    port: door.port,
    ledger,
    arm(next: Arming): void {
      quiver.arm(next);
      traffic.begin();
    },
    seen: traffic.seen,
    shut: door.shut,
    openAgain: door.openAgain,
    settled: pending.settled,
    async close(): Promise<void> {
      door.shut();
      traffic.destroyAll();
    },
  };
}

function createTokenCounter() {
  let given = 0;
  let isWithheld = false;
  return {
    withhold(): void {
      isWithheld = true;
    },
    answer(response: ServerResponse): void {
      given += 1;
      if (isWithheld) response.writeHead(500).end('no token');
      else answerJson(response, JSON.stringify({ access_token: `TOKEN-${given}-0123456789abcdef`, expires_in: 7200 }));
      isWithheld = false;
    },
  };
}

/** Listens on a port that can be shut for a while; connections that stand go on. */
async function openDoor(server: Server) {
  async function listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address() as AddressInfo; // a TCP server that listens has one
    return address.port;
  }

  const port = await listen(0);
  let isOpen = true;
  return {
    port,
    shut(): void {
      if (isOpen) server.close();
      isOpen = false;
    },
    async openAgain(): Promise<void> {
      for (let tries = 0; !isOpen; tries += 1) {
        try {
          await listen(port);
          isOpen = true;
        } catch (error) {
          // For a moment another process may have the port.
          if (tries === 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
  };
}

function answerJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}
