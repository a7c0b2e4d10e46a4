import type { Migration } from './migration.ts';

export const relayMigration: Migration = {
  version: 6,
  name: 'relay',
  sql: `
-- The relay that receives WeChat's pushes for an account. Its keys are in the keychain.
CREATE TABLE relay (
  account_id INTEGER PRIMARY KEY REFERENCES account (id),
  relay_url TEXT NOT NULL,
  channel TEXT NOT NULL,
  cursor TEXT NOT NULL DEFAULT '', -- empty: from the beginning
  carries_calls INTEGER NOT NULL DEFAULT 0 CHECK (carries_calls IN (0, 1)),
  paired_at TEXT NOT NULL,
  last_event_at TEXT, -- NULL: nothing has come yet
  reset_at TEXT -- NULL: its memory has always been the one that is known here
) STRICT;
-- Pushes that came and could not be decoded, as they came: no other place has them.
CREATE TABLE unread_push (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  digest TEXT NOT NULL,
  received_at TEXT NOT NULL,
  query TEXT NOT NULL, -- JSON: what stood in the address
  body TEXT NOT NULL,
  reason TEXT NOT NULL, -- JSON AppError
  UNIQUE (account_id, digest)
) STRICT;
`,
};
