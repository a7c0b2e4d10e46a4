import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { counts, goodInvoices, importGood, sourceOf } from '../../support/app-batch.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTable, writeTableWithPdfs } from '../../support/app-table.ts';
import { insertPath, type Stage, startStage } from '../../support/app-under-test.ts';

describe('a table of good rows', () => {
  test('becomes as many cards as it has orders, and the books of WeChat say the same', async () => {
    const stage = await startStage();
    const { batch, invoices } = await importGood(stage, 6);
    expect(batch).toMatchObject({ state: 'ready', counts: counts({ total: 6, waiting: 6 }), error: null });
    const done = await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(done).toMatchObject({ state: 'finished', counts: counts({ total: 6, issued: 6 }), error: null });
    const orders = stage.books().cards.map(({ orderId }) => orderId);
    expect(orders.sort()).toEqual(invoices.map(({ orderId }) => orderId).sort());
    const { rows } = await stage.app().succeed('batch.get', { batchId: batch.id });
    for (const row of rows) {
      const invoice = await stage.look(row.invoiceId ?? 0);
      const card = stage.books().cards.find(({ orderId }) => orderId === row.orderId);
      expect(invoice).toMatchObject({ state: 'issued', cardCode: card?.code, openid: card?.openid });
    }
  });

  test('imported again, before it runs or after, makes no second card', async () => {
    const stage = await startStage();
    const { batch, files } = await importGood(stage, 4);
    const again = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    expect(again.counts).toEqual(counts({ total: 4, waiting: 4 }));
    await Promise.all([
      stage.app().succeed('batch.run', { batchId: batch.id }),
      stage.app().succeed('batch.run', { batchId: again.id }),
    ]);
    expect(stage.books().cards).toHaveLength(4);
    expect(stage.callsTo(insertPath)).toHaveLength(4);
    const after = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    expect(after.counts).toEqual(counts({ total: 4, already: 4 }));
    expect(await stage.app().succeed('batch.run', { batchId: after.id })).toMatchObject({
      state: 'finished',
      counts: counts({ total: 4, already: 4 }),
    });
    expect(stage.callsTo(insertPath)).toHaveLength(4);
    expect((await stage.app().succeed('invoice.list', {})).total).toBe(4);
  });

  test('its report, imported as it is, makes no second card either', async () => {
    const stage = await startStage();
    const { batch, files } = await importGood(stage, 3);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    const report = await stage.app().succeed('batch.report', { batchId: batch.id });
    expect(report).toEqual({ file: join(stage.folder, 'invoices.report.csv'), rows: 3 });
    const text = await readFile(report.file, 'utf8');
    for (const { code, openid } of stage.books().cards) {
      expect(text).toContain(code);
      expect(text).toContain(openid);
    }
    const again = await stage.app().succeed('batch.import', await sourceOf(stage, { ...files, table: report.file }));
    expect(again.counts).toEqual(counts({ total: 3, already: 3 }));
    await stage.app().succeed('batch.run', { batchId: again.id });
    expect(stage.books().cards).toHaveLength(3);
  });

  test('run twice at once is run once', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 3);
    const run = () => stage.app().call('batch.run', { batchId: batch.id });
    const results = await Promise.all([run(), run()]);
    expect(results.map((result) => (result.ok ? result.value.state : result.error.code)).sort()).toEqual([
      'batch.running',
      'finished',
    ]);
    expect(stage.callsTo(insertPath)).toHaveLength(3);
  });
});

describe('a table that does not fit the records', () => {
  test('a changed row of an issued order is a conflict that names the fields, and nothing changes', async () => {
    const stage = await startStage();
    const { batch, files, invoices } = await importGood(stage, 2);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    const [first, second] = invoices;
    if (!first || !second) throw new Error('two invoices were made');
    await writeTable(files.table, [{ ...first, title: '另一家公司', feeFen: 11_400 }, second]);
    const again = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    expect(again.counts).toEqual(counts({ total: 2, faulty: 1, already: 1 }));
    const { rows } = await stage.app().succeed('batch.get', { batchId: again.id });
    const conflict = rows.find(({ orderId }) => orderId === first.orderId);
    expect(conflict?.findings).toMatchObject([
      expect.anything(),
      { code: 'row.conflicts-with-record', severity: 'fault' },
    ]);
    const text = conflict?.findings.at(-1)?.text.zhCN ?? '';
    expect(text).toContain(first.orderId);
    expect((await stage.look(1)).fields).toEqual(first);
    await stage.app().succeed('batch.run', { batchId: again.id });
    expect(stage.books().cards).toHaveLength(2);
  });

  test('a number that another order has used is a fault before anything is sent', async () => {
    const stage = await startStage();
    const issued = await stage.draft();
    await stage.app().succeed('invoice.issue', { invoiceId: issued.id });
    const { billingNo, orderId } = issued.fields;
    const files = await writeTableWithPdfs(stage.folder, [digitalInvoice(900, { billingNo })]);
    const checked = await stage.app().succeed('batch.check', await sourceOf(stage, files));
    expect(checked.rows).toMatchObject([{ state: 'faulty', findings: [{ code: 'row.number-used' }] }]);
    expect(checked.rows[0]?.findings[0]?.text.zhCN).toContain(orderId);
  });

  test('a PDF that another order has used waits with its reason and is not sent', async () => {
    const stage = await startStage();
    const { files, batch } = await importGood(stage, 1);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    const [sameFile] = goodInvoices(stage, 1);
    if (!sameFile) throw new Error('one invoice was made');
    const [card] = stage.books().cards;
    await cp(join(files.pdfFolder, `${card?.orderId}.pdf`), join(files.pdfFolder, `${sameFile.orderId}.pdf`));
    await writeTable(files.table, [sameFile]);
    const second = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    await stage.app().succeed('batch.run', { batchId: second.id });
    expect(stage.books().cards).toHaveLength(1);
    const { rows } = await stage.app().succeed('batch.get', { batchId: second.id });
    const invoiceId = rows[0]?.invoiceId;
    const { state, error } = await stage.look(invoiceId ?? 0);
    expect({ state, code: error?.code }).toEqual({ state: 'draft', code: 'invoice.pdf-used' });
    const { file } = await stage.app().succeed('batch.report', { batchId: second.id });
    expect(await readFile(file, 'utf8')).toContain(card?.orderId);
  });

  test('batch.check says what an import would do and writes nothing', async () => {
    const stage = await startStage();
    const { batch, files, invoices } = await importGood(stage, 2);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    const fresh = digitalInvoice(stage.nextSerial());
    const withoutPdf = digitalInvoice(stage.nextSerial());
    await writeTableWithPdfs(stage.folder, [fresh]);
    await writeTable(files.table, [...invoices, fresh, withoutPdf]);
    const before = dump(stage);
    const callsBefore = stage.books().calls.length;
    const checked = await stage.app().succeed('batch.check', await sourceOf(stage, files));
    expect(checked.counts).toEqual(counts({ total: 4, already: 2, waiting: 1, faulty: 1 }));
    expect(checked.rows.at(-1)?.findings).toMatchObject([{ code: 'pdf.not-found', severity: 'fault' }]);
    expect(dump(stage)).toEqual(before);
    expect(stage.books().calls).toHaveLength(callsBefore);
  });
});

/** Everything in the database, as text. */
function dump(stage: Stage): unknown {
  const database = new BetterSqlite3(join(stage.dataFolder, 'fapiao-desk.db'), { readonly: true });
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck().all();
    return tables.map((table) => [table, database.prepare(`SELECT * FROM "${String(table)}" ORDER BY rowid`).all()]);
  } finally {
    database.close();
  }
}

const samples = fileURLToPath(new URL('../../../resources/samples', import.meta.url));

describe.skipIf(!existsSync(join(samples, '发票.csv')))('the samples that come with the program', () => {
  test('55 of 60 orders become cards, five are named, and a second round makes none', async () => {
    const stage = await startStage();
    const files = { table: join(stage.folder, '发票.csv'), pdfFolder: join(samples, 'pdf') };
    await writeFile(files.table, await readFile(join(samples, '发票.csv')));
    const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    expect(batch).toMatchObject({ encoding: 'gb18030', counts: counts({ total: 60, faulty: 5, waiting: 55 }) });
    const done = await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(done.counts).toEqual(counts({ total: 60, faulty: 5, issued: 55 }));
    expect(stage.books().cards).toHaveLength(55);
    expect(stage.books().repeatedNonces).toEqual([]);
    const { rows } = await stage.app().succeed('batch.get', { batchId: batch.id });
    const faulty = rows.filter(({ state }) => state === 'faulty');
    expect(faulty.map(({ rowNumber, orderId }) => `${rowNumber} ${orderId}`)).toEqual([
      '15 WX202610130009',
      '32 WX202610210020',
      '54 WX202611010034',
      '67 WX202611070042',
      '86 WX202611150054',
    ]);
    for (const { findings } of faulty) expect(findings.some(({ severity }) => severity === 'fault')).toBe(true);
    const { file } = await stage.app().succeed('batch.report', { batchId: batch.id });
    const again = await stage.app().succeed('batch.import', await sourceOf(stage, { ...files, table: file }));
    expect(again.counts).toEqual(counts({ total: 60, faulty: 5, already: 55 }));
    await stage.app().succeed('batch.run', { batchId: again.id });
    expect(stage.books().cards).toHaveLength(55);
  });
});
