import type { Database } from 'better-sqlite3';
import type { InputOf } from '../../shared/contract/contract.ts';
import type { StatusEvent } from '../../shared/contract/invoice-operations.ts';

type EventFilter = InputOf<'event.list'>;

interface Row {
  readonly id: number;
  readonly account_id: number;
  readonly invoice_id: number | null;
  readonly event: string;
  readonly card_id: string;
  readonly code: string;
  readonly order_id: string;
  readonly status: string;
  readonly openid: string;
  readonly create_time: number;
  readonly source: StatusEvent['source'];
  readonly authenticated: 0 | 1;
  readonly received_at: string;
}

function toEvent(row: Row): StatusEvent {
  return {
    id: row.id,
    accountId: row.account_id,
    invoiceId: row.invoice_id,
    event: row.event,
    cardId: row.card_id,
    code: row.code,
    orderId: row.order_id,
    status: row.status,
    openid: row.openid,
    createTime: row.create_time,
    source: row.source,
    authenticated: row.authenticated === 1,
    receivedAt: row.received_at,
  };
}

export function createEventRepository(database: Database) {
  const insert = database.prepare<[Record<string, string | number | null>], Row>(
    `INSERT INTO status_event (account_id, invoice_id, dedupe_key, event, card_id, code, order_id, status, openid, create_time,
       source, authenticated, received_at, raw)
     VALUES (:accountId, :invoiceId, :dedupeKey, :event, :cardId, :code, :orderId, :status, :openid, :createTime,
       :source, :authenticated, :receivedAt, :raw)
     ON CONFLICT (dedupe_key) DO NOTHING RETURNING *`,
  );
  const selectNewest = database.prepare<[Record<string, string | number | null>], Row>(
    `SELECT * FROM status_event WHERE (:accountId IS NULL OR account_id = :accountId)
       AND (:status IS NULL OR status = :status) AND (:source IS NULL OR source = :source)
       AND (:withoutInvoice = 0 OR (invoice_id IS NULL AND code <> ''))
       AND (:beforeId IS NULL OR id < :beforeId) ORDER BY id DESC LIMIT :limit`,
  );
  // `+`: see the invoice repository.
  const selectByInvoice = database.prepare<[number], Row>(
    'SELECT * FROM status_event WHERE invoice_id = +? ORDER BY create_time, id',
  );
  const selectParked = database
    .prepare<[number, string], [code: string, firstTime: number]>(
      `SELECT code, min(create_time) FROM status_event
       WHERE account_id = +? AND card_id = +? AND invoice_id IS NULL AND authenticated = 1 AND code <> '' GROUP BY code`,
    )
    .raw();
  const adopt = database.prepare(
    `UPDATE status_event SET invoice_id = :invoiceId
     WHERE invoice_id IS NULL AND account_id = +:accountId AND card_id = +:cardId AND code = +:code`,
  );
  return {
    /** Stores an event; undefined where one with the same key was stored before. */
    record(
      event: Omit<StatusEvent, 'id'> & { readonly dedupeKey: string; readonly raw: string },
    ): StatusEvent | undefined {
      const row = insert.get({ ...event, authenticated: event.authenticated ? 1 : 0 });
      return row && toEvent(row);
    },
    /** Newest first; what is not named is no matter. */
    list: ({ accountId, beforeId, status, source, withoutInvoice, limit }: EventFilter): StatusEvent[] =>
      selectNewest
        .all({
          accountId: accountId ?? null,
          beforeId: beforeId ?? null,
          status: status ?? null,
          source: source ?? null,
          withoutInvoice: withoutInvoice ? 1 : 0,
          limit,
        })
        .map(toEvent),
    /**
     * Codes of a template that only WeChat has named so far, in pushes whose signature covers them, each with the
     * CreateTime (seconds) at which it was named first.
     */
    listParkedCodes: (accountId: number, cardId: string): { readonly code: string; readonly createTime: number }[] =>
      selectParked.all(accountId, cardId).map(([code, createTime]) => ({ code, createTime })),
    /** Gives the events that came before the code was known to the invoice it belongs to. */
    adopt(of: {
      readonly invoiceId: number;
      readonly accountId: number;
      readonly cardId: string;
      readonly code: string;
    }): number {
      return adopt.run(of).changes;
    },
    listOfInvoice: (invoiceId: number): StatusEvent[] => selectByInvoice.all(invoiceId).map(toEvent),
  };
}
