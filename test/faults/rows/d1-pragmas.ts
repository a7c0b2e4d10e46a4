import BetterSqlite3, { type Database } from 'better-sqlite3';
import { databaseIn } from '../../../electron/records/backup-files.ts';
import { restoreNow } from '../../../electron/records/restore-open.ts';
import { openFolder, openOptions } from '../disk/data-folder.ts';
import { withQuickFolder } from '../disk/quick-folder.ts';
import type { FaultOptions, FaultResult, FaultRow } from '../row.ts';

const wanted: readonly (readonly [pragma: string, value: string | number])[] = [
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['busy_timeout', 5000],
  ['trusted_schema', 0],
  ['mmap_size', 0],
  ...(process.platform === 'darwin'
    ? ([
        ['fullfsync', 1],
        ['checkpoint_fullfsync', 1],
      ] as const)
    : []),
];
/** Before it, two connections that checkpoint at once could corrupt a database with a log. */
const oldestVersion = '3.51.3';

const isOlder = (version: string, than: string): boolean => version.localeCompare(than, 'en', { numeric: true }) < 0;

/** What of an open connection is not as it has to be. */
function findFaults(database: Database): string[] {
  const faults = wanted.flatMap(([pragma, value]) => {
    const found: unknown = database.pragma(pragma, { simple: true });
    return found === value ? [] : [`${pragma} is ${String(found)}, wanted ${String(value)}`];
  });
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  return isOlder(version, oldestVersion) ? [...faults, `SQLite ${version} is older than ${oldestVersion}`] : faults;
}

/** Most settings are the connection's own, so each way to one is looked at. */
async function readEachWay(dataFolder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  const first = openFolder(dataFolder);
  found.set('first start', findFaults(first.database));
  first.add('issued');
  const { name } = await first.backUp();
  const second = openFolder(dataFolder);
  found.set('second program', findFaults(second.database));
  second.close();
  first.close();
  const next = openFolder(dataFolder);
  found.set('next start', findFaults(next.database));
  next.close();
  const restored = restoreNow(openOptions(dataFolder), name);
  if (!restored.ok) throw new Error(restored.error.code);
  const after = openFolder(dataFolder);
  found.set('start after a restore', findFaults(after.database));
  after.close();
  return found;
}

async function play(folder: string, say: FaultOptions['say']): Promise<FaultResult> {
  const found = await readEachWay(folder);
  const faults = [...found].flatMap(([way, ones]) => ones.map((one) => `${way}: ${one}`));
  for (const fault of faults) say(fault);
  const careless = new BetterSqlite3(databaseIn(folder));
  const version = String(careless.prepare('SELECT sqlite_version()').pluck().get());
  const missed = findFaults(careless);
  careless.close();
  say(`planted: better-sqlite3's own settings: ${missed.join('; ')}`);
  // What loses acknowledged rows at a power cut has to be among what is found.
  const isFound = missed.some((one) => one.startsWith('synchronous'));
  return {
    figure: `${wanted.length} settings read back at ${found.size} kinds of start, ${faults.length} wrong; SQLite ${version}`,
    ok: faults.length === 0 && found.size === 4,
    bites: [
      { name: "a database opened with better-sqlite3's own settings", caught: isFound },
      {
        name: 'a SQLite with the log-reset fault',
        caught: ['3.51.2', '3.9.0'].every((one) => isOlder(one, oldestVersion)),
      },
    ],
  };
}

export const row: FaultRow = {
  id: 'D1',
  title: 'durable settings and SQLite, read back through every way to open',
  run: ({ say }) => withQuickFolder((folder) => play(folder, say)),
};
