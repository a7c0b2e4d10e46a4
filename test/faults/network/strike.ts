import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Random } from '../../../scripts/samples/random.ts';
import type { Semantics } from './ledger.ts';

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
  /** What a repeated order is refused with. */
  readonly repeated: number;
  readonly chance: Random;
}

/** The strike of the case that is played, as long as it has hits left. */
export function createQuiver() {
  let arming: Arming | undefined;
  let left = 0;
  return {
    arm(next: Arming): void {
      arming = next;
      left = next.times;
    },
    armed(): Arming {
      if (!arming) throw new Error('an insert came while no case was played');
      return arming;
    },
    /** Whether the next one of this kind is hit. */
    aims: (kind: keyof Strike): boolean => left > 0 && arming?.strike?.[kind] !== undefined,
    /** How many were hit before. */
    nth: (): number => (arming?.times ?? 0) - left,
    hit(): void {
      left -= 1;
    },
  };
}
