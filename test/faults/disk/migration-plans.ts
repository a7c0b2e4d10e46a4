import { initialMigration } from '../../../electron/records/migrations/0001-initial.ts';
import type { Migration } from '../../../electron/records/migrations/migration.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';

/** A statement of the released first version, which never changes, by its first words. */
function statementOf(beginning: string, end: string): string {
  const start = initialMigration.sql.indexOf(beginning);
  if (start < 0) throw new Error(`version 1 has no ${beginning}`);
  return initialMigration.sql.slice(start, initialMigration.sql.indexOf(end, start) + end.length);
}

const endOfTable = '\n) STRICT;';
const rebuiltInvoice = statementOf('CREATE TABLE invoice (', endOfTable)
  .replace('CREATE TABLE invoice (', 'CREATE TABLE invoice_rebuilt (')
  .replace(
    '  CHECK (state IN',
    `  currency TEXT NOT NULL DEFAULT 'CNY' CHECK (length(currency) = 3),\n  CHECK (state IN`,
  );
const indexesOfInvoice = ['invoice_live_order', 'invoice_live_number', 'invoice_by_batch', 'invoice_by_state'].map(
  (name) =>
    statementOf(
      initialMigration.sql.includes(`UNIQUE INDEX ${name} `) ? `CREATE UNIQUE INDEX ${name} ` : `CREATE INDEX ${name} `,
      ';',
    ),
);
const moves = statementOf('CREATE TRIGGER invoice_legal_move', 'END;');

/** Every kind of step that a schema takes in its life, whatever the product's own have been so far. */
const steps: readonly Omit<Migration, 'version'>[] = [
  {
    name: 'a column and an index',
    sql: `ALTER TABLE invoice ADD COLUMN currency TEXT NOT NULL DEFAULT 'CNY';
      CREATE INDEX invoice_by_currency ON invoice (currency, id);`,
  },
  {
    name: 'a table rebuilt that others are children of',
    // What the parent's DROP would take from its children is the danger here.
    sql: `DROP TRIGGER invoice_legal_move;
      ${rebuiltInvoice}
      INSERT INTO invoice_rebuilt SELECT * FROM invoice;
      DROP TABLE invoice;
      ALTER TABLE invoice_rebuilt RENAME TO invoice;
      ${indexesOfInvoice.join('\n')}
      ${moves}`,
  },
  {
    name: 'a trigger replaced',
    sql: `DROP TRIGGER invoice_legal_move;
      ${moves.replace("'draft>prepared',", "'draft>prepared', 'draft>draft', -- none; of all states\n ")}`,
  },
  {
    name: 'a table rebuilt with another order of its columns',
    sql: `CREATE TABLE upload_rebuilt (
        id INTEGER PRIMARY KEY,
        media_id TEXT NOT NULL,
        account_id INTEGER NOT NULL REFERENCES account (id),
        pdf_id INTEGER NOT NULL REFERENCES pdf (id),
        uploaded_at TEXT NOT NULL,
        expires_at TEXT NOT NULL
      ) STRICT;
      INSERT INTO upload_rebuilt (id, media_id, account_id, pdf_id, uploaded_at, expires_at)
        SELECT id, media_id, account_id, pdf_id, uploaded_at, expires_at FROM upload;
      DROP TABLE upload;
      ALTER TABLE upload_rebuilt RENAME TO upload;
      CREATE INDEX upload_by_pdf ON upload (account_id, pdf_id, expires_at);`,
  },
  {
    name: 'data moved into a table of its own',
    sql: `CREATE TABLE buyer (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE) STRICT;
      INSERT INTO buyer (title) SELECT DISTINCT title FROM invoice ORDER BY title;
      ALTER TABLE invoice ADD COLUMN buyer_id INTEGER REFERENCES buyer (id);
      UPDATE invoice SET buyer_id = (SELECT id FROM buyer WHERE buyer.title = invoice.title);
      CREATE INDEX invoice_by_buyer ON invoice (buyer_id);`,
  },
];

/** The product's own list, and one that takes every kind of step. */
export const migrationPlans = {
  product: migrations,
  everyStep: [initialMigration, ...steps.map((step, index) => ({ ...step, version: index + 2 }))],
} as const satisfies Record<string, readonly Migration[]>;

export type PlanName = keyof typeof migrationPlans;
