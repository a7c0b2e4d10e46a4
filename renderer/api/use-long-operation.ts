import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import type { OperationName, OutputOf, RequestOf } from '../../shared/contract/contract.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { callOrReject } from './queries.ts';

/** An operation that goes on, and whose outcome is kept, when the person leaves the page that began it. */
export function useLongOperation<Name extends OperationName>(name: Name) {
  const client = useQueryClient();
  const mutationKey = [name];
  const { mutate } = useMutation<OutputOf<Name>, AppError, RequestOf<Name>>({
    mutationKey,
    mutationFn: (input) => callOrReject(name, input),
    networkMode: 'always',
    gcTime: Number.POSITIVE_INFINITY,
  });
  const last = useMutationState({ filters: { mutationKey }, select: ({ state }) => state }).at(-1);
  const forget = () => {
    const cache = client.getMutationCache();
    for (const known of cache.findAll({ mutationKey })) cache.remove(known);
  };
  return {
    isRunning: last?.status === 'pending',
    // What `mutate` above put there under this key, or refused with.
    output: last?.data as OutputOf<Name> | undefined,
    error: last?.error as AppError | null | undefined,
    start: (input: RequestOf<Name>) => {
      forget();
      mutate(input);
    },
    forget,
  };
}
