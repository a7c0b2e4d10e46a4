import { expect, test } from 'vitest';
import { importGood, isProgress } from '../../support/app-batch.ts';
import { startStage } from '../../support/app-under-test.ts';
import { releaseKey, signedRelease } from '../../support/update-release.ts';

/** A program that could be updated, over the stage's data. */
async function openUpdatable() {
  const stage = await startStage();
  const asked: number[] = [];
  const port = {
    check: async () => {
      asked.push(1);
      return signedRelease();
    },
    download: async () => '',
    install: () => {},
  };
  const answers: Promise<{ readonly ok: boolean }>[] = [];
  const app = await stage.reopen({
    updates: { source: { port, publicKey: releaseKey.publicKey }, endProgram: () => {} },
    onEvent: (event) => {
      if (isProgress(event) && event.payload.running) answers.push(app.call('update.check', {}));
    },
  });
  return { stage, app, asked, answers };
}

test('no update is looked for while a card is being issued, and one is afterwards', async () => {
  const { stage, app, asked } = await openUpdatable();
  const { id } = await stage.draft();
  const [issued, checked] = await Promise.all([
    app.call('invoice.issue', { invoiceId: id }),
    app.call('update.check', {}),
  ]);
  expect(issued).toMatchObject({ ok: true, value: { state: 'issued' } });
  expect(checked).toMatchObject({ ok: false, error: { code: 'update.busy' } });
  expect(asked).toHaveLength(0);
  await app.call('update.check', {});
  expect(asked).toHaveLength(1);
});

test('no update is looked for while a batch runs, and one is afterwards', async () => {
  const { stage, app, asked, answers } = await openUpdatable();
  const { batch } = await importGood(stage, 4);
  await app.succeed('batch.run', { batchId: batch.id, concurrency: 2 });
  const told = await Promise.all(answers);
  expect(told.length).toBeGreaterThan(0);
  for (const answer of told) expect(answer).toMatchObject({ ok: false, error: { code: 'update.busy' } });
  expect(asked).toHaveLength(0);
  await app.call('update.check', {});
  expect(asked).toHaveLength(1);
});
