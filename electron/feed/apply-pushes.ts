import { createHash } from 'node:crypto';
import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { RelayedPush } from '../../shared/relay/relay-wire.ts';
import type { Result } from '../../shared/result.ts';
import type { PairedKeys } from '../accounts/pairing-store.ts';
import { recordPush } from '../issuing/card-status.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { Records } from '../records/records.ts';
import { decodePush, type WeChatPush } from '../wechat/push.ts';

/** The Event of a push with which the way from WeChat's side to here is tried out. */
export const testEvent = 'fapiao_desk_test';

type Arrived = Pick<RelayedPush, 'query' | 'body'>;

const digestOf = ({ query, body }: Arrived): string =>
  createHash('sha256').update(`${query.msgSignature}\n${query.signature}\n${body}`).digest('base64url');

/** Decodes with the keys of now, or with those before the last pairing. */
export function decodeArrived(
  { appid }: StoredAccount,
  { current, earlier }: PairedKeys,
  { query, body }: Arrived,
): Result<WeChatPush, AppError> {
  const withKeys = ({ token, encodingAesKey }: NonNullable<PairedKeys['earlier']>) =>
    decodePush({ body, query, appid, token, encodingAesKey });
  const decoded = withKeys(current);
  if (decoded.ok || !earlier) return decoded;
  const byEarlier = withKeys(earlier);
  return byEarlier.ok ? byEarlier : decoded;
}

export interface Applied {
  /** Events that were not known before. */
  readonly events: readonly StatusEvent[];
  /** What the test pushes among them carry. */
  readonly tests: readonly string[];
  readonly unread: number;
}

/**
 * Takes pushes of a relay into the records, with the place that was reached, as one durable step: none is lost between
 * the two, and none counts twice. What cannot be decoded is kept as it came.
 * @param receivedAt ISO-8601 in UTC
 */
export function applyPushes(
  records: Records,
  account: StoredAccount,
  keys: PairedKeys,
  pushes: readonly RelayedPush[],
  receivedAt: string,
): Applied {
  const events: StatusEvent[] = [];
  const tests: string[] = [];
  let unread = 0;
  const last = pushes.at(-1);
  if (!last) return { events, tests, unread };
  records.inTransaction(() => {
    for (const arrived of pushes) {
      const { query, body } = arrived;
      const decoded = decodeArrived(account, keys, arrived);
      if (!decoded.ok) {
        const digest = digestOf(arrived);
        records.relays.keepUnread({ accountId: account.id, digest, receivedAt, query, body, reason: decoded.error });
        unread += 1;
      } else if (decoded.value.event === testEvent) tests.push(decoded.value.raw);
      else {
        const event = recordPush(records, account, decoded.value, receivedAt);
        if (event) events.push(event);
      }
    }
    records.relays.advance(account.id, last.cursor, receivedAt);
  });
  return { events, tests, unread };
}

/** Decodes again what could not be decoded before. */
export function applyUnread(
  records: Records,
  account: StoredAccount,
  keys: PairedKeys,
  now: string,
): { readonly events: readonly StatusEvent[]; readonly read: number; readonly left: number } {
  const events: StatusEvent[] = [];
  let read = 0;
  const pageSize = 200;
  let afterId = 0;
  for (;;) {
    const page = records.relays.listUnread(account.id, pageSize, afterId);
    records.inTransaction(() => {
      for (const push of page) {
        const decoded = decodeArrived(account, keys, push);
        if (!decoded.ok) continue;
        const event = recordPush(records, account, decoded.value, now);
        if (event) events.push(event);
        records.relays.removeUnread(push.id);
        read += 1;
      }
    });
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    afterId = last.id;
  }
  return { events, read, left: records.relays.countUnread(account.id) };
}
