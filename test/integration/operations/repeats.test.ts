import { describe, expect, test } from 'vitest';
import { insertPath, startStage } from '../../support/app-under-test.ts';

const repeatWaits = [1, 1, 1];

describe('what the program repeats by itself', () => {
  test.each([72_036, 45_011, 72_054, -1])(
    '%i says try later: the same bytes go out again until they are taken',
    async (errcode) => {
      const stage = await startStage({ repeatWaits });
      await stage.control.misbehave({ kind: 'errcode', errcode, path: insertPath, times: 2 });
      const { id: invoiceId } = await stage.draft();
      const issued = await stage.app().succeed('invoice.issue', { invoiceId });
      expect(issued).toMatchObject({ state: 'issued', error: null });
      expect(issued.cardCode).toMatch(/^\d{12}$/);
      const bodies = stage.callsTo(insertPath).map(({ body }) => body);
      expect(bodies).toHaveLength(3);
      expect(new Set(bodies).size).toBe(1);
      expect(stage.books().cards).toHaveLength(1);
    },
  );

  test('after a few repeats it is explained: what was put off waits, prepared', async () => {
    const stage = await startStage({ repeatWaits });
    await stage.control.misbehave({ kind: 'errcode', errcode: 72_036, path: insertPath, times: 100 });
    const { id: invoiceId } = await stage.draft();
    const error = await stage.app().refuse('invoice.issue', { invoiceId });
    expect(error).toMatchObject({ code: 'wechat.72036', class: 'wait-and-retry', retryable: true });
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'prepared', error });
    expect(stage.callsTo(insertPath)).toHaveLength(4);
  });

  test('a card that was made behind -1 is found by the repeat: issued, its code not known yet', async () => {
    const stage = await startStage({ repeatWaits });
    await stage.control.misbehave({ kind: 'errcode', errcode: -1, path: insertPath, processed: true });
    const { id: invoiceId } = await stage.draft();
    const issued = await stage.app().succeed('invoice.issue', { invoiceId });
    expect(issued).toMatchObject({ state: 'issued', cardCode: null, error: null });
    expect(stage.books().cards).toHaveLength(1);
  });

  test('-1 every time leaves the outcome unknown, for a person to decide', async () => {
    const stage = await startStage({ repeatWaits });
    await stage.control.misbehave({ kind: 'errcode', errcode: -1, path: insertPath, times: 100 });
    const { id: invoiceId } = await stage.draft();
    await stage.app().refuse('invoice.issue', { invoiceId });
    expect(await stage.look(invoiceId)).toMatchObject({ state: 'unknown', cardCode: null });
    expect(stage.callsTo(insertPath)).toHaveLength(4);
  });

  test.each(['drop-after', 'html-200', 'truncated-body', 'garbage-body'] as const)(
    '%s is never repeated without a person',
    async (kind) => {
      const stage = await startStage({ repeatWaits });
      await stage.control.misbehave({ kind, path: insertPath });
      const { id: invoiceId } = await stage.draft();
      const error = await stage.app().refuse('invoice.issue', { invoiceId });
      expect(error).toMatchObject({ code: 'issue.outcome-unknown' });
      expect(stage.callsTo(insertPath)).toHaveLength(1);
    },
  );
});
