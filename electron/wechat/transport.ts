import type { Readable } from 'node:stream';
import { buildConnector, Client, type Dispatcher, Pool } from 'undici';
import type { AppError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { checkBaseUrl } from './base-url.ts';
import { createTunnelConnector, type Tunnel } from './tunnel.ts';

export interface Timeouts {
  /** Until a connection, TLS included, stands. */
  readonly connectMs: number;
  /** From the request to the answer's headers. */
  readonly headersMs: number;
  /** Between two pieces of the answer's body. */
  readonly bodyMs: number;
  /** For an insert's answer as a whole: long, since giving up makes its outcome unknown. */
  readonly insertMs: number;
  /** For a file's answer: uplinks of shops are slow. */
  readonly uploadMs: number;
}

const defaultTimeouts: Timeouts = {
  connectMs: 10_000,
  headersMs: 15_000,
  bodyMs: 15_000,
  insertMs: 30_000,
  uploadMs: 180_000,
};

// WeChat's answers have a few hundred bytes; more than this is not its answer.
const largestAnswerBytes = 1024 * 1024;

export interface HttpRequest {
  /** With the query string; never logged. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: a GET. */
  readonly body: Uint8Array | Readable | null;
  /** `alone`: a fresh connection for this request only, closed after it. `upload`: the long time limit. */
  readonly manner: 'plain' | 'upload' | 'alone';
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Why there is no answer. `sent: false` is certain: the connection was never handed over, so no byte of the request left
 * this machine. `cause` is the system's or undici's error code.
 */
export type TransportFailure =
  | { readonly kind: 'refused'; readonly sent: false; readonly error: AppError }
  | { readonly kind: 'unreachable'; readonly sent: false; readonly cause: string }
  | { readonly kind: 'timeout'; readonly sent: boolean; readonly seconds: number }
  | { readonly kind: 'connection-lost'; readonly sent: true; readonly cause: string }
  | { readonly kind: 'too-large'; readonly sent: true };

export interface Transport {
  send(request: HttpRequest): Promise<Result<HttpAnswer, TransportFailure>>;
  close(): Promise<void>;
}

/**
 * HTTP to one base URL over undici: kept connections, time limits, no redirects, no repeats, answers of at most 1 MB.
 * @param tunnel a relay that its connections go through; absent: straight
 */
export function createTransport(baseUrl: string, timeouts: Partial<Timeouts> = {}, tunnel?: Tunnel): Transport {
  const checked = checkBaseUrl(baseUrl);
  if (!checked.ok)
    return {
      send: () => Promise.resolve(fail({ kind: 'refused', sent: false, error: checked.error })),
      close: () => Promise.resolve(),
    };
  return createOpenTransport(new URL(checked.value), { ...defaultTimeouts, ...timeouts }, tunnel);
}

/** Sends one request and tells what came of it. */
type Sender = (request: HttpRequest) => Promise<Result<HttpAnswer, TransportFailure>>;

const clientOptions = { allowH2: false, maxResponseSize: largestAnswerBytes } as const;

function createOpenTransport(base: URL, limits: Timeouts, tunnel: Tunnel | undefined): Transport {
  const connect = tunnel
    ? createTunnelConnector(tunnel, limits.connectMs)
    : buildConnector({ timeout: limits.connectMs, allowH2: false });
  const { sendPooled, pool } = createPooledSender(base, limits, connect);
  const sendAlone = createLoneSender(base, limits, connect);
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  return {
    async send(request) {
      if (closing !== undefined) return fail({ kind: 'unreachable', sent: false, cause: 'CLIENT_CLOSED' });
      const work = request.manner === 'alone' ? sendAlone(request) : sendPooled(request);
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
    close() {
      closing ??= Promise.allSettled(underWay).then(() => pool.close());
      return closing;
    },
  };
}

/** Kept connections, for every call but insert. */
function createPooledSender(base: URL, limits: Timeouts, connect: buildConnector.connector) {
  const connectErrors = new WeakSet<Error>();
  const pool = new Pool(base.origin, {
    ...clientOptions,
    connections: 8,
    connect: (options, callback) =>
      connect(options, (...args) => {
        if (args[0] !== null) connectErrors.add(args[0]);
        callback(...args);
      }),
  });
  const mayHaveLeft = (error: unknown) => !(error instanceof Error && connectErrors.has(error));
  const sendPooled: Sender = (request) => {
    const answerMs = request.manner === 'upload' ? limits.uploadMs : limits.headersMs;
    const budget = { answerMs, bodyMs: limits.bodyMs, totalMs: limits.connectMs + answerMs + limits.bodyMs };
    return exchange(pool, base, request, budget, mayHaveLeft);
  };
  return { pool, sendPooled };
}

/** A connection for one request, watched for the moment from which a byte may have left. */
function createLoneSender(base: URL, limits: Timeouts, connect: buildConnector.connector): Sender {
  const { connectMs, insertMs } = limits;
  const budget = { answerMs: insertMs, bodyMs: insertMs, totalMs: connectMs + insertMs };
  return async (request) => {
    let isHandedOver = false;
    const client = new Client(base.origin, {
      ...clientOptions,
      // Zero: the connection carries one request and says so.
      pipelining: 0,
      connect: (options, callback) =>
        connect(options, (...args) => {
          if (args[0] === null) isHandedOver = true;
          callback(...args);
        }),
    });
    try {
      return await exchange(client, base, request, budget, () => isHandedOver);
    } finally {
      await client.destroy();
    }
  };
}

interface Budget {
  readonly answerMs: number;
  readonly bodyMs: number;
  readonly totalMs: number;
}

async function exchange(
  dispatcher: Dispatcher,
  base: URL,
  request: HttpRequest,
  budget: Budget,
  mayHaveLeft: (error: unknown) => boolean,
): Promise<Result<HttpAnswer, TransportFailure>> {
  try {
    const response = await dispatcher.request({
      path: base.pathname.replace(/\/$/, '') + request.path,
      method: request.body === null ? 'GET' : 'POST',
      headers: request.headers,
      body: request.body,
      headersTimeout: budget.answerMs,
      bodyTimeout: budget.bodyMs,
      // The two limits above restart with every byte; this one does not.
      signal: AbortSignal.timeout(budget.totalMs),
    });
    return ok({ status: response.statusCode, text: await response.body.text() });
  } catch (error) {
    return fail(transportFailure(causeOf(error), budget, mayHaveLeft(error)));
  }
}

const timeoutCauses: readonly string[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TimeoutError'];

function transportFailure(cause: string, budget: Budget, sent: boolean): TransportFailure {
  if (timeoutCauses.includes(cause)) return { kind: 'timeout', sent, seconds: Math.ceil(budget.answerMs / 1000) };
  if (!sent) return { kind: 'unreachable', sent, cause };
  if (cause === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { kind: 'too-large', sent };
  return { kind: 'connection-lost', sent, cause };
}

/** The code of an error, looking into what undici and Node wrap. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string' && error.code !== 'UND_ERR_SOCKET') return error.code;
  if (error instanceof AggregateError) return causeOf(error.errors[0]);
  if (error.cause instanceof Error) return causeOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
