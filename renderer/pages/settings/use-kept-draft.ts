import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * What is typed over what is saved. It stays, unsaved, while other pages are looked at.
 * @param saved what the record says; shown for as long as nothing was typed
 */
export function useKeptDraft<Draft extends object>(name: string, accountId: number, saved: Draft) {
  const client = useQueryClient();
  const key = [name, accountId];
  // What is typed has to be there at once: the cache tells of it too late for a field.
  const [draft, setDraft] = useState<Draft | null>(() => client.getQueryData<Draft | null>(key) ?? null);
  const set = (next: Draft | null) => {
    setDraft(next);
    client.setQueryDefaults(key, { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData<Draft | null>(key, next);
  };
  return {
    value: draft ?? saved,
    isChanged: draft !== null && JSON.stringify(draft) !== JSON.stringify(saved),
    change: (next: Draft) => set(next),
    discard: () => set(null),
  };
}
