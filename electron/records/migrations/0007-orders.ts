import type { Migration } from './migration.ts';

export const ordersMigration: Migration = {
  version: 7,
  name: 'orders',
  sql: `
-- Orders that customers are asked to authorise invoices for.
CREATE TABLE customer_order (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  realm TEXT NOT NULL CHECK (realm IN ('practice', 'wechat')),
  appid TEXT NOT NULL,
  order_id TEXT NOT NULL,
  money_fen INTEGER NOT NULL CHECK (money_fen > 0),
  note TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('collect', 'apply-with-title', 'apply')),
  source TEXT NOT NULL CHECK (source IN ('web', 'wap', 'app', 'wxa')),
  redirect_url TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('no-link', 'waiting', 'failed', 'authorised', 'rejecting', 'rejected')),
  link_url TEXT, -- NULL: none was got yet
  link_appid TEXT, -- NULL: not opened by a mini program
  link_at TEXT, -- NULL: as link_url
  authorised_at TEXT, -- NULL: not authorised
  openid TEXT, -- NULL: not told
  title TEXT, -- JSON UserTitle; NULL: not asked, or not filled in
  reject_reason TEXT, -- NULL: not rejected
  reject_url TEXT, -- NULL: as reject_reason
  rejected_at TEXT, -- NULL: not known to be rejected
  dismissed_at TEXT, -- NULL: it is waited for
  error TEXT, -- JSON AppError; NULL: nothing to say
  checked_at TEXT, -- NULL: WeChat was never asked
  next_check_at TEXT, -- NULL: WeChat is not asked by itself
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (realm, appid, order_id),
  CHECK ((link_url IS NULL) = (link_at IS NULL)),
  CHECK (state <> 'waiting' OR link_url IS NOT NULL),
  CHECK (state <> 'authorised' OR authorised_at IS NOT NULL),
  CHECK ((rejected_at IS NOT NULL) = (state = 'rejected'))
) STRICT;
CREATE INDEX customer_order_by_account ON customer_order (account_id, state);
CREATE INDEX customer_order_to_check ON customer_order (next_check_at) WHERE next_check_at IS NOT NULL;
-- The order that a push is about; empty: it is about a card.
ALTER TABLE status_event ADD COLUMN order_id TEXT NOT NULL DEFAULT '';
`,
};
