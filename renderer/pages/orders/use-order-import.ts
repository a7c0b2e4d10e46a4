import { useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { OrderColumns } from '../../../shared/contract/order-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { AuthorisationKind, OrderSource } from '../../../shared/invoice/order.ts';
import { call } from '../../api/call.ts';
import { useOperation } from '../../api/queries.ts';
import type { LinkRequests } from './use-link-requests.ts';

/** How the links of all rows are to be. */
interface LinkWishes {
  readonly kind: AuthorisationKind;
  readonly source: OrderSource;
}

/** A table of orders from its trial reading to the links of its orders. */
export function useOrderImport(accountId: number, table: ChosenFile, requests: LinkRequests) {
  const [columns, setColumns] = useState<OrderColumns>();
  const [wishes, setWishes] = useState<LinkWishes>({ kind: 'collect', source: 'web' });
  const [busy, setBusy] = useState(false);
  const [imported, setImported] = useState<OutputOf<'order.importTable'>>();
  const [error, setError] = useState<AppError>();
  const source = { accountId, table: table.token, ...(columns ? { columns } : {}) };
  const reading = useOperation('order.readTable', source);
  const start = async () => {
    setBusy(true);
    setError(undefined);
    const answer = await call('order.importTable', { ...source, ...wishes });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    setImported(answer.value);
    await requests.start();
  };
  return { reading, columns, setColumns, wishes, setWishes, busy, imported, error, start };
}

export type OrderImport = ReturnType<typeof useOrderImport>;
