import type { Database, Statement } from 'better-sqlite3';
import type { RecordCriteria, RecordPlace, RecordRow, RecordSort } from '../../shared/contract/record-operations.ts';
import type { InvoiceState } from '../../shared/invoice/state.ts';
import type { ReimburseStatus } from '../../shared/wechat/reimburse-status.ts';
import { hasFilters, isFilteredByAccountAlone, matchSql, parametersOf, walkSql } from './search-plan.ts';
import { hasTerms, planText, readTerms, type TextPlan } from './search-text.ts';

/**
 * How many invoices are read one after the other before the index of texts is asked. What occurs in one of fifty is
 * found sooner by reading; what is rarer, the index finds and sorts as fast.
 */
const mostWalked = 5000;
/**
 * Whether a text is common, and an account a large one, is not known before. Where the index gives its findings in the
 * order that is wanted, both ways are tried for a little first: the newest invoices are read, which suffices for what is
 * common, and the first findings are looked at, of whichever account, which suffices for what is rare.
 */
const triedFirst = { walked: 1000, matched: 4000 } as const;
/** Of what criteria find no more are counted. */
const mostCounted = 10_000;
/** Of short texts these many invoices are read to count. */
const mostReadToCount = 50_000;
const newestFirst: RecordSort = { by: 'created', descending: true };
/** Invoices read between two looks at whether the answer is still wanted. */
const glanceEvery = 128;

export interface FindInput {
  readonly criteria: RecordCriteria;
  readonly sort: RecordSort;
  readonly after: RecordPlace | undefined;
  readonly limit: number;
}

interface FoundRows {
  readonly rows: RecordRow[];
  readonly next: RecordPlace | null;
}
interface FoundCount {
  readonly count: number;
  readonly isCapped: boolean;
}

/** Undefined: it was stopped, because nobody waits for the answer any more. */
type Unless<Answer> = Answer | undefined;
export type IsStopped = () => boolean;

/** Passes 0: the index found it, and the filters keep it out. */
type Candidate = [id: number, value: string | number | null, text: string | null, passes: 0 | 1];
type Parameters = Record<string, string | number | null>;

interface StoredRow {
  readonly id: number;
  readonly account_id: number;
  readonly template_id: number | null;
  readonly state: InvoiceState;
  readonly needs_you: 0 | 1;
  readonly order_id: string;
  readonly title: string;
  readonly fee_fen: number;
  readonly fee_without_tax_fen: number;
  readonly tax_fen: number;
  readonly billing_time: number;
  readonly billing_no: string;
  readonly billing_code: string;
  readonly buyer_number: string;
  readonly remarks: string;
  readonly card_code: string | null;
  readonly reimburse_status: ReimburseStatus | null;
  readonly created_at: string;
  readonly issued_at: string | null;
}

function toRecordRow(row: StoredRow): RecordRow {
  return {
    id: row.id,
    accountId: row.account_id,
    templateId: row.template_id,
    state: row.state,
    needsYou: row.needs_you === 1,
    orderId: row.order_id,
    title: row.title,
    feeFen: row.fee_fen,
    feeWithoutTaxFen: row.fee_without_tax_fen,
    taxFen: row.tax_fen,
    billingTime: row.billing_time,
    billingNo: row.billing_no,
    billingCode: row.billing_code,
    buyerNumber: row.buyer_number,
    remarks: row.remarks,
    cardCode: row.card_code,
    reimburseStatus: row.reimburse_status,
    createdAt: row.created_at,
    issuedAt: row.issued_at,
  };
}

interface Collected {
  readonly places: RecordPlace[];
  /** Whether there are as many as were wanted, or there are no more. */
  readonly isComplete: boolean;
}

interface Goal {
  /** What each of them has to have. */
  readonly terms: readonly string[];
  readonly wanted: number;
  readonly mostRead: number;
}

/** Takes what fits out of candidates, until there are enough or too many have been looked at. */
function collect(
  candidates: IterableIterator<Candidate>,
  { terms, wanted, mostRead }: Goal,
  isStopped: IsStopped,
): Unless<Collected> {
  const places: RecordPlace[] = [];
  let read = 0;
  for (const [id, value, text, passes] of candidates) {
    if (read >= mostRead) return { places, isComplete: false };
    read += 1;
    if (read % glanceEvery === 0 && isStopped()) return undefined;
    if (passes === 0) continue;
    if (terms.length > 0 && !hasTerms(text ?? '', terms)) continue;
    places.push({ id, value });
    if (places.length === wanted) return { places, isComplete: true };
  }
  return { places, isComplete: true };
}

/** What the first of the ways finds that comes to an end; undefined as soon as nobody waits for it any more. */
function firstComplete(ways: readonly (() => Unless<Collected>)[], isStopped: IsStopped): Unless<Collected> {
  let found: Unless<Collected>;
  for (const way of ways) {
    found = isStopped() ? undefined : way();
    if (!found || found.isComplete) return found;
  }
  return found;
}

/**
 * Reads through a connection of its own; every step ends soon after `isStopped` says so. Where it is told that there is
 * an index, the connection sees it as `search`.
 */
export function createRecordSearch(database: Database) {
  const prepared = new Map<string, Statement<[Parameters], Candidate>>();
  const selectRow = database.prepare<[number], StoredRow>(
    `SELECT id, account_id, template_id, state, state IN ('rejected', 'unknown') OR doubted_at IS NOT NULL AS needs_you,
       order_id, title, fee_fen, fee_without_tax_fen, tax_fen, billing_time, billing_no, billing_code, buyer_number,
       remarks, card_code, reimburse_status, created_at, issued_at
     FROM invoice WHERE id = ?`,
  );
  const selectCount = database.prepare<[], number>('SELECT count(*) FROM invoice').pluck();
  const selectLastChange = database.prepare<[], number | null>('SELECT max(seq) FROM search_change').pluck();
  let counted: { readonly seq: number; readonly count: number } | undefined;

  /** Of a million it takes its time; while none came and none went it stays the same. */
  function countAll(): number {
    const seq = selectLastChange.get() ?? 0;
    if (counted?.seq !== seq) counted = { seq, count: selectCount.get() ?? 0 };
    return counted.count;
  }

  /** Statements are made of few parts; each combination that is asked for is prepared once. */
  function statement(sql: string) {
    const known = prepared.get(sql) ?? database.prepare<[Parameters], Candidate>(sql).raw();
    prepared.set(sql, known);
    return known;
  }

  function walk(page: Omit<FindInput, 'limit'>, goal: Goal, isStopped: IsStopped): Unless<Collected> {
    const candidates = statement(walkSql(page, goal.terms.length > 0)).iterate(parametersOf(page.criteria, page.after));
    return collect(candidates, goal, isStopped);
  }

  function match(page: Omit<FindInput, 'limit'>, plan: TextPlan, goal: Goal, isStopped: IsStopped): Unless<Collected> {
    const parameters = { ...parametersOf(page.criteria, page.after), match: plan.match };
    const candidates = statement(matchSql(page, goal.terms.length > 0)).iterate(parameters);
    return collect(candidates, goal, isStopped);
  }

  function row(id: number): RecordRow | undefined {
    const found = selectRow.get(id);
    return found && toRecordRow(found);
  }

  function findPlaces(
    page: Omit<FindInput, 'limit'>,
    wanted: number,
    isStopped: IsStopped,
    hasIndex: boolean,
  ): Unless<Collected> {
    const { criteria, sort } = page;
    const terms = readTerms(criteria.text);
    if (terms.length === 0 || !hasIndex)
      return walk(page, { terms, wanted, mostRead: Number.POSITIVE_INFINITY }, isStopped);
    const plan: TextPlan = planText(terms);
    const walked = (mostRead: number) => walk(page, { terms, wanted, mostRead }, isStopped);
    const matched = (mostRead: number) => match(page, plan, { terms: plan.unproven, wanted, mostRead }, isStopped);
    const all = () => matched(Number.POSITIVE_INFINITY);
    const isInOrder = sort.by === 'created';
    if (isInOrder && !plan.isShort && !hasFilters(criteria)) return all();
    const tries =
      isInOrder && (!hasFilters(criteria) || isFilteredByAccountAlone(criteria))
        ? [() => walked(triedFirst.walked), () => matched(triedFirst.matched)]
        : [];
    return firstComplete([...tries, () => walked(mostWalked), all], isStopped);
  }

  return {
    /** One page. */
    find({ limit, ...page }: FindInput, isStopped: IsStopped, hasIndex: boolean): Unless<FoundRows> {
      const found = findPlaces(page, limit + 1, isStopped, hasIndex);
      if (!found) return undefined;
      const places = found.places.slice(0, limit);
      const rows = places.flatMap(({ id }) => row(id) ?? []);
      return { rows, next: found.places.length > limit ? (places.at(-1) ?? null) : null };
    },
    count(criteria: RecordCriteria, isStopped: IsStopped, hasIndex: boolean): Unless<FoundCount> {
      const terms = readTerms(criteria.text);
      if (terms.length === 0 && !hasFilters(criteria)) return { count: countAll(), isCapped: false };
      const page = { criteria, sort: newestFirst, after: undefined };
      const wanted = mostCounted + 1;
      // What begins like so short a text the index would first put together whole, and the next letter would wait for it.
      const found =
        terms.length > 0 && planText(terms).isShort
          ? walk(page, { terms, wanted, mostRead: mostReadToCount }, isStopped)
          : findPlaces(page, wanted, isStopped, hasIndex);
      if (!found) return undefined;
      const isCapped = !found.isComplete || found.places.length > mostCounted;
      return { count: Math.min(found.places.length, mostCounted), isCapped };
    },
    /** The ids of everything that is found, in order; each invoice is read, so that none is missed. */
    findAll(criteria: RecordCriteria, sort: RecordSort, isStopped: IsStopped): Unless<readonly number[]> {
      const found = findPlaces({ criteria, sort, after: undefined }, Number.POSITIVE_INFINITY, isStopped, false);
      return found?.places.map(({ id }) => id);
    },
    /** An invoice as the table shows it; undefined where it is gone meanwhile. */
    row,
  };
}
