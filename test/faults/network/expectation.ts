import type { InvoiceState } from '../../../shared/invoice/state.ts';
import { repeatWaits } from './desk.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { Seen } from './fault-server.ts';

/** A person's decision that puts an insert on the wire: the first one, or a question about an unknown outcome. */
export type Decision = 'send' | 'ask-again';

export interface Expectation {
  /** What may be shown afterwards. */
  readonly shows: readonly InvoiceState[];
  /** How many inserts may have arrived, and on how many connections of theirs. */
  readonly inserts: readonly number[];
  readonly connections: readonly number[];
}

const most = repeatWaits.length;

function expectation(inserts: number, ...shows: readonly InvoiceState[]): Expectation {
  return { shows, inserts: [inserts], connections: [inserts] };
}

/** A repeat that needs no decision: once answered, or never. */
const repeated = (times: number, first: Expectation, last: Expectation) => (times <= most ? first : last);

/**
 * The table of the row: what may be shown and sent after a decision whose first `times` requests met a fault of a kind.
 * After a question, everything that does not settle it leaves it unknown.
 */
const table: Readonly<Record<FaultKind, (times: number, decision: Decision) => Expectation>> = {
  answered: () => expectation(1, 'issued'),
  'answered-oddly': () => expectation(1, 'issued', 'unknown'),
  ambiguous: () => expectation(1, 'unknown'),
  'cut-at-once': (_times, decision) => ({
    inserts: [0],
    // Where the connection is reported as never made, repeats are the program's right.
    shows: decision === 'send' ? ['unknown', 'prepared'] : ['unknown'],
    connections: decision === 'send' ? [1, 2, 3] : [1],
  }),
  unsent: (times, decision) => {
    if (decision === 'ask-again') return { inserts: [0], shows: ['unknown'], connections: [0, 1] };
    const stays: Expectation = { inserts: [0], shows: ['prepared'], connections: [0, most + 1] };
    return repeated(times, { inserts: [1], shows: ['issued'], connections: [1, times + 1] }, stays);
  },
  'put-off': (times, decision) =>
    decision === 'ask-again'
      ? expectation(1, 'unknown')
      : repeated(times, expectation(times + 1, 'issued'), expectation(most + 1, 'prepared')),
  busy: (times) => repeated(times, expectation(times + 1, 'issued'), expectation(most + 1, 'unknown')),
  token: (times, decision) =>
    times === 1 ? expectation(2, 'issued') : expectation(2, decision === 'send' ? 'rejected' : 'unknown'),
  'token-gone': (_times, decision) => expectation(1, decision === 'send' ? 'prepared' : 'unknown'),
  'token-then-lost': () => expectation(2, 'unknown'),
};

export const healthy: Expectation = expectation(1, 'issued');

/** How many of a decision's requests a fault may meet; one of these is picked. */
export function timesOf({ kind, outside }: Fault): readonly number[] {
  switch (kind) {
    case 'unsent':
      // A shut port cannot count who was refused.
      return outside === 'port-shut' ? [most + 1] : [1, most + 1];
    case 'cut-at-once':
      return [most + 1];
    case 'put-off':
    case 'busy':
      return [1, 2, most + 1];
    case 'token':
      return [1, 2];
    case 'token-then-lost':
      return [2];
    default:
      return [1];
  }
}

/** What may be shown and sent after a decision under a fault, or under none. */
export function expected(fault: Fault | undefined, times: number, decision: Decision): Expectation {
  return fault ? table[fault.kind](times, decision) : healthy;
}

/** How a decision under short time limits may end besides: too late for its answer, or for its connection. */
export function withHurry(expectation: Expectation, { hurry }: Fault, decision: Decision): Expectation {
  const { shows, inserts, connections } = expectation;
  if (hurry === 'none') return expectation;
  if (hurry === 'answer') return { ...expectation, shows: [...shows, 'unknown'] };
  const late = Array.from({ length: most + 2 }, (_, index) => index);
  return {
    shows: [...shows, decision === 'send' ? 'prepared' : 'unknown'],
    inserts: [0, ...inserts],
    connections: [...late, ...connections],
  };
}

/** Why what arrived does not fit, or undefined. */
export function misfitOf(seen: Seen, { inserts, connections }: Expectation): string | undefined {
  if (!inserts.includes(seen.inserts)) return `${seen.inserts} inserts arrived, not ${inserts.join(' or ')}`;
  if (!connections.includes(seen.connections))
    return `${seen.connections} connections, not ${connections.join(' or ')}`;
  if (seen.shared > 0) return 'an insert shared its connection';
  return seen.elsewhere > 0 ? 'a redirect was followed' : undefined;
}
