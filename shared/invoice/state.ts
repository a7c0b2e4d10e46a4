import type { Text } from '../text.ts';

/** Where an invoice stands. `unknown`: the request went out and no answer came. */
export const invoiceStates = ['draft', 'prepared', 'sending', 'issued', 'rejected', 'unknown'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** The words of the screen for the states. */
export const invoiceStateLabels: Readonly<Record<InvoiceState, Text>> = {
  draft: { zhCN: '草稿', en: 'Draft' },
  prepared: { zhCN: '待发送', en: 'Ready to send' },
  sending: { zhCN: '正在开具', en: 'Being issued' },
  issued: { zhCN: '已开具', en: 'Issued' },
  rejected: { zhCN: '被微信拒绝', en: 'Rejected by WeChat' },
  unknown: { zhCN: '结果未知', en: 'Outcome unknown' },
};

/**
 * What can happen to an invoice. `prepare`: PDF uploaded, exact bytes and nonce_str stored. `send`: about to put the
 * first byte on the wire. `not-sent`: certain that no byte left. `put-off`: WeChat says it did nothing yet, try later.
 * `accept`, `refuse`: WeChat answered. `lose`: no answer that settles it. `edit`: a person changes the content. `found`,
 * `absent`: a person, a push or a decoded link settles it.
 */
export const invoiceEvents = [
  'edit',
  'prepare',
  'send',
  'not-sent',
  'put-off',
  'accept',
  'refuse',
  'lose',
  'ask-again',
  'found',
  'absent',
] as const;
export type InvoiceEvent = (typeof invoiceEvents)[number];

/**
 * The one table of moves; what is not in it is illegal. `found` of a draft or a prepared one: after a restore, when a
 * person sees the card of an invoice that was sent later than the backup.
 */
export const invoiceTransitions = {
  draft: { edit: 'draft', prepare: 'prepared', found: 'issued' },
  prepared: { edit: 'draft', prepare: 'prepared', send: 'sending', found: 'issued' },
  sending: { 'not-sent': 'prepared', 'put-off': 'prepared', accept: 'issued', refuse: 'rejected', lose: 'unknown' },
  issued: {},
  rejected: { edit: 'draft', prepare: 'prepared', found: 'issued' },
  unknown: { 'ask-again': 'sending', found: 'issued', absent: 'prepared' },
} as const satisfies Record<InvoiceState, Partial<Record<InvoiceEvent, InvoiceState>>>;

/** The events that may happen in a state; of several states, those that may happen in each of them. */
export type EventIn<State extends InvoiceState> = keyof (typeof invoiceTransitions)[State] & InvoiceEvent;

/** The states in which an event may happen. */
export type StateWith<Event extends InvoiceEvent> = {
  [State in InvoiceState]: Event extends EventIn<State> ? State : never;
}[InvoiceState];

/** Whether an event may happen in a state. */
export function allows<Event extends InvoiceEvent>(state: InvoiceState, event: Event): state is StateWith<Event> {
  return nextState(state, event) !== undefined;
}

/** The state after an event, or undefined where the move is illegal. */
export function nextState(state: InvoiceState, event: InvoiceEvent): InvoiceState | undefined {
  const moves: Partial<Record<InvoiceEvent, InvoiceState>> = invoiceTransitions[state];
  return moves[event];
}
