import type { PracticeContext } from './context.ts';
import type { PracticeApp } from './practice-types.ts';
import type { Reply } from './replies.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A call that passed everything that all calls have to pass. */
export interface Call {
  readonly context: PracticeContext;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: { readonly contentType: string };
  readonly body: Buffer;
  /** The body's object where the endpoint takes JSON, else empty. */
  readonly json: JsonObject;
  /** Whose token it is. Token calls have none: there it is empty. */
  readonly app: PracticeApp;
  readonly clientIp: string;
}

/** One address of the API. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly body: 'none' | 'json' | 'multipart';
  /** `no-token`: it hands tokens out. `plugin`: needs the 电子发票 plug-in. */
  readonly needs: 'no-token' | 'token' | 'plugin';
  readonly handle: (call: Call) => Reply | Promise<Reply>;
}

export type Endpoints = Readonly<Record<string, Endpoint>>;

/** A text field, or undefined where it is missing, empty or not text. */
export function textOf(json: JsonObject, name: string): string | undefined {
  const value = json[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A nested object, or undefined. */
export function objectOf(json: JsonObject, name: string): JsonObject | undefined {
  const value = json[name];
  // Objects parsed from JSON have text keys only.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
