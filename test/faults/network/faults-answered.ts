import { gzipSync } from 'node:zlib';
import { atRequest, cutOff, type Fault, jsonHead, writeRaw } from './fault.ts';
import type { Exchange } from './strike.ts';

const html = '<html><body>请登录 / please log in</body></html>';
const maybeProcess = (exchange: Exchange) => (exchange.chance.below(2) === 0 ? undefined : exchange.process());

/** An answer in JSON with an errcode, of WeChat's own. */
function answerErrcode({ response }: Exchange, errcode: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errcode, errmsg: 'told so rid: 1-2-3' }));
}

const tokenCodes = [40001, 40014, 42001] as const;
const serverFaults = [500, 502, 503, 504] as const;

/** Answers that do not say what became of the request. */
const unusable: readonly Fault[] = [
  atRequest('JSON cut off, no length', 'ambiguous', (exchange) => {
    const answer = exchange.process();
    writeRaw(exchange, `${jsonHead}Connection: close\r\n\r\n${cutOff(exchange, answer)}`, 'fin');
  }),
  atRequest('JSON cut off, chunks complete', 'ambiguous', (exchange) => {
    exchange.response.end(cutOff(exchange, exchange.process()));
  }),
  atRequest('Content-Length below the body', 'ambiguous', (exchange) => {
    const answer = exchange.process();
    const length = exchange.chance.below(answer.length);
    writeRaw(exchange, `${jsonHead}Content-Length: ${length}\r\n\r\n${answer}`, 'fin');
  }),
  atRequest('HTML with status 200', 'ambiguous', (exchange) => {
    maybeProcess(exchange);
    exchange.response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  }),
  atRequest('nothing with status 200', 'ambiguous', (exchange) => {
    maybeProcess(exchange);
    exchange.response.writeHead(200).end();
  }),
  atRequest('JSON of something else', 'ambiguous', (exchange) => {
    maybeProcess(exchange);
    const others = ['{}', '[]', 'null', '"ok"', '{"access_token":"T","expires_in":7200}', '{"errcode":"oops"}'];
    exchange.response.writeHead(200).end(exchange.chance.pick(others));
  }),
  atRequest('5xx before processing', 'ambiguous', (exchange) => {
    exchange.response.writeHead(exchange.chance.pick(serverFaults)).end(html);
  }),
  atRequest('5xx after processing', 'ambiguous', (exchange) => {
    const answer = exchange.process();
    exchange.response.writeHead(exchange.chance.pick(serverFaults)).end(exchange.chance.pick([html, answer, '']));
  }),
  atRequest("4xx of somebody's proxy", 'ambiguous', (exchange) => {
    maybeProcess(exchange);
    exchange.response.writeHead(exchange.chance.pick([403, 404, 407, 408, 413, 429])).end(html);
  }),
  atRequest('redirect', 'ambiguous', (exchange) => {
    maybeProcess(exchange);
    const location = exchange.chance.pick(['/elsewhere', '/card/invoice/insert']);
    exchange.response.writeHead(exchange.chance.pick([301, 302, 307, 308]), { location }).end();
  }),
  atRequest('gzip junk', 'ambiguous', (exchange) => {
    const answer = gzipSync(exchange.process());
    const junk = answer.subarray(0, 1 + exchange.chance.below(answer.length - 1));
    exchange.response.writeHead(200, { 'content-encoding': 'gzip' }).end(junk);
  }),
  atRequest('answer of more than a megabyte', 'ambiguous', (exchange) => {
    const answer = exchange.process();
    exchange.response.writeHead(200).end(answer.padEnd(1_048_577 + exchange.chance.below(1_000_000)));
  }),
  atRequest('bytes that are no HTTP', 'ambiguous', (exchange) => {
    maybeProcess(exchange);
    writeRaw(exchange, 'SSH-2.0-OpenSSH_9.2\r\n', 'fin');
  }),
];

/** Answers by which the program may do something itself. */
const telling: readonly Fault[] = [
  atRequest('-1 before processing', 'busy', (exchange) => answerErrcode(exchange, -1)),
  atRequest('-1 after processing', 'busy', (exchange) => {
    exchange.process();
    answerErrcode(exchange, -1);
  }),
  atRequest('put off', 'put-off', (exchange) => answerErrcode(exchange, exchange.chance.pick([45011, 72036, 72054]))),
  atRequest('token refused', 'token', (exchange) => answerErrcode(exchange, exchange.chance.pick(tokenCodes))),
  atRequest('token refused, no other to be had', 'token-gone', (exchange) => {
    exchange.withholdToken();
    answerErrcode(exchange, exchange.chance.pick(tokenCodes));
  }),
  atRequest('token refused, then RST after processing', 'token-then-lost', (exchange) => {
    if (exchange.nth === 0) return answerErrcode(exchange, exchange.chance.pick(tokenCodes));
    exchange.process();
    exchange.socket.resetAndDestroy();
  }),
];

/** Truthful answers in a shape that HTTP allows. */
const odd: readonly Fault[] = [
  atRequest('answer byte by byte', 'answered', (exchange) => {
    const answer = exchange.process();
    const bytes = Buffer.from(`${jsonHead}Content-Length: ${answer.length}\r\n\r\n${answer}`);
    exchange.socket.setNoDelay(true);
    const write = (from: number): void => {
      exchange.socket.write(bytes.subarray(from, from + 1));
      if (from + 1 < bytes.length) exchange.later(0, () => write(from + 1));
    };
    write(0);
  }),
  atRequest('answer drips within the time', 'answered', (exchange) => {
    const answer = exchange.process();
    exchange.response.writeHead(200);
    const half = exchange.chance.below(answer.length);
    exchange.later(20 + exchange.chance.below(30), () => exchange.response.write(answer.slice(0, half)));
    exchange.later(60 + exchange.chance.below(30), () => exchange.response.end(answer.slice(half)));
  }),
  atRequest('HTTP/1.0, ended by FIN', 'answered', (exchange) => {
    writeRaw(exchange, `HTTP/1.0 200 OK\r\n\r\n${exchange.process()}`, 'fin');
  }),
  atRequest('100 Continue before the answer', 'answered-oddly', (exchange) => {
    exchange.response.writeContinue();
    exchange.response.end(exchange.process());
  }),
  atRequest('103 Early Hints before the answer', 'answered', (exchange) => {
    writeRaw(exchange, 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n', 'open');
    exchange.response.end(exchange.process());
  }),
  atRequest('errcode as text, other fields beside it', 'answered', (exchange) => {
    const answer = exchange.process().replace(/"errcode":(\d+)/, '"errcode":"$1"');
    exchange.response.end(`\r\n ${answer.replace('}', ',"more":{"a":[1]}}')} \n`);
  }),
];

/** Faults after which an answer comes, of use or not. */
export const answeredFaults: readonly Fault[] = [...unusable, ...telling, ...odd];
