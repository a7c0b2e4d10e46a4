import { request } from 'undici';
import type {
  AuthoriseInput,
  CardRecord,
  Misbehaviour,
  MisbehaviourInput,
  OrderRecord,
  PracticeApp,
  PracticeBooks,
  PracticeSettings,
  PushInput,
  PushOutcome,
  ReimburseStatusName,
} from './practice-types.ts';

async function call<Answer>(url: string, method: 'GET' | 'POST' | 'DELETE', path: string, input?: object) {
  const answer = await request(`${url}/practice/${path}`, {
    method,
    // One connection a call: none stays open that a closing server would have to wait for.
    reset: true,
    ...(input === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`practice server, ${path}: ${answer.statusCode} ${text}`);
  // Both ends are of one build, and control.ts writes exactly these shapes.
  return JSON.parse(text) as Answer;
}

export type PracticeControl = ReturnType<typeof createPracticeControl>;

/** Steers a practice server. Every function throws where the server refuses: that is a fault of the caller. */
export function createPracticeControl(url: string) {
  const post = <Answer = unknown>(path: string, input: object) => call<Answer>(url, 'POST', path, input);
  return {
    books: () => call<PracticeBooks>(url, 'GET', 'books'),
    /** Adds an account, or changes the one of that appid. */
    putApp: (app: PracticeApp) => post('apps', app),
    settings: (change: Partial<PracticeSettings>) => post<PracticeSettings>('settings', change),
    defaultSettings: () => post('settings/default', {}),
    /** Plays the customer who authorises an order. */
    authorise: (input: AuthoriseInput) =>
      post<{ readonly order: OrderRecord; readonly push: PushOutcome | null }>('authorise', input),
    misbehave: (rule: MisbehaviourInput) => post('misbehave', rule),
    /** The misbehaviours that are still to come. */
    misbehaviours: () => call<readonly Misbehaviour[]>(url, 'GET', 'misbehave'),
    /** Ends every misbehaviour. */
    behave: () => call(url, 'DELETE', 'misbehave'),
    push: (input: PushInput) => post<PushOutcome>('push', input),
    handshake: (input: { readonly appid: string; readonly spoil?: boolean }) =>
      post<PushOutcome & { readonly echostr: string }>('handshake', input),
    /** Plays a reimbursing company. */
    reimburse: (input: { readonly code: string; readonly status: ReimburseStatusName }) =>
      post<{ readonly card: CardRecord; readonly push: PushOutcome | null }>('reimburse', input),
    /** The address a customer reaches through the card's entry button. */
    redirectLink: (input: { readonly code: string; readonly entry?: 'custom' | 'promotion' }) =>
      post<{ readonly encryptCode: string; readonly cardId: string; readonly url: string }>('redirect-link', input),
    advance: (seconds: number) => post<{ readonly now: number }>('advance', { seconds }),
    /** Empties the books; the accounts stay. */
    reset: () => post('reset', {}),
  };
}
