import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Batch } from '../../../shared/contract/batch-operations.ts';
import type { OperationName, RequestOf } from '../../../shared/contract/contract.ts';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { Result } from '../../../shared/result.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';
import { readAgain } from '../../api/queries.ts';

type Progress = EventMap['batch.progress'];
type Decision = Extract<OperationName, 'batch.run' | 'batch.askAgain' | 'batch.settle' | 'batch.cancel'>;

/** How far a run is, as main tells it; the database has the rest. */
export function useBatchProgress(batchId: number): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null);
  useEffect(
    () =>
      bridge().subscribe('batch.progress', (told) => {
        if (told.batchId === batchId) setProgress(told);
      }),
    [batchId],
  );
  return progress;
}

/** The decisions about a batch. A run is not waited for by the page: it goes on when the page is left. */
export function useBatchDecisions(batchId: number) {
  const client = useQueryClient();
  const [error, setError] = useState<AppError | null>(null);
  const [pausing, setPausing] = useState(false);
  const decide = async <Name extends Decision>(name: Name, input: RequestOf<Name>) => {
    setError(null);
    // Every one of these operations answers with the batch.
    const answer = (await call(name, input)) as Result<Batch, AppError>;
    setPausing(false);
    if (!answer.ok) setError(answer.error);
    await readAgain(client, ['batch.get', { batchId }]);
  };
  return {
    error,
    pausing,
    clearError: () => setError(null),
    run: (retryRejected: boolean) => decide('batch.run', { batchId, retryRejected }),
    askAgain: () => decide('batch.askAgain', { batchId }),
    settle: (outcome: 'found' | 'absent', confirmedCount: number) =>
      decide('batch.settle', { batchId, outcome, confirmedCount }),
    cancel: () => decide('batch.cancel', { batchId }),
    pause: async () => {
      setPausing(true);
      const answer = await call('batch.stop', { batchId });
      if (!answer.ok) setError(answer.error);
    },
  };
}

export type BatchDecisions = ReturnType<typeof useBatchDecisions>;
