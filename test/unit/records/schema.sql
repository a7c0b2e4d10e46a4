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

CREATE TRIGGER search_change_delete AFTER DELETE ON invoice BEGIN
  INSERT INTO search_change (invoice_id) VALUES (OLD.id);
END;

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

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('practice', 'wechat')),
  appid TEXT NOT NULL,
  base_url TEXT NOT NULL,
  colour TEXT NOT NULL,
  platform_id TEXT, -- NULL: seturl has not been called yet
  invoice_url TEXT, -- NULL: as platform_id
  customer_must_authorise INTEGER NOT NULL DEFAULT 0 CHECK (customer_must_authorise IN (0, 1)),
  created_at TEXT NOT NULL
, logo_url TEXT) STRICT;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice (id),
  call TEXT NOT NULL CHECK (call IN ('setpdf', 'insert', 'updatestatus')),
  card TEXT, -- order, code and number an insert was made with; NULL: another call
  started_at TEXT NOT NULL,
  finished_at TEXT, -- NULL: still running, or the program ended meanwhile
  outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'refused', 'not-sent', 'unknown')),
  errcode INTEGER, -- NULL: no answer with one
  errmsg TEXT, -- NULL: as errcode
  CHECK ((finished_at IS NULL) = (outcome = 'running')),
  CHECK ((card IS NULL) = (call <> 'insert'))
) STRICT;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  template_id INTEGER NOT NULL REFERENCES template (id),
  source_path TEXT NOT NULL,
  source_name TEXT NOT NULL,
  encoding TEXT NOT NULL,
  delimiter TEXT NOT NULL CHECK (delimiter IN (',', ';', char(9))),
  header TEXT NOT NULL, -- JSON array, for the report only
  state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'stopped', 'finished')),
  error TEXT, -- JSON AppError; NULL: it did not stop before its end
  created_at TEXT NOT NULL
, cancelled_at TEXT, import_step TEXT CHECK (import_step IN ('reading', 'linking'))) STRICT;

CREATE TABLE batch_row (
  id INTEGER PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  row_number INTEGER NOT NULL,
  cells TEXT NOT NULL, -- JSON: the raw rows of the table, for the report only
  order_id TEXT NOT NULL,
  title TEXT NOT NULL,
  import_state TEXT NOT NULL CHECK (import_state IN ('faulty', 'already', 'linked')),
  invoice_id INTEGER REFERENCES invoice (id), -- NULL: the row was faulty
  findings TEXT NOT NULL, change TEXT CHECK (change IN ('new', 'unchanged', 'changed', 'conflicting')), changed_fields TEXT NOT NULL DEFAULT '[]', -- JSON array of findings, for the screen and the report only
  CHECK ((invoice_id IS NULL) = (import_state = 'faulty'))
) STRICT;

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

CREATE TABLE decoded_link (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  code TEXT NOT NULL,
  card_id TEXT NOT NULL, -- empty: the link was given without it
  decoded_at TEXT NOT NULL,
  UNIQUE (account_id, code)
) STRICT;

CREATE TABLE import_row (
  batch_row_id INTEGER PRIMARY KEY REFERENCES batch_row (id),
  fields TEXT NOT NULL, -- JSON: the invoice's content
  pdf_id INTEGER REFERENCES pdf (id) -- NULL: its card exists, or may exist, already
) STRICT;

CREATE TABLE invoice (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  realm TEXT NOT NULL CHECK (realm IN ('practice', 'wechat')),
  appid TEXT NOT NULL,
  template_id INTEGER REFERENCES template (id), -- NULL: not chosen yet
  batch_id INTEGER REFERENCES batch (id), -- NULL: made by hand
  state TEXT NOT NULL CHECK (state IN ('draft', 'prepared', 'sending', 'issued', 'rejected', 'unknown')),
  order_id TEXT NOT NULL,
  title TEXT NOT NULL,
  fee_fen INTEGER NOT NULL,
  fee_without_tax_fen INTEGER NOT NULL,
  tax_fen INTEGER NOT NULL,
  billing_time INTEGER NOT NULL,
  billing_no TEXT NOT NULL,
  billing_code TEXT NOT NULL,
  check_code TEXT NOT NULL,
  buyer_number TEXT NOT NULL,
  buyer_address_and_phone TEXT NOT NULL,
  buyer_bank_account TEXT NOT NULL,
  seller_number TEXT NOT NULL,
  seller_address_and_phone TEXT NOT NULL,
  seller_bank_account TEXT NOT NULL,
  remarks TEXT NOT NULL,
  cashier TEXT NOT NULL,
  maker TEXT NOT NULL,
  pdf_id INTEGER REFERENCES pdf (id), -- NULL: none given yet
  trip_pdf_id INTEGER REFERENCES pdf (id), -- NULL: there is none
  request_body BLOB, -- the exact bytes of insert; NULL: not prepared
  card_code TEXT, -- NULL: not issued, or issued and not known yet
  openid TEXT, -- NULL: as card_code
  unionid TEXT, -- NULL: WeChat sends it to linked accounts only
  reimburse_status TEXT CHECK (reimburse_status IN (
    'INVOICE_REIMBURSE_INIT', 'INVOICE_REIMBURSE_LOCK', 'INVOICE_REIMBURSE_CLOSURE', 'INVOICE_REIMBURSE_CANCEL'
  )), -- NULL: not known since issue
  error TEXT, -- JSON AppError: why it was refused or is unknown; NULL: nothing to say
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  issued_at TEXT, doubted_at TEXT, -- NULL: not issued
  CHECK (state IN ('draft', 'rejected') OR request_body IS NOT NULL),
  CHECK (card_code IS NULL OR state = 'issued'),
  CHECK ((issued_at IS NOT NULL) = (state = 'issued'))
) STRICT;

CREATE TABLE invoice_item (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  num INTEGER, -- NULL: unknown or not whole, left out on the wire
  unit TEXT NOT NULL,
  price_fen INTEGER NOT NULL,
  UNIQUE (invoice_id, position)
) STRICT;

CREATE TABLE pdf (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  file_name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  created_at TEXT NOT NULL
) STRICT;

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

CREATE TABLE search_change (
  seq INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL -- of an invoice that may be gone meanwhile
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE status_event (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  invoice_id INTEGER REFERENCES invoice (id), -- NULL: no invoice with this code is known yet
  dedupe_key TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL,
  card_id TEXT NOT NULL,
  code TEXT NOT NULL,
  status TEXT NOT NULL,
  openid TEXT NOT NULL,
  create_time INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('push', 'set-here')),
  authenticated INTEGER NOT NULL CHECK (authenticated IN (0, 1)),
  received_at TEXT NOT NULL,
  raw TEXT NOT NULL
, order_id TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE template (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  card_id TEXT NOT NULL,
  payee TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  logo_url TEXT NOT NULL,
  custom_url_name TEXT NOT NULL,
  custom_url TEXT NOT NULL,
  custom_url_sub_title TEXT NOT NULL,
  promotion_url_name TEXT NOT NULL,
  promotion_url TEXT NOT NULL,
  promotion_url_sub_title TEXT NOT NULL,
  created_at TEXT NOT NULL, archived_at TEXT,
  UNIQUE (account_id, card_id)
) STRICT;

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

CREATE TABLE upload (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  pdf_id INTEGER NOT NULL REFERENCES pdf (id),
  media_id TEXT NOT NULL,
  uploaded_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX attempt_by_invoice ON attempt (invoice_id);

CREATE INDEX attempt_unanswered ON attempt (invoice_id) WHERE call = 'insert' AND outcome = 'unknown';

CREATE INDEX batch_by_import_step ON batch (import_step) WHERE import_step IS NOT NULL;

CREATE INDEX batch_row_by_batch ON batch_row (batch_id, row_number);

CREATE INDEX batch_row_by_invoice ON batch_row (invoice_id);

CREATE INDEX batch_row_in_order ON batch_row (batch_id);

CREATE INDEX customer_order_by_account ON customer_order (account_id, state);

CREATE INDEX customer_order_to_check ON customer_order (next_check_at) WHERE next_check_at IS NOT NULL;

CREATE INDEX invoice_by_batch ON invoice (batch_id, state);

CREATE INDEX invoice_by_billing_time ON invoice (billing_time);

CREATE INDEX invoice_by_card_code ON invoice (account_id, card_code) WHERE card_code IS NOT NULL;

CREATE INDEX invoice_by_fee ON invoice (fee_fen);

CREATE INDEX invoice_by_number ON invoice (billing_no, billing_code);

CREATE INDEX invoice_by_order ON invoice (realm, appid, order_id);

CREATE INDEX invoice_by_pdf ON invoice (pdf_id);

CREATE INDEX invoice_by_reimburse_status ON invoice (reimburse_status) WHERE reimburse_status IS NOT NULL;

CREATE INDEX invoice_by_state ON invoice (account_id, state);

CREATE INDEX invoice_by_title ON invoice (title);

CREATE INDEX invoice_in_doubt ON invoice (account_id) WHERE doubted_at IS NOT NULL;

CREATE INDEX invoice_issued ON invoice (account_id, issued_at, fee_fen, tax_fen) WHERE issued_at IS NOT NULL;

CREATE UNIQUE INDEX invoice_live_number ON invoice (realm, billing_code, billing_no)
  WHERE state IN ('prepared', 'sending', 'issued', 'unknown');

CREATE UNIQUE INDEX invoice_live_order ON invoice (realm, appid, order_id)
  WHERE state IN ('prepared', 'sending', 'issued', 'unknown');

CREATE INDEX invoice_of_account ON invoice (account_id + 0);

CREATE INDEX invoice_rejected ON invoice (account_id, updated_at) WHERE state = 'rejected';

CREATE INDEX invoice_without_code ON invoice (account_id, template_id)
  WHERE card_code IS NULL AND state IN ('sending', 'issued', 'unknown');

CREATE INDEX status_event_by_code ON status_event (code, create_time);

CREATE INDEX status_event_by_invoice ON status_event (invoice_id, create_time);

CREATE INDEX status_event_without_invoice ON status_event (account_id, card_id, code) WHERE invoice_id IS NULL;

CREATE INDEX upload_by_expiry ON upload (account_id, expires_at, pdf_id);

CREATE INDEX upload_by_pdf ON upload (account_id, pdf_id, expires_at);
