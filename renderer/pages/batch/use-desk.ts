import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import type { CellEdit } from '../../../shared/contract/table-reading.ts';

type Encoding = NonNullable<RequestOf<'table.open'>['encoding']>;

/** What a person has put on the desk for the next batch, and what was corrected in it. */
export interface Desk {
  readonly table: ChosenFile | null;
  readonly folder: ChosenFile | null;
  readonly templateId: number | null;
  readonly encoding: Encoding | null;
  /** What the columns mean, where a person said so for this file. */
  readonly columns: readonly (string | null)[] | null;
  readonly edits: readonly CellEdit[];
}

export const emptyDesk: Desk = {
  table: null,
  folder: null,
  templateId: null,
  encoding: null,
  columns: null,
  edits: [],
};

/** The corrections with some more, each cell's last one only. */
export function withEdits(edits: readonly CellEdit[], more: readonly CellEdit[]): readonly CellEdit[] {
  const key = ({ row, column }: CellEdit) => `${row}:${column}`;
  return [...new Map([...edits, ...more].map((edit) => [key(edit), edit])).values()];
}

/** The desk of an account; it stays as it is while other pages are looked at. */
export function useDesk(accountId: number) {
  const client = useQueryClient();
  const { data: desk } = useQuery({
    queryKey: ['batch-desk', accountId],
    queryFn: () => emptyDesk,
    initialData: emptyDesk,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const change = useCallback(
    (part: Partial<Desk>) =>
      client.setQueryData<Desk>(['batch-desk', accountId], (known = emptyDesk) => ({ ...known, ...part })),
    [client, accountId],
  );
  /** Another table: what was said about the last one does not hold for it. */
  const placeTable = useCallback(
    (table: ChosenFile) => change({ table, encoding: null, columns: null, edits: [] }),
    [change],
  );
  return { desk, change, placeTable };
}
