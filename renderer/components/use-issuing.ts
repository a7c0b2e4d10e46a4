import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import type { Result } from '../../shared/result.ts';
import { call } from '../api/call.ts';
import { readAgain, rememberInvoice } from '../api/queries.ts';
import type { Settlement } from './outcome.tsx';

export interface Issuing {
  readonly busy: boolean;
  /** Why the last try brought no card; stays while the form is corrected, until the next try. */
  readonly error: AppError | null;
  readonly issue: (invoiceId: number) => Promise<void>;
  readonly askAgain: (invoiceId: number) => Promise<void>;
  readonly settle: (invoiceId: number, settlement: Settlement) => Promise<void>;
  readonly clear: () => void;
}

/** The calls that end in a card, a refusal, or not knowing; the page shows what the database then says. */
export function useIssuing(initialError: AppError | null): Issuing {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(initialError);

  const run = async (invoiceId: number, work: Promise<Result<Invoice, AppError>>) => {
    setBusy(true);
    setError(null);
    const answer = await work;
    if (answer.ok) {
      rememberInvoice(client, answer.value);
      setError(answer.value.state === 'rejected' ? answer.value.error : null);
    } else {
      setError(answer.error);
      await readAgain(client, ['invoice.get', { invoiceId }]);
    }
    setBusy(false);
  };

  return {
    busy,
    error,
    issue: (invoiceId) => run(invoiceId, call('invoice.issue', { invoiceId })),
    askAgain: (invoiceId) => run(invoiceId, call('invoice.askAgain', { invoiceId })),
    settle: (invoiceId, settlement) => run(invoiceId, call('invoice.settle', { invoiceId, ...settlement })),
    clear: () => setError(null),
  };
}
