import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import type { Account } from '../../../shared/contract/account-operations.ts';
import {
  type RecordCriteria,
  type RecordSort,
  recordCriteriaSchema,
} from '../../../shared/contract/record-operations.ts';
import { invoiceStates } from '../../../shared/invoice/state.ts';
import { useAccounts } from '../../app/accounts.tsx';

export const noCriteria: RecordCriteria = recordCriteriaSchema.parse({});
export const newestFirst: RecordSort = { by: 'created', descending: true };

export interface SearchState {
  readonly criteria: RecordCriteria;
  readonly sort: RecordSort;
}

export type CriteriaChange = (before: RecordCriteria) => RecordCriteria;

const rememberedUnder = ['records.search-state'];

/** The address may name a state, or what waits for a person, as the overview's links do. */
export const needsYouAddress = 'needs-you';

/** The account the window works for, where there are others; a person may look at all of them together. */
function ofCurrent(accounts: readonly Account[], current: Account | undefined): RecordCriteria {
  return current && accounts.length > 1 ? { ...noCriteria, accountId: current.id } : noCriteria;
}

function named(address: string | undefined, base: RecordCriteria): SearchState | undefined {
  if (address === needsYouAddress) return { criteria: { ...base, needsYou: true }, sort: newestFirst };
  const state = invoiceStates.find((one) => one === address);
  return state && { criteria: { ...base, state }, sort: newestFirst };
}

interface Remembered extends SearchState {
  /** The account the window worked for then. */
  readonly currentId: number | undefined;
}

export function isSameCriteria(one: RecordCriteria, other: RecordCriteria): boolean {
  return JSON.stringify(recordCriteriaSchema.parse(one)) === JSON.stringify(recordCriteriaSchema.parse(other));
}

/**
 * What is looked for. It is there again when the person comes back from an invoice, follows the account the window works
 * for, and begins with what the address names.
 */
export function useSearchState() {
  const client = useQueryClient();
  const { accounts, current } = useAccounts();
  const { state: address } = useParams<{ readonly state?: string }>();
  const [, navigate] = useLocation();
  const base = ofCurrent(accounts, current);
  const currentId = current?.id;

  function begin(): SearchState {
    const remembered = client.getQueryData<Remembered>(rememberedUnder);
    return (
      named(address, base) ??
      (remembered?.currentId === currentId ? remembered : undefined) ?? { criteria: base, sort: newestFirst }
    );
  }

  const [state, setState] = useState(begin);
  const [seen, setSeen] = useState({ address, currentId });
  if (seen.address !== address || seen.currentId !== currentId) {
    setSeen({ address, currentId });
    // Without the name in the address the search goes on as it is. The order is the table's own.
    if (address !== undefined || seen.currentId !== currentId)
      setState(({ sort }) => ({ criteria: begin().criteria, sort }));
  }
  useEffect(() => {
    client.setQueryDefaults(rememberedUnder, { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData<Remembered>(rememberedUnder, { ...state, currentId });
  }, [client, state, currentId]);
  // What is named is where it began: further words and filters are not in the address.
  useEffect(() => {
    if (address !== undefined) navigate('/records', { replace: true });
  }, [address, navigate]);
  const set = useCallback((change: Partial<SearchState>) => setState((before) => ({ ...before, ...change })), []);
  const narrow = useCallback(
    (change: CriteriaChange) => setState((before) => ({ ...before, criteria: change(before.criteria) })),
    [],
  );
  return { criteria: state.criteria, sort: state.sort, set, narrow };
}
