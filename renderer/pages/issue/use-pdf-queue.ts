import { useCallback, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { emptyInvoiceFields } from '../../../shared/invoice/invoice.ts';
import { call } from '../../api/call.ts';
import { placeFile } from './use-pdf-slot.ts';

export interface PdfQueue {
  /** How many drafts the last drop made; 0: nothing to say. */
  readonly made: number;
  /** What could not be taken of it. */
  readonly errors: readonly AppError[];
  readonly add: (files: readonly File[], templateId: number | null) => Promise<void>;
  readonly clear: () => void;
}

/** Each further PDF of a drop becomes a draft of its own, so that none is lost when the program ends. */
export function usePdfQueue(accountId: number): PdfQueue {
  const [made, setMade] = useState(0);
  const [errors, setErrors] = useState<readonly AppError[]>([]);
  const add = useCallback(
    async (files: readonly File[], templateId: number | null) => {
      setMade(0);
      const failures: AppError[] = [];
      let count = 0;
      for (const file of files) {
        const placed = await placeFile(file);
        const saved = placed.ok
          ? await call('invoice.saveDraft', {
              accountId,
              templateId,
              fields: emptyInvoiceFields(),
              ...(placed.value.token === null ? {} : { pdf: placed.value.token }),
            })
          : placed;
        if (saved.ok) count += 1;
        else failures.push(saved.error);
      }
      setMade(count);
      setErrors(failures);
    },
    [accountId],
  );
  const clear = useCallback(() => {
    setMade(0);
    setErrors([]);
  }, []);
  return { made, errors, add, clear };
}
