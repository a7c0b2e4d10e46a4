import { describe, expect, test } from 'vitest';
import type { BatchRow } from '../../../shared/contract/batch-operations.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { counts, importGood, sourceOf } from '../../support/app-batch.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTable, writeTableWithPdfs } from '../../support/app-table.ts';
import { insertPath, type Stage, startStage } from '../../support/app-under-test.ts';

type Files = Awaited<ReturnType<typeof importGood>>['files'];

const changesOf = (rows: readonly Pick<BatchRow, 'orderId' | 'change'>[]) =>
  Object.fromEntries(rows.map(({ orderId, change }) => [orderId, change]));

/** What the check says and what the import then stores have to be the same. */
async function importChecked(stage: Stage, files: Files) {
  const checked = await stage.app().succeed('batch.check', await sourceOf(stage, files));
  const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
  const { rows } = await stage.app().succeed('batch.get', { batchId: batch.id });
  expect(rows.map(({ id: _id, invoiceId: _invoiceId, ...row }) => row)).toEqual(
    checked.rows.map(({ invoiceId: _invoiceId, ...row }) => row),
  );
  expect(batch.changes).toEqual(checked.changes);
  expect(batch.counts).toEqual(checked.counts);
  return { batch, rows };
}

const run = (stage: Stage, batchId: number) => stage.app().succeed('batch.run', { batchId, concurrency: 1 });

describe('the same table imported once more', () => {
  test('before anything ran: all unchanged, and each order stays one invoice', async () => {
    const stage = await startStage();
    const { batch, files } = await importGood(stage, 3);
    expect(batch.changes).toEqual({ new: 3, unchanged: 0, changed: 0, conflicting: 0 });
    const again = await importChecked(stage, files);
    expect(again.batch.changes).toEqual({ new: 0, unchanged: 3, changed: 0, conflicting: 0 });
    expect(again.batch.counts).toEqual(counts({ total: 3, waiting: 3 }));
    expect((await stage.app().succeed('invoice.list', {})).total).toBe(3);
    await run(stage, again.batch.id);
    expect(stage.callsTo(insertPath)).toHaveLength(3);
  });

  test('after some were issued and one is unknown: these stay as they are, the rest waits', async () => {
    const stage = await startStage();
    const { batch, files, invoices } = await importGood(stage, 3);
    await stage.control.misbehave({ kind: 'drop-after', path: insertPath, skip: 1 });
    await stage.control.misbehave({ kind: 'errcode', errcode: 72031, path: insertPath });
    await run(stage, batch.id);
    const states = (await stage.app().succeed('batch.get', { batchId: batch.id })).rows.map(({ state }) => state);
    expect(states.toSorted()).toEqual(['issued', 'rejected', 'unknown']);
    const again = await importChecked(stage, files);
    expect(again.batch.changes).toEqual({ new: 0, unchanged: 3, changed: 0, conflicting: 0 });
    expect(again.batch.counts).toEqual(counts({ total: 3, already: 1, unknown: 1, waiting: 1 }));
    await run(stage, again.batch.id);
    expect(stage.books().cards).toHaveLength(invoices.length);
    expect(stage.callsTo(insertPath)).toHaveLength(4);
  });

  test('after one card was voided: the row says so, and nothing is sent', async () => {
    const stage = await startStage();
    const { batch, files, invoices } = await importGood(stage, 2);
    await run(stage, batch.id);
    const [first, second] = invoices;
    if (!first || !second) throw new Error('two invoices were made');
    await stage.app().succeed('invoice.updateStatus', {
      invoiceId: 1,
      status: 'INVOICE_REIMBURSE_CANCEL',
      confirmedNumber: first.billingNo,
    });
    const again = await importChecked(stage, files);
    expect(again.batch.counts).toEqual(counts({ total: 2, already: 2 }));
    expect(
      again.rows.map(({ findings }) => findings.map(({ code }) => code).filter((code) => /^row/.test(code))),
    ).toEqual([['row.card-voided'], []]);
    const reissued: InvoiceFields = { ...first, billingNo: '26312000000900000001', billingCode: '', checkCode: '' };
    await writeTable(files.table, [reissued, second]);
    const { rows } = await importChecked(stage, files);
    expect(rows[0]).toMatchObject({
      state: 'faulty',
      change: 'conflicting',
      changedFields: ['billingNo', 'billingCode', 'checkCode'],
      invoiceId: null,
    });
    const conflict = rows[0]?.findings.find(({ code }) => code === 'row.order-voided');
    expect(conflict?.cure.zhCN).toContain(`${first.orderId}-1`);
    // As the cure says.
    await writeTableWithPdfs(stage.folder, [{ ...reissued, orderId: `${first.orderId}-1` }]);
    const cured = await importChecked(stage, files);
    expect(changesOf(cured.rows)).toEqual({ [`${first.orderId}-1`]: 'new' });
    await run(stage, cured.batch.id);
    expect(stage.books().cards).toHaveLength(3);
  });
});

describe('an overlapping table', () => {
  test('tells new, unchanged, changed and conflicting rows apart, and an import does what was told', async () => {
    const stage = await startStage();
    const { batch, files, invoices } = await importGood(stage, 4);
    const [issued, conflicting, unchanged, changed] = invoices;
    if (!issued || !conflicting || !unchanged || !changed) throw new Error('four invoices were made');
    await writeTable(files.table, [issued, conflicting]);
    const part = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    await run(stage, part.id);
    const fresh = digitalInvoice(stage.nextSerial());
    await writeTableWithPdfs(stage.folder, [fresh]);
    const table = [issued, { ...conflicting, remarks: '改过' }, unchanged, { ...changed, remarks: '改过' }, fresh];
    await writeTable(
      files.table,
      table.map((fields) => ({ ...fields, title: fields.remarks || fields.title })),
    );
    const { rows, batch: again } = await importChecked(stage, files);
    expect(changesOf(rows)).toEqual({
      [issued.orderId]: 'unchanged',
      [conflicting.orderId]: 'conflicting',
      [unchanged.orderId]: 'unchanged',
      [changed.orderId]: 'changed',
      [fresh.orderId]: 'new',
    });
    expect(again.changes).toEqual({ new: 1, unchanged: 2, changed: 1, conflicting: 1 });
    expect(rows.map(({ changedFields }) => changedFields)).toEqual([[], ['title'], [], ['title'], []]);
    await run(stage, again.id);
    expect(stage.books().cards).toHaveLength(5);
    const titles = (await stage.app().succeed('batch.get', { batchId: batch.id })).rows.map(({ title }) => title);
    expect(titles).toEqual(invoices.map(({ title }) => title));
    expect((await stage.look(4)).fields.title).toBe('改过');
    expect((await stage.look(2)).fields.title).toBe(conflicting.title);
  });

  test('an issued order with the number of a new invoice is no change but another order', async () => {
    const stage = await startStage();
    const { batch, files, invoices } = await importGood(stage, 1);
    await run(stage, batch.id);
    const [first] = invoices;
    if (!first) throw new Error('one invoice was made');
    await writeTable(files.table, [{ ...first, billingNo: '00009999' }]);
    const { rows } = await importChecked(stage, files);
    const [conflict] = rows[0]?.findings.filter(({ code }) => code === 'row.order-has-other-invoice') ?? [];
    expect(conflict?.text.zhCN).toContain(first.billingNo);
    expect(conflict?.cure.en).toContain(`${first.orderId}-1`);
  });
});
