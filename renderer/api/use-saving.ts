import { useState } from 'react';
import type { RequestOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Result } from '../../shared/result.ts';
import { call } from './call.ts';

/** Asks a person where to save, has it written there, and says what became of it. */
export function useSaving<Saved>() {
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<Saved>();
  const [error, setError] = useState<AppError>();
  const forget = () => {
    setSaved(undefined);
    setError(undefined);
  };
  /** @param write what writes to the place chosen, named by its token */
  const save = async (
    wanted: RequestOf<'file.chooseSave'>,
    write: (target: string) => Promise<Result<Saved, AppError>>,
  ) => {
    forget();
    setBusy(true);
    const place = await call('file.chooseSave', wanted);
    if (!place.ok) setError(place.error);
    else if (place.value.target) {
      const answer = await write(place.value.target.token);
      if (answer.ok) setSaved(answer.value);
      else setError(answer.error);
    }
    setBusy(false);
  };
  return { busy, saved, error, save, forget };
}
