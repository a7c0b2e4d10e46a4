import type { Context } from 'hono';
import type { RelayFault } from '../shared/relay/relay-wire.ts';
import type { Bell } from './bell.ts';
import type { Limiter } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { RelayStore } from './store/store.ts';

/** What the relay says of itself, without bodies, keys or query strings. */
export interface RelayLog {
  info(fields: Readonly<Record<string, unknown>>, event: string): void;
  warn(fields: Readonly<Record<string, unknown>>, event: string): void;
  error(fields: Readonly<Record<string, unknown>>, event: string): void;
}

/** Everything the endpoints call; built once in relay/relay-server.ts. */
export interface RelayParts {
  readonly store: RelayStore;
  readonly bell: Bell;
  readonly limiter: Limiter;
  readonly metrics: Metrics;
  readonly log: RelayLog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted when the relay is asked to stop. */
  readonly stopping: AbortSignal;
  readonly addressOf: (context: Context) => string;
  readonly mostStreams: number;
}

const statusOf = {
  unauthorised: 401,
  'too-many-requests': 429,
  'unknown-channel': 404,
  'bad-signature': 403,
  'not-understood': 400,
  'plain-mode': 403,
  'too-large': 413,
  'cursor-of-another-channel': 400,
  'cursor-unknown': 409,
  'too-many-streams': 503,
  stopping: 503,
  'not-stored': 500,
  'not-found': 404,
} as const satisfies Record<RelayFault, number>;

/** Refuses a request. */
export function refuse(context: Context, fault: RelayFault): Response {
  return context.json({ fault }, statusOf[fault]);
}
