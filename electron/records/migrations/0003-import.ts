import type { Migration } from './migration.ts';

export const importMigration: Migration = {
  version: 3,
  name: 'import',
  sql: `
ALTER TABLE batch ADD COLUMN import_step TEXT CHECK (import_step IN ('reading', 'linking')); -- NULL: imported whole
CREATE INDEX batch_by_import_step ON batch (import_step) WHERE import_step IS NOT NULL;
ALTER TABLE batch_row ADD COLUMN change TEXT CHECK (change IN ('new', 'unchanged', 'changed', 'conflicting')); -- NULL: it could not be read, or was imported before this was told
ALTER TABLE batch_row ADD COLUMN changed_fields TEXT NOT NULL DEFAULT '[]'; -- JSON array of field names, for the screen only

-- Good rows of an import under way, until they are linked; empty but while one is. Which record a row belongs to is
-- decided when it is linked and not when it is read: meanwhile records may change.
CREATE TABLE import_row (
  batch_row_id INTEGER PRIMARY KEY REFERENCES batch_row (id),
  fields TEXT NOT NULL, -- JSON: the invoice's content
  pdf_id INTEGER REFERENCES pdf (id) -- NULL: its card exists, or may exist, already
) STRICT;
`,
};
