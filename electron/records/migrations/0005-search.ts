import type { Migration } from './migration.ts';

export const searchMigration: Migration = {
  version: 5,
  name: 'search',
  sql: `
-- Invoices whose texts have changed, in the order of the changes: what the index of texts, a file of its own beside this
-- one, has still to take over. The newest row always stays, so that no number is given twice.
CREATE TABLE search_change (
  seq INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL -- of an invoice that may be gone meanwhile
) STRICT;
CREATE TRIGGER search_change_insert AFTER INSERT ON invoice BEGIN
  INSERT INTO search_change (invoice_id) VALUES (NEW.id);
END;
CREATE TRIGGER search_change_update
AFTER UPDATE OF billing_no, billing_code, order_id, title, buyer_number, remarks ON invoice
WHEN (NEW.billing_no, NEW.billing_code, NEW.order_id, NEW.title, NEW.buyer_number, NEW.remarks)
  IS NOT (OLD.billing_no, OLD.billing_code, OLD.order_id, OLD.title, OLD.buyer_number, OLD.remarks)
BEGIN
  INSERT INTO search_change (invoice_id) VALUES (NEW.id);
END;
CREATE TRIGGER search_change_delete AFTER DELETE ON invoice BEGIN
  INSERT INTO search_change (invoice_id) VALUES (OLD.id);
END;

-- The records page: the orders it offers, and the filters that may leave few out of a million invoices.
CREATE INDEX invoice_by_billing_time ON invoice (billing_time);
CREATE INDEX invoice_by_fee ON invoice (fee_fen);
CREATE INDEX invoice_by_title ON invoice (title);
CREATE INDEX invoice_by_reimburse_status ON invoice (reimburse_status) WHERE reimburse_status IS NOT NULL;
-- On a sum that nobody else asks for: an index on the column itself SQLite takes for queries that partial ones are there
-- for, and reads every invoice of an account.
CREATE INDEX invoice_of_account ON invoice (account_id + 0);
`,
};
