import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ChosenFile } from '../../../shared/contract/app-operations.ts';
import type { OutputOf } from '../../../shared/contract/contract.ts';
import type { CellEdit } from '../../../shared/contract/table-reading.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';

/** What a person has put on the desk for the next batch, and what was corrected in it. */
export interface Desk extends Omit<OutputOf<'desk.read'>, 'edits' | 'columns'> {
  /** What the columns mean, where a person said so for this file. */
  readonly columns: readonly (string | null)[] | null;
  readonly edits: readonly CellEdit[];
  /** The corrections as they were before each step, the last one last; of this run of the program only. */
  readonly past: readonly (readonly CellEdit[])[];
}

const emptyDesk: Desk = {
  table: null,
  folder: null,
  templateId: null,
  encoding: null,
  columns: null,
  edits: [],
  past: [],
  gone: [],
  tableChanged: false,
};

const mostSteps = 100;

/** The corrections with some more, each cell's last one only. */
export function withEdits(edits: readonly CellEdit[], more: readonly CellEdit[]): readonly CellEdit[] {
  const key = ({ row, column }: CellEdit) => `${row}:${column}`;
  return [...new Map([...edits, ...more].map((edit) => [key(edit), edit])).values()];
}

const keyOf = (accountId: number) => ['batch-desk', accountId] as const;

/** What is written last is what was said last: one after the other. */
const lastSaves = new WeakMap<QueryClient, Promise<AppError | null>>();

function saveDesk(client: QueryClient, accountId: number): Promise<AppError | null> {
  const save = async (): Promise<AppError | null> => {
    const desk = client.getQueryData<Desk>(keyOf(accountId));
    if (!desk) return null;
    const { table, folder, templateId, encoding, columns, edits } = desk;
    const answer = await call('desk.save', {
      accountId,
      table: table?.token ?? null,
      folder: folder?.token ?? null,
      templateId,
      encoding,
      columns: columns && [...columns],
      edits: [...edits],
    });
    return answer.ok ? null : answer.error;
  };
  const mine = (lastSaves.get(client) ?? Promise.resolve(null)).then(save);
  lastSaves.set(client, mine);
  return mine;
}

/** The desk of an account; it stays as it is while other pages are looked at, and over the end of the program. */
export function useDesk(accountId: number) {
  const client = useQueryClient();
  const [saveError, setSaveError] = useState<AppError | null>(null);
  const reading = useQuery<Desk, AppError>({
    queryKey: keyOf(accountId),
    queryFn: async () => {
      const answer = await call('desk.read', { accountId });
      return answer.ok ? { ...answer.value, past: [] } : Promise.reject(answer.error);
    },
    // Its many corrections are never compared one by one.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const change = useCallback(
    (part: Partial<Desk> | ((desk: Desk) => Partial<Desk>)) => {
      // What is still being read is older than what is done here.
      void client.cancelQueries({ queryKey: keyOf(accountId) });
      client.setQueryData<Desk>(keyOf(accountId), (known = emptyDesk) => ({
        ...known,
        ...(typeof part === 'function' ? part(known) : part),
      }));
      void saveDesk(client, accountId).then(setSaveError);
    },
    [client, accountId],
  );
  /** Another table: what was said about the last one does not hold for it. */
  const placeTable = useCallback(
    (table: ChosenFile) =>
      change({ table, encoding: null, columns: null, edits: [], past: [], gone: [], tableChanged: false }),
    [change],
  );
  const placeFolder = useCallback((folder: ChosenFile) => change({ folder, gone: [] }), [change]);
  const correct = useCallback(
    (edits: readonly CellEdit[]) =>
      change((desk) => ({ edits, past: [...desk.past, desk.edits].slice(-mostSteps), tableChanged: false })),
    [change],
  );
  /** Takes the last step back; of steps of an earlier run only the single corrections are known. */
  const undo = useCallback(
    () => change(({ past, edits }) => ({ edits: past.at(-1) ?? edits.slice(0, -1), past: past.slice(0, -1) })),
    [change],
  );
  /** After an import: the template is the only thing that the next batch is likely to share. */
  const clear = useCallback(() => change(({ templateId }) => ({ ...emptyDesk, templateId })), [change]);
  return {
    desk: reading.data,
    error: reading.error ?? saveError,
    readAgain: () => void reading.refetch(),
    change,
    placeTable,
    placeFolder,
    correct,
    undo,
    clear,
  };
}
