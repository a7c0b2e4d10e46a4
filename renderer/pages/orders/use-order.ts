import type { Order } from '../../../shared/contract/order-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useOperation } from '../../api/queries.ts';

/** One order as the records have it now; null: there is none of that number. */
export function useOrder(
  accountId: number,
  id: number | null,
): { readonly order: Order | null | undefined; readonly error: AppError | null; readonly readAgain: () => void } {
  // The newest of those before the next one is the order itself.
  const input = { accountId, beforeId: (id ?? 0) + 1, limit: 1 };
  const reading = useOperation('order.list', input, { enabled: id !== null });
  const found = reading.data?.orders.find((order) => order.id === id);
  return {
    order: id === null ? null : reading.data ? (found ?? null) : undefined,
    error: id === null ? null : reading.error,
    readAgain: () => void reading.refetch(),
  };
}
