import type { BatchRowState, RowChange } from '../../shared/contract/batch-operations.ts';
import { hasFault } from '../../shared/invoice/findings.ts';
import type { StoredAccount } from '../records/account-repository.ts';
import type { LinkedRow, RowToLink, UnfinishedImport } from '../records/import-repository.ts';
import type { Records } from '../records/records.ts';
import { compareRow, mayHaveCard } from './compare-row.ts';
import { stateOfExisting } from './plan-rows.ts';

/** Rows removed in one piece: about 5 ms. */
const discardRows = 1000;

/** What has become of a row. */
export interface Outcome {
  readonly state: BatchRowState;
  readonly change: RowChange;
}

/** Makes a row's invoice, or gives the row the one of its order. */
function linkRow(
  records: Records,
  account: StoredAccount,
  { batchId, templateId }: UnfinishedImport,
  row: RowToLink,
  now: string,
): LinkedRow & Outcome {
  const { fields } = row;
  // Once more: since the row was read a person may have issued, edited or removed what it was compared with.
  const { existing, change, changedFields, findings: found } = compareRow(records, account, fields);
  const known = row.findings.map(({ code }) => code);
  const findings = [...row.findings, ...found.filter(({ code }) => !known.includes(code))];
  const about = { change, changedFields, findings };
  if (hasFault(findings)) return { ...about, importState: 'faulty', invoiceId: null, state: 'faulty' };
  if (existing && mayHaveCard(existing))
    return {
      ...about,
      importState: existing.state === 'issued' ? 'already' : 'linked',
      invoiceId: existing.id,
      state: stateOfExisting(existing),
    };
  const references = { pdfId: row.pdfId ?? existing?.pdf?.id ?? null, tripPdfId: existing?.tripPdf?.id ?? null };
  const content = { fields, templateId, batchId, ...references };
  const edited = existing && records.invoices.edit(existing.id, content, now);
  const { id } = edited ?? records.invoices.createDraft(account, content, now);
  return { ...about, importState: 'linked', invoiceId: id, state: 'waiting' };
}

/**
 * Links the next rows of an import whose rows are all there.
 * @returns what became of them; empty: all are linked
 */
export function linkSome(records: Records, unfinished: UnfinishedImport, now: string, limit: number): Outcome[] {
  return records.inTransaction(() => {
    const account = records.accounts.find(unfinished.accountId);
    if (!account) throw new Error(`account ${unfinished.accountId} vanished`);
    return records.imports.toLink(limit).map((row) => {
      const { state, ...linked } = linkRow(records, account, unfinished, row, now);
      records.imports.link(row.batchRowId, linked);
      return { state, change: linked.change };
    });
  });
}

/** Removes some rows of an import that is not to come; true once nothing of it is left. */
export function discardSome(records: Records, batchId: number): boolean {
  return records.inTransaction(() => records.imports.discard(batchId, discardRows));
}

/**
 * Ends what an earlier run of the program left behind: an import that was still being read never was; one whose rows
 * were all there is finished.
 * @returns how many there were of each
 */
export function recoverImports(
  records: Records,
  now: string,
): { readonly discarded: number; readonly finished: number } {
  let [discarded, finished] = [0, 0];
  for (const unfinished of records.imports.unfinished()) {
    const { batchId, step } = unfinished;
    if (step === 'reading') {
      while (!discardSome(records, batchId));
      discarded += 1;
    } else {
      // What was linked without waiting for the disk may be gone, and the index of texts may know it nevertheless.
      records.searchChanges.forgetEpoch();
      while (linkSome(records, unfinished, now, discardRows).length > 0);
      records.inTransaction(() => records.imports.setStep(batchId, null));
      finished += 1;
    }
  }
  return { discarded, finished };
}
