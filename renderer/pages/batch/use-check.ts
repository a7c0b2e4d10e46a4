import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RequestOf } from '../../../shared/contract/contract.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { useOperation } from '../../api/queries.ts';
import type { CheckedTable } from './checked-rows.ts';
import { unknownColumns } from './column-targets.ts';
import { readCheck } from './read-check.ts';
import type { Desk } from './use-desk.ts';

/** The table on the desk as text, with what its columns are taken to mean. */
export function useOpenedTable({ table, encoding }: Desk) {
  const request = { table: table?.token ?? '', ...(encoding ? { encoding } : {}) };
  return useOperation('table.open', request, { enabled: table !== null });
}

/** What the desk amounts to as the request of a check or an import; undefined while something is missing. */
export function sourceOfDesk(
  accountId: number,
  desk: Desk,
  opened: ReturnType<typeof useOpenedTable>['data'],
): RequestOf<'table.check'> | undefined {
  const { table, folder, templateId, encoding, edits } = desk;
  if (!table || !folder || templateId === null || !opened) return undefined;
  const columns = desk.columns ?? (opened.remembered ? opened.columns : undefined);
  if (!columns && unknownColumns(opened.header, opened.columns).length > 0) return undefined;
  return {
    accountId,
    templateId,
    table: table.token,
    pdfFolder: folder.token,
    ...(encoding ? { encoding } : {}),
    ...(columns ? { columns: [...columns] } : {}),
    ...(edits.length > 0 ? { edits: [...edits] } : {}),
  };
}

/** What was checked last, however often the page was left meanwhile; of one table only, for it is large. */
const lastChecks = new WeakMap<QueryClient, CheckedTable>();

/** Checks the desk, and again whenever something on it changes; the last result is shown until the next is there. */
export function useCheck(source: RequestOf<'table.check'> | undefined) {
  const client = useQueryClient();
  const query = useQuery<CheckedTable, AppError>({
    queryKey: ['table.check', source],
    queryFn: async ({ signal }) => {
      if (!source) throw new Error('checked without a source');
      const checked = await readCheck(source, lastChecks.get(client), signal);
      lastChecks.set(client, checked);
      return checked;
    },
    enabled: source !== undefined,
    placeholderData: keepPreviousData,
    // Orders that stay as they were are the same objects already; to compare them all again takes longer than a check.
    structuralSharing: false,
    // Records may have changed meanwhile, and ten thousand rows are not worth keeping for each correction.
    gcTime: 0,
    staleTime: 0,
  });
  /** Reads table and folder anew, too. */
  const checkAgain = () => {
    lastChecks.delete(client);
    void query.refetch();
  };
  return { ...query, checkAgain, letGo: () => lastChecks.delete(client) };
}
