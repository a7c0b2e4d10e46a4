import { stat } from 'node:fs/promises';
import type { OutputOf } from '../../shared/contract/contract.ts';
import type { Emit, EventMap } from '../../shared/contract/events.ts';
import type { CheckedRow } from '../../shared/contract/table-operations.ts';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { targetOf } from '../../shared/table/column-target.ts';
import { matchHeader } from '../../shared/table/columns.ts';
import type { Records } from '../records/records.ts';
import type { Clock } from '../support/clock.ts';
import { type KeptCheck, keepCheck } from './kept-check.ts';
import { type ImportSource, openImport } from './open-import.ts';
import { createRecordChanges } from './record-changes.ts';

/** What a caller has already, and how much it wants in one answer. */
export interface Wanted {
  /** The check whose rows it has; undefined: everything is read anew. */
  readonly known?: number | undefined;
  readonly limit?: number | undefined;
}

interface Desk {
  readonly key: string;
  readonly stamps: string;
  /** Its first and its last check. */
  readonly firstId: number;
  lastId: number;
  readonly kept: KeptCheck;
  readonly columns: readonly (string | null)[];
}

/** Everything but the corrections: where it differs, the table has to be read again. */
function keyOf({ accountId, templateId, tablePath, pdfFolder, reading }: ImportSource): string {
  return JSON.stringify([accountId, templateId, tablePath, pdfFolder, reading?.encoding, reading?.columns]);
}

/** Changes when the table is written or a PDF comes or goes. */
async function stampsOf({ tablePath, pdfFolder }: ImportSource): Promise<string> {
  try {
    const [table, folder] = await Promise.all([stat(tablePath), stat(pdfFolder)]);
    return `${table.size} ${table.mtimeMs} ${folder.mtimeMs}`;
  } catch (error) {
    // Reading it says what is wrong.
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

/** Rows that a caller who knows an earlier check does not have, in the order of the table. */
function rowsSince(
  { rows, toldAt }: ReturnType<KeptCheck['rows']>,
  base: number | null,
  after: number,
  limit = Infinity,
) {
  const found: CheckedRow[] = [];
  for (const row of rows) {
    if (row.rowNumber <= after || (base !== null && (toldAt.get(row.rowNumber) ?? 0) <= base)) continue;
    if (found.length >= limit) return { rows: found, next: found.at(-1)?.rowNumber ?? null };
    found.push(row);
  }
  return { rows: found, next: null };
}

function answerOf({ kept, columns, lastId, firstId }: Desk, { known, limit }: Wanted): OutputOf<'table.check'> {
  const present = kept.rows();
  const base = known !== undefined && known >= firstId && known <= lastId ? known : null;
  return {
    checkId: lastId,
    base,
    encoding: kept.encoding,
    header: [...kept.header],
    columns: [...columns],
    counts: present.counts,
    changes: present.changes,
    ...rowsSince(present, base, 0, limit),
    goneRows: base === null ? [] : [...present.goneAt].filter(([, goneAt]) => goneAt > base).map(([row]) => row),
    pdfCount: kept.pdfCount,
    unusedPdfs: [...present.unusedPdfs],
  };
}

export type DeskChecks = ReturnType<typeof createDeskChecks>;

/** Checks of the table on the desk. The last table is kept as it was read, so that a correction is answered at once. */
export function createDeskChecks(parts: { readonly records: Records; readonly clock: Clock }) {
  const changes = createRecordChanges(parts.records);
  let stop = new AbortController();
  let desk: Desk | undefined;
  let lastId = 0;
  let queue: Promise<unknown> = Promise.resolve();

  async function open(source: ImportSource): Promise<Result<Desk, AppError>> {
    const stamps = await stampsOf(source);
    const { edits: _edits, ...reading } = source.reading ?? {};
    changes.take();
    const opened = await openImport(parts, { ...source, reading }, undefined, stop.signal);
    if (!opened.ok) return opened;
    try {
      const kept = await keepCheck(opened.value, reading.columns, Math.floor(parts.clock.now() / 1000));
      if (!kept.ok) return kept;
      const columns = reading.columns ?? kept.value.header.map((name) => targetOf(matchHeader(name)));
      return ok({ key: keyOf(source), stamps, firstId: lastId + 1, lastId: lastId + 1, kept: kept.value, columns });
    } finally {
      await opened.value.table.close();
    }
  }

  async function check(source: ImportSource, wanted: Wanted): Promise<Result<OutputOf<'table.check'>, AppError>> {
    const isKept =
      wanted.known !== undefined && desk?.key === keyOf(source) && desk.stamps === (await stampsOf(source));
    const current = isKept && desk ? ok(desk) : await open(source);
    if (!current.ok) return current;
    lastId += 1;
    const corrected = await current.value.kept.correct(lastId, source.reading?.edits ?? [], changes);
    if (!corrected.ok) return corrected;
    current.value.lastId = lastId;
    desk = current.value;
    return ok(answerOf(desk, wanted));
  }

  return {
    /** Says what an import would do, writing nothing. One after the other: each builds on the last. */
    async check(source: ImportSource, wanted: Wanted): Promise<Result<OutputOf<'table.check'>, AppError>> {
      const { signal } = stop;
      const mine = queue.then(() => (signal.aborted ? fail(appError('work.cancelled')) : check(source, wanted)));
      queue = mine.catch(() => undefined);
      try {
        return await mine;
      } catch (error) {
        if (signal.aborted) return fail(appError('work.cancelled'));
        throw error;
      }
    },
    /** Further rows of a check's answer; undefined where its table is not the one on the desk any more. */
    rowsAfter(checkId: number, base: number | null, after: number, limit: number) {
      if (!desk || checkId < desk.firstId || checkId > desk.lastId) return undefined;
      return rowsSince(desk.kept.rows(), base, after, limit);
    },
    /** Lets the kept table go: it has become a batch. */
    letGo(): void {
      desk = undefined;
    },
    note: (change: EventMap['record.changed']) => changes.note(change),
    /** Ends what is being read. */
    stopAll(): void {
      stop.abort();
      stop = new AbortController();
    },
  };
}

/** Lets the checks hear what the window is told of. */
export function withChangesNoted(emit: Emit, checks: Pick<DeskChecks, 'note'>): Emit {
  return (name, payload) => {
    // Of all events only a changed record has a kind.
    if ('kind' in payload) checks.note(payload);
    emit(name, payload);
  };
}
