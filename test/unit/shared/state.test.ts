import { describe, expect, it } from 'vitest';
import {
  type InvoiceEvent,
  type InvoiceState,
  invoiceEvents,
  invoiceStates,
  nextState,
} from '../../../shared/invoice/state.ts';

// Every state against every event, as a person would draw it: '-' is an illegal move.
const table = `
              draft     prepared  sending   issued    rejected  unknown
  edit        draft     draft     -         -         draft     -
  prepare     prepared  prepared  -         -         prepared  -
  send        -         sending   -         -         -         -
  not-sent    -         -         prepared  -         -         -
  put-off     -         -         prepared  -         -         -
  accept      -         -         issued    -         -         -
  refuse      -         -         rejected  -         -         -
  lose        -         -         unknown   -         -         -
  ask-again   -         -         -         -         -         sending
  found       issued    issued    -         -         issued    issued
  absent      -         -         -         -         -         prepared
`;

const [head = [], ...lines] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const moves = lines.flatMap(([event = '', ...nexts]) =>
  nexts.map((next, index) => ({ state: head[index] ?? '', event, next: next === '-' ? undefined : next })),
);

describe('the state of an invoice', () => {
  it('has exactly the states and events that are written out here', () => {
    expect(head).toEqual([...invoiceStates]);
    expect(lines.map(([event]) => event).sort()).toEqual([...invoiceEvents].sort());
    expect(moves).toHaveLength(66);
  });

  it.each(moves)('$state, on $event, becomes $next', ({ state, event, next }) => {
    // The test above proves that the table's words are states and events.
    expect(nextState(state as InvoiceState, event as InvoiceEvent)).toBe(next);
  });

  it('has no way out of issued, and only an answer or its absence out of sending', () => {
    expect(invoiceEvents.filter((event) => nextState('issued', event))).toEqual([]);
    expect(invoiceEvents.filter((event) => nextState('sending', event))).toEqual([
      'not-sent',
      'put-off',
      'accept',
      'refuse',
      'lose',
    ]);
  });

  it('puts a request on the wire only out of prepared, or out of unknown by a person who asks again', () => {
    const ways = invoiceStates.flatMap((state) =>
      invoiceEvents.filter((event) => nextState(state, event) === 'sending').map((event) => `${state} ${event}`),
    );
    expect(ways).toEqual(['prepared send', 'unknown ask-again']);
  });
});
