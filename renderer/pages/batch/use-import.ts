import { useEffect, useState } from 'react';
import type { Batch } from '../../../shared/contract/batch-operations.ts';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import type { EventMap } from '../../../shared/contract/events.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';

/** One import: how far it is, its end, and the way to throw it away. */
export function useImport(onImported: (batch: Batch) => void) {
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<EventMap['batch.importing'] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => bridge().subscribe('batch.importing', setProgress), []);
  const start = async (source: RequestOf<'batch.import'>) => {
    setBusy(true);
    setError(null);
    setProgress(null);
    const answer = await call('batch.import', source);
    setBusy(false);
    setProgress(null);
    if (answer.ok) onImported(answer.value);
    else setError(answer.error.class === 'cancelled' ? null : answer.error);
  };
  const cancel = async () => {
    const answer = await call('batch.cancelImport', {});
    if (!answer.ok) setError(answer.error);
  };
  return { busy, progress, error, start, cancel, clearError: () => setError(null) };
}
