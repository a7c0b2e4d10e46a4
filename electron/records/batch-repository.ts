import type { Database } from 'better-sqlite3';
import {
  type Batch,
  type BatchCounts,
  type BatchRow,
  type BatchRowState,
  type ChangeCounts,
  noChanges,
  noCounts,
  type RowChange,
} from '../../shared/contract/batch-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Finding } from '../../shared/invoice/findings.ts';

/** What is stored; that a batch was cancelled stands beside it. */
type StoredState = Exclude<Batch['state'], 'cancelled'>;

interface Row {
  readonly id: number;
  readonly account_id: number;
  readonly template_id: number;
  readonly source_path: string;
  readonly source_name: string;
  readonly encoding: string;
  readonly delimiter: BatchSource['delimiter'];
  readonly header: string;
  readonly state: StoredState;
  readonly cancelled_at: string | null;
  readonly error: string | null;
  readonly created_at: string;
}

interface RowRow {
  readonly id: number;
  readonly row_number: number;
  readonly cells: string;
  readonly order_id: string;
  readonly title: string;
  readonly invoice_id: number | null;
  readonly findings: string;
  readonly row_state: BatchRowState;
  readonly change: RowChange | null;
  readonly changed_fields: string;
}

/** Where a batch came from: what its report is written with, and beside. */
export interface BatchSource {
  readonly path: string;
  readonly name: string;
  readonly encoding: string;
  readonly delimiter: ',' | ';' | '\t';
  readonly header: readonly string[];
}

export interface NewBatchRow {
  readonly rowNumber: number;
  /** The cells of its rows, as JSON: string[][]. */
  readonly cells: string;
  readonly orderId: string;
  readonly title: string;
  readonly importState: 'faulty' | 'already' | 'linked';
  readonly invoiceId: number | null;
  readonly findings: readonly Finding[];
  readonly change: RowChange | null;
  readonly changedFields: readonly string[];
}

/** A row with its raw cells, for the report. */
export interface BatchRowWithCells extends BatchRow {
  readonly cells: readonly (readonly string[])[];
}

// A row's state is its invoice's, except for what the import itself decided.
const rowState = `CASE
    WHEN batch_row.import_state = 'faulty' THEN 'faulty'
    WHEN batch_row.import_state = 'already' AND invoice.state = 'issued' THEN 'already'
    WHEN invoice.doubted_at IS NOT NULL THEN 'doubtful'
    WHEN invoice.state IN ('issued', 'rejected', 'unknown') THEN invoice.state
    WHEN batch.cancelled_at IS NOT NULL AND invoice.state <> 'sending' THEN 'cancelled'
    ELSE 'waiting' END`;
const rowsOfBatch = `FROM batch_row JOIN batch ON batch.id = batch_row.batch_id
  LEFT JOIN invoice ON invoice.id = batch_row.invoice_id`;

const rowPage = 500;
// Without the cells, which are half of a row and shown nowhere but in the report.
const shownColumns = `batch_row.id, batch_row.row_number, batch_row.order_id, batch_row.title, batch_row.invoice_id,
  batch_row.findings, batch_row.change, batch_row.changed_fields`;

export function createBatchRepository(database: Database) {
  // `+`: see the invoice repository.
  const insert = database.prepare(
    `INSERT INTO batch (account_id, template_id, source_path, source_name, encoding, delimiter, header, state, created_at)
     VALUES (:accountId, :templateId, :path, :name, :encoding, :delimiter, :header, 'ready', :createdAt)`,
  );
  const insertRow = database.prepare(
    `INSERT INTO batch_row (batch_id, row_number, cells, order_id, title, import_state, invoice_id, findings, change,
       changed_fields)
     VALUES (:batchId, :rowNumber, :cells, :orderId, :title, :importState, :invoiceId, :findings, :change,
       :changedFields)`,
  );
  const selectOne = database.prepare<[number], Row>('SELECT * FROM batch WHERE id = ? AND import_step IS NULL');
  const selectAll = database.prepare<[number | null, number | null], Row>(
    'SELECT * FROM batch WHERE (? IS NULL OR account_id = ?) AND import_step IS NULL ORDER BY id DESC',
  );
  const selectCounts = database.prepare<[number], { row_state: BatchRowState; count: number }>(
    `SELECT ${rowState} AS row_state, count(*) AS count ${rowsOfBatch} WHERE batch_row.batch_id = +? GROUP BY 1`,
  );
  // Read in pages: the connection cannot do anything else while one of its statements is being iterated.
  const selectRows = database.prepare<[number, number, number], RowRow>(
    `SELECT batch_row.*, ${rowState} AS row_state ${rowsOfBatch}
     WHERE batch_row.batch_id = +? AND batch_row.id > +? ORDER BY batch_row.id LIMIT ?`,
  );
  const selectPage = database.prepare<[number, number, number], Omit<RowRow, 'cells'>>(
    `SELECT ${shownColumns}, ${rowState} AS row_state ${rowsOfBatch}
     WHERE batch_row.batch_id = +? AND batch_row.id > +? ORDER BY batch_row.id LIMIT ?`,
  );
  const selectOfInvoices = database.prepare<[string, number], Omit<RowRow, 'cells'>>(
    `SELECT ${shownColumns}, ${rowState} AS row_state ${rowsOfBatch}
     WHERE batch_row.invoice_id IN (SELECT value FROM json_each(?)) AND +batch_row.batch_id = ? ORDER BY batch_row.id`,
  );
  const selectInStates = database
    .prepare<[number, string], number>(
      `SELECT invoice.id ${rowsOfBatch}
       WHERE batch_row.batch_id = +? AND ${rowState} IN (SELECT value FROM json_each(?)) AND invoice.state <> 'sending'
       ORDER BY batch_row.row_number`,
    )
    .pluck();
  const selectChanges = database.prepare<[number], { change: RowChange; count: number }>(
    'SELECT change, count(*) AS count FROM batch_row WHERE batch_id = +? AND change IS NOT NULL GROUP BY 1',
  );
  const updateState = database.prepare('UPDATE batch SET state = :state, error = :error WHERE id = :id');
  const updateCancelled = database.prepare('UPDATE batch SET cancelled_at = coalesce(cancelled_at, ?) WHERE id = ?');
  const stopRunning = database.prepare(`UPDATE batch SET state = 'stopped' WHERE state = 'running'`);

  function counts(id: number): BatchCounts {
    const result = { ...noCounts };
    for (const { row_state, count } of selectCounts.all(id)) {
      result[row_state] += count;
      result.total += count;
    }
    return result;
  }

  function changes(id: number): ChangeCounts {
    const result = { ...noChanges };
    for (const { change, count } of selectChanges.all(id)) result[change] = count;
    return result;
  }

  function toBatch(row: Row, known?: Pick<Batch, 'counts' | 'changes'>): Batch {
    return {
      id: row.id,
      accountId: row.account_id,
      templateId: row.template_id,
      sourceName: row.source_name,
      encoding: row.encoding,
      state: row.cancelled_at === null || row.state === 'running' ? row.state : 'cancelled',
      counts: known?.counts ?? counts(row.id),
      changes: known?.changes ?? changes(row.id),
      // Written by this repository from an AppError, never by anybody else.
      error: row.error === null ? null : (JSON.parse(row.error) as AppError),
      createdAt: row.created_at,
    };
  }

  function toShownRow(row: Omit<RowRow, 'cells'>): BatchRow {
    return {
      id: row.id,
      rowNumber: row.row_number,
      state: row.row_state,
      orderId: row.order_id,
      title: row.title,
      invoiceId: row.invoice_id,
      change: row.change,
      // All written by this repository from these types.
      changedFields: JSON.parse(row.changed_fields) as string[],
      findings: JSON.parse(row.findings) as Finding[],
    };
  }

  function toRow(row: RowRow): BatchRowWithCells {
    // Written by addRow() from such a list.
    return { ...toShownRow(row), cells: JSON.parse(row.cells) as string[][] };
  }

  return {
    create(accountId: number, templateId: number, source: BatchSource, createdAt: string): number {
      const { header, ...rest } = source;
      return Number(
        insert.run({ accountId, templateId, createdAt, header: JSON.stringify(header), ...rest }).lastInsertRowid,
      );
    },
    addRow(batchId: number, { findings, changedFields, ...row }: NewBatchRow): number {
      const { lastInsertRowid } = insertRow.run({
        batchId,
        findings: JSON.stringify(findings),
        changedFields: JSON.stringify(changedFields),
        ...row,
      });
      return Number(lastInsertRowid);
    },
    find(id: number): Batch | undefined {
      const row = selectOne.get(id);
      return row && toBatch(row);
    },
    /** As {@link find}, with counts that are known already: counting takes a tenth of a second for 100,000 rows. */
    describe(id: number, known: Pick<Batch, 'counts' | 'changes'>): Batch | undefined {
      const row = selectOne.get(id);
      return row && toBatch(row, known);
    },
    source(id: number): BatchSource | undefined {
      const row = selectOne.get(id);
      if (!row) return undefined;
      return {
        path: row.source_path,
        name: row.source_name,
        encoding: row.encoding,
        delimiter: row.delimiter,
        header: JSON.parse(row.header) as string[], // written by create() from a string array
      };
    },
    list: (accountId: number | undefined): Batch[] =>
      selectAll.all(accountId ?? null, accountId ?? null).map((row) => toBatch(row)),
    counts,
    /** The batch's rows in the order they were added, which is the order of the table. */
    *rows(id: number): Generator<BatchRowWithCells> {
      let page = selectRows.all(id, 0, rowPage);
      while (page.length > 0) {
        yield* page.map(toRow);
        page = selectRows.all(id, page.at(-1)?.id ?? 0, rowPage);
      }
    },
    /** Rows behind one of them, as many as wanted, without their cells. */
    rowPage: (id: number, after: number, limit: number): BatchRow[] => selectPage.all(id, after, limit).map(toShownRow),
    /** The batch's rows of some invoices, without their cells. */
    rowsOfInvoices: (id: number, invoiceIds: readonly number[]): BatchRow[] =>
      selectOfInvoices.all(JSON.stringify(invoiceIds), id).map(toShownRow),
    /** Invoices of the rows in these states, in the table's order; not those that somebody is sending already. */
    invoiceIds: (id: number, states: readonly BatchRowState[]): number[] =>
      selectInStates.all(id, JSON.stringify(states)),
    /** Keeps a batch from being run again. */
    cancel(id: number, now: string): void {
      updateCancelled.run(now, id);
    },
    setState(id: number, state: StoredState, error: AppError | null = null): void {
      updateState.run({ id, state, error: error ? JSON.stringify(error) : null });
    },
    /** At start: a batch that was running when the program ended is stopped, to be resumed by a person. */
    stopRunning: (): number => stopRunning.run().changes,
  };
}
