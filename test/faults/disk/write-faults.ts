import BetterSqlite3, { type Database, type Statement } from 'better-sqlite3';
import { databaseName } from '../../../electron/records/backup-files.ts';

export const faultKinds = ['full', 'io', 'read-only', 'locked'] as const;
export type FaultKind = (typeof faultKinds)[number];

interface Armed {
  readonly kind: FaultKind;
  /** The write that is the first to fail, counted from 1. */
  readonly at: number;
  /** How many fail; without end: until the disk is mended. */
  readonly lasts: number;
}

/** What SQLite would say of a write, by the kind of its failure. */
const codes = { full: 'SQLITE_FULL', io: 'SQLITE_IOERR_WRITE' } as const;

/** better-sqlite3's statements have these beside what its types name. */
type RunningStatement = Statement & { readonly database: Database; readonly readonly: boolean };

let armed: Armed | undefined;
let writes = 0;
let struck = 0;
let locker: Database | undefined;
const hindered = new Set<Database>();

/** Makes SQLite itself refuse: a connection that may not write, or another one that holds the lock. */
function hinder(database: Database, kind: 'read-only' | 'locked'): void {
  if (kind === 'read-only') database.pragma('query_only = 1');
  // Inside a transaction the lock is the program's own; it loses it with the next one.
  else if (!locker && !database.inTransaction) {
    // Five seconds at each write would make the trial a matter of hours.
    database.pragma('busy_timeout = 0');
    locker = new BetterSqlite3(database.name);
    locker.exec('BEGIN IMMEDIATE');
  } else return;
  hindered.add(database);
}

function unhinder(): void {
  locker?.close();
  locker = undefined;
  for (const database of hindered)
    if (database.open) {
      database.pragma('query_only = 0');
      database.pragma('busy_timeout = 5000');
    }
  hindered.clear();
}

/** A commit writes, though SQLite does not call it a write; taking back never fails. */
const isWrite = ({ readonly, source }: RunningStatement) =>
  (!readonly && !/^(ROLLBACK|RELEASE|SAVEPOINT|PRAGMA)/.test(source)) || source === 'COMMIT';

function beforeStatement(statement: RunningStatement): void {
  if (!armed || !statement.database.name.endsWith(databaseName) || !isWrite(statement)) return;
  writes += 1;
  const { kind, at, lasts } = armed;
  if (writes < at) return;
  if (writes >= at + lasts) {
    unhinder();
    return;
  }
  struck += 1;
  if (kind === 'full' || kind === 'io') throw new BetterSqlite3.SqliteError('planted', codes[kind]);
  hinder(statement.database, kind);
}

/** Puts itself before every statement of this process, once; asleep until armed. */
export function installWriteFaults() {
  const probe = new BetterSqlite3(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('SELECT 1'));
  probe.close();
  const originals = { run: statement.run, get: statement.get, all: statement.all };
  for (const name of ['run', 'get', 'all'] as const)
    statement[name] = function (this: RunningStatement, ...args: unknown[]): unknown {
      beforeStatement(this);
      return originals[name].apply(this, args);
    };
  const disarm = () => {
    armed = undefined;
    unhinder();
  };
  return {
    arm(plan: Armed): void {
      writes = 0;
      struck = 0;
      armed = plan;
    },
    /** Mends the disk. */
    disarm,
    /** Writes since it was armed. */
    writes: () => writes,
    /** Writes that failed, or were made to, since it was armed. */
    struck: () => struck,
    uninstall(): void {
      disarm();
      Object.assign(statement, originals);
    },
  };
}

export type WriteFaults = ReturnType<typeof installWriteFaults>;
