import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createCertificate } from './certificate.ts';
import { atRequest, cutOff, type Fault, fault, jsonHead, writeRaw } from './fault.ts';
import type { Exchange } from './strike.ts';

const https = { address: 'https' } as const;
const impatient = { hurry: 'answer' } as const;

const endConnection = ({ socket }: Exchange) => socket.end();
const resetConnection = ({ socket }: Exchange) => socket.resetAndDestroy();

/** Reads a random part of the body, then breaks off. */
function breakOff({ request, chance }: Exchange, end: () => void): void {
  const most = chance.below(Number(request.headers['content-length']));
  let read = 0;
  const take = () => {
    if (read >= most) return end();
    const piece: Buffer | null = request.read(1);
    if (piece) read += piece.length;
    if (piece) take();
    else request.once('readable', take);
  };
  take();
}

function greetAsStranger(socket: Socket): void {
  const secure = new TLSSocket(socket, { isServer: true, ...createCertificate() });
  secure.on('error', () => undefined);
}

/** Nothing of the request leaves, and the program can know it. */
const unsent: readonly Fault[] = [
  { name: 'port refused', kind: 'unsent', outside: 'port-shut', address: 'http', hurry: 'none' },
  { name: 'name not found', kind: 'unsent', outside: 'name-lost', address: 'name', hurry: 'none' },
  fault('no TLS on the port', 'unsent', { onConnection: (socket) => socket.end('HTTP/1.1 400 No\r\n\r\n') }, https),
  fault('TLS handshake never answered', 'unsent', { onConnection: () => undefined }, { ...https, hurry: 'connect' }),
  fault('TLS handshake reset', 'unsent', { onConnection: (socket) => socket.resetAndDestroy() }, https),
  fault('TLS certificate of a stranger', 'unsent', { onConnection: greetAsStranger }, https),
];

/** The connection ends somewhere on the way. */
const broken: readonly Fault[] = [
  fault('RST before the request is read', 'cut-at-once', { onConnection: (socket) => socket.resetAndDestroy() }),
  fault('FIN before the request is read', 'cut-at-once', { onConnection: (socket) => socket.end() }),
  fault('FIN in the body', 'ambiguous', { onHeaders: (exchange) => breakOff(exchange, () => endConnection(exchange)) }),
  fault('RST in the body', 'ambiguous', {
    onHeaders: (exchange) => breakOff(exchange, () => resetConnection(exchange)),
  }),
  atRequest('FIN after the request, unprocessed', 'ambiguous', endConnection),
  atRequest('RST after the request, unprocessed', 'ambiguous', resetConnection),
  atRequest('FIN after processing', 'ambiguous', (exchange) => {
    exchange.process();
    endConnection(exchange);
  }),
  atRequest('RST after processing', 'ambiguous', (exchange) => {
    exchange.process();
    resetConnection(exchange);
  }),
  atRequest(
    'RST after processing, under TLS',
    'ambiguous',
    (exchange) => {
      exchange.process();
      resetConnection(exchange);
    },
    https,
  ),
  atRequest('headers cut off', 'ambiguous', (exchange) => {
    exchange.process();
    writeRaw(exchange, cutOff(exchange, `${jsonHead}Content-Length: 60\r\n\r\n`), exchange.chance.pick(['fin', 'rst']));
  }),
  atRequest('body cut off below its Content-Length', 'ambiguous', (exchange) => {
    const answer = exchange.process();
    const head = `${jsonHead}Content-Length: ${answer.length}\r\n\r\n`;
    writeRaw(exchange, head + cutOff(exchange, answer), exchange.chance.pick(['fin', 'rst']));
  }),
];

/** No end within the time the program gives it. */
const slow: readonly Fault[] = [
  atRequest('silence, unprocessed', 'ambiguous', () => undefined, impatient),
  atRequest('silence after processing', 'ambiguous', (exchange) => void exchange.process(), impatient),
  atRequest(
    'processed after the program gave up',
    'ambiguous',
    (exchange) => exchange.whenGivenUp(() => void exchange.process()),
    impatient,
  ),
  atRequest(
    'answer after the program gave up',
    'ambiguous',
    (exchange) => {
      const answer = exchange.process();
      exchange.whenGivenUp(() => exchange.response.end(answer));
    },
    impatient,
  ),
  atRequest(
    'answer drips for too long',
    'ambiguous',
    (exchange) => {
      exchange.process();
      exchange.response.writeHead(200);
      const drip = (piece: number): void => {
        if (piece === 100 || exchange.socket.destroyed) return;
        exchange.response.write(' ');
        exchange.later(exchange.patienceMs / 3, () => drip(piece + 1));
      };
      drip(0);
    },
    impatient,
  ),
  atRequest(
    'Content-Length above the body, connection kept',
    'ambiguous',
    (exchange) => {
      const answer = exchange.process();
      const more = 1 + exchange.chance.below(1000);
      writeRaw(exchange, `${jsonHead}Content-Length: ${answer.length + more}\r\n\r\n${answer}`, 'open');
    },
    impatient,
  ),
];

/** Faults after which there is no answer at all. */
export const unansweredFaults: readonly Fault[] = [...unsent, ...broken, ...slow];
