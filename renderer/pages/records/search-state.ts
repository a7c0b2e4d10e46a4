import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import {
  type RecordCriteria,
  type RecordSort,
  recordCriteriaSchema,
} from '../../../shared/contract/record-operations.ts';

export const noCriteria: RecordCriteria = recordCriteriaSchema.parse({});
export const newestFirst: RecordSort = { by: 'created', descending: true };

export interface SearchState {
  readonly criteria: RecordCriteria;
  readonly sort: RecordSort;
}

const rememberedUnder = ['records.search-state'];

function recall(client: QueryClient): SearchState {
  return client.getQueryData<SearchState>(rememberedUnder) ?? { criteria: noCriteria, sort: newestFirst };
}

export function isSameCriteria(one: RecordCriteria, other: RecordCriteria): boolean {
  return JSON.stringify(recordCriteriaSchema.parse(one)) === JSON.stringify(recordCriteriaSchema.parse(other));
}

/** What is looked for. It is there again when the person comes back from an invoice. */
export function useSearchState() {
  const client = useQueryClient();
  const [state, setState] = useState(() => recall(client));
  const set = useCallback(
    (change: Partial<SearchState>) => {
      setState((before) => {
        const after = { ...before, ...change };
        client.setQueryDefaults(rememberedUnder, { gcTime: Number.POSITIVE_INFINITY });
        client.setQueryData(rememberedUnder, after);
        return after;
      });
    },
    [client],
  );
  return { ...state, set };
}
