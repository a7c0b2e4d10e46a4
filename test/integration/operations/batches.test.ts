import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { createSteppingClock } from '../../support/app-clock.ts';
import { digitalInvoice, olderInvoice } from '../../support/app-invoices.ts';
import { writeTable, writeTableWithPdfs } from '../../support/app-table.ts';
import { insertPath, type SeenEvent, type Stage, shop, startStage } from '../../support/app-under-test.ts';

const setpdfPath = '/card/invoice/platform/setpdf';
const tokenPath = '/cgi-bin/stable_token';

/** A batch's input, from files on the disk. */
async function sourceOf(stage: Stage, files: { readonly table: string; readonly pdfFolder: string }) {
  return {
    accountId: stage.accountId,
    templateId: stage.template.id,
    table: await stage.admit(files.table),
    pdfFolder: await stage.admit(files.pdfFolder),
  };
}

/** As many good invoices, older and fully digital ones in turn. */
function goodInvoices(stage: Stage, count: number): InvoiceFields[] {
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0 ? olderInvoice(stage.nextSerial()) : digitalInvoice(stage.nextSerial()),
  );
}

async function importGood(stage: Stage, count: number) {
  const invoices = goodInvoices(stage, count);
  const files = await writeTableWithPdfs(stage.folder, invoices);
  const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
  return { invoices, files, batch };
}

const counts = (changes: object) => ({
  total: 0,
  faulty: 0,
  already: 0,
  waiting: 0,
  issued: 0,
  rejected: 0,
  unknown: 0,
  ...changes,
});

const isProgress = (event: SeenEvent): event is SeenEvent & { readonly payload: EventMap['batch.progress'] } =>
  event.name === 'batch.progress';

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

describe('a batch that cannot go on', () => {
  test('is stopped at once, with one message, by a secret that turns wrong in the middle; then it is resumed', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 6);
    // After the third card the secret is changed in WeChat's console, and the token at hand dies.
    await stage.control.misbehave({ kind: 'token-expired', path: insertPath, skip: 3, times: 100 });
    await stage.control.misbehave({ kind: 'errcode', errcode: 40_125, path: tokenPath, times: 100 });
    const error = await stage.app().refuse('batch.run', { batchId: batch.id, concurrency: 1 });
    expect(error).toMatchObject({ code: 'batch.stopped-by-account', class: 'fix-account', action: 'open-account' });
    expect(error.details['cause']).toBe('wechat.40125');
    expect(error.text.zhCN).toContain('AppSecret 不正确');
    expect(error.text.en).not.toMatch(/\p{Script=Han}/u);
    const stopped = await stage.app().succeed('batch.get', { batchId: batch.id });
    expect(stopped.batch).toMatchObject({
      state: 'stopped',
      error,
      counts: counts({ total: 6, issued: 3, waiting: 3 }),
    });
    expect(stage.callsTo(insertPath)).toHaveLength(4);
    expect(stage.callsTo(setpdfPath)).toHaveLength(4);
    await stage.control.behave();
    const resumed = await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(resumed).toMatchObject({ state: 'finished', error: null, counts: counts({ total: 6, issued: 6 }) });
    expect(stage.books().cards).toHaveLength(6);
  });

  test('with a wrong secret from the start sends nothing, however many rows it has', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 8);
    await stage.control.putApp({ ...shop, secret: 'changed-in-the-console-0123456789' });
    await stage.reopen();
    const error = await stage.app().refuse('batch.run', { batchId: batch.id, concurrency: 4 });
    expect(error).toMatchObject({ code: 'batch.stopped-by-account', details: { cause: 'wechat.40125' } });
    const { batch: stopped } = await stage.app().succeed('batch.get', { batchId: batch.id });
    expect(stopped).toMatchObject({ state: 'stopped', counts: counts({ total: 8, waiting: 8 }) });
    expect(stage.callsTo(setpdfPath)).toEqual([]);
    const finals = stage
      .app()
      .events.filter(isProgress)
      .filter(({ payload }) => !payload.running);
    expect(finals).toHaveLength(1);
  });

  test('without a network stops after three rows in a row and keeps the rest waiting', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 8);
    await stage.server.close();
    const error = await stage.app().refuse('batch.run', { batchId: batch.id, concurrency: 1 });
    expect(error).toMatchObject({ code: 'network.unreachable', class: 'wait-and-retry' });
    const { batch: stopped, rows } = await stage.app().succeed('batch.get', { batchId: batch.id });
    expect(stopped).toMatchObject({ state: 'stopped', counts: counts({ total: 8, waiting: 8 }) });
    const tried = await Promise.all(rows.map(async ({ invoiceId }) => stage.look(invoiceId ?? 0)));
    expect(tried.filter(({ error: reason }) => reason?.code === 'network.unreachable')).toHaveLength(3);
  });

  test('stopped by a person between two calls: what is out is awaited, the rest runs another time', async () => {
    const stopping: { act?: () => void } = {};
    const stage = await startStage({
      onEvent: ({ name, payload }) => {
        if (name === 'record.changed' && 'kind' in payload && payload.kind === 'invoice') stopping.act?.();
      },
    });
    const { batch } = await importGood(stage, 5);
    stopping.act = () => {
      if (stage.books().cards.length === 2) void stage.app().call('batch.stop', { batchId: batch.id });
    };
    const stopped = await stage.app().succeed('batch.run', { batchId: batch.id, concurrency: 1 });
    expect(stopped).toMatchObject({
      state: 'stopped',
      error: null,
      counts: counts({ total: 5, issued: 2, waiting: 3 }),
    });
    expect(stage.callsTo(insertPath)).toHaveLength(2);
    delete stopping.act;
    const resumed = await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(resumed).toMatchObject({ state: 'finished', counts: counts({ total: 5, issued: 5 }) });
    expect(stage.books().cards).toHaveLength(5);
  });

  test('a row that WeChat refuses and one whose answer is lost do not keep the others back', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 4);
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_038, path: insertPath, skip: 1 });
    await stage.control.misbehave({ kind: 'drop-after', path: insertPath, skip: 1 });
    const done = await stage.app().succeed('batch.run', { batchId: batch.id, concurrency: 1 });
    expect(done).toMatchObject({
      state: 'finished',
      error: null,
      counts: counts({ total: 4, issued: 2, rejected: 1, unknown: 1 }),
    });
    expect(stage.books().cards).toHaveLength(3);
    const { file } = await stage.app().succeed('batch.report', { batchId: batch.id });
    const report = await readFile(file, 'utf8');
    expect(report).toContain('订单没有授权');
    expect(report).toContain('结果未知');
    // Run again, neither of the two is sent again by itself.
    await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(stage.callsTo(insertPath)).toHaveLength(4);
  });

  test('closed while it runs: stopped, and resumed after the next start', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 4);
    const running = stage.app().call('batch.run', { batchId: batch.id, concurrency: 1 });
    await stage.reopen();
    expect(await running).toMatchObject({ ok: true, value: { state: 'stopped' } });
    const { batch: stopped } = await stage.app().succeed('batch.get', { batchId: batch.id });
    expect(stopped.counts.issued).toBe(stage.books().cards.length);
    expect(stopped.counts.issued).toBeLessThan(4);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(stage.books().cards).toHaveLength(4);
  });
});

describe('the progress of a batch', () => {
  test('is told at most ten times a second, and the last time completely', async () => {
    const clock = createSteppingClock(7);
    const seen: { readonly at: number; readonly payload: EventMap['batch.progress'] }[] = [];
    const stage = await startStage({
      clock,
      onEvent: (event) => {
        if (isProgress(event)) seen.push({ at: clock.last(), payload: event.payload });
      },
    });
    const { batch } = await importGood(stage, 12);
    await stage.app().succeed('batch.run', { batchId: batch.id, concurrency: 2 });
    const last = seen.at(-1);
    expect(last?.payload).toMatchObject({
      batchId: batch.id,
      running: false,
      counts: counts({ total: 12, issued: 12 }),
      secondsLeft: 0,
    });
    const during = seen.slice(0, -1);
    expect(during.length).toBeGreaterThan(2);
    expect(during.every(({ payload }) => payload.running)).toBe(true);
    for (const [index, { at }] of during.entries())
      expect(at - (during[index - 1]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(100);
    const finished = seen.map(({ payload }) => payload.counts.issued);
    expect(finished).toEqual([...finished].sort((a, b) => a - b));
  });
});

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
