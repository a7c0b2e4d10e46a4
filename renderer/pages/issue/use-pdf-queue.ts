import { useCallback, useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { fieldsOfExtraction } from '../../../shared/invoice/from-extraction.ts';
import { emptyInvoiceFields, type InvoiceFields } from '../../../shared/invoice/invoice.ts';
import { call } from '../../api/call.ts';
import { type PlacedPdf, placeFile } from './use-pdf-slot.ts';

export interface PdfQueue {
  /** How many drafts the last drop made; 0: nothing to say. */
  readonly made: number;
  /** What could not be taken of it. */
  readonly errors: readonly AppError[];
  readonly add: (files: readonly File[], templateId: number | null) => Promise<void>;
  readonly clear: () => void;
}

/** What the PDF says; a draft of one that says nothing is filled in by hand. */
async function fieldsIn({ token }: PlacedPdf): Promise<InvoiceFields> {
  const read = token === null ? undefined : await call('pdf.extract', { file: token });
  return read?.ok ? fieldsOfExtraction(read.value) : emptyInvoiceFields();
}

/** Each further PDF of a drop becomes a draft of its own, filled with what it says, so that none is lost when the program ends. */
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
              fields: await fieldsIn(placed.value),
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
