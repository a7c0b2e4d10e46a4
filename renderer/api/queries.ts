import {
  type Query,
  QueryClient,
  type QueryKey,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
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

/** As the library wants it: a failure is a rejection. */
export async function callOrReject<Name extends OperationName>(
  name: Name,
  input: RequestOf<Name>,
): Promise<OutputOf<Name>> {
  const answer = await call(name, input);
  return answer.ok ? answer.value : Promise.reject(answer.error);
}

/** Reads through an operation and keeps the answer until a record it shows has changed. */
export function useOperation<Name extends OperationName>(
  name: Name,
  input: RequestOf<Name>,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<OutputOf<Name>, AppError> {
  return useQuery<OutputOf<Name>, AppError>({
    queryKey: [name, input],
    queryFn: () => callOrReject(name, input),
    enabled: options.enabled ?? true,
  });
}

const afterReading = new WeakMap<Query, Promise<void>>();

async function afterItsEnd(client: QueryClient, query: Query): Promise<void> {
  // Joins the reading that is under way.
  await client.fetchQuery({ queryKey: query.queryKey, staleTime: 0 }).catch(() => undefined);
  afterReading.delete(query);
  await client.invalidateQueries({ queryKey: query.queryKey, exact: true });
}

/** Once a reading that began before the change has ended, which keeps it from being broken off for ever. */
function readOnceMore(client: QueryClient, query: Query): Promise<void> {
  const later = afterReading.get(query) ?? afterItsEnd(client, query);
  afterReading.set(query, later);
  return later;
}

/**
 * Reads again what is shown, and forgets what is not shown, so that no page begins with an answer of before. The library's
 * own invalidation keeps the answer of a first reading that is under way while the change happens.
 * @returns once what is shown is fresh
 */
export async function readAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  client.removeQueries({ queryKey, type: 'inactive' });
  const underWay = client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' });
  await Promise.all([
    client.invalidateQueries({ queryKey, fetchStatus: 'idle' }),
    ...underWay.map((query) => readOnceMore(client, query)),
  ]);
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
        for (const name of staleReadings[kind]) void readAgain(client, [name]);
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
