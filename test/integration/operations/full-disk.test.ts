import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { installWriteFaults } from '../../faults/disk/write-faults.ts';
import { counts, goodInvoices, importGood, sourceOf } from '../../support/app-batch.ts';
import { writeTableWithPdfs } from '../../support/app-table.ts';
import { insertPath, type Stage, startStage } from '../../support/app-under-test.ts';

const faults = installWriteFaults();
afterEach(faults.disarm);

const never = Number.POSITIVE_INFINITY;
const breakDisk = (kind: 'full' | 'io' | 'locked' = 'full', lasts = never) => faults.arm({ kind, at: 1, lasts });

/** Breaks the disk when the first request of an invoice has left. */
async function startBreakingStage(): Promise<{ readonly stage: Stage; arm(): void }> {
  const breaking = { isArmed: false };
  const stage = await startStage({
    onEvent: ({ name }) => {
      if (!breaking.isArmed || name !== 'record.changed') return;
      breaking.isArmed = false;
      breakDisk();
    },
  });
  return {
    stage,
    arm() {
      breaking.isArmed = true;
    },
  };
}

describe('a disk that is full when the answer comes', () => {
  test('does not take the card from the one who asked: its code is told, and written when there is room', async () => {
    const { stage, arm } = await startBreakingStage();
    const invoice = await stage.draft();
    const other = await stage.draft();
    arm();
    const error = await stage.app().refuse('invoice.issue', { invoiceId: invoice.id });
    const [card] = stage.books().cards;
    expect(error).toMatchObject({ code: 'answer.not-saved', class: 'fix-computer', action: 'open-data-folder' });
    expect(error.text.zhCN).toContain(`订单 ${invoice.fields.orderId} 已开具，卡券编号 ${card?.code}`);
    expect(error.text.en).not.toMatch(/\p{Script=Han}/u);
    expect(await stage.look(invoice.id)).toMatchObject({ state: 'sending' });
    // Nothing else leaves, of any kind, before that is written.
    const calls = stage.books().calls.length;
    expect(await stage.app().refuse('invoice.issue', { invoiceId: other.id })).toEqual(error);
    expect(stage.books().calls).toHaveLength(calls);
    faults.disarm();
    await stage.app().succeed('invoice.issue', { invoiceId: other.id });
    expect(await stage.look(invoice.id)).toMatchObject({ state: 'issued', cardCode: card?.code });
    expect(stage.callsTo(insertPath)).toHaveLength(2);
  });

  test('leaves an unknown outcome to the next start where the program ends before there is room', async () => {
    const { stage, arm } = await startBreakingStage();
    const invoice = await stage.draft();
    arm();
    await stage.app().refuse('invoice.issue', { invoiceId: invoice.id });
    await stage.app().close();
    faults.disarm();
    await stage.reopen();
    expect(await stage.look(invoice.id)).toMatchObject({ state: 'unknown' });
  });

  test('is written at the end of the program where there is room by then', async () => {
    const { stage, arm } = await startBreakingStage();
    const invoice = await stage.draft();
    arm();
    await stage.app().refuse('invoice.issue', { invoiceId: invoice.id });
    faults.disarm();
    await stage.reopen();
    expect(await stage.look(invoice.id)).toMatchObject({ state: 'issued' });
  });

  test('stops a batch, which tells every card it could not save', async () => {
    const { stage, arm } = await startBreakingStage();
    const { batch } = await importGood(stage, 6);
    arm();
    const error = await stage.app().refuse('batch.run', { batchId: batch.id, concurrency: 2 });
    expect(error).toMatchObject({
      code: 'batch.stopped-by-account',
      class: 'fix-computer',
      details: { cause: 'answer.not-saved' },
    });
    const { cards } = stage.books();
    expect(cards.length).toBeGreaterThan(0);
    expect(cards.length).toBeLessThanOrEqual(2);
    for (const { code, orderId } of cards)
      expect(error.text.en).toContain(`order ${orderId} was issued, its card code is ${code}`);
    faults.disarm();
    const resumed = await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(resumed).toMatchObject({ state: 'finished', counts: counts({ total: 6, issued: 6 }) });
    expect(stage.callsTo(insertPath)).toHaveLength(6);
  });
});

describe('a disk that is in the way', () => {
  test.each(['full', 'io', 'locked'] as const)('(%s) is told as such, not as a fault of the program', async (kind) => {
    const stage = await startStage();
    const invoice = await stage.draft();
    breakDisk(kind);
    const expected = kind === 'locked' ? 'database.locked' : 'database.unavailable';
    expect(await stage.app().refuse('settings.write', { theme: 'dark' })).toMatchObject({ code: expected });
    expect(await stage.app().refuse('invoice.issue', { invoiceId: invoice.id })).toMatchObject({ code: expected });
    expect(stage.books().calls.filter(({ path }) => path === insertPath)).toEqual([]);
    const logged = stage.app().log.entries.filter(({ event }) => event === 'operation.no-storage');
    expect(logged).toMatchObject([{ level: 'error', fields: { operation: 'settings.write' } }]);
  });

  test('before a batch begins leaves no run behind that would keep the next one out', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 2);
    breakDisk();
    expect(await stage.app().refuse('batch.run', { batchId: batch.id })).toMatchObject({
      code: 'database.unavailable',
    });
    faults.disarm();
    expect(await stage.app().succeed('batch.run', { batchId: batch.id })).toMatchObject({ state: 'finished' });
  });

  test('when a status was set is told with the status, which is written when there is room', async () => {
    const stage = await startStage();
    const invoice = await stage.draft();
    await stage.app().succeed('invoice.issue', { invoiceId: invoice.id });
    // The attempt is written before the call; what comes after it fails.
    faults.arm({ kind: 'io', at: 2, lasts: never });
    const status = 'INVOICE_REIMBURSE_LOCK';
    const error = await stage.app().refuse('invoice.updateStatus', { invoiceId: invoice.id, status });
    expect(error).toMatchObject({ code: 'answer.not-saved', details: { unsaved: [{ status }] } });
    expect(stage.books().cards).toMatchObject([{ status }]);
    faults.disarm();
    await stage.app().succeed('invoice.issue', { invoiceId: (await stage.draft()).id });
    expect(await stage.look(invoice.id)).toMatchObject({ reimburseStatus: status });
  });

  test('of many statuses each answers for itself', async () => {
    const stage = await startStage();
    const invoices = [await stage.draft(), await stage.draft()];
    for (const { id } of invoices) await stage.app().succeed('invoice.issue', { invoiceId: id });
    breakDisk();
    const { results, failed } = await stage.app().succeed('invoice.updateStatusMany', {
      invoiceIds: invoices.map(({ id }) => id),
      status: 'INVOICE_REIMBURSE_LOCK',
    });
    expect(failed).toBe(2);
    expect(results.map(({ error }) => error?.code)).toEqual(['database.unavailable', 'database.unavailable']);
  });

  test('of the PDF store refuses an import as a whole: no row is at fault', async () => {
    const stage = await startStage();
    const files = await writeTableWithPdfs(stage.folder, goodInvoices(stage, 2));
    const source = await sourceOf(stage, files);
    rmSync(join(stage.dataFolder, 'pdf'), { recursive: true, force: true });
    writeFileSync(join(stage.dataFolder, 'pdf'), 'a file where the folder belongs');
    expect(await stage.app().refuse('batch.import', source)).toMatchObject({ code: 'file.not-writable' });
    expect((await stage.app().succeed('batch.list', {})).batches).toEqual([]);
    rmSync(join(stage.dataFolder, 'pdf'));
    expect((await stage.app().succeed('batch.import', source)).counts).toMatchObject({ total: 2, faulty: 0 });
  });
});
