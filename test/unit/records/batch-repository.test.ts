import { describe, expect, it } from 'vitest';
import type { NewBatchRow } from '../../../electron/records/batch-repository.ts';
import { noCounts } from '../../../shared/contract/batch-operations.ts';
import { appError } from '../../../shared/errors/app-error.ts';
import { finding } from '../../../shared/invoice/findings.ts';
import type { InvoiceState } from '../../../shared/invoice/state.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import {
  addAccount,
  addTemplate,
  contentOf,
  later,
  now,
  openRecordsInMemory,
  walk,
  wayTo,
} from '../../support/records-in-memory.ts';

const source = {
  path: '/tmp/发票.csv',
  name: '发票.csv',
  encoding: 'gb18030',
  delimiter: ';',
  header: ['订单号', '发票抬头', '"引号",逗号'],
} as const;

const faultyRow: NewBatchRow = {
  rowNumber: 2,
  cells: '[["A1","","3"]]',
  orderId: 'A1',
  title: '',
  importState: 'faulty',
  invoiceId: null,
  findings: [finding('value.required', '发票抬头')],
  change: null,
  changedFields: [],
};

function openWithBatch() {
  const { database, records } = openRecordsInMemory();
  const account = addAccount(records);
  const template = addTemplate(records, account.id);
  const batchId = records.batches.create(account.id, template.id, source, now);
  return { database, records, batches: records.batches, account, template, batchId };
}

describe('a batch', () => {
  it('is kept with where it came from', () => {
    const { batches, account, template, batchId } = openWithBatch();
    const counts = noCounts;
    const expected = {
      id: batchId,
      accountId: account.id,
      templateId: template.id,
      sourceName: '发票.csv',
      encoding: 'gb18030',
      state: 'ready',
      counts,
      changes: { new: 0, unchanged: 0, changed: 0, conflicting: 0 },
      error: null,
      createdAt: now,
    };
    expect(batches.find(batchId)).toEqual(expected);
    expect(batches.source(batchId)).toEqual(source);
    expect(batches.find(99)).toBeUndefined();
    expect(batches.source(99)).toBeUndefined();
  });

  it('keeps the state it is set to, with the reason of a stop until the next one', () => {
    const { batches, batchId } = openWithBatch();
    const error = appError('batch.stopped-by-account', { reason: '40125' });
    batches.setState(batchId, 'stopped', error);
    expect(batches.find(batchId)).toMatchObject({ state: 'stopped', error });
    batches.setState(batchId, 'running');
    expect(batches.find(batchId)).toMatchObject({ state: 'running', error: null });
  });

  it('that was running when the program ended is stopped, the others stay', () => {
    const { batches, account, template, batchId } = openWithBatch();
    const finished = batches.create(account.id, template.id, source, later);
    batches.setState(batchId, 'running');
    batches.setState(finished, 'finished');
    expect(batches.stopRunning()).toBe(1);
    expect(batches.list(undefined).map(({ id, state }) => [id, state])).toEqual([
      [finished, 'finished'],
      [batchId, 'stopped'],
    ]);
  });

  it('is listed with its account only', () => {
    const { records, batches, batchId } = openWithBatch();
    const other = addAccount(records);
    expect(batches.list(other.id)).toEqual([]);
    expect(batches.list(undefined).map(({ id }) => id)).toEqual([batchId]);
  });
});

describe('the rows of a batch', () => {
  it('are counted by what became of their invoices', () => {
    const { records, batches, account, batchId } = openWithBatch();
    const states: readonly InvoiceState[] = [
      'draft',
      'draft',
      'prepared',
      'sending',
      'issued',
      'issued',
      'rejected',
      'unknown',
    ];
    batches.addRow(batchId, faultyRow);
    for (const [index, state] of states.entries()) {
      const { id } = records.invoices.createDraft(account, contentOf(digitalInvoice(index)), now);
      if (state !== 'draft') walk(records, id, wayTo[state]);
      // The last issued one was issued before this batch came.
      const importState = index === 5 ? 'already' : 'linked';
      batches.addRow(batchId, { ...faultyRow, rowNumber: index + 3, importState, invoiceId: id, findings: [] });
    }
    const counts = { ...noCounts, total: 9, faulty: 1, already: 1, waiting: 4, issued: 1, rejected: 1, unknown: 1 };
    expect(batches.counts(batchId)).toEqual(counts);
    expect(batches.find(batchId)?.counts).toEqual(counts);
    expect([...batches.rows(batchId)].map(({ state }) => state)).toEqual([
      'faulty',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'issued',
      'already',
      'rejected',
      'unknown',
    ]);
  });

  it('wait in the order of the table while they are drafts or prepared', () => {
    const { records, batches, account, batchId } = openWithBatch();
    const ids = [0, 1, 2, 3].map(
      (serial) => records.invoices.createDraft(account, contentOf(digitalInvoice(serial)), now).id,
    );
    for (const [index, invoiceId] of ids.entries())
      batches.addRow(batchId, { ...faultyRow, rowNumber: 10 - index, importState: 'linked', invoiceId });
    walk(records, ids[1] ?? 0, wayTo.prepared);
    walk(records, ids[2] ?? 0, wayTo.rejected);
    expect(batches.invoiceIds(batchId, ['waiting'])).toEqual([ids[3], ids[1], ids[0]]);
  });

  it('are read in full and in order however many they are, while the records are written to', () => {
    const { records, batches, batchId } = openWithBatch();
    records.inTransaction(() => {
      for (let rowNumber = 2; rowNumber < 1203; rowNumber++) batches.addRow(batchId, { ...faultyRow, rowNumber });
    });
    const numbers: number[] = [];
    for (const { rowNumber } of batches.rows(batchId)) {
      if (rowNumber % 100 === 0) batches.setState(batchId, 'running');
      numbers.push(rowNumber);
    }
    expect(numbers).toEqual(Array.from({ length: 1201 }, (_, index) => index + 2));
    expect(batches.counts(batchId)).toMatchObject({ total: 1201, faulty: 1201 });
  });

  it('are those of this batch', () => {
    const { batches, account, template, batchId } = openWithBatch();
    const other = batches.create(account.id, template.id, source, now);
    batches.addRow(other, faultyRow);
    expect([...batches.rows(batchId)]).toEqual([]);
  });

  it('keep their cells, order, title and findings as they were', () => {
    const { batches, batchId } = openWithBatch();
    const cells = [
      ['=1+1', '“引”', '\t'],
      ['', '续行', '0007'],
    ];
    batches.addRow(batchId, { ...faultyRow, cells: JSON.stringify(cells) });
    const [row] = batches.rows(batchId);
    expect(row).toEqual({
      id: 1,
      rowNumber: 2,
      state: 'faulty',
      orderId: 'A1',
      title: '',
      invoiceId: null,
      findings: [finding('value.required', '发票抬头')],
      change: null,
      changedFields: [],
      cells,
    });
  });

  it('have an invoice exactly where they were not faulty; the database itself sees to it', () => {
    const { records, batches, account, batchId } = openWithBatch();
    const { id } = records.invoices.createDraft(account, contentOf(digitalInvoice(1)), now);
    expect(() => batches.addRow(batchId, { ...faultyRow, invoiceId: id })).toThrow('CHECK constraint failed');
    expect(() => batches.addRow(batchId, { ...faultyRow, importState: 'linked' })).toThrow('CHECK constraint failed');
  });
});
