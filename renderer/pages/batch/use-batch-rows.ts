import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BatchRow } from '../../../shared/contract/batch-operations.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { bridge } from '../../api/bridge.ts';
import { call } from '../../api/call.ts';

/** Rows in one answer: few enough that packing and unpacking them is a matter of milliseconds. */
const pageRows = 500;
/** What changed is asked for together, this long after the first of it was told. */
const gatheredMs = 500;

const keyOf = (batchId: number) => ['batch.rows', { batchId }] as const;

async function readRows(batchId: number, signal: AbortSignal): Promise<readonly BatchRow[]> {
  const rows: BatchRow[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(batchId, after);
    rows.push(...page.rows);
    after = page.next;
    signal.throwIfAborted();
  }
  return rows;
}

async function readPage(batchId: number, after: number) {
  const page = await call('batch.rows', { batchId, after, limit: pageRows });
  return page.ok ? page.value : Promise.reject(page.error);
}

/** Puts the rows of some invoices in the place of what they were; a row that is as it was stays the very same object. */
async function refreshRows(client: QueryClient, batchId: number, invoiceIds: readonly number[]): Promise<void> {
  const answer = await call('batch.rows', { batchId, invoiceIds: [...invoiceIds], limit: pageRows });
  // What cannot be read now is read when the run has ended.
  if (!answer.ok) return;
  const changed = new Map(answer.value.rows.map((row) => [row.id, row]));
  if (changed.size === 0) return;
  client.setQueryData<readonly BatchRow[]>(keyOf(batchId), (rows) => rows?.map((row) => changed.get(row.id) ?? row));
}

/** Collects what is told of single invoices, so that a run is followed without reading every row for every one. */
function followInvoices(client: QueryClient, batchId: number): () => void {
  let ids = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    // What is being read as a whole may be older than what was told meanwhile.
    if (client.isFetching({ queryKey: keyOf(batchId) }) > 0) {
      timer = setTimeout(refresh, gatheredMs);
      return;
    }
    const all = [...ids];
    ids = new Set();
    for (let from = 0; from < all.length; from += pageRows)
      void refreshRows(client, batchId, all.slice(from, from + pageRows));
  };
  const leave = bridge().subscribe('record.changed', ({ kind, id }) => {
    if (kind !== 'invoice') return;
    ids.add(id);
    timer ??= setTimeout(refresh, gatheredMs);
  });
  return () => {
    leave();
    clearTimeout(timer);
  };
}

/** A batch's rows as they are now, also while it runs. */
export function useBatchRows(batchId: number) {
  const client = useQueryClient();
  useEffect(() => followInvoices(client, batchId), [client, batchId]);
  return useQuery<readonly BatchRow[], AppError>({
    queryKey: keyOf(batchId),
    queryFn: ({ signal }) => readRows(batchId, signal),
    // To compare ten thousand rows with what they were takes longer than to draw those in sight.
    structuralSharing: false,
  });
}
