import type { Database } from 'better-sqlite3';
import { type Buyer, mostBuyers } from '../../shared/contract/invoice-operations.ts';

/** Invoices looked through, newest first: a bound on the time, whatever the number of records. */
const mostLookedAt = 3000;

export function createBuyerRepository(database: Database) {
  const selectRecent = database.prepare<{ accountId: number; text: string; lookedAt: number; limit: number }, Buyer>(
    `SELECT title, buyer_number AS buyerNumber, buyer_address_and_phone AS buyerAddressAndPhone,
       buyer_bank_account AS buyerBankAccount, max(id) AS newest
     FROM (SELECT * FROM invoice ORDER BY id DESC LIMIT :lookedAt)
     WHERE account_id = :accountId AND title <> '' AND state <> 'draft'
       AND (instr(title, :text) > 0 OR (:text <> '' AND instr(buyer_number, upper(:text)) = 1))
     GROUP BY title, buyer_number ORDER BY newest DESC LIMIT :limit`,
  );
  return {
    /** Buyers of recent invoices whose name holds the text or whose tax ID begins with it, newest first. */
    suggest: (accountId: number, text: string): Buyer[] =>
      selectRecent
        .all({ accountId, text, lookedAt: mostLookedAt, limit: mostBuyers })
        .map(({ title, buyerNumber, buyerAddressAndPhone, buyerBankAccount }) => ({
          title,
          buyerNumber,
          buyerAddressAndPhone,
          buyerBankAccount,
        })),
  };
}
