import type { Migration } from './migration.ts';

export const importRowMigration: Migration = {
  version: 4,
  name: 'import-row',
  sql: `
-- Which record a row belongs to is decided when it is linked and not when it is read: meanwhile records may change.
-- Nothing has ever been written into the table that this one replaces.
DROP TABLE import_row;
CREATE TABLE import_row (
  batch_row_id INTEGER PRIMARY KEY REFERENCES batch_row (id),
  fields TEXT NOT NULL, -- JSON: the invoice's content
  pdf_id INTEGER REFERENCES pdf (id) -- NULL: its card exists, or may exist, already
) STRICT;
`,
};
