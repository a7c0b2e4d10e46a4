import { useQueryClient } from '@tanstack/react-query';
import type { IDatasource, IGetRowsParams } from 'ag-grid-community';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import {
  type RecordCriteria,
  type RecordPlace,
  type RecordSort,
  recordSortColumns,
} from '../../../shared/contract/record-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';
import { readAgain } from '../../api/queries.ts';
import { newestFirst, type SearchState } from './search-state.ts';

export const blockRows = 50;
/**
 * The rows of a new search end the search and the count of the one before. The table that is still shown is answered for
 * itself: it may ask for its next block meanwhile.
 */
export const askers = { page: 'records', blocks: 'records-blocks' } as const;

type Page = OutputOf<'record.search'>;

/** Table columns that the records can be sorted by, and what the search calls them. */
export const sortOfColumn = { created: 'created', billingTime: 'billingTime', fee: 'fee', title: 'buyer' } as const;

export function columnOfSort({ by }: RecordSort): string {
  return Object.entries(sortOfColumn).find(([, sort]) => sort === by)?.[0] ?? 'created';
}

export function toSort(model: readonly { readonly colId: string; readonly sort?: string | null }[]): RecordSort {
  const sorted = model.find(({ sort }) => sort === 'asc' || sort === 'desc');
  const [, by] = Object.entries(sortOfColumn).find(([column]) => column === sorted?.colId) ?? [];
  const known = recordSortColumns.find((name) => name === by);
  return known ? { by: known, descending: sorted?.sort === 'desc' } : newestFirst;
}

const search = (asker: string, criteria: RecordCriteria, sort: RecordSort, after?: RecordPlace) =>
  call('record.search', { ...criteria, sort, limit: blockRows, asker, ...(after ? { after } : {}) });

export interface Source {
  readonly criteria: RecordCriteria;
  readonly datasource: IDatasource;
  /** Its first page: how many rows, and whether more follow. */
  readonly first: { readonly count: number; readonly hasMore: boolean };
  /** Whether the first page had no invoice. */
  readonly isEmpty: boolean;
  /** How far the index is that finds texts, while it is being made. */
  readonly preparing: Page['preparing'];
}

/** Gives the table its blocks; the first is there before it asks. Each begins where the one before it ended. */
function createDatasource(
  criteria: RecordCriteria,
  first: { readonly page: Page; readonly sort: RecordSort },
  told: { readonly failed: (error: AppError) => void; readonly first: (page: Page) => void },
): IDatasource {
  let waiting: typeof first | undefined = first;
  const begins = new Map<number, RecordPlace>();
  const hand = (params: IGetRowsParams, page: Page) => {
    const { rows, next } = page;
    if (next) begins.set(params.startRow + blockRows, next);
    if (params.startRow === 0) told.first(page);
    params.successCallback([...rows], next ? undefined : params.startRow + rows.length);
    // The end that it knew was that of another search.
    if (next && params.api.getDisplayedRowCount() <= params.startRow + rows.length)
      params.api.setRowCount(params.startRow + rows.length, false);
  };
  return {
    getRows(params) {
      const sort = toSort(params.sortModel);
      const ready = waiting;
      waiting = undefined;
      if (params.startRow === 0 && ready && JSON.stringify(ready.sort) === JSON.stringify(sort))
        return hand(params, ready.page);
      const after = begins.get(params.startRow);
      // The table asks in order, so this block lay behind an end that has moved meanwhile.
      if (params.startRow > 0 && !after) return params.successCallback([], params.startRow);
      void search(askers.blocks, criteria, sort, after).then((answer) => {
        if (answer.ok) return hand(params, answer.value);
        params.failCallback();
        if (answer.error.code !== 'work.cancelled') told.failed(answer.error);
      });
    },
  };
}

/** What the table shows of a search: the old rows until the first of the new ones are there. */
export function useRecordSource({ criteria, sort }: SearchState) {
  const [source, setSource] = useState<Source>();
  const [error, setError] = useState<AppError>();
  const [attempt, setAttempt] = useState(0);
  const latestSort = useRef(sort);
  latestSort.current = sort;
  // biome-ignore lint/correctness/useExhaustiveDependencies(attempt): another attempt asks the same once more
  useEffect(() => {
    let isWanted = true;
    const firstSort = latestSort.current;
    void search(askers.page, criteria, firstSort).then((answer) => {
      if (!isWanted) return;
      if (!answer.ok) {
        if (answer.error.code !== 'work.cancelled') setError(answer.error);
        return;
      }
      const told = {
        failed: setError,
        first: ({ rows, preparing }: Page) =>
          setSource((shown) => {
            const isEmpty = rows.length === 0;
            const isNews = shown?.criteria === criteria && (shown.isEmpty !== isEmpty || shown.preparing !== preparing);
            return isNews ? { ...shown, isEmpty, preparing } : shown;
          }),
      };
      setError(undefined);
      setSource({
        criteria,
        datasource: createDatasource(criteria, { page: answer.value, sort: firstSort }, told),
        first: { count: answer.value.rows.length, hasMore: answer.value.next !== null },
        isEmpty: answer.value.rows.length === 0,
        preparing: answer.value.preparing,
      });
    });
    return () => {
      isWanted = false;
    };
  }, [criteria, attempt]);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  return { source, error, retry };
}

/** While the index of texts is being made, what it holds meanwhile is shown at this pace. */
const lookAgainAfterMs = 1000;

/** Calls back as long as more may be found by and by. */
export function useWhilePreparing(preparing: Page['preparing'], onLater: () => void): void {
  const client = useQueryClient();
  const latest = useRef(onLater);
  latest.current = onLater;
  useEffect(() => {
    if (!preparing) return;
    const timer = setTimeout(() => {
      void readAgain(client, ['record.count']);
      latest.current();
    }, lookAgainAfterMs);
    return () => clearTimeout(timer);
  }, [preparing, client]);
}

/** A batch changes hundreds of records a minute; the table follows at this pace. */
const refreshAfterMs = 400;

/** Calls back soon after records have changed, once for many. */
export function useRecordsChanged(onChanged: () => void): void {
  const latest = useRef(onChanged);
  latest.current = onChanged;
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = bridge().subscribe('record.changed', ({ kind }) => {
      if (kind !== 'invoice') return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void readAgain(client, ['record.count']);
        latest.current();
      }, refreshAfterMs);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [client]);
}
