import type { Database } from 'better-sqlite3';
import type { DecodedLink } from '../../shared/contract/follow-up-operations.ts';
import { createOneStep } from './one-step.ts';

interface Row {
  readonly id: number;
  readonly account_id: number;
  readonly code: string;
  readonly card_id: string;
  readonly invoice_id: number | null;
  readonly decoded_at: string;
}

/** An account's older ones are forgotten. */
const mostKept = 500;

function toDecodedLink(row: Row): DecodedLink {
  return {
    id: row.id,
    accountId: row.account_id,
    code: row.code,
    cardId: row.card_id,
    invoiceId: row.invoice_id,
    decodedAt: row.decoded_at,
  };
}

export function createDecodedLinkRepository(database: Database) {
  const inOneStep = createOneStep(database);
  // Replacing gives a new id, so that a link that was decoded again is the newest.
  const insert = database.prepare<[Omit<DecodedLink, 'id' | 'invoiceId'>]>(
    `INSERT OR REPLACE INTO decoded_link (account_id, code, card_id, decoded_at)
     VALUES (:accountId, :code, coalesce(nullif(:cardId, ''),
       (SELECT card_id FROM decoded_link WHERE account_id = :accountId AND code = :code), ''), :decodedAt)`,
  );
  const deleteOld = database.prepare<[{ accountId: number; most: number }]>(
    `DELETE FROM decoded_link WHERE account_id = :accountId AND id <=
       (SELECT id FROM decoded_link WHERE account_id = :accountId ORDER BY id DESC LIMIT 1 OFFSET :most)`,
  );
  const selectNewest = database.prepare<[number, number], Row>(
    `SELECT link.*, (SELECT min(invoice.id) FROM invoice
       WHERE invoice.account_id = link.account_id AND invoice.card_code = link.code) AS invoice_id
     FROM decoded_link AS link WHERE link.account_id = ? ORDER BY link.id DESC LIMIT ?`,
  );
  const deleteAll = database.prepare<[number]>('DELETE FROM decoded_link WHERE account_id = ?');
  return {
    /** Keeps what a link held, the newest few hundred of an account. */
    record(link: Omit<DecodedLink, 'id' | 'invoiceId'>): void {
      inOneStep(() => {
        insert.run(link);
        deleteOld.run({ accountId: link.accountId, most: mostKept });
      });
    },
    list: (accountId: number, limit: number): DecodedLink[] => selectNewest.all(accountId, limit).map(toDecodedLink),
    clear: (accountId: number): void => void deleteAll.run(accountId),
  };
}
