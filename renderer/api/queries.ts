import { QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import type { EventMap } from '../../shared/contract/events.ts';
import type { Invoice } from '../../shared/contract/invoice-operations.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { bridge } from './bridge.ts';
import { call } from './call.ts';

/** IPC is not a network: never wait to be online, never repeat by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, staleTime: 30_000 },
    },
  });
}

async function callOrReject<Name extends OperationName>(name: Name, input: RequestOf<Name>): Promise<OutputOf<Name>> {
  const answer = await call(name, input);
  return answer.ok ? answer.value : Promise.reject(answer.error);
}

/** Reads through an operation and keeps the answer until a record it shows has changed. */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: RequestOf<Name>,
  options: {
    readonly enabled?: boolean;
    /** False: forgotten with the last that shows it, for what must not begin with an answer of before. */
    readonly isKept?: boolean;
  } = {},
): UseQueryResult<OutputOf<Name>, AppError> {
  return useQuery<OutputOf<Name>, AppError>({
    queryKey: [name, input],
    queryFn: () => callOrReject(name, input),
    enabled: options.enabled ?? true,
    ...(options.isKept === false ? { gcTime: 0 } : {}),
  });
}

/** Which readings a changed record makes old. */
const staleReadings = {
  account: ['account.list', 'template.list', 'overview.read'],
  template: ['template.list'],
  invoice: [
    'invoice.get',
    'invoice.list',
    'invoice.check',
    'buyer.suggest',
    'overview.read',
    'overview.hasIssued',
    'order.list',
    'order.find',
  ],
  batch: ['batch.get', 'batch.rows', 'batch.list', 'overview.read'],
  event: ['event.list', 'invoice.get'],
  settings: ['settings.read'],
  relay: ['relay.list', 'push.listUnread'],
  order: ['order.list', 'order.find', 'overview.read'],
} as const satisfies Record<EventMap['record.changed']['kind'], readonly OperationName[]>;

/** Keeps what is shown equal to what the database says. */
export function useFreshReadings(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      bridge().subscribe('record.changed', ({ kind }) => {
        for (const name of staleReadings[kind]) void client.invalidateQueries({ queryKey: [name] });
      }),
    [client],
  );
}

/** Puts the answer of a write in the place where the page reads the invoice. */
export function rememberInvoice(client: QueryClient, invoice: Invoice): void {
  client.setQueryData<OutputOf<'invoice.get'>>(['invoice.get', { invoiceId: invoice.id }], (known) => ({
    attempts: [],
    statusEvents: [],
    ...known,
    invoice,
  }));
}
