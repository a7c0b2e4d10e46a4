import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type InvoiceEvent,
  type InvoiceState,
  invoiceEvents,
  invoiceStates,
  nextState,
} from '../../../shared/invoice/state.ts';

const anyEvents = fc.array(fc.constantFrom(...invoiceEvents), { maxLength: 60 });

/** The legal moves of a draft that these things happen to, illegal ones left out as the program refuses them. */
function walk(events: readonly InvoiceEvent[]) {
  let state: InvoiceState = 'draft';
  return events.flatMap((event) => {
    const next = nextState(state, event);
    if (!next) return [];
    const move = { from: state, event, to: next };
    state = next;
    return [move];
  });
}

describe('an invoice, whatever happens to it in whatever order', () => {
  it('is never in a state outside of the table', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        for (const { to } of walk(events)) expect(invoiceStates).toContain(to);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes on the wire only when it was prepared, or asked about anew after an unknown outcome', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        for (const { from, event, to } of walk(events))
          if (to === 'sending') expect([`prepared send`, `unknown ask-again`]).toContain(`${from} ${event}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('has each sending ended by one answer, or by its absence, before the next', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const answers: readonly InvoiceEvent[] = ['not-sent', 'put-off', 'accept', 'refuse', 'lose'];
        for (const { from, event } of walk(events)) expect(from === 'sending').toBe(answers.includes(event));
      }),
      { numRuns: 2000 },
    );
  });

  it('once issued, stays issued', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const moves = walk(events);
        const issuedAt = moves.findIndex(({ to }) => to === 'issued');
        if (issuedAt >= 0) expect(moves.length).toBe(issuedAt + 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves an unknown outcome only by being asked about or by a person who looked', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        for (const { from, event } of walk(events))
          if (from === 'unknown') expect(['ask-again', 'found', 'absent']).toContain(event);
      }),
      { numRuns: 2000 },
    );
  });
});
