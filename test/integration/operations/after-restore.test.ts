import { describe, expect, test } from 'vitest';
import { counts, importGood } from '../../support/app-batch.ts';
import { insertPath, startStage } from '../../support/app-under-test.ts';

/** A draft and a batch that were issued after the backup that is then restored: only WeChat knows of their cards. */
async function startRestored() {
  const stage = await startStage();
  const draft = await stage.draft();
  const { batch } = await importGood(stage, 2);
  const { name } = await stage.app().succeed('backup.make', {});
  await stage.app().succeed('invoice.issue', { invoiceId: draft.id });
  await stage.app().succeed('batch.run', { batchId: batch.id });
  await stage.app().succeed('backup.restore', { name });
  await stage.reopen();
  const inserts = () => stage.callsTo(insertPath).length;
  expect(inserts()).toBe(3);
  return { stage, invoiceId: draft.id, batchId: batch.id, inserts };
}

describe('after the restore of a backup', () => {
  test('nothing that it shows as not sent is sent without a decision', async () => {
    const { stage, invoiceId, batchId, inserts } = await startRestored();
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'draft', doubtedAt: expect.any(String) });
    expect(await stage.app().refuse('invoice.issue', { invoiceId })).toMatchObject({ code: 'invoice.in-doubt' });
    expect(await stage.app().refuse('batch.run', { batchId })).toMatchObject({
      code: 'batch.in-doubt',
      details: { count: 2 },
    });
    const { batch, rows } = await stage.app().succeed('batch.get', { batchId });
    expect(batch.counts).toEqual(counts({ total: 2, doubtful: 2 }));
    expect(rows.map(({ state }) => state)).toEqual(['doubtful', 'doubtful']);
    expect(inserts()).toBe(3);
  });

  test('asking WeChat again finds that the cards are there, and makes no second one', async () => {
    const { stage, invoiceId, batchId } = await startRestored();
    const asked = await stage.app().succeed('invoice.askAgain', { invoiceId });
    expect(asked).toMatchObject({ state: 'issued', cardCode: null, doubtedAt: null });
    const batch = await stage.app().succeed('batch.askAgain', { batchId });
    expect(batch.counts).toEqual(counts({ total: 2, issued: 2 }));
    expect(stage.books().cards).toHaveLength(3);
  });

  test('a person who saw the card says so, and nothing is sent', async () => {
    const { stage, invoiceId, batchId, inserts } = await startRestored();
    const cardCode = stage.books().cards[0]?.code ?? '';
    const settled = await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'found', cardCode });
    expect(settled).toMatchObject({ state: 'issued', cardCode, doubtedAt: null });
    const batch = await stage.app().succeed('batch.settle', { batchId, outcome: 'found', confirmedCount: 2 });
    expect(batch.counts).toEqual(counts({ total: 2, issued: 2 }));
    expect(inserts()).toBe(3);
  });

  test('a person who saw that there is none takes the doubt away, and then it is issued as ever', async () => {
    const stage = await startStage();
    const { id: invoiceId } = await stage.draft();
    const { name } = await stage.app().succeed('backup.make', {});
    await stage.app().succeed('backup.restore', { name });
    await stage.reopen();
    expect(await stage.app().succeed('invoice.settle', { invoiceId, outcome: 'absent' })).toMatchObject({
      state: 'draft',
      doubtedAt: null,
    });
    expect(await stage.app().succeed('invoice.issue', { invoiceId })).toMatchObject({ state: 'issued' });
    await stage.reopen();
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'issued' });
  });
});
