import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';
import { rememberAsked } from './use-comparison.ts';

/** A table being made of PDFs, or the last one that was. */
interface PdfTableState {
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly folder: ChosenFile | null;
  readonly made: OutputOf<'table.fromPdfs'> | null;
}

const nothing: PdfTableState = { busy: false, error: null, folder: null, made: null };

/** Makes tables of folders of PDFs. What is under way goes on, and is told of, while other pages are looked at. */
export function usePdfTable(accountId: number, onMade: (table: ChosenFile, folder: ChosenFile) => void) {
  const client = useQueryClient();
  const { data: state } = useQuery<PdfTableState>({
    queryKey: ['pdf-table', accountId],
    queryFn: skipToken,
    initialData: nothing,
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const set = useCallback(
    (next: PdfTableState) => client.setQueryData<PdfTableState>(['pdf-table', accountId], next),
    [client, accountId],
  );
  const make = async (folder: ChosenFile) => {
    set({ ...nothing, busy: true, folder });
    const answer = await call('table.fromPdfs', { folder: folder.token });
    // Another folder, or the cross of the notice, came between.
    if (client.getQueryData<PdfTableState>(['pdf-table', accountId])?.folder !== folder) return;
    if (!answer.ok) {
      set({ ...nothing, folder, error: answer.error.class === 'cancelled' ? null : answer.error });
      return;
    }
    set({ ...nothing, folder, made: answer.value });
    if (!answer.value.table) return;
    // What was left out as doubtful is shown in its cells, and nothing has to be read again for that.
    rememberAsked(client, answer.value.table, folder);
    onMade(answer.value.table, folder);
  };
  const cancel = async () => {
    const answer = await call('table.cancelPdfs', {});
    if (!answer.ok) set({ ...nothing, error: answer.error });
  };
  return { ...state, make, cancel, forget: () => set(nothing) };
}

export type PdfTable = ReturnType<typeof usePdfTable>;
