import type { Database } from 'better-sqlite3';
import type { IssuedSum, Overview } from '../../shared/contract/overview-operations.ts';

/** A stretch of time, ISO-8601 in UTC; the end is outside. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

interface ExpiringRow {
  readonly invoice_id: number;
  readonly title: string;
  readonly order_id: string;
  readonly fee_fen: number;
  readonly expires_at: string;
}

const shownExpiring = 5;
const shownBatches = 5;

/** Sums and counts for the overview; each is read from an index alone, whatever the number of invoices. */
export function createOverviewRepository(database: Database) {
  const selectSum = database.prepare<[Stretch & { accountId: number }], IssuedSum>(
    `SELECT count(*) AS count, coalesce(sum(fee_fen), 0) AS feeFen, coalesce(sum(tax_fen), 0) AS taxFen
     FROM invoice INDEXED BY invoice_issued
     WHERE account_id = :accountId AND issued_at >= :from AND issued_at < :to AND issued_at IS NOT NULL`,
  );
  const selectRejected = database
    .prepare<[Stretch & { accountId: number }], number>(
      `SELECT count(*) FROM invoice
       WHERE account_id = :accountId AND updated_at >= :from AND updated_at < :to AND state = 'rejected'`,
    )
    .pluck();
  const selectInState = database
    .prepare<[number, string], number>('SELECT count(*) FROM invoice WHERE account_id = ? AND state = ?')
    .pluck();
  const selectInDoubt = database
    .prepare<[number], number>('SELECT count(*) FROM invoice WHERE account_id = ? AND doubted_at IS NOT NULL')
    .pluck();
  // One row an invoice; a PDF that was uploaded again lives until the later upload's end.
  const selectExpiring = database.prepare<[Stretch & { accountId: number }], ExpiringRow>(
    `SELECT invoice.id AS invoice_id, invoice.title, invoice.order_id, invoice.fee_fen,
       max(upload.expires_at) AS expires_at
     FROM upload INDEXED BY upload_by_expiry JOIN invoice ON invoice.pdf_id = upload.pdf_id
     WHERE upload.account_id = :accountId AND upload.expires_at > :from AND upload.expires_at <= :to
       AND invoice.account_id = :accountId AND invoice.state IN ('draft', 'prepared', 'rejected')
       AND NOT EXISTS (SELECT 1 FROM upload AS later WHERE later.account_id = :accountId
         AND later.pdf_id = upload.pdf_id AND later.expires_at > :to)
     GROUP BY invoice.id ORDER BY expires_at, invoice.id`,
  );
  const selectBatches = database.prepare<[number, number], Overview['batches'][number]>(
    `SELECT id, source_name AS sourceName, state FROM batch
     WHERE account_id = ? AND state <> 'finished' AND cancelled_at IS NULL AND import_step IS NULL
     ORDER BY id DESC LIMIT ?`,
  );
  const selectHasIssued = database
    .prepare<[], 0 | 1>(
      'SELECT EXISTS (SELECT 1 FROM account JOIN invoice ON invoice.account_id = account.id AND invoice.issued_at IS NOT NULL)',
    )
    .pluck();
  return {
    sumIssued(accountId: number, stretch: Stretch): IssuedSum {
      return selectSum.get({ accountId, ...stretch }) ?? { count: 0, feeFen: 0, taxFen: 0 };
    },
    countRejected: (accountId: number, stretch: Stretch): number => selectRejected.get({ accountId, ...stretch }) ?? 0,
    countInState: (accountId: number, state: string): number => selectInState.get(accountId, state) ?? 0,
    countInDoubt: (accountId: number): number => selectInDoubt.get(accountId) ?? 0,
    /** Invoices without a card whose uploaded PDF WeChat erases in a stretch of time. */
    listExpiring(
      accountId: number,
      stretch: Stretch,
    ): { readonly total: number; readonly soonest: Overview['expiring'] } {
      const rows = selectExpiring.all({ accountId, ...stretch });
      const soonest = rows.slice(0, shownExpiring).map((row) => ({
        invoiceId: row.invoice_id,
        title: row.title,
        orderId: row.order_id,
        feeFen: row.fee_fen,
        expiresAt: row.expires_at,
      }));
      return { total: rows.length, soonest };
    },
    listUnfinishedBatches: (accountId: number): Overview['batches'] => selectBatches.all(accountId, shownBatches),
    hasIssued: (): boolean => selectHasIssued.get() === 1,
  };
}
