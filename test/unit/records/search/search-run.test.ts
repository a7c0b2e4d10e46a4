import type { Database } from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredAccount } from '../../../../electron/records/account-repository.ts';
import type { Records } from '../../../../electron/records/records.ts';
import { parametersOf, walkSql } from '../../../../electron/records/search-plan.ts';
import {
  type RecordCriteria,
  type RecordPlace,
  type RecordSort,
  recordCriteriaSchema,
} from '../../../../shared/contract/record-operations.ts';
import type { InvoiceFields } from '../../../../shared/invoice/invoice.ts';
import { digitalInvoice } from '../../../support/app-invoices.ts';
import { addAccount, addTemplate, contentOf, now, walk, wayTo } from '../../../support/records-in-memory.ts';
import { finishIndex, idsOf, openSearchedRecords, type Searcher } from '../../../support/searched-records.ts';

let database: Database;
let records: Records;
let account: StoredAccount;
let searcher: Searcher;
let serial = 0;

beforeEach(() => {
  const files = openSearchedRecords();
  ({ database, records } = files);
  searcher = files.openSearcher();
  account = addAccount(records);
});

function add(
  fields: Partial<InvoiceFields> = {},
  of: StoredAccount = account,
  templateId: number | null = null,
): number {
  serial += 1;
  return records.invoices.createDraft(of, contentOf(digitalInvoice(serial, fields), { templateId }), now).id;
}

const newest: RecordSort = { by: 'created', descending: true };

function find(criteria: Partial<RecordCriteria>, sort: RecordSort = newest): number[] {
  return idsOf(searcher, criteria, sort);
}

function count(criteria: Partial<RecordCriteria>) {
  return searcher.answer({ kind: 'count', criteria: recordCriteriaSchema.parse(criteria) }, () => false);
}

function planOf(criteria: Partial<RecordCriteria>, by: RecordSort['by']): string {
  const page = { criteria: recordCriteriaSchema.parse(criteria), sort: { by, descending: true }, after: undefined };
  return database
    .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${walkSql(page, false)}`)
    .all(parametersOf(page.criteria, undefined))
    .map(({ detail }) => detail)
    .join('; ');
}

/** Further invoices, so many that reading some of them is given up and the index is asked. */
function addManyOthers(of: StoredAccount = account, title = '云南普洱茶业公司'): void {
  records.inTransaction(() => {
    for (let index = 0; index < 5100; index += 1) add({ title, orderId: `T-${index}` }, of);
  });
}

describe('a search by text', () => {
  it.each([
    ['金', '杭州五金有限公司'],
    ['五金', '杭州五金有限公司'],
    ['五金有', '杭州五金有限公司'],
    ['杭州五金有限公司', '杭州五金有限公司'],
    ['公司', '杭州五金有限公司'],
    ['司', '杭州五金有限公司'],
    ['𠮷野', '𠮷野家餐饮'],
    ['abc', 'ABC贸易'],
    ['ABC', 'abc贸易'],
    ['c贸', 'abc贸易'],
    ['bc贸易', 'abc贸易'],
    ['易a', '贸易ab'],
    ['贸易ab', '贸易ab'],
    ['(上海)', '青禾（上海）茶叶'],
    ['（上海）', '青禾(上海)茶叶'],
    ['ＡＢ１２', 'ab12'],
    ['ab12', 'ＡＢ１２'],
    ['%', '100%棉'],
    ['0%棉', '100%棉'],
    ['_', 'a_b'],
    ['a_b', 'a_b'],
    ['"', '所谓"茶"'],
    ['"茶"', '所谓"茶"'],
    ["O'N", "O'Neill"],
    ["'", "O'Neill"],
    ['\\', '甲\\乙'],
    ['甲\\乙', '甲\\乙'],
    ['*', '*日用品*牙膏'],
    ['*日用', '*日用品*牙膏'],
    ['OR', 'for'],
    ['NEAR(', 'near(1)'],
    ['-', '一-二'],
    ['😀', '茶😀叶'],
    ['é', 'Café'],
  ])('finds %s in a title %s, and in no other', (text, title) => {
    add({ title: '与此无关的抬头', orderId: 'X1' });
    const id = add({ title, orderId: 'X2', billingNo: '26312000000010100556' });
    add({ title: '也与此无关', orderId: 'X3' });
    expect(find({ text })).toEqual([id]);
    expect(find({ text }, { by: 'buyer', descending: false })).toEqual([id]);
  });

  it.each([
    ['a%c', 'abc'],
    ['a_c', 'abc'],
    ['五_', '五金'],
    ['金五', '五金'],
    ['有限公司杭州', '杭州有限公司'],
  ])('does not find %s in %s', (text, title) => {
    add({ title, orderId: 'X1' });
    expect(find({ text })).toEqual([]);
  });

  it('looks into number, code, order, title, tax ID and remarks, and into one of them at a time', () => {
    const id = add({
      billingNo: '12345678',
      billingCode: '031002600111',
      orderId: 'WX-9',
      title: '青禾茶叶',
      buyerNumber: '91330106MA2XXXXX',
      remarks: '送货上门',
    });
    for (const text of ['3456', '0026', 'wx-9', '禾茶', 'ma2x', '货上', '78', '12345678 送货'])
      expect(find({ text }), text).toEqual([id]);
    expect(find({ text: '78031' })).toEqual([]);
  });

  it('wants each of the words', () => {
    const both = add({ title: '青禾茶叶', remarks: '送货' });
    add({ title: '青禾茶叶' });
    expect(find({ text: ' 青禾　送货 ' })).toEqual([both]);
    expect(find({ text: '青禾' })).toHaveLength(2);
  });

  it('finds what is rare among many by the index, whatever its length and the order', () => {
    const rare = add({ title: '龘字号', billingNo: '99887766', remarks: '配7' });
    addManyOthers();
    finishIndex(searcher);
    for (const text of ['龘', '龘字', '99887766', '配7', '龘 字', '龘字 766'])
      for (const by of ['created', 'buyer', 'fee', 'billingTime'] as const)
        expect(find({ text }, { by, descending: true }), `${text} by ${by}`).toEqual([rare]);
    expect(find({ text: '龘', accountId: account.id })).toEqual([rare]);
    expect(count({ text: '云南普洱' })).toEqual({ count: 5100, isCapped: false });
  });

  it('finds what an account has, whether little of all that has the text is of it or much, and page by page', () => {
    const other = addAccount(records, 'wechat', 'wx1111111111111111');
    const own = ['五金甲77', '五金甲78', '五金乙77'].map((title) => add({ title }));
    // More than the index is first looked through, then more than is read.
    addManyOthers(other, '五金甲77');
    expect(find({ text: '五金', accountId: account.id })).toEqual(own.toReversed());
    addManyOthers();
    finishIndex(searcher);
    const newestOwn = add({ title: '五金甲77' });
    expect(find({ text: '五金', accountId: account.id })).toEqual([newestOwn, ...own.toReversed()]);
    expect(find({ text: '五金甲77', accountId: account.id })).toEqual([newestOwn, own[0]]);
    expect(find({ text: '甲', accountId: account.id }, { by: 'created', descending: false })).toEqual([
      own[0],
      own[1],
      newestOwn,
    ]);
    expect(count({ text: '甲77', accountId: other.id })).toEqual({ count: 5100, isCapped: false });
    const input = {
      criteria: recordCriteriaSchema.parse({ text: '五金甲77', accountId: account.id }),
      sort: newest,
      after: { id: newestOwn, value: null },
      limit: 1,
    };
    expect(searcher.answer({ kind: 'find', input }, () => false)).toMatchObject({ rows: [{ id: own[0] }], next: null });
  });

  it('finds what an invoice holds now: after an edit the new text, after its removal nothing', () => {
    const id = add({ title: '旧抬头公司' });
    records.invoices.edit(id, contentOf(digitalInvoice(serial, { title: '新抬头公司' })), now);
    expect(find({ text: '旧抬' })).toEqual([]);
    expect(find({ text: '新抬' })).toEqual([id]);
    records.invoices.removeDraft(id);
    expect(find({ text: '新抬' })).toEqual([]);
  });

  it('is told of no change where a state moves or the same content is saved again', () => {
    const id = add({ title: '青禾茶叶' });
    const changes = () => database.prepare('SELECT count(*) FROM search_change').pluck().get();
    const before = changes();
    records.invoices.edit(id, contentOf(digitalInvoice(serial, { title: '青禾茶叶' })), now);
    walk(records, id, wayTo.issued);
    expect(changes()).toBe(before);
    expect(find({ text: '青禾' })).toEqual([id]);
  });

  it('passes what it no longer needs to give', () => {
    addManyOthers();
    const input = {
      criteria: recordCriteriaSchema.parse({ text: '普洱' }),
      sort: newest,
      after: undefined,
      limit: 500,
    };
    expect(searcher.answer({ kind: 'find', input }, () => true)).toBeUndefined();
  });
});

describe('filters', () => {
  it('keep what is asked for, alone and together', () => {
    const other = addAccount(records, 'wechat', 'wx1111111111111111');
    const template = addTemplate(records, account.id);
    const cheap = add({ feeFen: 100, billingTime: 1_790_000_000 });
    const dear = add({ feeFen: 900_000, billingTime: 1_795_000_000 }, account, template.id);
    const others = add({ feeFen: 5000, billingTime: 1_795_000_001 }, other);
    walk(records, dear, wayTo.issued);
    walk(records, others, wayTo.unknown);
    records.invoices.addFacts(dear, { reimburseStatus: 'INVOICE_REIMBURSE_LOCK' }, now);
    expect(find({ accountId: other.id })).toEqual([others]);
    expect(find({ templateId: template.id })).toEqual([dear]);
    expect(find({ state: 'issued' })).toEqual([dear]);
    expect(find({ state: 'draft' })).toEqual([cheap]);
    expect(find({ needsYou: true })).toEqual([others]);
    expect(find({ reimburseStatus: 'INVOICE_REIMBURSE_LOCK' })).toEqual([dear]);
    expect(find({ billedFrom: 1_795_000_000, billedBefore: 1_795_000_001 })).toEqual([dear]);
    expect(find({ billedFrom: 1_795_000_000 })).toEqual([others, dear]);
    expect(find({ feeFrom: 100, feeTo: 5000 })).toEqual([others, cheap]);
    expect(find({ feeFrom: 100, feeTo: 5000, accountId: account.id, text: '青禾' })).toEqual([cheap]);
    expect(count({ accountId: account.id })).toEqual({ count: 2, isCapped: false });
    expect(count({})).toEqual({ count: 3, isCapped: false });
  });
});

describe('a count of everything', () => {
  it('is as many as there are now', () => {
    expect(count({})).toEqual({ count: 0, isCapped: false });
    const id = add();
    add();
    expect(count({})).toEqual({ count: 2, isCapped: false });
    records.invoices.removeDraft(id);
    expect(count({})).toEqual({ count: 1, isCapped: false });
  });
});

describe('pages', () => {
  it.each([
    ['created', true],
    ['created', false],
    ['billingTime', true],
    ['fee', false],
    ['buyer', true],
  ] as const)('by %s, descending %s, follow each other without a gap or a repeat', (by, descending) => {
    for (let index = 0; index < 23; index += 1)
      add({ feeFen: (index % 5) * 100, billingTime: 1_790_000_000 + (index % 3), title: `青禾${index % 4}` });
    for (const criteria of [{}, { text: '青禾' }, { accountId: account.id }, { state: 'draft' as const }]) {
      const seen: number[] = [];
      let after: RecordPlace | undefined;
      do {
        const input = { criteria: recordCriteriaSchema.parse(criteria), sort: { by, descending }, after, limit: 5 };
        const found = searcher.answer({ kind: 'find', input }, () => false);
        if (!found || !('rows' in found)) throw new Error('nothing was answered');
        seen.push(...found.rows.map(({ id }) => id));
        after = found.next ?? undefined;
      } while (after);
      expect(seen).toEqual(find(criteria, { by, descending }));
      expect(new Set(seen).size).toBe(23);
    }
  });

  it.each([
    [{}, 'created', 'SCAN invoice$'],
    [{ accountId: 1 }, 'created', 'invoice_of_account'],
    [{ templateId: 1 }, 'created', 'invoice_of_account'],
    [{ reimburseStatus: 'INVOICE_REIMBURSE_LOCK' }, 'created', 'invoice_by_reimburse_status'],
    [{ accountId: 1, state: 'draft' }, 'created', 'invoice_by_state'],
    [{}, 'billingTime', 'invoice_by_billing_time'],
    [{ billedFrom: 1 }, 'billingTime', 'invoice_by_billing_time'],
    [{}, 'fee', 'invoice_by_fee'],
    [{ feeFrom: 1 }, 'fee', 'invoice_by_fee'],
    [{}, 'buyer', 'invoice_by_title'],
    [{ state: 'issued' }, 'created', 'SCAN invoice$'],
  ] as const)('of %o by %s come in their order out of %s', (criteria, by, index) => {
    const plan = planOf(criteria, by);
    expect(plan).toMatch(new RegExp(index));
    expect(plan).not.toMatch(/TEMP B-TREE/);
  });

  it.each([
    [{ state: 'draft' }, ['invoice_by_state']],
    [{ needsYou: true }, ['invoice_by_state', 'invoice_in_doubt']],
    [{ billedFrom: 1, billedBefore: 2 }, ['invoice_by_billing_time']],
    [{ feeFrom: 1 }, ['invoice_by_fee']],
  ] as const)('of %o are found by %o, without reading the others', (criteria, indexes) => {
    const plan = planOf(criteria, 'created');
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toMatch(/SCAN invoice( |$)(?!USING (COVERING )?INDEX invoice_in_doubt)/);
  });
});
