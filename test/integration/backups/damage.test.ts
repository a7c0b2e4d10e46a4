import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseIn } from '../../../electron/records/backup-files.ts';
import { sealOf, writeSeal } from '../../../electron/records/backup-page-seal.ts';
import { describeOffer, readRestoreOffer } from '../../../electron/records/restore-offer.ts';
import { openRecords, restoreNow } from '../../../electron/records/restore-open.ts';
import { copyAsKilled, openFolder as openAnyFolder, openOptions, readFiles } from '../../faults/disk/data-folder.ts';
import { makeImages, playDamage, startLeftToSqlite } from '../../faults/disk/play-damage.ts';
import { createManualClock } from '../../support/app-clock.ts';
import { chooseSeed } from '../../support/choose-seed.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function openFolder(...given: Parameters<typeof openAnyFolder>) {
  const opened = openAnyFolder(...given);
  onTestFinished(opened.close);
  return opened;
}

/** A closed data folder of the given invoices, without a backup. */
function writeFolder(issued: number): string {
  const dataFolder = createTempFolder();
  const opened = openFolder(dataFolder);
  for (let index = 0; index < issued; index++) opened.add('issued');
  opened.close();
  return dataFolder;
}

/** A data folder as a kill leaves it: what was added last stands in the log only. */
function writeKilledFolder(): string {
  const dataFolder = writeFolder(5);
  const killed = createTempFolder();
  const opened = openFolder(dataFolder);
  for (let index = 0; index < 5; index++) opened.add('issued');
  copyAsKilled(dataFolder, killed);
  opened.close();
  return killed;
}

/** Changes one letter of a customer's name, of which SQLite's own checks know nothing. */
function alterLetter(dataFolder: string): void {
  const bytes = readFileSync(databaseIn(dataFolder));
  bytes.write('9', bytes.lastIndexOf('青禾食品有限公司'));
  writeFileSync(databaseIn(dataFolder), bytes);
}

function refusalOf(dataFolder: string) {
  const opened = openRecords(openOptions(dataFolder));
  if (opened.ok) {
    opened.value.close();
    throw new Error('it was opened');
  }
  return opened.error;
}

function countInvoices(dataFolder: string): unknown {
  const opened = openFolder(dataFolder);
  const count = opened.database.prepare('SELECT count(*) FROM invoice').pluck().get();
  opened.close();
  return count;
}

describe('200 seeded damages to the database, its log and its index', () => {
  it('end in the right records or in an offer that restores the backup; no evidence is lost', async () => {
    const root = createTempFolder();
    const images = await makeImages(root);
    const seed = chooseSeed();
    console.log(`damage: FAPIAO_SEED=${seed}`);
    const { right, offered, wrong } = playDamage(images, { root, seed, count: 200 });
    expect(wrong).toEqual([]);
    expect(right + offered).toBe(200);
    expect(Math.min(right, offered)).toBeGreaterThan(20);
  }, 300_000);

  it('are not all noticed by a start that leaves it to SQLite', async () => {
    const root = createTempFolder();
    const images = await makeImages(root);
    const { wrong } = playDamage(images, { root, seed: 7, count: 40 }, startLeftToSqlite);
    expect(wrong.some(({ what }) => what.includes('wrong records were shown'))).toBe(true);
  }, 120_000);
});

describe('a damaged database', () => {
  it('is refused with the newest good backup and both counts', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder, createManualClock());
    opened.add('issued');
    opened.add('unknown');
    const good = await opened.backUp();
    opened.add('issued');
    const damaged = await opened.backUp();
    opened.add('draft');
    opened.close();
    writeFileSync(join(dataFolder, 'backups', damaged.name), 'x'.repeat(9000));
    alterLetter(dataFolder);

    const error = refusalOf(dataFolder);
    expect(error).toMatchObject({
      code: 'database.damaged',
      details: {
        reason: expect.stringMatching(/^page \d+ is not as it was/),
        newestBackup: { name: good.name, createdAt: good.createdAt, counts: good.counts },
        present: { invoices: 4, issued: 2, unknown: 1, events: 2 },
      },
    });
    expect(readRestoreOffer(error)).toBeDefined();
  });

  it('without a backup is refused all the same, and says so', () => {
    const dataFolder = writeFolder(3);
    truncateSync(databaseIn(dataFolder), 9000);
    const error = refusalOf(dataFolder);
    expect(error).toMatchObject({ code: 'database.damaged', details: { newestBackup: null } });
    const offer = readRestoreOffer(error);
    if (!offer) throw new Error('there is no offer');
    expect(describeOffer(offer).zhCN).toContain('没有找到完好的备份');
    expect(describeOffer(offer).en).toContain('There is no good backup');
  });

  it('of which nothing can be counted says that', () => {
    const dataFolder = createTempFolder();
    writeFileSync(databaseIn(dataFolder), 'x'.repeat(9000));
    expect(refusalOf(dataFolder)).toMatchObject({ code: 'database.damaged', details: { present: null } });
  });

  it('that is gone or empty is not taken for a first start', () => {
    for (const damage of [(path: string) => rmSync(path), (path: string) => truncateSync(path, 0)]) {
      const dataFolder = writeFolder(3);
      damage(databaseIn(dataFolder));
      expect(refusalOf(dataFolder)).toMatchObject({
        code: 'database.damaged',
        details: { reason: 'the file is missing or empty', present: null },
      });
    }
  });

  it('keeps its log, even where the file is empty, which is when SQLite would remove the log', () => {
    const dataFolder = writeKilledFolder();
    truncateSync(databaseIn(dataFolder), 0);
    const before = readFiles(dataFolder);
    expect(refusalOf(dataFolder).code).toBe('database.damaged');
    expect(readFiles(dataFolder)).toEqual(before);
  });

  it('whose log lost an acknowledged write is refused at each start, not only at the first', () => {
    const dataFolder = writeKilledFolder();
    const log = `${databaseIn(dataFolder)}-wal`;
    truncateSync(log, statSync(log).size - 5000);
    for (let start = 0; start < 3; start++)
      expect(refusalOf(dataFolder)).toMatchObject({
        code: 'database.damaged',
        details: { reason: expect.stringContaining('the log has lost') },
      });
  });

  it.each([
    ['in its middle', 0.5, 'the log is damaged before its end'],
    ['in its header', 0, "the log's header is damaged"],
  ])('whose log is damaged %s is refused, though its index is lost as well', (_where, part, reason) => {
    const dataFolder = writeKilledFolder();
    const log = `${databaseIn(dataFolder)}-wal`;
    const bytes = readFileSync(log);
    const at = Math.floor(bytes.length * part) + 20;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(log, bytes);
    rmSync(`${databaseIn(dataFolder)}-shm`);
    expect(refusalOf(dataFolder)).toMatchObject({ code: 'database.damaged', details: { reason } });
  });
});

describe('what is no damage', () => {
  it('a last transaction that a power cut tore, which nobody was told of', () => {
    const dataFolder = writeKilledFolder();
    const log = `${databaseIn(dataFolder)}-wal`;
    // The index as it was before the torn transaction: none, as after a power cut.
    rmSync(`${databaseIn(dataFolder)}-shm`);
    truncateSync(log, statSync(log).size - 5000);
    expect(countInvoices(dataFolder)).toBe(9);
  });

  it('a log that was begun anew: what stands behind its end is older', () => {
    const dataFolder = createTempFolder();
    const killed = createTempFolder();
    const opened = openFolder(dataFolder);
    for (let index = 0; index < 10; index++) opened.add('issued');
    opened.database.pragma('wal_checkpoint(PASSIVE)');
    opened.add('issued');
    copyAsKilled(dataFolder, killed);
    opened.close();
    expect(countInvoices(killed)).toBe(11);
  });

  it('a seal that is itself damaged', () => {
    const dataFolder = writeFolder(3);
    const seal = sealOf(databaseIn(dataFolder));
    const bytes = readFileSync(seal);
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
    writeFileSync(seal, bytes);
    expect(countInvoices(dataFolder)).toBe(3);
  });

  it('another database, put there by hand', () => {
    const dataFolder = writeFolder(3);
    const other = writeFolder(40);
    writeFileSync(databaseIn(dataFolder), readFileSync(databaseIn(other)));
    expect(countInvoices(dataFolder)).toBe(40);
  });

  it('a database that another program has open and is writing to', () => {
    const dataFolder = writeFolder(3);
    const first = openFolder(dataFolder);
    first.add('issued');
    first.database.pragma('wal_checkpoint(PASSIVE)');
    first.add('issued');
    const second = openFolder(dataFolder);
    expect(second.database.prepare('SELECT count(*) FROM invoice').pluck().get()).toBe(5);
    first.close();
    second.add('issued');
    second.close();
    expect(countInvoices(dataFolder)).toBe(6);
  });
});

describe('the seal', () => {
  it('is broken before the file changes, and whole again when the program has ended', () => {
    const dataFolder = writeFolder(3);
    const path = databaseIn(dataFolder);
    const before = readFileSync(sealOf(path));
    const opened = openFolder(dataFolder);
    opened.add('issued');
    // Killed here, the log answers for what changed.
    expect(readFileSync(sealOf(path)).equals(before)).toBe(true);
    opened.close();
    expect(readFileSync(sealOf(path)).equals(before)).toBe(false);
  });

  it('covers every page of a file larger than what is read at once', () => {
    const dataFolder = writeFolder(3);
    const opened = openFolder(dataFolder);
    opened.database.exec(
      'CREATE TABLE ballast (words BLOB) STRICT; INSERT INTO ballast VALUES (randomblob(3_500_000))',
    );
    opened.close();
    const bytes = readFileSync(databaseIn(dataFolder));
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 2) ^ 1, bytes.length - 2);
    writeFileSync(databaseIn(dataFolder), bytes);
    expect(String(refusalOf(dataFolder).details['reason'])).toContain(`page ${bytes.length / 4096} `);
  });

  it('is made at the start where there is none', () => {
    const dataFolder = writeFolder(3);
    rmSync(sealOf(databaseIn(dataFolder)));
    const opened = openFolder(dataFolder);
    expect(existsSync(sealOf(databaseIn(dataFolder)))).toBe(true);
    opened.close();
  });

  it.each([
    ['restored', (dataFolder: string, name: string) => restoreNow(openOptions(dataFolder), name).ok],
    [
      'put there by hand',
      (dataFolder: string, name: string) => {
        writeFileSync(databaseIn(dataFolder), readFileSync(join(dataFolder, 'backups', name)));
        return true;
      },
    ],
  ])('protects a backup that was %s like any other database', async (_how, put) => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    for (let index = 0; index < 20; index++) opened.add('issued');
    const backup = await opened.backUp();
    for (let index = 0; index < 20; index++) opened.add('issued');
    opened.close();
    expect(put(dataFolder, backup.name)).toBe(true);
    expect(countInvoices(dataFolder)).toBe(20);
    alterLetter(dataFolder);
    expect(refusalOf(dataFolder).code).toBe('database.damaged');
  });

  it('is taken at its word: what was in good order when it was closed is not looked through again', () => {
    const dataFolder = writeFolder(3);
    const bytes = readFileSync(databaseIn(dataFolder));
    bytes.fill(0, bytes.length - 4096);
    writeFileSync(databaseIn(dataFolder), bytes);
    writeSeal(databaseIn(dataFolder));
    openFolder(dataFolder).close();
    rmSync(sealOf(databaseIn(dataFolder)));
    expect(refusalOf(dataFolder).code).toBe('database.damaged');
  });

  it('is not given to a database that was damaged while it was open', () => {
    const dataFolder = writeFolder(30);
    const opened = openFolder(dataFolder);
    opened.add('issued');
    const file = openSync(databaseIn(dataFolder), 'r+');
    // Behind the back of the program, in a page that it need not write again.
    const page = opened.database
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'decoded_link'`)
      .pluck()
      .get();
    writeSync(file, Buffer.alloc(4096), 0, 4096, (Number(page) - 1) * 4096);
    closeSync(file);
    opened.close();
    expect(existsSync(sealOf(databaseIn(dataFolder)))).toBe(false);
    expect(refusalOf(dataFolder).code).toBe('database.damaged');
  });

  it('goes aside with the database it belongs to', async () => {
    const dataFolder = createTempFolder();
    const opened = openFolder(dataFolder);
    opened.add('issued');
    const backup = await opened.backUp();
    for (let index = 0; index < 20; index++) opened.add('issued');
    opened.close();
    const restored = restoreNow(openOptions(dataFolder), backup.name);
    if (!restored.ok) throw new Error(restored.error.code);
    expect(existsSync(join(restored.value.asideFolder, 'fapiao-desk.db.seal'))).toBe(true);
    expect(countInvoices(dataFolder)).toBe(1);
  });
});
