import type { Migration } from './migration.ts';

export const desktopMigration: Migration = {
  version: 4,
  name: 'desktop',
  sql: `
ALTER TABLE account ADD COLUMN logo_url TEXT; -- the logo uploaded last; NULL: none yet
ALTER TABLE template ADD COLUMN archived_at TEXT; -- NULL: offered for new invoices

-- The overview: sums of some days out of a million invoices, read from the index alone.
CREATE INDEX invoice_issued ON invoice (account_id, issued_at, fee_fen, tax_fen) WHERE issued_at IS NOT NULL;
CREATE INDEX invoice_rejected ON invoice (account_id, updated_at) WHERE state = 'rejected';
CREATE INDEX upload_by_expiry ON upload (account_id, expires_at, pdf_id);

-- The redirect links decoded last, for the page that lists them. Their encrypt_code is not kept.
CREATE TABLE decoded_link (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  code TEXT NOT NULL,
  card_id TEXT NOT NULL, -- empty: the link was given without it
  decoded_at TEXT NOT NULL,
  UNIQUE (account_id, code)
) STRICT;
`,
};
