import { useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { admitFile, call } from '../../api/call.ts';

/** The table of orders that was chosen or dropped. */
export function useTableChoice() {
  const [table, setTable] = useState<ChosenFile | null>(null);
  const [error, setError] = useState<AppError>();
  const choose = async () => {
    setError(undefined);
    const answer = await call('file.choose', { kind: 'table' });
    if (!answer.ok) return setError(answer.error);
    if (answer.value.file) setTable(answer.value.file);
  };
  const drop = async ({ files: [file] }: DataTransfer) => {
    setError(undefined);
    if (!file) return;
    const answer = await admitFile(file);
    if (answer.ok) setTable(answer.value);
    else setError(answer.error);
  };
  return { table, error, choose, drop, forget: () => setError(undefined), close: () => setTable(null) };
}
