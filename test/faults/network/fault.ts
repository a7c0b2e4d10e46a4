import type { Exchange, Strike } from './strike.ts';

/**
 * What a fault leaves known.
 * - `answered`: a truthful answer came, in an odd shape.
 * - `answered-oddly`: one came in a shape that undici takes for a broken connection, though HTTP allows it.
 * - `ambiguous`: the request went out, nothing that settles it came back.
 * - `cut-at-once`: as that, but the kernel may tell of it before a byte was handed over.
 * - `unsent`: certain that no byte of the request left.
 * - `put-off`: WeChat says that it did nothing and to try later. `busy`: it says only to try later (-1).
 * - `token`: turned away for its token, thus not processed. `token-gone`: and there is no other token.
 * - `token-then-lost`: turned away for its token; the repeat went out and nothing came back.
 */
export type FaultKind =
  | 'answered'
  | 'answered-oddly'
  | 'ambiguous'
  | 'cut-at-once'
  | 'unsent'
  | 'put-off'
  | 'busy'
  | 'token'
  | 'token-gone'
  | 'token-then-lost';

export interface Fault {
  readonly name: string;
  readonly kind: FaultKind;
  readonly strike?: Strike;
  /** What is wrong outside the server. */
  readonly outside?: 'port-shut' | 'name-lost';
  /** How the account's address begins; a name is looked up. */
  readonly address: 'http' | 'https' | 'name';
  /** Whose time limits are short: nobody's, an answer's, a connection's. */
  readonly hurry: 'none' | 'answer' | 'connect';
}

type Change = Partial<Pick<Fault, 'address' | 'hurry' | 'outside'>>;

export function fault(name: string, kind: FaultKind, strike: Strike, change: Change = {}): Fault {
  return { name, kind, strike, address: 'http', hurry: 'none', ...change };
}

/** A fault that meets the whole request. */
export function atRequest(
  name: string,
  kind: FaultKind,
  onRequest: (exchange: Exchange) => void,
  change: Change = {},
): Fault {
  return fault(name, kind, { onRequest }, change);
}

export const jsonHead = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** Writes these bytes as they are, then ends the connection, resets it, or leaves it open. */
export function writeRaw({ socket }: Exchange, bytes: string | Buffer, ending: 'fin' | 'rst' | 'open'): void {
  socket.write(bytes, () => {
    if (ending === 'fin') socket.end();
    if (ending === 'rst') socket.resetAndDestroy();
  });
}

/** A piece of the text that ends before its end, so that it is no JSON. */
export const cutOff = ({ chance }: Exchange, text: string): string => text.slice(0, chance.below(text.length));
