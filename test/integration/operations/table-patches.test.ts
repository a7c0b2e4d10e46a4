import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutputOf, RequestOf } from '../../../shared/contract/contract.ts';
import type { CellEdit } from '../../../shared/contract/table-reading.ts';
import { patchRows } from '../../../shared/table/patch-rows.ts';
import { goodInvoices, sourceOf } from '../../support/app-batch.ts';
import { writePdf } from '../../support/app-invoices.ts';
import { writeTable, writeTableWithPdfs } from '../../support/app-table.ts';
import { type Stage, startStage } from '../../support/app-under-test.ts';

const orders = 12;
const pageRows = 3;
type Checked = OutputOf<'table.check'>;
type Source = RequestOf<'table.check'>;

async function startDesk() {
  const stage = await startStage();
  const invoices = goodInvoices(stage, orders);
  const files = await writeTableWithPdfs(stage.folder, invoices);
  return { stage, invoices, files, source: await sourceOf(stage, files) };
}

/** Asks as the page does: page by page for what differs from what it has. */
async function patched(stage: Stage, source: Source, known: Checked | undefined): Promise<Checked> {
  const request = { ...source, limit: pageRows, ...(known ? { known: known.checkId } : {}) };
  const answer = await stage.app().succeed('table.check', request);
  const { checkId, base } = answer;
  const rows = [...answer.rows];
  for (let after = answer.next; after !== null; ) {
    const page = await stage.app().succeed('table.checkedRows', { checkId, base, after, limit: pageRows });
    rows.push(...page.rows);
    after = page.next;
  }
  if (base === null) return { ...answer, rows };
  expect(base).toBe(known?.checkId);
  return { ...answer, rows: [...patchRows(known?.rows ?? [], rows, answer.goneRows)] };
}

/** What is said of the table, whoever asked and how. */
const content = ({ checkId: _id, base: _base, next: _next, goneRows: _gone, ...rest }: Checked) => rest;

const columns = { orderId: 0, title: 1, billingCode: 2, billingNo: 3, billingTime: 4, fee: 6, pdfFile: 13 } as const;

/** Values that make orders and numbers meet, files be shared, and cells be wrong and right again. */
function editsOver(cells: readonly (readonly string[])[]) {
  const row = fc.integer({ min: 2, max: orders + 1 });
  const of = (column: number) => fc.constantFrom(...cells.map((ofRow) => ofRow[column] ?? ''));
  const edit = (column: number, value: fc.Arbitrary<string>) => fc.record({ row, column: fc.constant(column), value });
  return fc.array(
    fc.oneof(
      edit(columns.orderId, of(columns.orderId)),
      edit(columns.billingNo, of(columns.billingNo)),
      edit(columns.billingCode, of(columns.billingCode)),
      edit(columns.pdfFile, fc.oneof(of(columns.pdfFile), fc.constantFrom('', 'gone.pdf'))),
      edit(columns.fee, fc.constantFrom('18O.01', '113.00', '')),
      edit(columns.title, fc.constantFrom('青禾', '')),
    ),
    { maxLength: 6 },
  );
}

describe('what differs from an earlier check', () => {
  test('makes the rows of a check of everything, after any corrections', async () => {
    const { stage, source } = await startDesk();
    const first = await patched(stage, source, undefined);
    const cells = first.rows.flatMap((row) => row.cells);
    await fc.assert(
      fc.asyncProperty(fc.array(editsOver(cells), { minLength: 1, maxLength: 4 }), async (steps) => {
        let known = await patched(stage, source, undefined);
        for (const edits of steps) known = await patched(stage, { ...source, edits }, known);
        const whole = await stage.app().succeed('table.check', { ...source, edits: steps.at(-1) ?? [] });
        // Read with the corrections, by the way of an import.
        const imported = await stage.app().succeed('batch.check', { ...source, edits: steps.at(-1) ?? [] });
        expect(content(known)).toEqual(content(whole));
        expect(known.counts).toEqual(imported.counts);
        expect(known.changes).toEqual(imported.changes);
        const short = known.rows.map(({ rowNumbers: _rows, cells: _cells, pdf: _pdf, ...row }) => row);
        expect(short).toEqual(imported.rows.map(({ changedFields: _fields, ...row }) => row));
      }),
      { numRuns: 6 },
    );
  }, 240_000);

  test('is little after one correction, and nothing after none', async () => {
    const { stage, source } = await startDesk();
    const known = await patched(stage, source, undefined);
    const edits: CellEdit[] = [{ row: 5, column: columns.fee, value: 'x' }];
    const answer = await stage.app().succeed('table.check', { ...source, edits, known: known.checkId });
    expect(answer).toMatchObject({ base: known.checkId, goneRows: [], counts: { faulty: 1, waiting: orders - 1 } });
    expect(answer.rows.map(({ rowNumber }) => rowNumber)).toEqual([5]);
    const again = await stage.app().succeed('table.check', { ...source, edits, known: answer.checkId });
    expect(again).toMatchObject({ base: answer.checkId, rows: [], goneRows: [] });
  });

  test('names orders that came to stand in another one’s rows', async () => {
    const { stage, source } = await startDesk();
    const known = await patched(stage, source, undefined);
    const [first] = known.rows;
    const edits: CellEdit[] = [{ row: 5, column: columns.orderId, value: first?.orderId ?? '' }];
    const answer = await stage.app().succeed('table.check', { ...source, edits, known: known.checkId });
    expect(answer.goneRows).toEqual([5]);
    expect(answer.rows.map(({ rowNumbers }) => rowNumbers)).toEqual([[2, 5]]);
    const back = await stage.app().succeed('table.check', { ...source, known: answer.checkId });
    expect(back.goneRows).toEqual([]);
    expect(back.rows.map(({ rowNumbers }) => rowNumbers)).toEqual([[2], [5]]);
  });
});

describe('an earlier check does not stand in the way', () => {
  test('of records that changed meanwhile', async () => {
    const { stage, source, invoices } = await startDesk();
    const known = await patched(stage, source, undefined);
    expect(known.changes).toMatchObject({ new: orders });
    const [, second] = invoices;
    const { id } = await stage.draft({ fields: { ...second, title: '别的抬头' } });
    const drafted = await patched(stage, source, known);
    expect(drafted.rows.map(({ change }) => change)).toEqual(invoices.map((_, at) => (at === 1 ? 'changed' : 'new')));
    await stage.app().succeed('invoice.removeDraft', { invoiceId: id });
    expect((await patched(stage, source, drafted)).changes).toMatchObject({ new: orders, changed: 0 });
    await stage.app().succeed('batch.import', source);
    expect((await patched(stage, source, drafted)).changes).toMatchObject({ new: 0, unchanged: orders });
  });

  test('of a table that was written anew, or a PDF that went', async () => {
    const { stage, source, invoices, files } = await startDesk();
    const known = await patched(stage, source, undefined);
    const [first, ...others] = invoices;
    await rm(join(files.pdfFolder, `${first?.orderId}.pdf`));
    const without = await patched(stage, source, known);
    expect(without).toMatchObject({ base: null, counts: { faulty: 1 }, pdfCount: orders - 1 });
    await writePdf(join(files.pdfFolder, `${first?.orderId}.pdf`), ['x']);
    await writeTable(files.table, others);
    expect(await patched(stage, source, without)).toMatchObject({
      base: null,
      counts: { total: orders - 1, faulty: 0 },
    });
  });

  test('of reading the same table in another way; further rows of the first reading are then refused', async () => {
    const { stage, source } = await startDesk();
    const known = await patched(stage, source, undefined);
    const other = await patched(stage, { ...source, columns: undefined, encoding: 'utf-8' }, known);
    expect(other.base).toBeNull();
    expect(
      await stage.app().refuse('table.checkedRows', { checkId: known.checkId, base: null, after: 0, limit: 5 }),
    ).toMatchObject({ code: 'table.check-outdated' });
  });
});
