import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/records/database.ts';
import { migrate, schemaVersion } from '../../../electron/records/migrate.ts';
import type { Migration } from '../../../electron/records/migrations/migration.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const first: Migration = {
  version: 1,
  name: 'first',
  sql: 'CREATE TABLE shop (id INTEGER PRIMARY KEY, name TEXT) STRICT;',
};
const second: Migration = {
  version: 2,
  name: 'second',
  sql: `ALTER TABLE shop ADD COLUMN city TEXT; UPDATE shop SET city = '福州' WHERE name = '云杉';`,
};
const broken: Migration = {
  version: 3,
  name: 'broken',
  sql: `CREATE TABLE half (id INTEGER) STRICT; UPDATE shop SET city = '厦门'; INSERT INTO nowhere VALUES (1);`,
};

function open(path: string, migrations: readonly Migration[]): Database {
  const opened = openDatabase(path, migrations);
  if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.text.en}`);
  return opened.value;
}

/** A database of the first version with one shop in it. */
function writeFirstVersion(folder: string): string {
  const path = join(folder, 'a.db');
  const database = open(path, [first]);
  database.exec(`INSERT INTO shop (name) VALUES ('云杉')`);
  database.close();
  return path;
}

const schemaOf = (database: Database) =>
  database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();

describe('a migration', () => {
  it('brings a file with data to the newest version, and the data with it', () => {
    const path = writeFirstVersion(createTempFolder());
    const database = open(path, [first, second]);
    expect(schemaVersion(database)).toBe(2);
    expect(database.prepare('SELECT * FROM shop').all()).toEqual([{ id: 1, name: '云杉', city: '福州' }]);
    database.close();
  });

  it('is preceded by a copy of the file as it was, once, and a copy that opens', () => {
    const folder = createTempFolder();
    const path = writeFirstVersion(folder);
    const third: Migration = { version: 3, name: 'third', sql: 'DROP TABLE shop;' };
    open(path, [first, second, third]).close();
    const backups = readdirSync(join(folder, 'backups'));
    expect(backups).toHaveLength(1);
    expect(backups[0]).toMatch(/^\d{8}T\d{9}Z-before-migration-v1-i0-s0-u0-e0\.db$/);
    const backup = new BetterSqlite3(join(folder, 'backups', backups[0] ?? ''), { readonly: true });
    expect(backup.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(schemaVersion(backup)).toBe(1);
    expect(backup.prepare('SELECT * FROM shop').all()).toEqual([{ id: 1, name: '云杉' }]);
    backup.close();
    open(path, [first, second, third]).close();
    expect(readdirSync(join(folder, 'backups'))).toEqual(backups);
  });

  it('of a new file makes no copy: there is nothing to lose', () => {
    const folder = createTempFolder();
    open(join(folder, 'a.db'), [first, second]).close();
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  it('does not begin where the copy cannot be made', () => {
    const folder = createTempFolder();
    const path = writeFirstVersion(folder);
    const database = new BetterSqlite3(path);
    const fullDisk = () => {
      throw new Error('no space left');
    };
    expect(() => migrate(database, [first, second], fullDisk)).toThrow('no space left');
    expect(schemaVersion(database)).toBe(1);
    expect(database.prepare('SELECT * FROM shop').all()).toEqual([{ id: 1, name: '云杉' }]);
    database.close();
  });

  it('that fails in its last statement leaves version, schema and data of the one before it', () => {
    const folder = createTempFolder();
    const path = writeFirstVersion(folder);
    const reference = open(join(folder, 'reference.db'), [first, second]);
    expect(openDatabase(path, [first, second, broken])).toMatchObject({
      ok: false,
      error: { code: 'database.unavailable', details: { reason: 'SQLITE_ERROR' } },
    });
    const database = open(path, [first, second]);
    expect(schemaVersion(database)).toBe(2);
    expect(schemaOf(database)).toEqual(schemaOf(reference));
    expect(database.prepare('SELECT * FROM shop').all()).toEqual([{ id: 1, name: '云杉', city: '福州' }]);
    database.close();
    reference.close();
  });

  it('may rebuild a table that others refer to, and takes none of their rows along', () => {
    const path = join(createTempFolder(), 'a.db');
    const withGoods: Migration = {
      ...second,
      sql: `CREATE TABLE good (shop_id INTEGER NOT NULL REFERENCES shop (id) ON DELETE CASCADE) STRICT;`,
    };
    const before = open(path, [first, withGoods]);
    before.exec(`INSERT INTO shop (name) VALUES ('云杉'); INSERT INTO good VALUES (1), (1)`);
    before.close();
    const rebuilding: Migration = {
      version: 3,
      name: 'rebuilding',
      sql: `CREATE TABLE shop_rebuilt (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
        INSERT INTO shop_rebuilt SELECT id, name FROM shop;
        DROP TABLE shop; ALTER TABLE shop_rebuilt RENAME TO shop;`,
    };
    const database = open(path, [first, withGoods, rebuilding]);
    expect(database.prepare('SELECT count(*) FROM good').pluck().get()).toBe(2);
    // Once it is over, what refers to nothing is refused again.
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => database.exec('INSERT INTO good VALUES (9)')).toThrow('FOREIGN KEY');
    database.close();
  });

  it('that leaves a row without what it refers to is taken back', () => {
    const path = writeFirstVersion(createTempFolder());
    const careless: Migration = {
      ...second,
      sql: `CREATE TABLE good (shop_id INTEGER REFERENCES shop (id)) STRICT; INSERT INTO good VALUES (7);`,
    };
    expect(openDatabase(path, [first, careless])).toMatchObject({
      ok: false,
      error: { code: 'database.unavailable', details: { reason: 'SQLITE_CONSTRAINT_FOREIGNKEY' } },
    });
    const database = open(path, [first]);
    expect(schemaVersion(database)).toBe(1);
    database.close();
  });

  it('is not made twice when another process made it meanwhile', () => {
    const path = writeFirstVersion(createTempFolder());
    const slow = new BetterSqlite3(path);
    const migrated = migrate(slow, [first, second], () => open(path, [first, second]).close());
    expect(migrated.ok).toBe(true);
    expect(schemaVersion(slow)).toBe(2);
    expect(slow.prepare('SELECT city FROM shop').pluck().all()).toEqual(['福州']);
    slow.close();
  });

  it('has the next number; a gap, a repetition and a wrong beginning are faults of the program', () => {
    const path = join(createTempFolder(), 'a.db');
    for (const faulty of [[second], [first, first], [first, broken]])
      expect(() => openDatabase(path, faulty)).toThrow(/^migration .* has version \d, expected \d$/);
  });
});
