import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { EventMap } from '../../../shared/contract/events.ts';
import { counts, importGood, isProgress } from '../../support/app-batch.ts';
import { createSteppingClock } from '../../support/app-clock.ts';
import { insertPath, shop, startStage } from '../../support/app-under-test.ts';

const setpdfPath = '/card/invoice/platform/setpdf';
const tokenPath = '/cgi-bin/stable_token';

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
    // Uploads run ahead of inserts, by no more than a few.
    expect(stage.callsTo(setpdfPath).length).toBeLessThanOrEqual(6);
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
    expect(tried.filter(({ error: reason }) => reason?.code === 'network.unreachable')).toSatisfy(
      // The row whose upload was under way when the third one failed knows its reason too.
      (failed: unknown[]) => failed.length === 3 || failed.length === 4,
    );
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
