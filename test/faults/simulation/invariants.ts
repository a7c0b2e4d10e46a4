import type { Database } from 'better-sqlite3';
import type { InvoiceState } from '../../../shared/invoice/state.ts';
import type { ModelWeChat } from './model-wechat.ts';
import { BrokenRule, cardOf, type InvoiceLine, type Observer } from './observer.ts';

/** What people were told is stored: an accepted draft or edit must be there for ever. */
export interface Intent {
  readonly orderId: string;
  readonly billingNo: string;
  readonly title: string;
}

export interface Intents {
  readonly accepted: Map<number, Intent>;
  /** Edits under way when the program may have died: either content is right. */
  readonly offered: Map<number, Intent>;
  /** Invoices a person is settling, truthfully, in this step. */
  readonly settling: Set<number>;
  /** Invoices with a call under way, beside those of decisions. */
  readonly calling: ReadonlyMap<number, number>;
  readonly runningBatches: ReadonlySet<number>;
  /** Whether a call ended since the last look. */
  hasEnded: boolean;
}

const live: ReadonlySet<InvoiceState> = new Set(['prepared', 'sending', 'issued', 'unknown']);
const mayHold: ReadonlySet<InvoiceState> = new Set(['sending', 'issued', 'unknown']);

function assertRule(holds: boolean, text: () => string): void {
  if (!holds) throw new BrokenRule(text());
}

/** The rules that hold after every step, read from the model's books and from the database's tables. */
export function createInvariants(database: Database) {
  const selectInvoices = database
    .prepare<[], InvoiceLine>(
      `SELECT id, state, order_id, billing_no, title, card_code, reimburse_status FROM invoice ORDER BY id`,
    )
    .raw();
  const selectChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
  const selectRunningAttempts = database
    .prepare<[], [number, string, InvoiceState]>(
      `SELECT invoice_id, call, state FROM attempt JOIN invoice ON invoice.id = attempt.invoice_id
       WHERE outcome = 'running'`,
    )
    .raw();
  const selectRunningBatches = database.prepare<[], number>(`SELECT id FROM batch WHERE state = 'running'`).pluck();
  const selectStatuses = database
    .prepare<[], [number, string]>(
      `SELECT invoice_id, status FROM status_event WHERE invoice_id IS NOT NULL ORDER BY create_time, id`,
    )
    .raw();

  const selectForgotten = database
    .prepare<[], string>(
      `SELECT status_event.code FROM status_event JOIN invoice ON invoice.card_code = status_event.code
     WHERE status_event.invoice_id IS NULL LIMIT 1`,
    )
    .pluck();

  function checkInvoice(
    line: InvoiceLine,
    wechat: ModelWeChat,
    observer: Observer,
    lastState: InvoiceState | undefined,
  ) {
    const [id, state, orderId, billingNo, , cardCode] = line;
    const card = cardOf(orderId, billingNo);
    const wasUnknown = observer.everUnknown.has(observer.key(id, card));
    assertRule(state !== 'unknown' || wasUnknown, () => `invoice ${id} is unknown though every request was answered`);
    if (observer.open.has(id))
      assertRule(mayHold.has(state), () => `invoice ${id} is ${state} though a request for it was never answered`);
    if (state === 'rejected' && lastState !== 'rejected') {
      const told = observer.lastTold.get(id);
      assertRule(
        told === 'refused' || told === 'landed' || told === 'token',
        () => `invoice ${id} is rejected after ${told}`,
      );
    }
    if (state !== 'issued') return;
    const isThere = wechat.cards.some((one) =>
      one.isOurs ? one.orderId === orderId && one.billingNo === billingNo : one.orderId === orderId && wasUnknown,
    );
    assertRule(isThere, () => `invoice ${id} is issued and WeChat has no card of it`);
    const told = observer.codesTold.get(id);
    assertRule(told === undefined || cardCode === told, () => `invoice ${id} has code ${cardCode}, was told ${told}`);
    assertRule(
      cardCode === null || wechat.cards.some((one) => one.code === cardCode && one.orderId === orderId),
      () => `invoice ${id} has the code of another card`,
    );
  }

  function checkStatuses(lines: readonly InvoiceLine[]): void {
    const forgotten = selectForgotten.get();
    assertRule(forgotten === undefined, () => `a push of card ${forgotten} waits though its invoice is known`);
    const statuses = selectStatuses.all();
    if (statuses.length === 0) return;
    const newest = new Map(statuses);
    for (const [id, state, , , , , shown] of lines)
      assertRule(
        state !== 'issued' || !newest.has(id) || newest.get(id) === shown,
        () => `invoice ${id} shows ${shown}, the newest status is ${newest.get(id)}`,
      );
  }

  function checkIntents(lines: readonly InvoiceLine[], { accepted, offered }: Intents): void {
    for (const [id, , orderId, billingNo, title] of lines) {
      const wanted = accepted.get(id);
      const isAs = (intent: Intent) =>
        intent.orderId === orderId && intent.billingNo === billingNo && intent.title === title;
      const offer = offered.get(id);
      if (!wanted || (offer && isAs(offer))) accepted.set(id, { orderId, billingNo, title });
      else assertRule(isAs(wanted), () => `invoice ${id} lost its content`);
    }
    const ids = new Set(lines.map(([id]) => id));
    for (const id of accepted.keys()) assertRule(ids.has(id), () => `invoice ${id} is lost`);
    offered.clear();
  }

  function checkUnique(lines: readonly InvoiceLine[]): void {
    const seen = new Set<string>();
    for (const [id, state, orderId, billingNo] of lines) {
      if (!live.has(state)) continue;
      for (const key of [`order ${orderId}`, `number ${billingNo}`]) {
        assertRule(!seen.has(key), () => `${key} of invoice ${id} is live twice`);
        seen.add(key);
      }
    }
  }

  function checkCards(lines: readonly InvoiceLine[], wechat: ModelWeChat): void {
    for (const card of wechat.cards)
      assertRule(
        !card.isOurs ||
          lines.some(
            ([, state, orderId, billingNo]) =>
              mayHold.has(state) && orderId === card.orderId && billingNo === card.billingNo,
          ),
        () => `WeChat has a card of ${card.orderId}, nothing here says so`,
      );
  }

  // As of the last change, like the invoices' lines.
  let runningAttempts = selectRunningAttempts.all();
  let runningBatches = selectRunningBatches.all();

  function checkCalls(lines: readonly InvoiceLine[], observer: Observer, intents: Intents): void {
    const underWay = new Set(intents.calling.keys());
    for (const { credits } of observer.decisions) for (const id of credits.keys()) underWay.add(id);
    for (const [id, state] of lines)
      assertRule(state !== 'sending' || underWay.has(id), () => `invoice ${id} is sending, and nobody sends it`);
    const sending = new Set<number>();
    for (const [id, call, state] of runningAttempts) {
      assertRule(underWay.has(id), () => `an attempt of invoice ${id} runs, and nobody makes it`);
      if (call !== 'insert') continue;
      assertRule(state === 'sending' && !sending.has(id), () => `an insert of invoice ${id}, ${state}, runs astray`);
      sending.add(id);
    }
    for (const [id, state] of lines)
      assertRule(state !== 'sending' || sending.has(id), () => `invoice ${id} is sending without an attempt`);
    for (const id of runningBatches)
      assertRule(intents.runningBatches.has(id), () => `batch ${id} runs, and nobody runs it`);
  }

  let lastChanges = -1;
  let lines: readonly InvoiceLine[] = [];
  let lastCards = -1;
  const lastStates = new Map<number, InvoiceState>();

  return {
    lastStates,
    lines: () => lines,
    read: () => selectInvoices.all(),
    check(wechat: ModelWeChat, observer: Observer, intents: Intents): void {
      const changes = selectChanges.get() ?? 0;
      const isChanged = changes !== lastChanges;
      if (isChanged) {
        lastChanges = changes;
        lines = selectInvoices.all();
        runningAttempts = selectRunningAttempts.all();
        runningBatches = selectRunningBatches.all();
        checkIntents(lines, intents);
        checkUnique(lines);
        checkStatuses(lines);
      }
      for (const [id, state, , , , code] of lines)
        if (state === 'issued' && code !== null && observer.pushedCodes.has(code)) observer.open.delete(id);
      for (const id of intents.settling) if (lastStateOf(lines, id) !== 'unknown') observer.open.delete(id);
      intents.settling.clear();
      for (const { invoiceId, told, states, code } of observer.takeExpected()) {
        const state = lastStateOf(lines, invoiceId);
        const isProven = observer.pushedCodes.has(lines.find(([id]) => id === invoiceId)?.[5] ?? '');
        assertRule(
          state !== undefined &&
            (states.includes(state) || (isProven && state === 'issued' && states.includes('unknown'))),
          () => `invoice ${invoiceId} was told ${told} and is ${state}, not ${states.join(' or ')}`,
        );
        if (code !== undefined) observer.codesTold.set(invoiceId, code);
      }
      // Where neither the records nor WeChat's books nor the calls under way changed, every rule holds as it did.
      const cards = wechat.cards.length + observer.open.size * 1000;
      if (!isChanged && cards === lastCards && !intents.hasEnded) return;
      lastCards = cards;
      intents.hasEnded = false;
      for (const line of lines) checkInvoice(line, wechat, observer, lastStates.get(line[0]));
      checkCards(lines, wechat);
      checkCalls(lines, observer, intents);
      lastStates.clear();
      for (const [id, state] of lines) lastStates.set(id, state);
    },
    /** Before a new seed. */
    forget(): void {
      lastStates.clear();
      lines = [];
      runningAttempts = [];
      runningBatches = [];
      lastChanges = -1;
      lastCards = -1;
    },
  };
}

function lastStateOf(lines: readonly InvoiceLine[], id: number): InvoiceState | undefined {
  return lines.find(([one]) => one === id)?.[1];
}
