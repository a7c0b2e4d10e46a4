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
    `INSERT INTO attempt (invoice_id, call, card, started_at, outcome)
     VALUES (:invoiceId, :call, :card, :startedAt, 'running')`,
  );
  const update = database.prepare(
    `UPDATE attempt SET finished_at = :finishedAt, outcome = :outcome, errcode = :errcode, errmsg = :errmsg
     WHERE id = :id AND outcome = 'running'`,
  );
  const abandon = database.prepare(
    `UPDATE attempt SET finished_at = :finishedAt, outcome = CASE call WHEN 'setpdf' THEN 'not-sent' ELSE 'unknown' END
     WHERE outcome = 'running'`,
  );
  const selectUnknown = database
    .prepare<[number, string], number>(
      `SELECT id FROM attempt WHERE invoice_id = ? AND card = ? AND outcome = 'unknown' LIMIT 1`,
    )
    .pluck();
  const selectFirstInsert = database
    .prepare<[number], string | null>(
      `SELECT min(started_at) FROM attempt WHERE invoice_id = ? AND call = 'insert' AND outcome <> 'not-sent'`,
    )
    .pluck();
  const selectLastId = database.prepare<[], number>('SELECT coalesce(max(id), 0) FROM attempt').pluck();
  const selectInsertAfter = database
    .prepare<[number, number], number>(
      `SELECT id FROM attempt WHERE invoice_id = +? AND id > +? AND call = 'insert' LIMIT 1`,
    )
    .pluck();
  const selectByInvoice = database.prepare<[number], Row>('SELECT * FROM attempt WHERE invoice_id = ? ORDER BY id');
  return {
    start(invoiceId: number, call: Exclude<Attempt['call'], 'insert'>, startedAt: string): number {
      return Number(insert.run({ invoiceId, call, card: null, startedAt }).lastInsertRowid);
    },
    /** @param card order, code and number of the request, to tell later which card an attempt may have made */
    startInsert(invoiceId: number, card: string, startedAt: string): number {
      return Number(insert.run({ invoiceId, call: 'insert', card, startedAt }).lastInsertRowid);
    },
    /** Whether an earlier insert of this very card may have made it: nothing that settles it was answered. */
    mayHaveLanded: (invoiceId: number, card: string): boolean => selectUnknown.get(invoiceId, card) !== undefined,
    /** When the first insert that may have arrived left, ISO-8601; undefined where none did. */
    firstInsertAt: (invoiceId: number): string | undefined => selectFirstInsert.get(invoiceId) ?? undefined,
    /** The newest attempt of any invoice; 0: there is none. */
    lastId: (): number => selectLastId.get() ?? 0,
    /** Whether an insert of this invoice was begun after that attempt. */
    wasInsertedAfter: (invoiceId: number, attemptId: number): boolean =>
      selectInsertAfter.get(invoiceId, attemptId) !== undefined,
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
