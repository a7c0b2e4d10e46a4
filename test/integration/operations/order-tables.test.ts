import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../../scripts/run.ts';
import { createRandom } from '../../../scripts/samples/random.ts';
import { formatYuan } from '../../../shared/invoice/money.ts';
import { sourceOf } from '../../support/app-batch.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { insertPath } from '../../support/app-under-test.ts';
import { startOrderStage } from '../../support/order-stage.ts';

const linkPath = '/card/invoice/getauthurl';
const fixtures = join(projectRoot, 'test', 'fixtures', 'pdf');

const tableOf = (rows: readonly (readonly string[])[]) =>
  `订单编号,客户,实付金额\r\n${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;

describe('a table of orders', () => {
  test('is read as a trial: what is new, known, and wrong with the row and the reason', async () => {
    const { ask, app, accountId, newFile } = await startOrderStage();
    await ask({ orderId: 'T-0001', moneyFen: 11_300 });
    await ask({ orderId: 'T-0002', moneyFen: 11_300 });
    const table = await newFile(
      'orders.csv',
      tableOf([
        ['T-0001', '三号桌', '113.00'],
        ['T-0002', '五号桌', '99'],
        ['T-0003', '七号桌', '１，２３４．５'],
        ['T-0003', '七号桌', '1234.5'],
        ['', '八号桌', '5'],
        ['2.4E+19', '九号桌', '5'],
        ['T-0005', '十号桌', '免费'],
        ['T-0006', '十一号桌', '0'],
      ]),
    );
    const read = await app().succeed('order.readTable', { accountId, table });
    expect(read).toMatchObject({
      columns: { orderId: 0, money: 2, note: 1 },
      rows: 8,
      created: 1,
      known: 1,
      faulty: 6,
      sample: [{ orderId: 'T-0001' }, { orderId: 'T-0002' }, { orderId: 'T-0003', moneyFen: 123_450, note: '七号桌' }],
    });
    expect(read.faults.map(({ row, finding }) => [row, finding.code])).toEqual([
      [3, 'order.amount-changed'],
      [5, 'order.twice'],
      [6, 'value.required'],
      [7, 'number.excel-rounded'],
      [8, 'amount.not-a-number'],
      [9, 'amount.not-positive'],
    ]);
    expect(await app().succeed('order.list', { accountId })).toMatchObject({ counts: { waiting: 2, 'no-link': 0 } });
    expect(await app().succeed('order.importTable', { accountId, table })).toEqual({ created: 1, known: 1, faulty: 6 });
    expect(await app().succeed('order.importTable', { accountId, table })).toEqual({ created: 0, known: 2, faulty: 6 });
  });

  test('whose columns have unknown names is read by those that a person chooses', async () => {
    const { app, accountId, newFile } = await startOrderStage();
    const table = await newFile('orders.csv', 'wo,was,wieviel\nU-0001,Tee,12.5\n');
    expect(await app().succeed('order.readTable', { accountId, table })).toMatchObject({ columns: null, created: 0 });
    expect(await app().refuse('order.importTable', { accountId, table })).toMatchObject({
      code: 'order.table-columns',
    });
    const columns = { orderId: 0, money: 2, note: 1 };
    expect(await app().succeed('order.readTable', { accountId, table, columns })).toMatchObject({
      created: 1,
      sample: [{ orderId: 'U-0001', moneyFen: 1250, note: 'Tee' }],
    });
    const outside = { orderId: 0, money: 3, note: null };
    expect(await app().refuse('order.readTable', { accountId, table, columns: outside })).toMatchObject({
      code: 'order.table-columns',
    });
  });

  test('gets its links, with progress; what is wrong with the account is said once and stops it', async () => {
    const { app, accountId, newFile, control, callsTo, counts } = await startOrderStage();
    const rows = Array.from({ length: 30 }, (_, index) => [`L-${1000 + index}`, '', '10']);
    const table = await newFile('orders.csv', tableOf(rows));
    await app().succeed('order.importTable', { accountId, table, kind: 'apply-with-title' });
    await control.misbehave({ kind: 'errcode', errcode: 48_001, path: linkPath, skip: 10, times: 100 });
    const stopped = await app().refuse('order.requestLinks', { accountId });
    expect(stopped).toMatchObject({ code: 'wechat.48001', class: 'fix-account' });
    expect(callsTo(linkPath).length).toBeLessThan(15);
    expect((await counts()).waiting).toBe(10);
    await control.behave();
    expect(await app().succeed('order.requestLinks', { accountId })).toEqual({ obtained: 20, failed: 0, left: 0 });
    expect(await counts()).toMatchObject({ waiting: 30, 'no-link': 0 });
    const told = app().events.flatMap(({ name, payload }) => (name === 'order.requesting' ? [payload] : []));
    expect(told.at(0)).toMatchObject({ running: true, done: 0, total: 30 });
    expect(told.at(-1)).toEqual({ accountId, running: false, done: 20, total: 20, failed: 0 });
  });

  test('can be stopped, and goes on where it was', async () => {
    const { app, accountId, newFile, control, counts } = await startOrderStage();
    const rows = Array.from({ length: 20 }, (_, index) => [`S-${1000 + index}`, '', '10']);
    await app().succeed('order.importTable', { accountId, table: await newFile('orders.csv', tableOf(rows)) });
    await control.misbehave({ kind: 'delay-ms', milliseconds: 100, path: linkPath, times: 100 });
    const requesting = app().succeed('order.requestLinks', { accountId });
    await expect.poll(async () => (await counts()).waiting).toBeGreaterThan(0);
    expect(await app().refuse('order.requestLinks', { accountId })).toMatchObject({ code: 'order.requesting' });
    expect(await app().succeed('order.cancelRequests', { accountId })).toEqual({ cancelled: true });
    const { obtained, left } = await requesting;
    expect(left).toBeGreaterThan(0);
    await control.behave();
    expect(await app().succeed('order.requestLinks', { accountId })).toEqual({ obtained: left, failed: 0, left: 0 });
    expect((await counts()).waiting).toBe(obtained + left);
    expect(await app().succeed('order.cancelRequests', { accountId })).toEqual({ cancelled: false });
  });

  test('goes back out with the links, and no cell runs in a spreadsheet', async () => {
    const { ask, app, accountId, folder } = await startOrderStage();
    await ask({ orderId: '00012345', note: '=1+1' });
    await ask({ orderId: 'E-0002' });
    const path = join(folder, 'links.csv');
    const target = await app().files.admitTarget(path);
    if (!target.ok) throw new Error(target.error.text.en);
    expect(await app().succeed('order.exportLinks', { accountId, target: target.value })).toEqual({
      name: 'links.csv',
      rows: 2,
    });
    const [header, first, second] = (await readFile(path, 'utf8')).split('\r\n');
    expect(header).toBe('\uFEFF订单号,金额,客户,状态,授权链接,取链接时间,授权时间,抬头,纳税人识别号');
    expect(first).toMatch(/00012345.*113\.00.*'=1\+1.*等客户授权,http:.*order_id=00012345/);
    expect(second).toContain('E-0002');
  });
});

describe('authorised orders and a folder of PDFs', () => {
  test('become a table that is ready to be imported; nothing is matched by its amount alone', async () => {
    const { ask, authorise, app, accountId, folder, admit, template } = await startOrderStage();
    const pdfFolder = join(folder, 'pdf');
    await mkdir(pdfFolder);
    const put = (fixture: string, name: string) => copyFile(join(fixtures, fixture), join(pdfFolder, name));
    await put('a-vat-song-1.pdf', '发票_M-0001.pdf');
    await put('e-digital-special-1.pdf', '别的.pdf');
    const [first, second, waiting] = [
      await ask({ orderId: 'M-0001', moneyFen: 81_353 }),
      await ask({ orderId: 'M-0002', moneyFen: 81_353 }),
      await ask({ orderId: 'M-0003' }),
    ];
    for (const { orderId } of [first, second]) await authorise(orderId);
    for (const { id } of [first, second, waiting]) await app().succeed('order.check', { id });
    const made = await app().succeed('order.makeTable', { accountId, folder: await admit(pdfFolder) });
    expect(made).toMatchObject({
      rows: 1,
      ordersWithoutPdf: ['M-0002'],
      pdfsWithoutOrder: [{ file: '别的.pdf', finding: { code: 'pdf.no-order' } }],
    });
    const source = {
      accountId,
      templateId: template.id,
      table: made.table?.token ?? '',
      pdfFolder: await admit(pdfFolder),
    };
    const batch = await app().succeed('batch.import', source);
    expect(batch.counts).toMatchObject({ total: 1, waiting: 1, faulty: 0 });
    await app().succeed('batch.run', { batchId: batch.id });
    expect(await app().succeed('order.list', { accountId, stage: 'issued' })).toMatchObject({
      orders: [{ orderId: 'M-0001', invoice: { state: 'issued' } }],
    });
  });

  test('of which none is a PDF is said so', async () => {
    const { app, accountId, folder, admit } = await startOrderStage();
    const empty = join(folder, 'empty');
    await mkdir(empty);
    await writeFile(join(empty, 'a.txt'), 'x');
    expect(await app().refuse('order.makeTable', { accountId, folder: await admit(empty) })).toMatchObject({
      code: 'folder.no-pdfs',
    });
  });
});

describe('500 orders from a spreadsheet', () => {
  test('links out, authorisations in any order, cards out; the books are equal', async () => {
    const stage = await startOrderStage();
    const { app, accountId, newFile, authorise, folder, books, callsTo } = stage;
    const chance = createRandom(20_261_127);
    const invoices = Array.from({ length: 500 }, (_, index) =>
      digitalInvoice(stage.nextSerial(), { feeFen: 11_300 + index * 100, feeWithoutTaxFen: 10_000 + index * 100 }),
    );
    const rows = invoices.map(({ orderId, title, feeFen }) => [orderId, title, formatYuan(feeFen, { grouped: false })]);
    const table = await newFile('orders.csv', tableOf(rows));
    expect(await app().succeed('order.importTable', { accountId, table })).toMatchObject({ created: 500, faulty: 0 });
    expect(await app().succeed('order.requestLinks', { accountId })).toEqual({ obtained: 500, failed: 0, left: 0 });
    const shuffled = invoices
      .map(({ orderId }) => ({ orderId, place: chance.below(1_000_000) }))
      .sort((a, b) => a.place - b.place)
      .map(({ orderId }) => orderId);
    const unwilling = new Set(shuffled.slice(0, 20));
    for (const orderId of shuffled) await authorise(orderId, { granted: !unwilling.has(orderId) });
    for (const orderId of shuffled) await app().succeed('order.check', { id: (await stage.order(orderId)).id });
    expect(await stage.counts()).toMatchObject({ authorised: 480, waiting: 20 });

    const files = await writeTableWithPdfs(
      folder,
      invoices.filter(({ orderId }) => !unwilling.has(orderId)),
    );
    const batch = await app().succeed('batch.import', await sourceOf(stage, files));
    await app().succeed('batch.run', { batchId: batch.id });
    expect(await stage.counts()).toMatchObject({ issued: 480, waiting: 20, authorised: 0 });

    const cards = books()
      .cards.map(({ orderId }) => orderId)
      .sort();
    expect(cards).toEqual(invoices.flatMap(({ orderId }) => (unwilling.has(orderId) ? [] : [orderId])).sort());
    expect(callsTo(insertPath)).toHaveLength(480);
  });
});
