import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSharedTransaction } from '../../../electron/records/shared-transaction.ts';

function openTable() {
  const folder = mkdtempSync(join(tmpdir(), 'shared-'));
  const database = new BetterSqlite3(join(folder, 'a.db'));
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT');
  let commits = 0;
  const transaction = database.transaction((step: () => unknown) => step());
  const share = createSharedTransaction(
    (step) => {
      if (!database.inTransaction) commits += 1;
      return transaction.immediate(step);
    },
    () => database.inTransaction,
  );
  const insert = database.prepare('INSERT INTO one (id) VALUES (?)');
  const ids = () => database.prepare('SELECT id FROM one ORDER BY id').pluck().all();
  return { database, share, insert, ids, commits: () => commits };
}

describe('steps that share a commit', () => {
  test('those of one turn are committed once, each answered with its own value', async () => {
    const { share, insert, ids, commits } = openTable();
    const answers = await Promise.all([1, 2, 3].map((id) => share(() => insert.run(id).lastInsertRowid)));
    expect(answers).toEqual([1, 2, 3]);
    expect(ids()).toEqual([1, 2, 3]);
    expect(commits()).toBe(1);
    await share(() => insert.run(4));
    expect(commits()).toBe(2);
  });

  test('one that throws is taken back alone', async () => {
    const { share, insert, ids } = openTable();
    const bad = share(() => {
      insert.run(2);
      throw new Error('not this one');
    });
    const settled = await Promise.allSettled([share(() => insert.run(1)), bad, share(() => insert.run(3))]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ids()).toEqual([1, 3]);
  });

  test('where the transaction itself is lost, none is done and each is told', async () => {
    const { database, share, insert, ids } = openTable();
    const lost = share(() => {
      // As SQLite does by itself when the disk is full.
      database.exec('ROLLBACK');
      throw new Error('disk full');
    });
    const settled = await Promise.allSettled([share(() => insert.run(1)), lost, share(() => insert.run(3))]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(ids()).toEqual([]);
    await share(() => insert.run(5));
    expect(ids()).toEqual([5]);
  });
});
