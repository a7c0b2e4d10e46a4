import type { HttpAnswer, TransportFailure } from '../../../electron/wechat/transport.ts';
import type { Result } from '../../../shared/result.ts';
import type { ReimburseStatus } from '../../../shared/wechat/reimburse-status.ts';
import {
  answer,
  type Card,
  type Fate,
  faults,
  lost,
  processes,
  refusal,
  replyTo,
  type Told,
  timeoutMs,
  unreachable,
} from './fates.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** How WeChat treats a second insert; nobody outside knows which one it is. */
export const duplicateSemantics = ['by-order', 'by-number', 'accepts-all'] as const;
export type DuplicateSemantics = (typeof duplicateSemantics)[number];

/** One insert that the program handed to the network, as WeChat and the network saw it. */
export interface Wire {
  readonly serial: number;
  readonly orderId: string;
  readonly billingNo: string;
  readonly title: string;
  /** Whether a byte of it left. */
  readonly hasLeft: boolean;
  /** Still on its way to WeChat. */
  isPending: boolean;
}

export interface ModelWeChat {
  readonly cards: readonly Card[];
  readonly wires: readonly Wire[];
  readonly semantics: DuplicateSemantics;
  /** What the program's transport does with a request. */
  send(path: string, body: Uint8Array, told: (told: Told) => void): Promise<Result<HttpAnswer, TransportFailure>>;
  /** The network loses a part of what is on its way, as it does when the sender dies. */
  loseSome(): void;
  addForeignCard(orderId: string): void;
  rotateToken(): void;
  /** From now on everything works. */
  calm(): void;
  /** No more inserts today after this many; undefined: no limit. */
  setQuota(quota: number | undefined): void;
}

const dayMs = 86_400_000;
const tokenLifeMs = 7_200_000;

interface InsertJson {
  readonly order_id: string;
  readonly card_ext: { readonly user_card: { readonly invoice_user_data: { billing_no: string; title: string } } };
}

/**
 * WeChat and the network before it. Its books are the truth: what cards there are, which requests left, what is still on
 * its way, and what the program was told.
 */
export function createModelWeChat(parts: {
  readonly random: Random;
  readonly timeline: Timeline;
  readonly semantics: DuplicateSemantics;
  /** 0 … 1: how many calls go wrong. */
  readonly faultiness: number;
}): ModelWeChat {
  const { random, timeline, semantics } = parts;
  let faultiness = parts.faultiness;
  const cards: Card[] = [];
  const wires: Wire[] = [];
  const underWay: { readonly wire: Wire; readonly lose: () => void }[] = [];
  let tokenSerial = 1;
  let tokenUntil = timeline.now() + tokenLifeMs;
  let mediaSerial = 1_000_000_000;
  let quota: number | undefined;
  let today = -1;
  let insertsToday = 0;

  const token = () => `token-${tokenSerial}`;

  function isTokenGood(path: string): boolean {
    if (timeline.now() >= tokenUntil) rotateToken();
    return path.endsWith(`access_token=${token()}`);
  }

  function rotateToken(): void {
    tokenSerial += 1;
    tokenUntil = timeline.now() + tokenLifeMs;
  }

  function isOverQuota(): boolean {
    const day = Math.floor((timeline.now() + dayMs / 3) / dayMs);
    if (day !== today) {
      today = day;
      insertsToday = 0;
    }
    insertsToday += 1;
    return quota !== undefined && insertsToday > quota;
  }

  /** WeChat works on an insert: makes the card, or refuses it as the duplicate it is. */
  function make(wire: Wire): number | Card {
    wire.isPending = false;
    if (semantics === 'by-order' && cards.some(({ orderId }) => orderId === wire.orderId))
      return random.pick([72018, 72056]);
    if (semantics === 'by-number' && cards.some(({ billingNo }) => billingNo === wire.billingNo)) return 72042;
    const { orderId, billingNo, title } = wire;
    const code = String(10_000 + cards.length).padStart(12, '0');
    const card: Card = { orderId, billingNo, title, code, isOurs: true, status: 'INVOICE_REIMBURSE_INIT' };
    cards.push(card);
    return card;
  }

  function insertFate(path: string): Fate {
    if (!isTokenGood(path)) return 'token';
    return random.chance(faultiness) ? random.weighted(faults) : 'normal';
  }

  function settleAfter<Value>(milliseconds: number, value: () => Value): Promise<Value> {
    return new Promise((resolve) => {
      timeline.after(milliseconds, () => resolve(value()));
    });
  }

  function insert(path: string, body: Uint8Array, told: (told: Told) => void) {
    let fate = insertFate(path);
    // Made by this program's own encoder; what does not fit fails the seed.
    const json = JSON.parse(Buffer.from(body).toString()) as InsertJson;
    const { billing_no: billingNo, title } = json.card_ext.user_card.invoice_user_data;
    const wire: Wire = {
      serial: wires.length,
      orderId: json.order_id,
      billingNo,
      title,
      hasLeft: fate !== 'not-sent',
      isPending: processes.has(fate),
    };
    wires.push(wire);
    if (fate !== 'not-sent' && fate !== 'token' && isOverQuota()) {
      fate = 'day-limit';
      wire.isPending = false;
    }
    const isLate = fate === 'timeout-late';
    const replyMs = fate.startsWith('timeout') ? timeoutMs : random.between(20, 3000);
    let made: number | Card | undefined;
    if (wire.isPending) {
      const arrival = timeline.after(isLate ? random.between(timeoutMs, 4 * timeoutMs) : replyMs / 2, () => {
        made = make(wire);
      });
      underWay.push({
        wire,
        lose: () => {
          arrival.cancelled = true;
          wire.isPending = false;
        },
      });
    }
    return settleAfter(replyMs, () => {
      const [what, result] = replyTo(random, fate, made);
      if (what.kind === 'token' && isTokenGood(path)) rotateToken();
      told(what);
      return result;
    });
  }

  /** The other calls: done, refused, lost or not sent. */
  function plain(path: string, done: () => Result<HttpAnswer, TransportFailure>) {
    const isRefused = !isTokenGood(path);
    const trouble = random.chance(faultiness / 3) ? random.pick(['lost', 'unreachable', 'busy'] as const) : undefined;
    return settleAfter(random.between(20, 2000), () => {
      if (trouble === 'unreachable') return unreachable();
      if (isRefused) return refusal(42001);
      if (trouble === 'busy') return refusal(-1);
      const result = done();
      return trouble === 'lost' ? lost() : result;
    });
  }

  function setStatus(body: Uint8Array) {
    // Made by this program's own encoder.
    const { code, reimburse_status } = JSON.parse(Buffer.from(body).toString()) as {
      readonly code: string;
      readonly reimburse_status: ReimburseStatus;
    };
    const card = cards.find((one) => one.code === code);
    if (!card) return refusal(72015);
    card.status = reimburse_status;
    return answer({ errcode: 0, errmsg: 'ok' });
  }

  return {
    cards,
    wires,
    semantics,
    send(path, body, told) {
      if (path.startsWith('/cgi-bin/stable_token')) {
        const trouble = random.chance(faultiness / 4)
          ? random.pick<() => Result<HttpAnswer, TransportFailure>>([unreachable, lost])
          : undefined;
        return settleAfter(random.between(10, 200), () => {
          if (trouble) return trouble();
          if (timeline.now() >= tokenUntil) rotateToken();
          return answer({ access_token: token(), expires_in: Math.ceil((tokenUntil - timeline.now()) / 1000) });
        });
      }
      if (path.startsWith('/card/invoice/insert')) return insert(path, body, told);
      if (path.startsWith('/card/invoice/platform/updatestatus')) return plain(path, () => setStatus(body));
      return plain(path, () => {
        mediaSerial += 1;
        return answer({ errcode: 0, errmsg: 'ok', s_media_id: String(mediaSerial) });
      });
    },
    loseSome() {
      for (const { wire, lose } of underWay) if (wire.isPending && random.chance(0.4)) lose();
    },
    addForeignCard(orderId) {
      const code = String(90_000 + cards.length).padStart(12, '0');
      const status = 'INVOICE_REIMBURSE_INIT';
      cards.push({ orderId, billingNo: `foreign-${orderId}`, title: 'foreign', code, isOurs: false, status });
    },
    rotateToken,
    calm() {
      faultiness = 0;
      quota = undefined;
    },
    setQuota(most) {
      quota = most;
    },
  };
}
