import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backupFolderOf, databaseIn, databaseName } from '../../../electron/records/backup-files.ts';
import { checkBackup } from '../../../electron/records/restore-exchange.ts';
import { openRecords, restoreNow } from '../../../electron/records/restore-open.ts';
import { readRestoreRequest, writeRestoreRequest } from '../../../electron/records/restore-request.ts';
import { createWriterLock } from '../../../electron/records/writer-lock.ts';
import { copyAsKilled, openFolder as openAnyFolder, openOptions, readFiles } from '../../faults/disk/data-folder.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function openFolder(...given: Parameters<typeof openAnyFolder>) {
  const opened = openAnyFolder(...given);
  onTestFinished(opened.close);
  return opened;
}

/** A data folder as a kill leaves it, with three invoices, one of them in a backup. */
async function writeFolder() {
  const live = createTempFolder();
  const dataFolder = createTempFolder();
  const opened = openFolder(live);
  opened.add('issued');
  const backup = await opened.backUp();
  opened.close();
  const again = openFolder(live);
  again.add('issued');
  again.add('unknown');
  copyAsKilled(live, dataFolder);
  again.close();
  return { dataFolder, backup };
}

const countIn = (dataFolder: string) => {
  const opened = openFolder(dataFolder);
  const counts = opened.backups.countNow();
  opened.close();
  return counts;
};

const asideOf = (dataFolder: string) =>
  existsSync(join(dataFolder, 'aside')) ? readdirSync(join(dataFolder, 'aside')) : [];

/** Every file anywhere under aside/, by its bytes. */
function bytesAside(dataFolder: string): string[] {
  return asideOf(dataFolder).flatMap((folder) =>
    readdirSync(join(dataFolder, 'aside', folder)).map((name) =>
      readFileSync(join(dataFolder, 'aside', folder, name)).toString('base64'),
    ),
  );
}

const three = { invoices: 3, issued: 2, unknown: 1, events: 2 };
const one = { invoices: 1, issued: 1, unknown: 0, events: 1 };

describe('a restore', () => {
  it('puts the backup in place and keeps every file of the former database, to the last byte', async () => {
    const { dataFolder, backup } = await writeFolder();
    const before = readFiles(dataFolder);
    expect(before.size).toBe(4);
    const restored = restoreNow(openOptions(dataFolder), backup.name);
    if (!restored.ok) throw new Error(restored.error.text.en);
    expect(restored.value.counts).toEqual(one);
    const { asideFolder } = restored.value;
    expect(new Map(readdirSync(asideFolder).map((name) => [name, readFileSync(join(asideFolder, name))]))).toEqual(
      new Map([...before].sort(([first], [second]) => (first < second ? -1 : 1))),
    );
    expect(countIn(dataFolder)).toEqual(one);
    // The backup itself is still one.
    expect(checkBackup(dataFolder, backup.name).ok).toBe(true);
  });

  it('that was asked for is done at the next start, once', async () => {
    const { dataFolder, backup } = await writeFolder();
    writeRestoreRequest(dataFolder, { name: backup.name });
    const opened = openFolder(dataFolder);
    expect(opened.backups.countNow()).toEqual(one);
    opened.add('draft');
    opened.close();
    expect(countIn(dataFolder)).toEqual({ ...one, invoices: 2 });
    expect(asideOf(dataFolder)).toHaveLength(1);
  });

  it('waits while another program has the folder open', async () => {
    const { dataFolder, backup } = await writeFolder();
    const first = openFolder(dataFolder);
    writeRestoreRequest(dataFolder, { name: backup.name });
    const second = openFolder(dataFolder);
    expect(second.backups.countNow()).toEqual(three);
    expect(restoreNow(openOptions(dataFolder), backup.name)).toMatchObject({
      ok: false,
      error: { code: 'database.locked' },
    });
    first.close();
    second.close();
    expect(countIn(dataFolder)).toEqual(one);
  });

  it('is refused while somebody has the right to issue', async () => {
    const { dataFolder, backup } = await writeFolder();
    const writerLock = createWriterLock(dataFolder, 'an older program', () => undefined);
    writerLock.acquire();
    const before = readFiles(dataFolder);
    expect(restoreNow(openOptions(dataFolder), backup.name)).toMatchObject({
      ok: false,
      error: { code: 'database.locked', details: { holder: expect.stringContaining('an older program') } },
    });
    writerLock.release();
    expect(readFiles(dataFolder)).toEqual(before);
  });

  it('of a database that is gone only puts the backup there', async () => {
    const { dataFolder, backup } = await writeFolder();
    for (const name of readFiles(dataFolder).keys()) rmSync(join(dataFolder, name));
    expect(restoreNow(openOptions(dataFolder), backup.name).ok).toBe(true);
    expect(countIn(dataFolder)).toEqual(one);
  });
});

describe('a restore that is refused', () => {
  it.each<[string, (path: string) => void, string]>([
    ['is gone', (path) => rmSync(path), 'backup.not-found'],
    ['is damaged', (path) => writeFileSync(path, 'x'.repeat(9000)), 'backup.unusable'],
    ['is empty', (path) => writeFileSync(path, ''), 'backup.unusable'],
    [
      'is of a newer program',
      (path) => renameSync(path, path.replace(/-v\d+-/, '-v9-')),
      // Its name is another one then.
      'backup.not-found',
    ],
  ])(
    'because the backup %s leaves the present files as they are, and the program starts on them',
    async (_how, damage, code) => {
      const { dataFolder, backup } = await writeFolder();
      writeRestoreRequest(dataFolder, { name: backup.name });
      damage(join(backupFolderOf(dataFolder), backup.name));
      const before = readFiles(dataFolder);
      expect(restoreNow(openOptions(dataFolder), backup.name)).toMatchObject({ ok: false, error: { code } });
      expect(readFiles(dataFolder)).toEqual(before);

      writeRestoreRequest(dataFolder, { name: backup.name });
      const opened = openRecords(openOptions(dataFolder));
      if (!opened.ok) throw new Error(opened.error.code);
      expect(opened.value.restoreFailure?.code).toBe(code);
      opened.value.close();
      // Told once; the next start is an ordinary one.
      expect(readRestoreRequest(dataFolder)).toBeUndefined();
      expect(countIn(dataFolder)).toEqual(three);
    },
  );

  it('because the backup holds something else than its name says', async () => {
    const { dataFolder, backup } = await writeFolder();
    const other = backup.name.replace('-i1-', '-i7-');
    renameSync(join(backupFolderOf(dataFolder), backup.name), join(backupFolderOf(dataFolder), other));
    expect(restoreNow(openOptions(dataFolder), other)).toMatchObject({ ok: false, error: { code: 'backup.unusable' } });
    expect(countIn(dataFolder)).toEqual(three);
  });

  it('because the backup is of a newer program', async () => {
    const { dataFolder, backup } = await writeFolder();
    const newer = backup.name.replace(/-v\d+-/, '-v9-');
    renameSync(join(backupFolderOf(dataFolder), backup.name), join(backupFolderOf(dataFolder), newer));
    expect(restoreNow(openOptions(dataFolder), newer)).toMatchObject({
      ok: false,
      error: { code: 'database.newer', details: { found: 9 } },
    });
    expect(countIn(dataFolder)).toEqual(three);
  });
});

describe('an exchange that was cut off', () => {
  const aside = '20261123T020000000Z';
  const moves = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, `${databaseName}.seal`];

  /** The state after the request, the folder, the copy and `moved` renames; with `installed`, after all of them. */
  function cutOff(dataFolder: string, name: string, moved: number, installed: boolean): void {
    writeRestoreRequest(dataFolder, { name, aside });
    mkdirSync(join(dataFolder, 'aside', aside), { recursive: true });
    copyFileSync(join(backupFolderOf(dataFolder), name), `${databaseIn(dataFolder)}.incoming`);
    for (const file of moves.slice(0, moved))
      renameSync(join(dataFolder, file), join(dataFolder, 'aside', aside, file));
    if (installed) renameSync(`${databaseIn(dataFolder)}.incoming`, databaseIn(dataFolder));
  }

  it.each([
    [0, false],
    [1, false],
    [2, false],
    [3, false],
    [4, false],
    [4, true],
  ])(
    'after %i of its moves (new file in place: %s) is ended by the next start, and nothing is lost',
    async (moved, installed) => {
      const { dataFolder, backup } = await writeFolder();
      const before = [...readFiles(dataFolder).values()].map((bytes) => bytes.toString('base64'));
      cutOff(dataFolder, backup.name, moved, installed);
      expect(countIn(dataFolder)).toEqual(one);
      expect(bytesAside(dataFolder)).toEqual(expect.arrayContaining(before));
      expect(readRestoreRequest(dataFolder)).toBeUndefined();
      expect(existsSync(`${databaseIn(dataFolder)}.incoming`)).toBe(false);
      expect(countIn(dataFolder)).toEqual(one);
    },
  );

  it.each([1, 2, 3, 4])('after %i of its moves, its backup gone since, is taken back', async (moved) => {
    const { dataFolder, backup } = await writeFolder();
    cutOff(dataFolder, backup.name, moved, false);
    rmSync(join(backupFolderOf(dataFolder), backup.name));
    const opened = openRecords(openOptions(dataFolder));
    if (!opened.ok) throw new Error(opened.error.code);
    expect(opened.value.restoreFailure?.code).toBe('backup.not-found');
    opened.value.close();
    expect(countIn(dataFolder)).toEqual(three);
  });

  it('with a new file that turned bad is taken back, and the bad file kept as well', async () => {
    const { dataFolder, backup } = await writeFolder();
    cutOff(dataFolder, backup.name, 4, true);
    writeFileSync(databaseIn(dataFolder), 'x'.repeat(9000));
    rmSync(join(backupFolderOf(dataFolder), backup.name));
    expect(countIn(dataFolder)).toEqual(three);
    expect(readdirSync(join(dataFolder, 'aside', aside))).toEqual([`refused-${databaseName}`]);
  });
});

describe('a wish that is no wish', () => {
  it.each(['', '{', '{"name":"../../etc/passwd"}', '{"name":"x.db","aside":"../.."}', '[]'])(
    '%j is left alone',
    async (text) => {
      const { dataFolder } = await writeFolder();
      writeFileSync(join(dataFolder, 'restore-request.json'), text);
      expect(countIn(dataFolder)).toEqual(three);
      expect(asideOf(dataFolder)).toEqual([]);
    },
  );
});
