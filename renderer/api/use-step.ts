import { useState } from 'react';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { call } from './call.ts';

/** One operation at a time, with what it is waiting for and why the last one failed. */
export function useStep() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError>();
  /** @returns the operation's output, or undefined where it failed */
  async function run<Name extends OperationName>(
    name: Name,
    input: RequestOf<Name>,
  ): Promise<OutputOf<Name> | undefined> {
    setBusy(true);
    const answer = await call(name, input);
    setBusy(false);
    setError(answer.ok ? undefined : answer.error);
    return answer.ok ? answer.value : undefined;
  }
  return { busy, error, setError, run };
}

export type Step = ReturnType<typeof useStep>;
