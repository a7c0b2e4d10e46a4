import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseIn, databaseName } from '../../../electron/records/backup-files.ts';
import { openRecords } from '../../../electron/records/restore-open.ts';
import { copyAsKilled, openFolder as openAnyFolder, openOptions } from '../../faults/disk/data-folder.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const pageSize = 4096;
const sectorBytes = 512;

function openFolder(dataFolder: string) {
  const opened = openAnyFolder(dataFolder);
  onTestFinished(opened.close);
  return opened;
}

/** SQLite's rollback journal (sqlite.org/fileformat2.html section 3): the first page as it was, or none of it. */
function journalOf(pagesBefore: number, firstPage?: Buffer): Buffer {
  const header = Buffer.alloc(sectorBytes);
  Buffer.from('d9d505f920a163d7', 'hex').copy(header);
  header.writeUInt32BE(firstPage ? 1 : 0, 8);
  header.writeUInt32BE(pagesBefore, 16);
  header.writeUInt32BE(sectorBytes, 20);
  header.writeUInt32BE(pageSize, 24);
  if (!firstPage) return header;
  const number = Buffer.alloc(4);
  number.writeUInt32BE(1);
  const checksum = Buffer.alloc(4);
  let sum = 0;
  for (let at = pageSize - 200; at > 0; at -= 200) sum += firstPage.readUInt8(at);
  checksum.writeUInt32BE(sum);
  return Buffer.concat([header, number, firstPage, checksum]);
}

/** A closed database of one invoice, in the form that backups have: without a log. */
function writeBackupForm(): string {
  const folder = createTempFolder();
  const filled = openFolder(createTempFolder());
  filled.add('issued');
  filled.database.prepare('VACUUM INTO ?').run(databaseIn(folder));
  filled.close();
  return databaseIn(folder);
}

const countInvoices = (dataFolder: string): unknown => {
  const opened = openFolder(dataFolder);
  const count = opened.database.prepare('SELECT count(*) FROM invoice').pluck().get();
  opened.close();
  return count;
};

describe('a write into the database file that a power cut ended half-way', () => {
  it('is undone where it was the very first, and the program starts as if for the first time', () => {
    const dataFolder = createTempFolder();
    const database = new BetterSqlite3(databaseIn(dataFolder));
    database.pragma('journal_mode = WAL');
    database.close();
    expect(readFileSync(databaseIn(dataFolder))).toHaveLength(pageSize);
    writeFileSync(join(dataFolder, `${databaseName}-journal`), journalOf(0));
    expect(countInvoices(dataFolder)).toBe(0);
    expect(countInvoices(dataFolder)).toBe(0);
  });

  it('is undone where it was the first after a restore, and nothing of the backup is lost', () => {
    const dataFolder = createTempFolder();
    copyFileSync(writeBackupForm(), databaseIn(dataFolder));
    const whole = readFileSync(databaseIn(dataFolder));
    const journal = journalOf(whole.length / pageSize, whole.subarray(0, pageSize));
    writeFileSync(join(dataFolder, `${databaseName}-journal`), journal);
    // The first page is written in part only.
    writeFileSync(databaseIn(dataFolder), Buffer.from(whole).fill(0xff, sectorBytes, pageSize));
    expect(countInvoices(dataFolder)).toBe(1);
    expect(countInvoices(dataFolder)).toBe(1);
  });

  it('is left as it is where it stands beside a log with transactions, which are evidence', () => {
    const live = createTempFolder();
    const dataFolder = createTempFolder();
    const opened = openFolder(live);
    opened.add('issued');
    copyAsKilled(live, dataFolder);
    opened.close();
    const log = `${databaseIn(dataFolder)}-wal`;
    const before = readFileSync(log);
    writeFileSync(`${databaseIn(dataFolder)}-journal`, journalOf(1));
    const refused = openRecords(openOptions(dataFolder));
    expect(refused.ok).toBe(false);
    expect(readFileSync(log)).toEqual(before);
    expect(existsSync(`${databaseIn(dataFolder)}-journal`)).toBe(true);
  });
});
