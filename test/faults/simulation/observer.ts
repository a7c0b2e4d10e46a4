import type { Database } from 'better-sqlite3';
import type { InvoiceState } from '../../../shared/invoice/state.ts';
import type { Told } from './fates.ts';

/** What a person wanted once: at most one insert for each of its invoices, and what the program may repeat by itself. */
export interface Decision {
  readonly what: string;
  /** Inserts it still allows, an invoice. */
  readonly credits: Map<number, number>;
  /** The bytes that went out for it, an invoice. */
  readonly bodies: Map<number, Uint8Array>;
  /** Another one that paid for an insert of an invoice this one wanted, too. */
  readonly payers: Map<number, Decision>;
}

/** One insert that left the program, until it is told what became of it. */
export interface Flight {
  readonly invoiceId: number;
  readonly card: string;
  readonly decision: Decision;
  /** The outcome was unknown before: a person asked again, or the program did after "busy". */
  readonly isRepeat: boolean;
}

/** A broken rule; the seed fails. */
export class BrokenRule extends Error {}

export type InvoiceLine = readonly [
  id: number,
  state: InvoiceState,
  orderId: string,
  billingNo: string,
  title: string,
  cardCode: string | null,
  reimburseStatus: string | null,
];

export const cardOf = (orderId: string, billingNo: string) => `${orderId}|${billingNo}`;

interface SendingRow {
  readonly id: number;
  readonly request_body: Buffer;
}

interface InsertJson {
  readonly order_id: string;
  readonly card_ext: {
    readonly user_card: { readonly invoice_user_data: { billing_no: string; title: string; fee: number } };
  };
}

const isSame = (before: Uint8Array | undefined, body: Uint8Array) =>
  before === undefined || Buffer.compare(before, body) === 0;

/** What the observer reads, by a connection's own statements and never through the repositories; one for many seeds. */
export function createGlances(database: Database) {
  const selectSending = database.prepare<[], SendingRow>(
    `SELECT id, request_body FROM invoice WHERE state = 'sending'`,
  );
  const selectContent = database
    .prepare<[number], [string, string, string, number]>(
      'SELECT order_id, billing_no, title, fee_fen FROM invoice WHERE id = ?',
    )
    .raw();
  const selectRunning = database
    .prepare<[number], number>(
      `SELECT count(*) FROM attempt WHERE invoice_id = ? AND call = 'insert' AND outcome = 'running'`,
    )
    .pluck();

  const selectAnyRunning = database
    .prepare<[number], number>(`SELECT count(*) FROM attempt WHERE invoice_id = ? AND outcome = 'running'`)
    .pluck();
  return { database, selectSending, selectContent, selectRunning, selectAnyRunning };
}

/** Watches the wire from outside of the program: what people decided, what left, what the program was told. */
export function createObserver(glances: ReturnType<typeof createGlances>) {
  const { database, selectSending, selectContent, selectRunning, selectAnyRunning } = glances;
  const decisions = new Set<Decision>();
  const flights = new Set<Flight>();
  /** Invoice and card: a request may have made it, nobody was told. For ever. */
  const everUnknown = new Set<string>();
  /** As everUnknown, until an answer or a person settles it; with the bytes that went out. */
  const open = new Map<number, Uint8Array>();
  const lastTold = new Map<number, Told['kind']>();
  const codesTold = new Map<number, string>();
  /** Codes that WeChat has named in a push: each proves its card, whatever the program was told before. */
  const pushedCodes = new Set<string>();
  /** States that a told outcome allows, to be looked at when the step is over. */
  let expected: {
    readonly invoiceId: number;
    readonly told: string;
    readonly states: readonly InvoiceState[];
    readonly code?: string;
  }[] = [];
  const counts = { inserts: 0, repeats: 0 };

  const key = (invoiceId: number, card: string) => `${invoiceId}|${card}`;

  function isLikeTheRow(invoiceId: number, body: Uint8Array): string {
    // Made by this program's own encoder; what does not fit fails the seed.
    const json = JSON.parse(Buffer.from(body).toString()) as InsertJson;
    const { billing_no, title, fee } = json.card_ext.user_card.invoice_user_data;
    const row = selectContent.get(invoiceId)?.join('|');
    const sent = [json.order_id, billing_no, title, fee].join('|');
    if (row !== sent) throw new BrokenRule(`invoice ${invoiceId} is ${row}, the wire carries ${sent}`);
    return cardOf(json.order_id, billing_no);
  }

  /** A batch goes on with what waits. Of what was refused since it began, whoever sent it, it does not. */
  function rejected(invoiceId: number, told: Told): void {
    for (const { what, credits } of decisions)
      if (what === 'batch' && credits.has(invoiceId)) credits.set(invoiceId, 0);
    expected.push({ invoiceId, told: told.kind, states: ['rejected'] });
  }

  return {
    decisions,
    flights,
    everUnknown,
    open,
    codesTold,
    pushedCodes,
    lastTold,
    counts,
    key,
    decide(what: string, invoiceIds: readonly number[]): Decision {
      const credits = new Map(invoiceIds.map((id) => [id, 1]));
      const decision: Decision = { what, credits, bodies: new Map(), payers: new Map() };
      decisions.add(decision);
      return decision;
    },
    /** A call is over. Which of two batches an insert was for cannot be seen: the one that goes on keeps what is left. */
    close(decision: Decision): void {
      decisions.delete(decision);
      if (decision.what !== 'batch') return;
      for (const [id, payer] of decision.payers)
        if (decisions.has(payer) && (decision.credits.get(id) ?? 0) > 0)
          payer.credits.set(id, (payer.credits.get(id) ?? 0) + 1);
    },
    hasRunningAttempt: (invoiceId: number): boolean => selectAnyRunning.get(invoiceId) !== 0,
    /** An insert leaves: it must be written down, durably, and somebody must have wanted it. */
    inserting(body: Uint8Array, lastStates: ReadonlyMap<number, InvoiceState>): Flight {
      if (database.inTransaction) throw new BrokenRule('an insert leaves inside of an open transaction');
      counts.inserts += 1;
      const row = selectSending.all().find(({ request_body }) => Buffer.compare(request_body, body) === 0);
      if (!row) throw new BrokenRule('an insert leaves whose bytes belong to no invoice that is being sent');
      const { id } = row;
      const card = isLikeTheRow(id, body);
      if (selectRunning.get(id) !== 1) throw new BrokenRule(`invoice ${id} is sent without one running attempt`);
      for (const flight of flights)
        if (flight.invoiceId === id) throw new BrokenRule(`invoice ${id} is sent while it is being sent`);
      const before = open.get(id);
      if (!isSame(before, body)) throw new BrokenRule(`invoice ${id} is asked about with other bytes than were sent`);
      const wanted = [...decisions].filter(({ credits }) => (credits.get(id) ?? 0) > 0);
      if (wanted.length === 0) throw new BrokenRule(`invoice ${id} is sent though nobody decided so`);
      // A person's own call is the one that has the invoice; a batch that wants it, too, is turned away meanwhile.
      const fitting = wanted.filter(({ bodies }) => isSame(bodies.get(id), body));
      const decision = fitting.find(({ what }) => what !== 'batch') ?? fitting[0];
      if (!decision) throw new BrokenRule(`invoice ${id} is repeated with other bytes, within one decision`);
      decision.credits.set(id, (decision.credits.get(id) ?? 0) - 1);
      for (const other of wanted) if (other !== decision) other.payers.set(id, decision);
      if (decision.bodies.has(id)) counts.repeats += 1;
      decision.bodies.set(id, body);
      const state = lastStates.get(id);
      const flight = { invoiceId: id, card, decision, isRepeat: state === 'unknown' || before !== undefined };
      flights.add(flight);
      return flight;
    },
    /** The program is told; notes what it may repeat and what it must show now. */
    told(flight: Flight, told: Told): void {
      const { invoiceId, card, decision, isRepeat } = flight;
      flights.delete(flight);
      lastTold.set(invoiceId, told.kind);
      const allow = (...states: InvoiceState[]) => expected.push({ invoiceId, told: told.kind, states });
      const wasEverUnknown = everUnknown.has(key(invoiceId, card));
      if (['put-off', 'not-sent', 'busy', 'token'].includes(told.kind))
        decision.credits.set(invoiceId, (decision.credits.get(invoiceId) ?? 0) + 1);
      switch (told.kind) {
        case 'issued':
          open.delete(invoiceId);
          return void expected.push({
            invoiceId,
            told: told.kind,
            states: ['issued'],
            ...(told.code === null ? {} : { code: told.code }),
          });
        case 'landed':
          if (!wasEverUnknown) return void rejected(invoiceId, told);
          open.delete(invoiceId);
          return void allow('issued');
        case 'refused':
          return void (isRepeat ? allow('unknown') : rejected(invoiceId, told));
        case 'put-off':
        case 'not-sent':
          return void allow(isRepeat ? 'unknown' : 'prepared');
        case 'busy':
        case 'nothing':
          everUnknown.add(key(invoiceId, card));
          open.set(invoiceId, decision.bodies.get(invoiceId) ?? new Uint8Array());
          return void allow('unknown');
        case 'token':
          return;
      }
    },
    /** What must be shown after this step. */
    takeExpected() {
      const taken = expected;
      expected = [];
      return taken;
    },
    /** The program died: of what was being sent nobody will be told. */
    crashed(sending: readonly InvoiceLine[]): void {
      const bodies = new Map(selectSending.all().map(({ id, request_body }) => [id, request_body]));
      for (const [id, , orderId, billingNo] of sending) {
        everUnknown.add(key(id, cardOf(orderId, billingNo)));
        open.set(id, bodies.get(id) ?? new Uint8Array());
      }
      flights.clear();
      decisions.clear();
      expected = [];
    },
  };
}

export type Observer = ReturnType<typeof createObserver>;
