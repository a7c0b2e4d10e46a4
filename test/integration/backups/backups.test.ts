import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backupFolderOf, databaseIn, listBackups } from '../../../electron/records/backup-files.ts';
import { countRecords, inspectDatabaseFile, verifyCopy } from '../../../electron/records/backup-inspect.ts';
import { parseBackupName } from '../../../electron/records/backup-name.ts';
import { createBackups } from '../../../electron/records/backups.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { openRecords } from '../../../electron/records/restore-open.ts';
import { copyAsKilled, openFolder as openAnyFolder, openOptions } from '../../faults/disk/data-folder.ts';
import { createManualClock } from '../../support/app-clock.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function openFolder(...given: Parameters<typeof openAnyFolder>) {
  const opened = openAnyFolder(...given);
  onTestFinished(opened.close);
  return opened;
}

const filesIn = (dataFolder: string) => readdirSync(backupFolderOf(dataFolder)).sort();

describe('a backup', () => {
  it('is one file that needs no other, named for what was counted in it', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    for (const state of ['issued', 'issued', 'unknown', 'sending', 'draft'] as const) opened.add(state);
    const backup = await opened.backUp();
    expect(backup).toMatchObject({
      reason: 'by-hand',
      schemaVersion: migrations.length,
      createdAt: '2026-11-23T02:00:01.000Z',
      // Of what is on the wire nobody will know the outcome after a restore.
      counts: { invoices: 5, issued: 2, unknown: 2, events: 2 },
    });
    expect(filesIn(dataFolder)).toEqual([backup.name]);
    expect(parseBackupName(backup.name)).toMatchObject({ counts: backup.counts });
    expect(inspectDatabaseFile(join(backupFolderOf(dataFolder), backup.name))).toEqual({
      ok: true,
      value: { counts: backup.counts, schemaVersion: migrations.length },
    });
    // Looking at it left nothing beside it.
    expect(filesIn(dataFolder)).toEqual([backup.name]);
    expect(listBackups(backupFolderOf(dataFolder))).toEqual([backup]);
  });

  it('is made beside the work: the program goes on writing meanwhile', async () => {
    const opened = openFolder(createTempFolder());
    for (let index = 0; index < 50; index++) opened.add('issued');
    const making = { isDone: false };
    const made = opened.backUp().finally(() => {
      making.isDone = true;
    });
    let written = 0;
    while (!making.isDone) {
      opened.add('draft');
      written += 1;
      await setImmediate();
    }
    const { counts } = await made;
    expect(written).toBeGreaterThan(3);
    expect(counts.invoices).toBeGreaterThanOrEqual(50);
    expect(counts.invoices).toBeLessThanOrEqual(50 + written);
  });

  it('is made one at a time, and none takes the place of another', async () => {
    const dataFolder = createTempFolder();
    const { backups } = openFolder(dataFolder);
    const made = await Promise.all([backups.make('by-hand'), backups.make('by-hand'), backups.make('before-batch')]);
    const names = made.map((one) => (one.ok ? one.value.name : one.error.code));
    expect(new Set(names).size).toBe(3);
    expect([...names].sort()).toEqual(names);
    expect(filesIn(dataFolder)).toEqual(names);
  });

  it('is not a file that was merely copied while the program runs', () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    for (let index = 0; index < 5; index++) opened.add('issued');
    const copy = join(dataFolder, 'copy.db');
    copyFileSync(databaseIn(dataFolder), copy);
    expect(verifyCopy(copy, countRecords(opened.database)).ok).toBe(false);
  });

  it('is not a copy that is damaged, though its counts are right', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    for (let index = 0; index < 50; index++) opened.add('issued');
    const { name, counts } = await opened.backUp();
    const path = join(backupFolderOf(dataFolder), name);
    expect(verifyCopy(path, counts).ok).toBe(true);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, bytes.length - 4096);
    writeFileSync(path, bytes);
    expect(verifyCopy(path, counts).ok).toBe(false);
  });
});

describe('a backup where something changed', () => {
  it('is not made of records to which nothing was ever written', async () => {
    const options = openOptions(createTempFolder());
    const opened = openRecords(options);
    if (!opened.ok) throw new Error(opened.error.code);
    const { database, close } = opened.value;
    const backups = createBackups({ ...options, database, clock: createManualClock() });
    expect(await backups.makeIfChanged('at-exit')).toEqual({ ok: true, value: undefined });
    expect(backups.list()).toEqual([]);
    close();
  });

  it('is made after a write, and once', async () => {
    const opened = openFolder(createTempFolder());
    await opened.backUp();
    expect(await opened.backups.makeIfChanged('periodic')).toEqual({ ok: true, value: undefined });
    opened.add('draft');
    expect(await opened.backups.makeIfChanged('periodic')).toMatchObject({ ok: true, value: { reason: 'periodic' } });
    expect(await opened.backups.makeIfChanged('periodic')).toEqual({ ok: true, value: undefined });
  });

  it('is made after a write of another program', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    await opened.backUp();
    const other = openFolder(dataFolder);
    other.add('draft');
    other.close();
    expect(await opened.backups.makeIfChanged('at-exit')).toMatchObject({ ok: true, value: { reason: 'at-exit' } });
  });

  it('is made of what a killed run left without one, and of nothing where the last run left nothing', async () => {
    const dataFolder = createTempFolder();
    const killed = createTempFolder();
    const opened = openFolder(dataFolder);
    await opened.backUp();
    opened.add('issued');
    copyAsKilled(dataFolder, killed);
    await opened.backUp();
    opened.close();
    expect(await openFolder(killed).backups.makeIfChanged('at-exit')).toMatchObject({
      ok: true,
      value: { counts: { invoices: 1 } },
    });
    expect(await openFolder(dataFolder).backups.makeIfChanged('at-exit')).toEqual({ ok: true, value: undefined });
  });
});

describe('a backup that cannot be made', () => {
  it('is told, leaves nothing behind, stops nothing, and is forgotten when the next one succeeds', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    opened.add('issued');
    writeFileSync(backupFolderOf(dataFolder), 'a file where the folder belongs');
    const failed = await opened.backups.make('periodic');
    expect(failed).toMatchObject({ ok: false, error: { code: 'backup.failed', details: { reason: 'EEXIST' } } });
    expect(opened.backups.lastFailure()?.code).toBe('backup.failed');
    expect(opened.log.entries).toContainEqual({
      level: 'error',
      event: 'backup.failed',
      fields: { why: 'periodic', reason: 'EEXIST' },
    });
    opened.add('issued');
    rmSync(backupFolderOf(dataFolder));
    expect(await opened.backups.makeIfChanged('periodic')).toMatchObject({ ok: true, value: { reason: 'periodic' } });
    expect(opened.backups.lastFailure()).toBeUndefined();
  });

  it('of records that are damaged takes no older one away', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    for (let index = 0; index < 50; index++) opened.add('issued');
    const before: string[] = [];
    for (let index = 0; index < 3; index++) before.push((await opened.backUp()).name);
    opened.database.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(databaseIn(dataFolder));
    bytes.fill(0xa5, bytes.length - 8192);
    writeFileSync(databaseIn(dataFolder), bytes);
    for (let index = 0; index < 3; index++) expect((await opened.backups.make('by-hand')).ok).toBe(false);
    expect(filesIn(dataFolder)).toEqual(before);
  });
});

describe('the folder of backups', () => {
  it('loses what the rotation lets go, and never a file of another name', async () => {
    const dataFolder = createTempFolder();
    const folder = backupFolderOf(dataFolder);
    mkdirSync(folder);
    const others = ['before-migration-from-1-2026-01-01T00-00-00-000Z.db', 'my copy.db', '发票台 2025.db', 'notes.txt'];
    for (const name of others) writeFileSync(join(folder, name), 'mine');
    const opened = openFolder(dataFolder);
    const names: string[] = [];
    for (let index = 0; index < 6; index++) names.push((await opened.backUp()).name);
    expect(filesIn(dataFolder)).toEqual([...others, ...names.slice(-3)].sort());
    for (const name of others) expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
  });

  it('loses copies that a killed program left unfinished, but not one that may be under way', async () => {
    const dataFolder = createTempFolder();
    const folder = backupFolderOf(dataFolder);
    mkdirSync(folder);
    const old = join(folder, 'unfinished-00000000-0000-4000-8000-000000000001.tmp');
    const fresh = join(folder, 'unfinished-00000000-0000-4000-8000-000000000002.tmp');
    for (const path of [old, fresh]) writeFileSync(path, '');
    utimesSync(old, 1_700_000_000, 1_700_000_000);
    await openFolder(dataFolder).backUp();
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it('has each backup open on its own: no write-ahead log is wanted beside it', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    opened.add('issued');
    const { name } = await opened.backUp();
    const backup = new BetterSqlite3(join(backupFolderOf(dataFolder), name), { readonly: true });
    expect(backup.pragma('journal_mode', { simple: true })).toBe('delete');
    backup.close();
  });
});
