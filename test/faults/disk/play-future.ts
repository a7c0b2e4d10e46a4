import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { backupFolderOf, databaseIn } from '../../../electron/records/backup-files.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { openRecords, restoreNow } from '../../../electron/records/restore-open.ts';
import { copyAsKilled, openFolder, openOptions } from './data-folder.ts';

const newer = migrations.length + 1;

/** Every file that holds records, by its name, with its bytes; not the index that SQLite keeps beside a log. */
function readRecords(dataFolder: string): ReadonlyMap<string, string> {
  const names = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.(db|db-wal|seal)$/.test(name));
  return new Map(files.map((name) => [name, readFileSync(join(dataFolder, name)).toString('base64')]));
}

function compare(before: ReadonlyMap<string, string>, dataFolder: string, what: string): string[] {
  const after = readRecords(dataFolder);
  return [...before]
    .filter(([name, bytes]) => after.get(name) !== bytes)
    .map(([name]) => `${what}: ${name} was changed`);
}

/** Data folders that a newer program wrote: closed by it, and killed with its last writes in the log. */
async function writeNewer(root: string): Promise<readonly string[]> {
  const closed = join(root, 'closed');
  const killed = join(root, 'killed');
  mkdirSync(closed);
  mkdirSync(killed);
  const opened = openFolder(closed);
  for (let index = 0; index < 5; index++) opened.add('issued');
  await opened.backUp();
  opened.database.exec('ALTER TABLE invoice ADD COLUMN from_the_future TEXT');
  opened.database.pragma(`user_version = ${newer}`);
  copyAsKilled(closed, killed);
  opened.close();
  return [closed, killed];
}

/** Asks for the restore of a backup that a newer program made, and of one whose name hides that. */
async function restoreNewer(root: string): Promise<string[]> {
  const dataFolder = join(root, 'with a newer backup');
  mkdirSync(dataFolder);
  const opened = openFolder(dataFolder);
  opened.add('issued');
  const { name } = await opened.backUp();
  opened.close();
  const backups = backupFolderOf(dataFolder);
  const newerName = name.replace(`-v${migrations.length}-`, `-v${newer}-`);
  const hidden = name.replace('02000', '02100');
  for (const target of [newerName, hidden]) {
    copyFileSync(join(backups, name), join(backups, target));
    const database = new BetterSqlite3(join(backups, target));
    database.pragma(`user_version = ${newer}`);
    database.close();
  }
  const before = readRecords(dataFolder);
  const problems: string[] = [];
  for (const [target, wanted] of [
    [newerName, 'database.newer'],
    [hidden, 'backup.unusable'],
  ] as const) {
    const restored = restoreNow(openOptions(dataFolder), target);
    const answer = restored.ok ? 'restored' : restored.error.code;
    if (answer !== wanted) problems.push(`a newer backup: ${answer}, wanted ${wanted}`);
  }
  return [...problems, ...compare(before, dataFolder, 'a newer backup')];
}

/** What a program does with the records of a newer one: what was wrong with it, and how many were tried. */
export async function playFuture(
  root: string,
): Promise<{ readonly tried: number; readonly problems: readonly string[] }> {
  mkdirSync(root);
  const folders = await writeNewer(root);
  const problems = folders.flatMap((dataFolder) => {
    const before = readRecords(dataFolder);
    if (!before.has('fapiao-desk.db')) throw new Error(`there is no ${databaseIn(dataFolder)}`);
    // Twice: what the first look left behind must not help the second one in.
    const answers = [1, 2].map(() => {
      const opened = openRecords(openOptions(dataFolder));
      if (opened.ok) opened.value.close();
      return opened.ok ? 'opened' : opened.error.code;
    });
    const wrong = answers
      .filter((answer) => answer !== 'database.newer')
      .map((answer) => `a newer database: ${answer}`);
    return [...wrong, ...compare(before, dataFolder, 'a newer database')];
  });
  return { tried: folders.length + 2, problems: [...problems, ...(await restoreNewer(root))] };
}
