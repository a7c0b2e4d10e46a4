import type { Handlers } from '../../shared/contract/contract.ts';
import { appError } from '../../shared/errors/app-error.ts';
import { fail, ok } from '../../shared/result.ts';
import type { BatchRunner } from '../issuing/run-batch.ts';
import type { Backups } from '../records/backups.ts';
import type { Records } from '../records/records.ts';
import { checkBackupAside } from '../records/restore-exchange.ts';
import { readRestoreRequest, removeRestoreRequest, writeRestoreRequest } from '../records/restore-request.ts';
import type { HandlerParts } from './handler-parts.ts';

type Names = 'backup.list' | 'backup.make' | 'backup.restore' | 'backup.cancelRestore';

export function createBackupHandlers({ dataFolder, backups }: HandlerParts): Pick<Handlers, Names> {
  return {
    'backup.list': async () =>
      ok({ backups: backups.list(), pendingRestore: readRestoreRequest(dataFolder)?.name ?? null }),
    'backup.make': () => backups.make('by-hand'),
    'backup.restore': async ({ name }) => {
      const backup = await checkBackupAside(dataFolder, name);
      if (!backup.ok) return backup;
      writeRestoreRequest(dataFolder, { name });
      return ok({ restartNeeded: true as const, backup: backup.value, present: backups.countNow() });
    },
    'backup.cancelRestore': async () => ok({ cancelled: removeRestoreRequest(dataFolder) }),
  };
}

/** The runner, with a backup before each run. One that cannot be made stops no work: the doctor tells. */
export function withBackupBefore(runner: BatchRunner, backups: Backups, records: Records): BatchRunner {
  /** Batches whose backup is being made, each with whether it was stopped meanwhile. */
  const preparing = new Map<number, { stopped: boolean }>();
  const stopPreparing = (batchIds: Iterable<number>): boolean => {
    const found = [...batchIds].flatMap((id) => preparing.get(id) ?? []);
    for (const one of found) one.stopped = true;
    return found.length > 0;
  };
  return {
    ...runner,
    isRunning: () => preparing.size > 0 || runner.isRunning(),
    async run(batchId, ...how) {
      if (preparing.has(batchId)) return fail(appError('batch.running'));
      const preparation = { stopped: false };
      preparing.set(batchId, preparation);
      try {
        await backups.makeIfChanged('before-batch');
      } finally {
        preparing.delete(batchId);
      }
      if (!preparation.stopped) return runner.run(batchId, ...how);
      if (records.batches.find(batchId)) records.batches.setState(batchId, 'stopped');
      const batch = records.batches.find(batchId);
      return batch ? ok(batch) : fail(appError('batch.not-found'));
    },
    stop(batchId) {
      return stopPreparing([batchId]) || runner.stop(batchId);
    },
    cancel(batchId) {
      stopPreparing([batchId]);
      return runner.cancel(batchId);
    },
    stopAll() {
      stopPreparing(preparing.keys());
      runner.stopAll();
    },
  };
}
