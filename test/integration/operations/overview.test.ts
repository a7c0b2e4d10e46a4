import { describe, expect, test } from 'vitest';
import { startStage } from '../../support/app-under-test.ts';

describe('the overview', () => {
  test('of an account that has done nothing is all zeros, with thirty days that end today', async () => {
    const { app, accountId } = await startStage();
    const overview = await app().succeed('overview.read', { accountId });
    expect(overview.today).toEqual({ count: 0, feeFen: 0, taxFen: 0, rejected: 0 });
    expect(overview.days).toHaveLength(30);
    expect(overview.days.every(({ count }) => count === 0)).toBe(true);
    expect(new Set(overview.days.map(({ day }) => day)).size).toBe(30);
    expect(await app().succeed('overview.hasIssued', {})).toEqual({ hasIssued: false });
  });

  test('counts what was issued today, in fen, in today, the month and the last day', async () => {
    const stage = await startStage();
    const { id: invoiceId, fields } = await stage.draft();
    await stage.app().succeed('invoice.issue', { invoiceId });
    const overview = await stage.app().succeed('overview.read', { accountId: stage.accountId });
    const sum = { count: 1, feeFen: fields.feeFen, taxFen: fields.taxFen, rejected: 0 };
    expect(overview.today).toEqual(sum);
    expect(overview.month).toEqual(sum);
    expect(overview.days.at(-1)).toMatchObject({ count: 1, feeFen: fields.feeFen });
    expect(await stage.app().succeed('overview.hasIssued', {})).toEqual({ hasIssued: true });
  });

  test('of an account that is not there is refused', async () => {
    const { app } = await startStage();
    expect(await app().refuse('overview.read', { accountId: 99 })).toMatchObject({ code: 'account.not-found' });
  });
});
