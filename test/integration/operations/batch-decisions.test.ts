import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { counts, importGood, isProgress } from '../../support/app-batch.ts';
import { insertPath, type Stage, startStage } from '../../support/app-under-test.ts';

const inserts = (stage: Stage) => stage.callsTo(insertPath).length;

/** A batch of which some answers were lost after their cards were made, some before. */
async function lostBatch({ made, lost }: { readonly made: number; readonly lost: number }) {
  const stage = await startStage();
  const { batch } = await importGood(stage, made + lost);
  for (const [processed, times] of [
    [true, made],
    [false, lost],
  ] as const)
    if (times > 0) await stage.control.misbehave({ kind: 'drop-after', path: insertPath, processed, times });
  const ran = await stage.app().succeed('batch.run', { batchId: batch.id, concurrency: 1 });
  expect(ran.counts).toEqual(counts({ total: made + lost, unknown: made + lost }));
  return { stage, batchId: batch.id };
}

describe('one decision for all unknown rows of a batch', () => {
  test('to ask WeChat again issues each once, whether its card was made or not', async () => {
    const { stage, batchId } = await lostBatch({ made: 3, lost: 2 });
    const asked = await stage.app().succeed('batch.askAgain', { batchId, concurrency: 2 });
    expect(asked).toMatchObject({ state: 'finished', counts: counts({ total: 5, issued: 5 }) });
    expect(stage.books().cards).toHaveLength(5);
    expect(inserts(stage)).toBe(10);
    expect(stage.app().events.filter(isProgress).at(-1)?.payload).toMatchObject({ batchId, running: false });
    expect(await stage.app().succeed('batch.askAgain', { batchId })).toMatchObject({ state: 'finished' });
    expect(inserts(stage)).toBe(10);
    const { file } = await stage.app().succeed('batch.report', { batchId });
    const report = readFileSync(file, 'utf8');
    expect(report.match(/code 还不知道/g)).toHaveLength(3);
  });

  test('that the cards are there is confirmed by their number, and sends nothing', async () => {
    const { stage, batchId } = await lostBatch({ made: 2, lost: 0 });
    const refused = await stage.app().refuse('batch.settle', { batchId, outcome: 'found', confirmedCount: 1 });
    expect(refused).toMatchObject({ code: 'batch.count-not-confirmed', details: { count: 2 } });
    const settled = await stage.app().succeed('batch.settle', { batchId, outcome: 'found', confirmedCount: 2 });
    expect(settled.counts).toEqual(counts({ total: 2, issued: 2 }));
    expect(inserts(stage)).toBe(2);
  });

  test('that they are not there lets the next run issue them', async () => {
    const { stage, batchId } = await lostBatch({ made: 0, lost: 2 });
    const settled = await stage.app().succeed('batch.settle', { batchId, outcome: 'absent', confirmedCount: 2 });
    expect(settled.counts).toEqual(counts({ total: 2, waiting: 2 }));
    const ran = await stage.app().succeed('batch.run', { batchId });
    expect(ran).toMatchObject({ state: 'finished', counts: counts({ total: 2, issued: 2 }) });
    expect(stage.books().cards).toHaveLength(2);
  });
});

describe('rows that WeChat rejected', () => {
  test('wait for a person who wants them tried again', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 3);
    const batchId = batch.id;
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_017, path: insertPath, times: 2 });
    expect((await stage.app().succeed('batch.run', { batchId, concurrency: 1 })).counts).toEqual(
      counts({ total: 3, issued: 1, rejected: 2 }),
    );
    expect((await stage.app().succeed('batch.run', { batchId })).counts.rejected).toBe(2);
    const retried = await stage.app().succeed('batch.run', { batchId, retryRejected: true });
    expect(retried).toMatchObject({ state: 'finished', counts: counts({ total: 3, issued: 3 }) });
    expect(inserts(stage)).toBe(5);
  });
});

describe('a row that somebody else sends while its batch runs', () => {
  test('and that WeChat rejects is not sent again by the batch', async () => {
    const stage = await startStage();
    const { batch, invoices } = await importGood(stage, 2);
    const batchId = batch.id;
    await stage.control.misbehave({ kind: 'delay-ms', path: insertPath, milliseconds: 1500, times: 1 });
    const run = stage.app().call('batch.run', { batchId, concurrency: 1 });
    const list = async (state?: 'sending') => stage.app().succeed('invoice.list', state ? { state } : {});
    while ((await list('sending')).total === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const second = (await list()).invoices.find(({ fields }) => fields.orderId === invoices[1]?.orderId);
    const invoiceId = second?.id ?? 0;
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_017, path: insertPath, times: 1 });
    const issueByHand = () => stage.app().refuse('invoice.issue', { invoiceId });
    let error = await issueByHand();
    while (error.code === 'invoice.busy') {
      // Its file is being uploaded ahead.
      await new Promise((resolve) => setTimeout(resolve, 5));
      error = await issueByHand();
    }
    expect(error.code).toBe('wechat.72017');
    expect(await run).toMatchObject({ ok: true, value: { counts: counts({ total: 2, issued: 1, rejected: 1 }) } });
    expect(inserts(stage)).toBe(2);
  });
});

describe('a cancelled batch', () => {
  test('is not run any more, and says of each row whether it was issued', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 3);
    const batchId = batch.id;
    await stage.control.misbehave({ kind: 'errcode', errcode: 45_009, path: insertPath, skip: 1 });
    await stage.app().refuse('batch.run', { batchId, concurrency: 1 });
    const cancelled = await stage.app().succeed('batch.cancel', { batchId });
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { issued: 1, waiting: 0 } });
    expect(cancelled.counts.cancelled + cancelled.counts.rejected).toBe(2);
    expect(await stage.app().refuse('batch.run', { batchId })).toMatchObject({ code: 'batch.cancelled' });
    await stage.reopen();
    const { batch: later } = await stage.app().succeed('batch.get', { batchId });
    expect(later.state).toBe('cancelled');
  });

  test('while it runs lets what is on the wire be answered and sends no more', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 6);
    const batchId = batch.id;
    await stage.control.misbehave({ kind: 'delay-ms', path: insertPath, milliseconds: 150, times: 6 });
    const run = stage.app().call('batch.run', { batchId, concurrency: 1 });
    // The books tell of a call only when it is answered, and by then the next one may have left.
    const sending = async () => (await stage.app().succeed('invoice.list', { state: 'sending' })).total;
    while ((await sending()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await stage.app().succeed('batch.cancel', { batchId });
    expect(await run).toMatchObject({ ok: true, value: { state: 'cancelled', counts: { issued: 1, cancelled: 5 } } });
    expect(inserts(stage)).toBe(1);
    expect(stage.books().cards).toHaveLength(1);
  });

  test('that was finished stays finished', async () => {
    const stage = await startStage();
    const { batch } = await importGood(stage, 1);
    await stage.app().succeed('batch.run', { batchId: batch.id });
    expect(await stage.app().succeed('batch.cancel', { batchId: batch.id })).toMatchObject({ state: 'finished' });
    expect(await stage.app().refuse('batch.cancel', { batchId: 99 })).toMatchObject({ code: 'batch.not-found' });
  });
});
