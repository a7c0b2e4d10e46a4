import type { Migration } from './migration.ts';

export const desktopMigration: Migration = {
  version: 4,
  name: 'desktop',
  sql: `
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
