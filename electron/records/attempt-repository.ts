import type { Database } from 'better-sqlite3';
import type { Attempt } from '../../shared/contract/invoice-operations.ts';

interface Row {
  readonly id: number;
  readonly call: Attempt['call'];
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly outcome: Attempt['outcome'];
  readonly errcode: number | null;
  readonly errmsg: string | null;
}

export interface AttemptOutcome {
  readonly outcome: Exclude<Attempt['outcome'], 'running'>;
  readonly errcode?: number | null;
  readonly errmsg?: string | null;
}

/** One row for each call made for an invoice, written before the call and finished after it. */
export function createAttemptRepository(database: Database) {
  const insert = database.prepare(
    `INSERT INTO attempt (invoice_id, call, started_at, outcome) VALUES (:invoiceId, :call, :startedAt, 'running')`,
  );
  const update = database.prepare(
    `UPDATE attempt SET finished_at = :finishedAt, outcome = :outcome, errcode = :errcode, errmsg = :errmsg
     WHERE id = :id AND outcome = 'running'`,
  );
  const abandon = database.prepare(
    `UPDATE attempt SET finished_at = :finishedAt, outcome = CASE call WHEN 'setpdf' THEN 'not-sent' ELSE 'unknown' END
     WHERE outcome = 'running'`,
  );
  const selectByInvoice = database.prepare<[number], Row>('SELECT * FROM attempt WHERE invoice_id = ? ORDER BY id');
  return {
    start(invoiceId: number, call: Attempt['call'], startedAt: string): number {
      return Number(insert.run({ invoiceId, call, startedAt }).lastInsertRowid);
    },
    finish(id: number, finishedAt: string, { outcome, errcode = null, errmsg = null }: AttemptOutcome): void {
      update.run({ id, finishedAt, outcome, errcode, errmsg });
    },
    /** At start: attempts that were running when the program ended have no known outcome. */
    abandonRunning: (finishedAt: string): number => abandon.run({ finishedAt }).changes,
    listOfInvoice(invoiceId: number): Attempt[] {
      return selectByInvoice.all(invoiceId).map((row) => ({
        id: row.id,
        call: row.call,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        outcome: row.outcome,
        errcode: row.errcode,
        errmsg: row.errmsg,
      }));
    },
  };
}
