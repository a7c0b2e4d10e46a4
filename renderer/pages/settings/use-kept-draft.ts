import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';

/**
 * What is typed over what is saved. It stays, unsaved, while other pages are looked at.
 * @param saved what the record says; shown for as long as nothing was typed
 */
export function useKeptDraft<Draft>(name: string, accountId: number, saved: Draft) {
  const client = useQueryClient();
  const queryKey = [name, accountId];
  const { data: draft } = useQuery<Draft | null>({
    queryKey,
    queryFn: skipToken,
    initialData: null,
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    value: draft ?? saved,
    isChanged: draft !== null && JSON.stringify(draft) !== JSON.stringify(saved),
    change: (next: Draft) => client.setQueryData<Draft | null>(queryKey, next),
    discard: () => client.setQueryData<Draft | null>(queryKey, null),
  };
}
