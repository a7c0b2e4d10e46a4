import type { HttpAnswer, TransportFailure } from '../../../electron/wechat/transport.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ReimburseStatus } from '../../../shared/wechat/reimburse-status.ts';
import type { Random } from './random.ts';

export interface Card {
  readonly orderId: string;
  readonly billingNo: string;
  readonly title: string;
  readonly code: string;
  /** Made by this program; other cards were there before. */
  readonly isOurs: boolean;
  status: ReimburseStatus;
}

/** What the program was told about an insert. */
export type Told =
  | { readonly kind: 'issued'; readonly code: string | null }
  | { readonly kind: 'landed' | 'put-off' | 'refused' | 'not-sent' | 'busy' | 'nothing' | 'token' };

/** What becomes of one insert. */
export type Fate =
  | 'normal'
  | 'not-sent'
  | 'lost-before'
  | 'timeout-before'
  | 'lost-after'
  | 'timeout-late'
  | 'http-before'
  | 'http-after'
  | 'junk-after'
  | 'busy-before'
  | 'busy-after'
  | 'put-off'
  | 'day-limit'
  | 'refused-input'
  | 'refused-pdf'
  | 'refused-account'
  | 'token'
  | 'without-code';

/** What goes wrong, and how often beside each other. */
export const faults: readonly (readonly [number, Fate])[] = [
  [8, 'not-sent'],
  [8, 'lost-before'],
  [4, 'timeout-before'],
  [12, 'lost-after'],
  [8, 'timeout-late'],
  [4, 'http-before'],
  [4, 'http-after'],
  [4, 'junk-after'],
  [6, 'busy-before'],
  [6, 'busy-after'],
  [14, 'put-off'],
  [3, 'day-limit'],
  [6, 'refused-input'],
  [3, 'refused-pdf'],
  [2, 'refused-account'],
  [6, 'token'],
  [5, 'without-code'],
];

/** After these WeChat has worked on it. */
export const processes: ReadonlySet<Fate> = new Set([
  'normal',
  'lost-after',
  'timeout-late',
  'http-after',
  'junk-after',
  'busy-after',
  'without-code',
]);
export const timeoutMs = 30_000;

type Reply = Result<HttpAnswer, TransportFailure>;

export const answer = (fields: object) => ok({ status: 200, text: JSON.stringify(fields) });
export const refusal = (errcode: number) => answer({ errcode, errmsg: 'simulated' });
export const lost = () => fail({ kind: 'connection-lost', sent: true, cause: 'ECONNRESET' } as const);
export const unreachable = () => fail({ kind: 'unreachable', sent: false, cause: 'ECONNREFUSED' } as const);
const tooLate = () => fail({ kind: 'timeout', sent: true, seconds: timeoutMs / 1000 } as const);

/** What the program is told at the end, when WeChat has made what it makes. */
export function replyTo(random: Random, fate: Fate, made: number | Card | undefined): [Told, Reply] {
  switch (fate) {
    case 'normal':
    case 'without-code': {
      if (typeof made === 'number') return [{ kind: 'landed' }, refusal(made)];
      const code = fate === 'without-code' || !made ? null : made.code;
      return [
        { kind: 'issued', code },
        answer({ errcode: 0, errmsg: 'ok', ...(code === null ? {} : { code }), openid: 'o-buyer' }),
      ];
    }
    case 'not-sent':
      return [{ kind: 'not-sent' }, unreachable()];
    case 'lost-before':
    case 'lost-after':
      return [{ kind: 'nothing' }, lost()];
    case 'timeout-before':
    case 'timeout-late':
      return [{ kind: 'nothing' }, tooLate()];
    case 'http-before':
    case 'http-after':
      return [{ kind: 'nothing' }, ok({ status: random.pick([500, 502, 503]), text: '' })];
    case 'junk-after':
      return [{ kind: 'nothing' }, ok({ status: 200, text: random.pick(['', '<html>', '{"errcode":']) })];
    case 'busy-before':
    case 'busy-after':
      return [{ kind: 'busy' }, refusal(-1)];
    case 'put-off':
      return [{ kind: 'put-off' }, refusal(random.pick([45011, 72036, 72054]))];
    case 'day-limit':
      return [{ kind: 'refused' }, refusal(random.pick([45009, 72057]))];
    case 'refused-input':
      return [{ kind: 'refused' }, refusal(random.pick([72038, 72035, 72028, 72017]))];
    case 'refused-pdf':
      return [{ kind: 'refused' }, refusal(72040)];
    case 'refused-account':
      return [{ kind: 'refused' }, refusal(48001)];
    case 'token':
      return [{ kind: 'token' }, refusal(random.pick([40001, 40014, 42001]))];
  }
}
