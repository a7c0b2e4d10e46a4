import type { InvoiceState } from '../../../shared/invoice/state.ts';
import { repeatWaits } from './desk.ts';
import type { Fault, FaultKind } from './fault.ts';
import type { Seen } from './traffic.ts';

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

/** Every way in which a decision may end: under short time limits also too late for its answer or its connection. */
export function endingsOf(expectation: Expectation, { hurry }: Fault, decision: Decision): readonly Expectation[] {
  if (hurry === 'none') return [expectation];
  const late = Array.from({ length: most + 2 }, (_, connections) => connections);
  const connections = [...late, ...expectation.connections];
  const neverSent: Expectation = {
    shows: [decision === 'send' ? 'prepared' : 'unknown'],
    inserts: [0],
    connections,
  };
  const sentAtLast: Expectation = {
    shows: hurry === 'answer' ? ['unknown', 'issued'] : ['issued'],
    inserts: [1],
    connections,
  };
  return expectation === healthy || expectation.inserts.includes(0)
    ? [expectation, neverSent, sentAtLast]
    : [{ ...expectation, connections }, neverSent];
}

/** Why what is shown and what arrived fit none of the endings, or undefined. */
export function misfitOf(state: InvoiceState, seen: Seen, endings: readonly Expectation[]): string | undefined {
  if (seen.shared > 0) return 'an insert shared its connection';
  if (seen.elsewhere > 0) return 'a redirect was followed';
  const fits = endings.some(
    ({ shows, inserts, connections }) =>
      shows.includes(state) && inserts.includes(seen.inserts) && connections.includes(seen.connections),
  );
  if (fits) return undefined;
  const wanted = endings.map(({ shows, inserts }) => `${shows.join(' or ')} after ${inserts.join(' or ')} inserts`);
  return `shows ${state} after ${seen.inserts} inserts on ${seen.connections} connections, not ${wanted.join(', nor ')}`;
}
