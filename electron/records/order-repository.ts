import type { Database } from 'better-sqlite3';
import type { NewOrder, Order, OrderCounts } from '../../shared/contract/order-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { type OrderStage, orderStages, type UserTitle } from '../../shared/invoice/order.ts';
import type { StoredAccount } from './account-repository.ts';

type Owner = Pick<StoredAccount, 'id' | 'kind' | 'appid'>;

interface Row extends Omit<Order, 'link' | 'title' | 'rejection' | 'error' | 'invoice'> {
  readonly linkUrl: string | null;
  readonly linkAppid: string | null;
  readonly linkAt: string | null;
  readonly title: string | null;
  readonly rejectReason: string | null;
  readonly rejectUrl: string | null;
  readonly rejectedAt: string | null;
  readonly error: string | null;
  readonly invoiceId: number | null;
  readonly invoiceState: NonNullable<Order['invoice']>['state'] | null;
}

function toOrder(row: Row): Order {
  const { linkUrl, linkAppid, linkAt, title, rejectReason, rejectUrl, rejectedAt, error, ...rest } = row;
  const { invoiceId, invoiceState, ...order } = rest;
  return {
    ...order,
    link: linkUrl !== null && linkAt !== null ? { url: linkUrl, appid: linkAppid, obtainedAt: linkAt } : null,
    // Both are written by this repository only.
    title: title === null ? null : (JSON.parse(title) as UserTitle),
    error: error === null ? null : (JSON.parse(error) as AppError),
    rejection: rejectedAt === null ? null : { reason: rejectReason ?? '', url: rejectUrl ?? '', at: rejectedAt },
    invoice: invoiceId !== null && invoiceState !== null ? { id: invoiceId, state: invoiceState } : null,
  };
}

const live = "('prepared', 'sending', 'issued', 'unknown')";

// What became of its invoice tells more than what became of its authorisation: cards of before the order was known here
// count as well. The invoice is the one that has the order for ever, or else the latest that asks for it.
const staged = `(
  SELECT o.*, i.id AS invoice_id, i.state AS invoice_state,
    CASE WHEN o.state IN ('rejected', 'rejecting') THEN o.state
      WHEN i.state = 'issued' THEN 'issued'
      WHEN i.state IN ${live} THEN 'issuing'
      WHEN o.dismissed_at IS NOT NULL THEN 'dismissed'
      ELSE o.state END AS stage
  FROM customer_order o LEFT JOIN invoice i ON i.id = (
    SELECT id FROM invoice WHERE realm = o.realm AND appid = o.appid AND order_id = o.order_id
    ORDER BY state IN ${live} DESC, id DESC LIMIT 1)
)`;

const columns = `id, account_id AS accountId, order_id AS orderId, money_fen AS moneyFen, note, kind, source,
  redirect_url AS redirectUrl, stage, link_url AS linkUrl, link_appid AS linkAppid, link_at AS linkAt,
  authorised_at AS authorisedAt, openid, title, reject_reason AS rejectReason, reject_url AS rejectUrl,
  rejected_at AS rejectedAt, error, checked_at AS checkedAt, next_check_at AS nextCheckAt,
  invoice_id AS invoiceId, invoice_state AS invoiceState, created_at AS createdAt, updated_at AS updatedAt`;

interface ListFilter {
  readonly accountId?: number | undefined;
  readonly stage?: OrderStage | undefined;
  readonly text?: string;
  readonly beforeId?: number | undefined;
  readonly limit: number;
}

const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function statements(database: Database) {
  const set = (assignments: string, condition = '') =>
    database.prepare<[Record<string, string | number | null>]>(
      `UPDATE customer_order SET ${assignments}, updated_at = :now WHERE id = :id${condition}`,
    );
  return {
    insert: database.prepare<[Record<string, string | number>]>(
      `INSERT INTO customer_order (account_id, realm, appid, order_id, money_fen, note, kind, source, redirect_url, state,
         created_at, updated_at)
       VALUES (:accountId, :realm, :appid, :orderId, :moneyFen, :note, :kind, :source, :redirectUrl, 'no-link', :now, :now)
       ON CONFLICT (realm, appid, order_id) DO NOTHING`,
    ),
    change: set(
      'money_fen = :moneyFen, note = :note, kind = :kind, source = :source, redirect_url = :redirectUrl',
      " AND state = 'no-link'",
    ),
    link: set(
      `link_url = :url, link_appid = :appid, link_at = :now, error = NULL, next_check_at = :nextCheckAt,
       dismissed_at = NULL, state = CASE WHEN state IN ('no-link', 'failed') THEN 'waiting' ELSE state END`,
      " AND state NOT IN ('rejecting', 'rejected')",
    ),
    authorise: set(
      `state = 'authorised', authorised_at = coalesce(authorised_at, :at), openid = coalesce(:openid, openid),
       title = coalesce(:title, title), error = NULL, next_check_at = :nextCheckAt`,
      " AND state NOT IN ('rejecting', 'rejected')",
    ),
    failAuthorisation: set("state = 'failed', next_check_at = :nextCheckAt", " AND state IN ('no-link', 'waiting')"),
    checked: set('checked_at = :now, next_check_at = :nextCheckAt, error = :error'),
    checkAt: set('next_check_at = :nextCheckAt'),
    error: set('error = :error'),
    beginRejection: set(
      "state = 'rejecting', reject_reason = :reason, reject_url = :url, next_check_at = NULL",
      " AND state <> 'rejected'",
    ),
    endRejection: set("state = 'rejected', rejected_at = :now, next_check_at = NULL, error = NULL"),
    takeBackRejection: set(
      `state = CASE WHEN authorised_at IS NOT NULL THEN 'authorised' WHEN link_url IS NOT NULL THEN 'waiting'
         ELSE 'no-link' END, reject_reason = NULL, reject_url = NULL, next_check_at = :nextCheckAt, error = :error`,
      " AND state = 'rejecting'",
    ),
    dismiss: set('dismissed_at = :dismissedAt, next_check_at = :nextCheckAt'),
  };
}

/** The orders that customers are asked to authorise. Times are ISO-8601 in UTC. */
export function createOrderRepository(database: Database) {
  const run = statements(database);
  const selectOne = database.prepare<[number], Row>(`SELECT ${columns} FROM ${staged} WHERE id = ?`);
  const selectByOrder = database.prepare<[string, string, string], Row>(
    `SELECT ${columns} FROM ${staged} WHERE realm = ? AND appid = ? AND order_id = ?`,
  );
  const selectList = database.prepare<[Record<string, string | number | null>], Row>(
    `SELECT ${columns} FROM ${staged} WHERE (:accountId IS NULL OR account_id = :accountId)
       AND (:stage IS NULL OR stage = :stage) AND (:beforeId IS NULL OR id < :beforeId)
       AND (:text IS NULL OR order_id LIKE :text ESCAPE '\\' OR note LIKE :text ESCAPE '\\' OR title LIKE :text ESCAPE '\\')
     ORDER BY id DESC LIMIT :limit`,
  );
  const countStages = database.prepare<[Record<string, number | null>], { stage: OrderStage; count: number }>(
    `SELECT stage, count(*) AS count FROM ${staged} WHERE :accountId IS NULL OR account_id = :accountId GROUP BY stage`,
  );
  const selectWithoutLink = database
    .prepare<[number], number>(`SELECT id FROM ${staged} WHERE account_id = ? AND stage = 'no-link' ORDER BY id`)
    .pluck();
  const selectDue = database
    .prepare<[string, string, number], number>(
      `SELECT id FROM customer_order WHERE next_check_at <= ? AND account_id NOT IN (SELECT value FROM json_each(?))
       ORDER BY next_check_at LIMIT ?`,
    )
    .pluck();
  const selectRejected = database
    .prepare<[string, string, string], string>(
      `SELECT state FROM customer_order WHERE realm = ? AND appid = ? AND order_id = ?
         AND state IN ('rejecting', 'rejected')`,
    )
    .pluck();
  const find = (id: number): Order | undefined => {
    const row = selectOne.get(id);
    return row && toOrder(row);
  };
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return {
    find,
    findByOrder({ kind, appid }: Omit<Owner, 'id'>, orderId: string): Order | undefined {
      const row = selectByOrder.get(kind, appid, orderId);
      return row && toOrder(row);
    },
    /** Stores an order without a link. @returns undefined where its number is known already */
    create(owner: Owner, order: NewOrder, now: string): Order | undefined {
      const { id: accountId, kind: realm, appid } = owner;
      const { changes, lastInsertRowid } = run.insert.run({ ...order, accountId, realm, appid, now });
      return changes === 1 ? find(Number(lastInsertRowid)) : undefined;
    },
    /** Gives an order that has no link yet other content. */
    change(id: number, order: NewOrder, now: string): boolean {
      return run.change.run({ ...order, id, now }).changes === 1;
    },
    /** Newest first. */
    list: ({ accountId, stage, text = '', beforeId, limit }: ListFilter): Order[] =>
      selectList
        .all({
          accountId: accountId ?? null,
          stage: stage ?? null,
          text: text === '' ? null : likePattern(text),
          beforeId: beforeId ?? null,
          limit,
        })
        .map(toOrder),
    counts(accountId: number | undefined): OrderCounts {
      const found = countStages.all({ accountId: accountId ?? null });
      const counts = Object.fromEntries(orderStages.map((stage) => [stage, 0])) as OrderCounts; // exactly the stages
      for (const { stage, count } of found) counts[stage] = count;
      return counts;
    },
    /** In the order in which they were stored. */
    idsWithoutLink: (accountId: number): number[] => selectWithoutLink.all(accountId),
    /**
     * Orders that WeChat is to be asked about by now, the longest due first.
     * @param without accounts that are left out
     */
    idsDue: (now: string, without: readonly number[], limit: number): number[] =>
      selectDue.all(now, JSON.stringify(without), limit),
    /** Whether an order was rejected, or was to be and nobody knows: an insert for it can only fail (72035). */
    isRejected: ({ kind, appid }: Omit<Owner, 'id'>, orderId: string): boolean =>
      selectRejected.get(kind, appid, orderId) !== undefined,
    noteLink(
      id: number,
      link: { readonly url: string; readonly appid: string | null },
      at: { readonly now: string; readonly nextCheckAt: string | null },
    ): void {
      run.link.run({ id, ...link, ...at });
    },
    /** @returns false where it was rejected meanwhile */
    noteAuthorised(
      id: number,
      facts: { readonly at: string; readonly openid: string | null; readonly title: UserTitle | null },
      at: { readonly now: string; readonly nextCheckAt: string | null },
    ): boolean {
      return run.authorise.run({ id, ...facts, title: json(facts.title), ...at }).changes === 1;
    },
    /** WeChat says that the customer could not, or would not, authorise. */
    noteFailed(id: number, at: { readonly now: string; readonly nextCheckAt: string }): void {
      run.failAuthorisation.run({ id, ...at });
    },
    /** WeChat was asked and knew nothing new, or did not answer. */
    noteChecked(
      id: number,
      error: AppError | null,
      at: { readonly now: string; readonly nextCheckAt: string | null },
    ): void {
      run.checked.run({ id, error: json(error), ...at });
    },
    checkAt(id: number, nextCheckAt: string | null, now: string): void {
      run.checkAt.run({ id, nextCheckAt, now });
    },
    noteError(id: number, error: AppError, now: string): void {
      run.error.run({ id, error: json(error), now });
    },
    /** Before WeChat is told: from here on nothing is inserted for the order. @returns false where it is rejected */
    beginRejection(id: number, words: { readonly reason: string; readonly url: string }, now: string): boolean {
      return run.beginRejection.run({ id, ...words, now }).changes === 1;
    },
    endRejection(id: number, now: string): void {
      run.endRejection.run({ id, now });
    },
    /** WeChat refused the rejection, or it certainly never got there. */
    takeBackRejection(
      id: number,
      error: AppError,
      at: { readonly now: string; readonly nextCheckAt: string | null },
    ): void {
      run.takeBackRejection.run({ id, error: json(error), ...at });
    },
    dismiss(
      id: number,
      dismissedAt: string | null,
      at: { readonly now: string; readonly nextCheckAt: string | null },
    ): void {
      run.dismiss.run({ id, dismissedAt, ...at });
    },
  };
}
