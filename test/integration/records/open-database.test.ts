import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseError, openDatabase } from '../../../electron/records/database.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { createRecords } from '../../../electron/records/records.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { addAccount, contentOf, now } from '../../support/records-in-memory.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function open(path: string): Database {
  const opened = openDatabase(path);
  if (!opened.ok) throw new Error(`${opened.error.code} ${opened.error.text.en}`);
  return opened.value;
}

/** A database file with 200 invoices in it, closed; `change` is done to it first. */
function writeDatabase(folder: string, change: (database: Database) => void = () => undefined): string {
  const path = join(folder, 'fapiao-desk.db');
  const database = open(path);
  const records = createRecords(database);
  const account = addAccount(records);
  records.inTransaction(() => {
    for (let serial = 0; serial < 200; serial++)
      records.invoices.createDraft(account, contentOf(digitalInvoice(serial)), now);
  });
  change(database);
  database.close();
  return path;
}

/** Name and content of every file in a folder, but for the index that SQLite may make beside a log at any time. */
function contentOfFolder(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder)
    .filter((name) => !name.endsWith('-shm'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

describe('an opened database', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 5000],
    ['trusted_schema', 0],
    ['mmap_size', 0],
    ['user_version', migrations.length],
  ])('has PRAGMA %s = %s', (pragma, value) => {
    const database = open(join(createTempFolder(), 'a.db'));
    expect(database.pragma(pragma, { simple: true })).toBe(value);
    database.close();
  });

  it("has them again at the next opening, since most are the connection's own", () => {
    const path = join(createTempFolder(), 'a.db');
    open(path).close();
    const database = open(path);
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });

  it('is made together with the folders it is in, and keeps what was written', () => {
    const path = join(createTempFolder(), '新', '文件夹', 'a.db');
    const database = open(path);
    const account = addAccount(createRecords(database));
    database.close();
    const again = open(path);
    expect(createRecords(again).accounts.list()).toEqual([account]);
    again.close();
  });

  it('leaves no log behind when it is closed', () => {
    const folder = createTempFolder();
    writeDatabase(folder);
    expect(readdirSync(folder)).toEqual(['fapiao-desk.db']);
  });

  it('brings in what was left in the log by a program that was killed', () => {
    const folder = createTempFolder();
    const database = open(join(folder, 'a.db'));
    const account = addAccount(createRecords(database));
    const copies = join(folder, 'copy');
    mkdirSync(copies);
    for (const name of ['a.db', 'a.db-wal']) copyFileSync(join(folder, name), join(copies, name));
    database.close();
    const after = open(join(copies, 'a.db'));
    expect(createRecords(after).accounts.list()).toEqual([account]);
    after.close();
  });
});

describe('a database of a newer program', () => {
  it('is refused with both versions, and left as it is to the last byte', () => {
    const folder = createTempFolder();
    const path = writeDatabase(folder, (database) => database.pragma('user_version = 99'));
    const before = contentOfFolder(folder);
    const opened = openDatabase(path);
    expect(opened).toMatchObject({
      ok: false,
      error: { code: 'database.newer', class: 'fix-computer', details: { found: 99, supported: migrations.length } },
    });
    expect(contentOfFolder(folder).get('fapiao-desk.db')).toBe(before.get('fapiao-desk.db'));
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  it('is left as it is with the log beside it, which holds its last writes', () => {
    const folder = createTempFolder();
    const copies = join(folder, 'copy');
    mkdirSync(copies);
    writeDatabase(folder, (database) => {
      database.pragma('user_version = 99');
      for (const name of ['fapiao-desk.db', 'fapiao-desk.db-wal']) copyFileSync(join(folder, name), join(copies, name));
    });
    const before = contentOfFolder(copies);
    expect(before.get('fapiao-desk.db-wal')).not.toBe('');
    expect(openDatabase(join(copies, 'fapiao-desk.db'))).toMatchObject({
      ok: false,
      error: { code: 'database.newer' },
    });
    expect(contentOfFolder(copies)).toEqual(before);
  });
});

describe('a damaged database', () => {
  it.each<[string, (path: string) => void]>([
    ['is another file altogether', (path) => writeFileSync(path, '这不是数据库'.repeat(200))],
    ['has lost its end', (path) => truncateSync(path, 20_480)],
    [
      'has a page overwritten',
      (path) => {
        const bytes = readFileSync(path);
        bytes.fill(0xa5, 8192, 8192 + 4096);
        writeFileSync(path, bytes);
      },
    ],
    [
      'has its schema overwritten',
      (path) => {
        const bytes = readFileSync(path);
        bytes.fill(0, 100, 4096);
        writeFileSync(path, bytes);
      },
    ],
  ])('that %s is refused with what to do, and left as it is', (_name, damage) => {
    const folder = createTempFolder();
    const path = writeDatabase(folder);
    damage(path);
    const before = readFileSync(path);
    const opened = openDatabase(path);
    expect(opened).toMatchObject({ ok: false, error: { code: 'database.damaged', action: 'open-data-folder' } });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(join(folder, 'backups'))).toBe(false);
    // A second try finds the same: the first has changed nothing that hides the damage.
    expect(openDatabase(path)).toMatchObject({ ok: false, error: { code: 'database.damaged' } });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('keeps its log, the evidence of its last writes', () => {
    const folder = createTempFolder();
    const copies = join(folder, 'copy');
    mkdirSync(copies);
    writeDatabase(folder, (database) => {
      database.pragma('wal_checkpoint(TRUNCATE)');
      addAccount(createRecords(database));
      for (const name of ['fapiao-desk.db', 'fapiao-desk.db-wal']) copyFileSync(join(folder, name), join(copies, name));
    });
    const path = join(copies, 'fapiao-desk.db');
    const bytes = readFileSync(path);
    // The last pages: the log just written does not hold them anew.
    bytes.fill(0xa5, bytes.length - 40_960);
    writeFileSync(path, bytes);
    const before = contentOfFolder(copies);
    expect(before.get('fapiao-desk.db-wal')).not.toBe('');
    expect(openDatabase(path)).toMatchObject({ ok: false, error: { code: 'database.damaged' } });
    expect(contentOfFolder(copies)).toEqual(before);
  });
});

describe('a place where no database can be', () => {
  it.each<[string, (folder: string) => string]>([
    [
      'below a file',
      (folder) => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file', 'a.db');
      },
    ],
    [
      'that is a folder',
      (folder) => {
        mkdirSync(join(folder, 'a.db'));
        return join(folder, 'a.db');
      },
    ],
  ])('%s is refused with a reason', (_name, place) => {
    const opened = openDatabase(place(createTempFolder()));
    expect(opened).toMatchObject({
      ok: false,
      error: { code: 'database.unavailable', details: { reason: expect.stringMatching(/^[A-Z_]+$/) } },
    });
  });
});

describe('what SQLite and the file system throw', () => {
  const thrown = (code: string, more: object = {}) =>
    Object.assign(new Error('the message may say anything'), { code, ...more });

  it.each([
    ['SQLITE_CORRUPT', 'database.damaged'],
    ['SQLITE_CORRUPT_INDEX', 'database.damaged'],
    ['SQLITE_NOTADB', 'database.damaged'],
    ['SQLITE_BUSY', 'database.locked'],
    ['SQLITE_BUSY_SNAPSHOT', 'database.locked'],
    ['SQLITE_LOCKED', 'database.locked'],
    ['SQLITE_FULL', 'database.unavailable'],
    ['SQLITE_IOERR_WRITE', 'database.unavailable'],
    ['SQLITE_READONLY', 'database.unavailable'],
    ['SQLITE_CANTOPEN', 'database.unavailable'],
  ])('%s is %s', (code, expected) => {
    expect(databaseError(thrown(code)).code).toBe(expected);
  });

  it('a full disk is told by its code', () => {
    expect(databaseError(thrown('ENOSPC', { syscall: 'write' }))).toMatchObject({
      code: 'database.unavailable',
      details: { reason: 'ENOSPC' },
    });
  });

  it('anything else is a fault of the program and thrown on', () => {
    const fault = new TypeError('undefined is not a function');
    expect(() => databaseError(fault)).toThrow(fault);
  });
});
