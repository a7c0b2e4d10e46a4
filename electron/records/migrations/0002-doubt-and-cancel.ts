import type { Migration } from './migration.ts';

export const doubtAndCancelMigration: Migration = {
  version: 2,
  name: 'doubt-and-cancel',
  sql: `
-- Since when it is in doubt whether the invoice was sent: a backup that is older than its request was restored.
ALTER TABLE invoice ADD COLUMN doubted_at TEXT; -- NULL: no doubt
CREATE INDEX invoice_in_doubt ON invoice (account_id) WHERE doubted_at IS NOT NULL;

ALTER TABLE batch ADD COLUMN cancelled_at TEXT; -- NULL: not cancelled

-- Rows are read a page at a time in the order in which they were added.
CREATE INDEX batch_row_in_order ON batch_row (batch_id);

-- Pushes name a card by its code, of an account that may have a million of them.
DROP INDEX invoice_by_card_code;
CREATE INDEX invoice_by_card_code ON invoice (account_id, card_code) WHERE card_code IS NOT NULL;
-- Few at any time: what may have a card whose code nobody knows, and the codes that nobody has.
CREATE INDEX invoice_without_code ON invoice (account_id, template_id)
  WHERE card_code IS NULL AND state IN ('sending', 'issued', 'unknown');
CREATE INDEX attempt_unanswered ON attempt (invoice_id) WHERE call = 'insert' AND outcome = 'unknown';
CREATE INDEX status_event_without_invoice ON status_event (account_id, card_id, code) WHERE invoice_id IS NULL;

-- The table of moves of shared/invoice/state.ts once more, so that no statement can make another one. Of what was never
-- sent a card can be found only where a restore has put it in doubt.
DROP TRIGGER invoice_legal_move;
CREATE TRIGGER invoice_legal_move BEFORE UPDATE OF state ON invoice
WHEN NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN (
  'draft>prepared', 'prepared>draft', 'prepared>sending',
  'sending>prepared', 'sending>issued', 'sending>rejected', 'sending>unknown',
  'rejected>draft', 'rejected>prepared', 'rejected>issued',
  'unknown>sending', 'unknown>issued', 'unknown>prepared'
) AND NOT (OLD.doubted_at IS NOT NULL AND OLD.state || '>' || NEW.state IN ('draft>issued', 'prepared>issued'))
BEGIN
  SELECT RAISE(ABORT, 'illegal move of an invoice');
END;
`,
};
