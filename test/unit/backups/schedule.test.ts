import { describe, expect, it } from 'vitest';
import { scheduleBackups, type Ticker } from '../../../electron/records/backup-schedule.ts';
import type { BackupReason } from '../../../shared/contract/backup-operations.ts';
import { appError } from '../../../shared/errors/app-error.ts';
import { fail, ok } from '../../../shared/result.ts';

/** Time that passes when it is told to. */
function createManualTicker() {
  let work: (() => void) | undefined;
  let everyMs = 0;
  let passedMs = 0;
  const ticker: Ticker = {
    every(milliseconds, given) {
      everyMs = milliseconds;
      work = given;
      return () => {
        work = undefined;
      };
    },
  };
  return {
    ticker,
    async pass(minutes: number): Promise<void> {
      const until = passedMs + minutes * 60_000;
      for (let next = passedMs - (passedMs % everyMs) + everyMs; next <= until; next += everyMs) {
        work?.();
        await Promise.resolve();
      }
      passedMs = until;
    },
  };
}

/** Backups that write down what is asked of them. */
function createAsked(answer: () => ReturnType<Parameters<typeof scheduleBackups>[0]['makeIfChanged']>) {
  const asked: BackupReason[] = [];
  return {
    asked,
    backups: {
      makeIfChanged(reason: BackupReason) {
        asked.push(reason);
        return answer();
      },
    },
  };
}

describe('the schedule of backups', () => {
  it('asks every fifteen minutes, and not before', async () => {
    const { ticker, pass } = createManualTicker();
    const { asked, backups } = createAsked(async () => ok(undefined));
    scheduleBackups(backups, ticker);
    await pass(14);
    expect(asked).toEqual([]);
    await pass(1);
    expect(asked).toEqual(['periodic']);
    await pass(45);
    expect(asked).toHaveLength(4);
  });

  it('never has two under way, however long one takes', async () => {
    const { ticker, pass } = createManualTicker();
    const slow = Promise.withResolvers<ReturnType<typeof ok<undefined>>>();
    const { asked, backups } = createAsked(() => slow.promise);
    scheduleBackups(backups, ticker);
    await pass(60);
    expect(asked).toHaveLength(1);
    slow.resolve(ok(undefined));
    await slow.promise;
    await Promise.resolve();
    await pass(15);
    expect(asked).toHaveLength(2);
  });

  it('goes on after a failure', async () => {
    const { ticker, pass } = createManualTicker();
    const { asked, backups } = createAsked(async () => fail(appError('backup.failed', { reason: 'SQLITE_FULL' })));
    scheduleBackups(backups, ticker);
    await pass(15);
    await new Promise(setImmediate);
    await pass(15);
    expect(asked).toHaveLength(2);
  });

  it('ends when it is told to', async () => {
    const { ticker, pass } = createManualTicker();
    const { asked, backups } = createAsked(async () => ok(undefined));
    const end = scheduleBackups(backups, ticker);
    await pass(15);
    end();
    await pass(60);
    expect(asked).toHaveLength(1);
  });
});
