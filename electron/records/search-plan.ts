import type { RecordCriteria, RecordPlace, RecordSort } from '../../shared/contract/record-operations.ts';
import { searchTextSql } from './search-text.ts';

/** Found account by account, as the index invoice_by_state is made. */
const ofAnyAccount = 'invoice.account_id IN (SELECT id FROM account)';
const ofThisAccount = 'invoice.account_id = :accountId';
/** With the sum that the index invoice_of_account is on. A template is of one account. */
const ofItsAccount = `invoice.account_id + 0 = (SELECT account_id + 0 FROM template WHERE id = :templateId)
  AND +invoice.template_id = :templateId`;
const needsYouSql = `invoice.id IN (
  SELECT id FROM invoice WHERE ${ofAnyAccount} AND state IN ('rejected', 'unknown')
  UNION ALL SELECT id FROM invoice WHERE doubted_at IS NOT NULL)`;

type Filter = 'needsYou' | 'state' | 'billing' | 'fee' | 'reimburseStatus' | 'templateId' | 'accountId';

/** By which filter invoices are found where there are several: the one that leaves the fewest comes first. */
const narrowestFirst: readonly Filter[] = [
  'needsYou',
  'state',
  'billing',
  'fee',
  'reimburseStatus',
  'templateId',
  'accountId',
];
/** Leave so few that it pays to find all of them and to sort those, whatever the order. */
const narrow: ReadonlySet<Filter> = new Set(['needsYou', 'state']);

const sortColumns: Readonly<Record<RecordSort['by'], string>> = {
  created: 'invoice.id',
  billingTime: 'invoice.billing_time',
  fee: 'invoice.fee_fen',
  buyer: 'invoice.title',
};

/** A `+` before a column keeps SQLite from finding invoices by its index. */
const conditions: Readonly<Record<Filter, (plus: '' | '+') => string>> = {
  needsYou: (plus) =>
    plus === '' ? needsYouSql : `(+invoice.state IN ('rejected', 'unknown') OR +invoice.doubted_at IS NOT NULL)`,
  state: (plus) => `${plus}invoice.state = :state`,
  billing: (plus) => `${plus}invoice.billing_time >= :billedFrom AND ${plus}invoice.billing_time < :billedBefore`,
  fee: (plus) => `${plus}invoice.fee_fen BETWEEN :feeFrom AND :feeTo`,
  reimburseStatus: (plus) => `${plus}invoice.reimburse_status = :reimburseStatus`,
  templateId: (plus) => (plus === '' ? ofItsAccount : '+invoice.template_id = :templateId'),
  accountId: (plus) => (plus === '' ? 'invoice.account_id + 0 = :accountId' : '+invoice.account_id = :accountId'),
};

function isGiven(criteria: RecordCriteria, filter: Filter): boolean {
  switch (filter) {
    case 'needsYou':
      return criteria.needsYou;
    case 'billing':
      return criteria.billedFrom !== undefined || criteria.billedBefore !== undefined;
    case 'fee':
      return criteria.feeFrom !== undefined || criteria.feeTo !== undefined;
    default:
      return criteria[filter] !== undefined;
  }
}

export function hasFilters(criteria: RecordCriteria): boolean {
  return narrowestFirst.some((filter) => isGiven(criteria, filter));
}

export function isFilteredByAccountAlone(criteria: RecordCriteria): boolean {
  return narrowestFirst.every((filter) => isGiven(criteria, filter) === (filter === 'accountId'));
}

/** Values of the parameters that any of the statements below may name. */
export function parametersOf(criteria: RecordCriteria, after: RecordPlace | undefined) {
  return {
    state: criteria.state ?? null,
    billedFrom: criteria.billedFrom ?? Number.MIN_SAFE_INTEGER,
    billedBefore: criteria.billedBefore ?? Number.MAX_SAFE_INTEGER,
    feeFrom: criteria.feeFrom ?? Number.MIN_SAFE_INTEGER,
    feeTo: criteria.feeTo ?? Number.MAX_SAFE_INTEGER,
    reimburseStatus: criteria.reimburseStatus ?? null,
    templateId: criteria.templateId ?? null,
    accountId: criteria.accountId ?? null,
    afterId: after?.id ?? null,
    afterValue: after?.value ?? null,
  };
}

function chooseDriver(criteria: RecordCriteria, sort: RecordSort): Filter | undefined {
  const given = narrowestFirst.filter((filter) => isGiven(criteria, filter));
  // Nearly all invoices are issued: those are walked through.
  const [first] = given.filter((filter) => filter !== 'state' || criteria.state !== 'issued');
  if (first !== undefined && narrow.has(first)) return first;
  if (sort.by === 'billingTime') return given.find((filter) => filter === 'billing');
  if (sort.by === 'fee') return given.find((filter) => filter === 'fee');
  return sort.by === 'created' ? first : undefined;
}

function filterSql(criteria: RecordCriteria, driver: Filter | undefined): string[] {
  const given = narrowestFirst.filter((filter) => isGiven(criteria, filter));
  const wanted = given.map((filter) => conditions[filter](filter === driver ? '' : '+'));
  if (driver === 'state') wanted.push(criteria.accountId === undefined ? ofAnyAccount : ofThisAccount);
  return wanted;
}

function afterSql({ by, descending }: RecordSort, after: RecordPlace | undefined, isDriven: boolean): string[] {
  if (!after) return [];
  const beyond = descending ? '<' : '>';
  const plus = isDriven ? '+' : '';
  if (by === 'created') return [`${plus}invoice.id ${beyond} :afterId`];
  return [`(${plus}${sortColumns[by]}, invoice.id) ${beyond} (:afterValue, :afterId)`];
}

function orderSql({ by, descending }: RecordSort): string {
  const direction = descending ? 'DESC' : 'ASC';
  const keys = by === 'created' ? ['invoice.id'] : [sortColumns[by], 'invoice.id'];
  return `ORDER BY ${keys.map((key) => `${key} ${direction}`).join(', ')}`;
}

/** Whether what the driving filter's index gives comes in another order than the one that is wanted. */
function isSortedAfterwards(driver: Filter | undefined, { by }: RecordSort): boolean {
  if (driver === undefined) return false;
  return narrow.has(driver) || (by === 'created' && (driver === 'billing' || driver === 'fee'));
}

const whereSql = (wanted: readonly string[]): string => (wanted.length === 0 ? '' : `WHERE ${wanted.join(' AND ')}`);

interface Page {
  readonly criteria: RecordCriteria;
  readonly sort: RecordSort;
  readonly after: RecordPlace | undefined;
}

/** Every invoice that passes the filters, in order: id, value it is sorted by, and its texts where they are asked for. */
export function walkSql({ criteria, sort, after }: Page, withText: boolean): string {
  const driver = chooseDriver(criteria, sort);
  const wanted = [...filterSql(criteria, driver), ...afterSql(sort, after, isSortedAfterwards(driver, sort))];
  return `SELECT invoice.id, ${sortColumns[sort.by]}, ${withText ? searchTextSql : 'NULL'}, 1
    FROM invoice ${whereSql(wanted)} ${orderSql(sort)}`;
}

/**
 * As {@link walkSql}, of the invoices that the index of texts finds. Where it finds them in order, those that do not pass
 * the filters are among them, so that who asks may stop after so many.
 */
export function matchSql({ criteria, sort, after }: Page, withText: boolean): string {
  const found = 'invoice_search MATCH :match';
  const filters = filterSql(criteria, undefined);
  const text = withText ? searchTextSql : 'NULL';
  if (sort.by === 'created') {
    const beyond = sort.descending ? '<' : '>';
    const wanted = whereSql(after ? [found, `invoice_search.rowid ${beyond} :afterId`] : [found]);
    const order = `ORDER BY invoice_search.rowid ${sort.descending ? 'DESC' : 'ASC'}`;
    // Where the invoice itself is not asked about, it is not read.
    if (!withText && filters.length === 0)
      return `SELECT invoice_search.rowid, NULL, NULL, 1 FROM search.invoice_search ${wanted} ${order}`;
    return `SELECT invoice_search.rowid, NULL, ${text}, ${filters.join(' AND ') || '1'}
      FROM search.invoice_search CROSS JOIN invoice ON invoice.id = invoice_search.rowid ${wanted} ${order}`;
  }
  return `SELECT invoice.id, ${sortColumns[sort.by]}, ${text}, 1
    FROM search.invoice_search CROSS JOIN invoice ON invoice.id = invoice_search.rowid
    ${whereSql([found, ...filters, ...afterSql(sort, after, true)])} ${orderSql(sort)}`;
}
