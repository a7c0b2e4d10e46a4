import { cpSync, existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EventMap } from '../../../shared/contract/events.ts';
import { counts, goodInvoices, sourceOf } from '../../support/app-batch.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTable, writeTableWithPdfs } from '../../support/app-table.ts';
import { openApp, type SeenEvent, type Stage, shop, startStage } from '../../support/app-under-test.ts';

type Importing = EventMap['batch.importing'];

const orders = 250;

function importingOf({ name, payload }: SeenEvent): Importing | undefined {
  // The name tells the payload's type, which the union of all events does not carry over.
  return name === 'batch.importing' ? (payload as Importing) : undefined;
}

/** A stage with a table of 250 orders: three chunks of the reading thread. One has a draft with other content already. */
async function startLargeStage(onEvent: (event: SeenEvent) => void = () => {}) {
  const stage = await startStage({ onEvent });
  const invoices = goodInvoices(stage, orders);
  const files = await writeTableWithPdfs(stage.folder, invoices);
  const [first] = invoices;
  if (!first) throw new Error('there is a first invoice');
  await stage.draft({ fields: { ...first, title: '旧抬头' } });
  return { stage, files, invoices };
}

/** What is in the tables that an import writes. */
function rowsIn(dataFolder: string) {
  const database = new BetterSqlite3(join(dataFolder, 'fapiao-desk.db'), { readonly: true });
  const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  try {
    return { batch: count('batch'), rows: count('batch_row'), staged: count('import_row'), invoices: count('invoice') };
  } finally {
    database.close();
  }
}

/** Starts the program on a copy of a data folder, taken while the first one was at work: as after a crash there. */
async function startOn(stage: Stage, copy: string) {
  const app = openApp({ dataFolder: copy, clock: stage.clock, secret: shop.secret });
  onTestFinished(() => app.close());
  return app;
}

describe('an import', () => {
  test('tells how far it is, in both steps, and shows nothing before it is whole', async () => {
    const seen: Importing[] = [];
    const { stage, files } = await startLargeStage((event) => {
      const importing = importingOf(event);
      if (importing) seen.push(importing);
    });
    const source = await sourceOf(stage, files);
    const running = stage.app().succeed('batch.import', source);
    expect(await stage.app().refuse('batch.import', source)).toMatchObject({ code: 'batch.import-running' });
    const lists = [await stage.app().succeed('batch.list', {})];
    const batch = await running;
    expect(lists).toEqual([{ batches: [] }]);
    expect(batch.counts).toEqual(counts({ total: orders, waiting: orders }));
    expect(batch.changes).toEqual({ new: orders - 1, unchanged: 0, changed: 1, conflicting: 0 });
    // Counted on the way, and once more by the database.
    expect((await stage.app().succeed('batch.get', { batchId: batch.id })).batch).toEqual(batch);
    expect(new Set(seen.map(({ step }) => step))).toEqual(new Set(['reading', 'linking']));
    expect(seen.filter(({ step }) => step === 'linking').at(-1)).toMatchObject({ done: orders, total: orders });
    expect(rowsIn(stage.dataFolder)).toEqual({ batch: 1, rows: orders, staged: 0, invoices: orders });
  });

  test('that is cancelled while rows are read leaves nothing, and can be made again', async () => {
    const answers: Promise<{ readonly cancelled: boolean }>[] = [];
    const { stage, files } = await startLargeStage((event) => {
      if (importingOf(event)?.step === 'reading' && answers.length === 0)
        answers.push(stage.app().succeed('batch.cancelImport', {}));
    });
    const error = await stage.app().refuse('batch.import', await sourceOf(stage, files));
    expect(error).toMatchObject({ code: 'work.cancelled' });
    expect(await Promise.all(answers)).toEqual([{ cancelled: true }]);
    expect(rowsIn(stage.dataFolder)).toEqual({ batch: 0, rows: 0, staged: 0, invoices: 1 });
    expect((await stage.look(1)).fields.title).toBe('旧抬头');
    expect(await stage.app().succeed('batch.cancelImport', {})).toEqual({ cancelled: false });
    const again = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    expect(again.counts.waiting).toBe(orders);
  });

  test('whose rows have all been read is finished, whoever asks otherwise', async () => {
    const answers: Promise<{ readonly cancelled: boolean }>[] = [];
    const { stage, files } = await startLargeStage((event) => {
      if (importingOf(event)?.step === 'linking' && answers.length === 0)
        answers.push(stage.app().succeed('batch.cancelImport', {}));
    });
    const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    expect(await Promise.all(answers)).toEqual([{ cancelled: false }]);
    expect(batch.counts.waiting).toBe(orders);
  });

  test('is thrown away with the end of the program', async () => {
    const { stage, files } = await startLargeStage((event) => {
      if (importingOf(event)?.step === 'reading') void stage.app().close();
    });
    const source = await sourceOf(stage, files);
    expect(await stage.app().call('batch.import', source)).toMatchObject({
      ok: false,
      error: { code: 'work.cancelled' },
    });
    await stage.reopen();
    expect(rowsIn(stage.dataFolder)).toEqual({ batch: 0, rows: 0, staged: 0, invoices: 1 });
  });

  test('of a table that ends in something that is none leaves nothing', async () => {
    const { stage, files } = await startLargeStage();
    await appendFile(files.table, '"not closed');
    const error = await stage.app().refuse('batch.import', await sourceOf(stage, files));
    expect(error.code).toBe('table.not-csv');
    expect(rowsIn(stage.dataFolder)).toMatchObject({ batch: 0, rows: 0, staged: 0, invoices: 1 });
  });

  test('that meets a record issued meanwhile leaves it alone and says so', async () => {
    const { stage, files } = await startLargeStage((event) => {
      // As fast as this only a test can be: between the reading of the row and its linking.
      if (importingOf(event)?.step === 'reading' && issued.length === 0)
        issued.push(stage.app().call('invoice.issue', { invoiceId: 1 }));
    });
    const issued: Promise<unknown>[] = [];
    const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    await Promise.all(issued);
    const { rows } = await stage.app().succeed('batch.get', { batchId: batch.id });
    const [card] = stage.books().cards;
    // Whichever was first: the card says what the record says.
    const record = await stage.look(1);
    if (card) expect(card).toMatchObject({ orderId: record.fields.orderId });
    if (record.state === 'issued' && record.fields.title === '旧抬头')
      expect(rows[0]).toMatchObject({ state: 'faulty', change: 'conflicting' });
  });
});

describe('a program that ends in the middle of an import', () => {
  async function crashIn(step: Importing['step']) {
    const { stage, files } = await startLargeStage((event) => {
      const importing = importingOf(event);
      if (importing?.step !== step || (step === 'reading' && importing.done === 0)) return;
      const copy = join(stage.folder, 'crashed');
      if (!existsSync(copy)) cpSync(stage.dataFolder, copy, { recursive: true });
    });
    const batch = await stage.app().succeed('batch.import', await sourceOf(stage, files));
    const copy = join(stage.folder, 'crashed');
    return { stage, batch, copy, before: rowsIn(copy), app: await startOn(stage, copy) };
  }

  test('while rows were read: at the next start there is nothing of it', async () => {
    const { app, copy, before } = await crashIn('reading');
    expect(before).toMatchObject({ batch: 1, invoices: 1 });
    expect(before.staged).toBeGreaterThan(0);
    expect(rowsIn(copy)).toEqual({ batch: 0, rows: 0, staged: 0, invoices: 1 });
    expect(await app.succeed('batch.list', {})).toEqual({ batches: [] });
    expect((await app.succeed('invoice.get', { invoiceId: 1 })).invoice.fields.title).toBe('旧抬头');
  });

  test('while invoices were made: at the next start it is whole, as if nothing had happened', async () => {
    const { stage, app, copy, batch, before } = await crashIn('linking');
    expect(before).toMatchObject({ batch: 1, rows: orders });
    expect(before.staged).toBeGreaterThan(0);
    expect(rowsIn(copy)).toEqual({ batch: 1, rows: orders, staged: 0, invoices: orders });
    const [recovered] = (await app.succeed('batch.list', {})).batches;
    expect(recovered).toEqual(batch);
    const here = await app.succeed('batch.get', { batchId: batch.id });
    const there = await stage.app().succeed('batch.get', { batchId: batch.id });
    expect(here.rows).toEqual(there.rows);
  });

  test('is not undone or finished by another program that looks on', async () => {
    const others: (number | string)[] = [];
    const { stage, files } = await startLargeStage((event) => {
      if (importingOf(event)?.step !== 'reading' || others.length > 0) return;
      const other = openApp({ dataFolder: stage.dataFolder, clock: stage.clock });
      others.push(String(rowsIn(stage.dataFolder).batch));
      void other.call('batch.import', source).then((result) => {
        others.push(result.ok ? 'imported' : result.error.code);
        return other.close();
      });
    });
    const source = await sourceOf(stage, files);
    const batch = await stage.app().succeed('batch.import', source);
    expect(batch.counts.waiting).toBe(orders);
    await expect.poll(() => others).toHaveLength(2);
    expect(others[0]).toBe('1');
  });
});

describe('a check', () => {
  test('ends with the program, and of a table of any length', async () => {
    const stage = await startStage();
    const table = join(stage.folder, 'large.csv');
    const { pdfFolder } = await writeTableWithPdfs(stage.folder, []);
    await writeTable(
      table,
      Array.from({ length: 3000 }, (_, index) => digitalInvoice(index + 1)),
    );
    const checking = stage.app().call('batch.check', await sourceOf(stage, { table, pdfFolder }));
    stage.app().stopWork();
    expect(await checking).toMatchObject({ ok: false, error: { code: 'work.cancelled' } });
  });
});
