import { closeSync, mkdirSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredAccount } from '../../../../electron/records/account-repository.ts';
import { discardIndexFile } from '../../../../electron/records/search-index.ts';
import type { InvoiceFields } from '../../../../shared/invoice/invoice.ts';
import { digitalInvoice } from '../../../support/app-invoices.ts';
import { addAccount, contentOf, now } from '../../../support/records-in-memory.ts';
import { findIn, finishIndex, idsOf, openSearchedRecords, type Searcher } from '../../../support/searched-records.ts';

type Opened = ReturnType<typeof openSearchedRecords>;
let opened: Opened;
let account: StoredAccount;
let serial = 0;

beforeEach(() => {
  opened = openSearchedRecords();
  account = addAccount(opened.records);
});

function contentWith(fields: Partial<InvoiceFields>) {
  serial += 1;
  return contentOf(digitalInvoice(serial, fields));
}

const add = (fields: Partial<InvoiceFields>): number =>
  opened.records.invoices.createDraft(account, contentWith(fields), now).id;

function addMany(count: number, title: string): void {
  opened.records.inTransaction(() => {
    for (let index = 0; index < count; index += 1) add({ title });
  });
}

const changes = (): number[] =>
  opened.database.prepare<[], number>('SELECT seq FROM search_change ORDER BY seq').pluck().all();

/** Looks into the file of the index, while nothing else does. */
function inIndex<Value>(work: (database: BetterSqlite3.Database) => Value): Value {
  const database = new BetterSqlite3(opened.indexPath);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** What the index alone says: of words long enough no invoice is read. */
const indexed = (searcher: Searcher, text: string): number[] => idsOf(searcher, { text });

describe('the index', () => {
  it('follows what is saved, edited and removed, also where an id is given again', () => {
    const searcher = opened.openSearcher();
    const id = add({ title: '旧抬头公司' });
    expect(indexed(searcher, '旧抬头')).toEqual([id]);
    opened.records.invoices.edit(id, contentWith({ title: '新抬头公司' }), now);
    expect(indexed(searcher, '旧抬头')).toEqual([]);
    expect(indexed(searcher, '新抬头')).toEqual([id]);
    opened.records.invoices.removeDraft(id);
    expect(add({ title: '另一家公司' })).toBe(id);
    expect(indexed(searcher, '新抬头')).toEqual([]);
    expect(indexed(searcher, '另一家')).toEqual([id]);
  });

  it('needs nothing but the changes since it was last asked', () => {
    const first = opened.openSearcher();
    const id = add({ title: '青禾茶叶' });
    expect(indexed(first, '青禾')).toEqual([id]);
    first.close();
    const other = add({ title: '青禾五金' });
    // Would be found if it were made anew.
    inIndex((index) => index.prepare('DELETE FROM invoice_search WHERE rowid = ?').run(id));
    expect(indexed(opened.openSearcher(), '青禾')).toEqual([other]);
  });

  it('is made newest first, and says how far it is; what is there already is found', () => {
    const oldest = add({ title: '龘字号' });
    addMany(1500, '云南普洱茶业');
    const newest = add({ title: '龘字号新店' });
    const searcher = opened.openSearcher();
    const early = findIn(searcher, { text: '龘字号' });
    expect(early.rows.map(({ id }) => id)).toEqual([newest]);
    expect(early.preparing).toEqual({ done: 1000, total: 1502 });
    expect(searcher.answer({ kind: 'count', criteria: { text: '龘字号', needsYou: false } }, () => false)).toEqual({
      count: 1,
      isCapped: true,
    });
    // Without words, or with so few that the newest are read, nothing waits for it.
    expect(findIn(searcher, {})).toMatchObject({ preparing: null });
    const meanwhile = add({ title: '龘字号分店' });
    opened.records.invoices.edit(oldest, contentWith({ title: '龘字号老店' }), now);
    expect(indexed(searcher, '龘字号')).toEqual([meanwhile, newest]);
    finishIndex(searcher);
    const late = findIn(searcher, { text: '龘字号' });
    expect(late.rows.map(({ id }) => id)).toEqual([meanwhile, newest, oldest]);
    expect(late.preparing).toBeNull();
  });

  it('goes on being made where it was cut off', () => {
    addMany(2500, '云南普洱茶业');
    const first = opened.openSearcher();
    expect(findIn(first, { text: '普洱' }).preparing).toEqual({ done: 1000, total: 2500 });
    first.work();
    first.close();
    expect(findIn(opened.openSearcher(), { text: '普洱' }).preparing).toEqual({ done: 2000, total: 2500 });
  });
});

describe('an index that does not fit is made anew', () => {
  let id: number;

  beforeEach(() => {
    id = add({ title: '青禾茶叶' });
    const searcher = opened.openSearcher();
    expect(indexed(searcher, '青禾')).toEqual([id]);
    searcher.close();
  });

  it.each<readonly [string, () => void]>([
    ['the file is gone', () => discardIndexFile(opened.indexPath)],
    ['the file is none of SQLite', () => writeFileSync(opened.indexPath, '一些别的东西'.repeat(1000))],
    ['the file is empty', () => writeFileSync(opened.indexPath, '')],
    ['the file is of another format', () => inIndex((index) => index.pragma('user_version = 99'))],
    ['it knows nothing of its state', () => inIndex((index) => index.exec('DELETE FROM state'))],
    ['it is of another history', () => inIndex((index) => index.exec(`UPDATE state SET epoch = '"another"'`))],
    ['it is ahead of the records', () => inIndex((index) => index.exec('UPDATE state SET last_seq = last_seq + 5'))],
  ])('where %s', (_, spoil) => {
    spoil();
    const other = add({ title: '青禾五金' });
    expect(indexed(opened.openSearcher(), '青禾')).toEqual([other, id]);
  });

  it('where changes it has not taken over are gone', () => {
    inIndex((index) => index.prepare('DELETE FROM invoice_search').run());
    add({ title: '甲' });
    const last = add({ title: '青禾五金' });
    opened.database.exec('DELETE FROM search_change WHERE seq < (SELECT max(seq) FROM search_change)');
    expect(indexed(opened.openSearcher(), '青禾')).toEqual([last, id]);
  });

  it('where its pages turn out to be damaged, while it is in use', () => {
    addMany(900, '云南普洱茶业');
    const searcher = opened.openSearcher();
    expect(indexed(searcher, '普洱')).toHaveLength(500);
    searcher.close();
    const { size } = statSync(opened.indexPath);
    const handle = openSync(opened.indexPath, 'r+');
    // Behind the first page, so that it opens.
    writeSync(handle, Buffer.alloc(size - 8192, 0x5a), 0, size - 8192, 8192);
    closeSync(handle);
    const again = opened.openSearcher();
    expect(indexed(again, '青禾')).toEqual([id]);
    expect(indexed(again, '普洱')).toHaveLength(500);
  });

  it('of a program of two processes by one of them, and both go on', () => {
    const one = opened.openSearcher();
    const other = opened.openSearcher();
    expect(indexed(one, '青禾')).toEqual([id]);
    const second = add({ title: '青禾五金' });
    expect(indexed(other, '青禾')).toEqual([second, id]);
    inIndex((index) => index.exec(`UPDATE state SET epoch = '"another"'`));
    const third = add({ title: '青禾建材' });
    expect(indexed(one, '青禾')).toEqual([third, second, id]);
    opened.records.invoices.removeDraft(second);
    expect(indexed(other, '青禾')).toEqual([third, id]);
    expect(indexed(one, '青禾')).toEqual([third, id]);
  });
});

describe('where no index can be had', () => {
  it('every invoice is read instead', () => {
    const rare = add({ title: '龘字号' });
    addMany(5100, '云南普洱茶业');
    // A folder in the file's place is neither opened nor removed.
    mkdirSync(opened.indexPath);
    const searcher = opened.openSearcher();
    expect(findIn(searcher, { text: '龘字号' })).toMatchObject({ rows: [{ id: rare }], preparing: null });
    expect(searcher.work()).toBe(false);
    expect(searcher.lastSeq()).toBe(0);
    rmSync(opened.indexPath, { recursive: true });
    expect(indexed(searcher, '普洱')).toHaveLength(500);
  });
});

describe('changes that were taken over', () => {
  it('are forgotten up to the newest, and the numbers go on', () => {
    const searcher = opened.openSearcher();
    addMany(5, '云南普洱茶业');
    searcher.work();
    const lastSeq = searcher.lastSeq();
    expect(lastSeq).toBe(5);
    const { searchChanges } = opened.records;
    expect(searchChanges.trim(3, 2)).toBe(true);
    expect(changes()).toEqual([3, 4, 5]);
    expect(searchChanges.trim(lastSeq, 100)).toBe(false);
    expect(changes()).toEqual([5]);
    searchChanges.trim(lastSeq, 100);
    const id = add({ title: '青禾茶叶' });
    expect(changes()).toEqual([5, 6]);
    expect(indexed(searcher, '青禾')).toEqual([id]);
    expect(indexed(searcher, '普洱')).toHaveLength(5);
  });

  it('are not forgotten inside somebody else’s transaction', () => {
    addMany(5, '云南普洱茶业');
    const before = changes();
    opened.records.inTransaction(() => {
      expect(opened.records.searchChanges.trim(5, 100)).toBe(false);
    });
    expect(changes()).toEqual(before);
  });
});

describe('any searches between any edits', () => {
  const alphabet = fc.constantFrom('五', '金', '茶', 'a', 'B', '1', 'Ａ', '%', '"', '（', ' ', '𠮷', 'ހ', '߀');
  const textOf = (most: number) => fc.array(alphabet, { maxLength: most }).map((parts) => parts.join(''));
  const texts = { title: textOf(8), remarks: textOf(5) };
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), ...texts }),
    fc.record({ kind: fc.constant('edit' as const), nth: fc.nat(), ...texts }),
    fc.record({ kind: fc.constant('remove' as const), nth: fc.nat() }),
    fc.record({
      kind: fc.constant('search' as const),
      text: textOf(5),
      by: fc.constantFrom('created' as const, 'buyer' as const),
    }),
    fc.record({ kind: fc.constantFrom('reopen' as const, 'trim' as const, 'discard' as const) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

  const fold = (text: string) =>
    text
      .replaceAll('Ａ', 'a')
      .replaceAll('（', '(')
      .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  const ascending = (ids: readonly number[]) => ids.toSorted((one, other) => one - other);

  /** The program beside a list of the texts that are in it. */
  function startPlay() {
    const { invoices, searchChanges } = opened.records;
    for (const id of opened.database.prepare<[], number>('SELECT id FROM invoice').pluck().all())
      invoices.removeDraft(id);
    const held = new Map<number, string>();
    let searcher = opened.openSearcher();

    const fieldsOf = ({ title, remarks }: { readonly title: string; readonly remarks: string }) => {
      const fields = { title, remarks, billingNo: '', orderId: '', buyerNumber: '' };
      return { fields, text: fold(`${title}\u001f\u001f${remarks}`) };
    };
    const reopen = () => {
      searcher.close();
      searcher = opened.openSearcher();
    };

    function write(one: Extract<Step, { kind: 'add' | 'edit' | 'remove' }>): void {
      if (one.kind === 'add') {
        const { fields, text } = fieldsOf(one);
        held.set(add(fields), text);
        return;
      }
      const id = [...held.keys()][one.nth % Math.max(1, held.size)];
      if (id === undefined) return;
      if (one.kind === 'remove') {
        invoices.removeDraft(id);
        held.delete(id);
        return;
      }
      const { fields, text } = fieldsOf(one);
      invoices.edit(id, contentWith(fields), now);
      held.set(id, text);
    }

    return (one: Step): void => {
      switch (one.kind) {
        case 'search': {
          const terms = fold(one.text)
            .split(' ')
            .filter((term) => term !== '');
          const wanted = [...held].filter(([, text]) => terms.every((term) => text.includes(term)));
          const found = idsOf(searcher, { text: one.text }, { by: one.by, descending: true });
          expect(ascending(found)).toEqual(ascending(wanted.map(([id]) => id)));
          return;
        }
        case 'trim':
          searcher.work();
          searchChanges.trim(searcher.lastSeq(), 100);
          return;
        case 'reopen':
          reopen();
          return;
        case 'discard':
          reopen();
          discardIndexFile(opened.indexPath);
          reopen();
          return;
        default:
          write(one);
      }
    };
  }

  it('find what reading every invoice finds', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const play = startPlay();
        for (const one of steps) play(one);
      }),
      { numRuns: 40 },
    );
  });
});
