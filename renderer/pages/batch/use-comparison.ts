import { keepPreviousData, type QueryClient, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { OutputOf, RequestOf } from '../../../shared/contract/contract.ts';
import { type CellEdit, pdfNameColumn } from '../../../shared/contract/table-reading.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import type { CheckedTable } from './checked-rows.ts';

type Compared = OutputOf<'table.comparePdfs'>;

const askedKey = ['pdf-compared'] as const;

const placeOf = (table: string, folder: string) => `${table} ${folder}`;

/** As if a person had asked for the comparison of this table with this folder. */
export function rememberAsked(client: QueryClient, table: ChosenFile, folder: ChosenFile): void {
  client.setQueryData<string>(askedKey, placeOf(table.token, folder.token));
}

/** The corrections that name the PDFs found by content: in the file's own column for them, where it has one. */
function editsOf({ matches }: Compared, { columns }: CheckedTable['file']): readonly CellEdit[] {
  const own = columns.indexOf('pdfFile');
  return matches.map(({ row, file }) => ({ row, column: own < 0 ? pdfNameColumn : own, value: file }));
}

/**
 * Holds the checked table against its PDFs from when it is asked to: the first time it takes a while, and after each
 * correction it is nearly at once, because no PDF is read twice.
 */
export function useComparison(
  source: RequestOf<'table.check'>,
  checked: CheckedTable | undefined,
  options: { readonly fresh: boolean; readonly onMatched: (edits: readonly CellEdit[]) => void },
) {
  const client = useQueryClient();
  const place = placeOf(source.table, source.pdfFolder);
  const { data: asked } = useQuery<string>({
    queryKey: askedKey,
    queryFn: skipToken,
    initialData: '',
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  });
  // What was found by content is taken when a person asks, and not once more when that is taken back.
  const takesMatches = useRef(false);
  const on = asked === place;
  const query = useQuery<Compared, AppError>({
    queryKey: ['table.comparePdfs', source, checked?.checkId],
    queryFn: async ({ signal }) => {
      const answer = await call('table.comparePdfs', { ...source, ...(checked ? { known: checked.checkId } : {}) });
      if (!answer.ok) return Promise.reject(answer.error);
      if (checked && takesMatches.current && !signal.aborted) {
        takesMatches.current = false;
        if (answer.value.matches.length > 0) options.onMatched(editsOf(answer.value, checked.file));
      }
      return answer.value;
    },
    enabled: on && options.fresh && checked !== undefined,
    placeholderData: keepPreviousData,
    structuralSharing: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const start = () => {
    takesMatches.current = true;
    client.setQueryData<string>(askedKey, place);
    if (on) void query.refetch();
  };
  const cancel = async () => {
    client.setQueryData<string>(askedKey, '');
    await call('table.cancelPdfs', {});
  };
  const error = query.error?.class === 'cancelled' ? null : query.error;
  return {
    busy: on && query.isFetching,
    data: on ? query.data : undefined,
    error: on ? error : null,
    start,
    cancel,
  };
}

export type Comparison = ReturnType<typeof useComparison>;
