/** The opening of a database in a process of its own, to be killed at any statement of it. */
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { openDatabase } from '../../../electron/records/database.ts';
import { schemaVersion } from '../../../electron/records/migrate.ts';
import { migrationPlans } from './migration-plans.ts';
import type { MigrationMessage, MigrationTask } from './migration-task.ts';
import { splitFirstStatement } from './split-statement.ts';

const points: string[] = [];
let killAt: number | undefined;

function point(name: string): void {
  // SIGKILL: nothing of this process runs any more, as when the computer's owner ends it.
  if (points.length === killAt) process.kill(process.pid, 'SIGKILL');
  points.push(name.trim().replaceAll(/\s+/g, ' ').slice(0, 60));
}

function aroundEach<Rest extends unknown[], Answer>(
  name: (...args: Rest) => string | undefined,
  run: (this: Database, ...args: Rest) => Answer,
) {
  return function (this: Database, ...args: Rest): Answer {
    const named = name(...args);
    if (named === undefined) return run.apply(this, args);
    point(`before ${named}`);
    const answer = run.apply(this, args);
    point(`after ${named}`);
    return answer;
  };
}

/** Puts a point before and after each statement that writes; a text of several statements is run one by one. */
function installPoints(): void {
  const probe = new BetterSqlite3(':memory:');
  const { exec, pragma } = BetterSqlite3.prototype;
  const statement = Object.getPrototypeOf(probe.prepare('SELECT 1'));
  probe.close();
  const runOne = aroundEach((sql: string) => sql, exec);
  BetterSqlite3.prototype.exec = function (sql) {
    for (let rest = sql; ; ) {
      const [head, tail] = splitFirstStatement(this, rest);
      if (head === undefined) return this;
      runOne.call(this, head);
      rest = tail;
    }
  };
  BetterSqlite3.prototype.pragma = aroundEach((text) => (text.includes('=') ? `PRAGMA ${text}` : undefined), pragma);
  const { run } = statement;
  statement.run = function (this: { readonly source: string }, ...args: unknown[]) {
    point(`before ${this.source}`);
    const answer: unknown = run.apply(this, args);
    point(`after ${this.source}`);
    return answer;
  };
}

/** What a program does that takes a transaction for a luxury. */
function migrateCarelessly({ path, plan }: MigrationTask): undefined {
  const database = new BetterSqlite3(path);
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = OFF');
  for (const { version, sql } of migrationPlans[plan].slice(schemaVersion(database))) {
    database.exec(sql);
    database.pragma(`user_version = ${version}`);
  }
  database.close();
}

function open({ path, plan }: MigrationTask): string | undefined {
  const opened = openDatabase(path, migrationPlans[plan]);
  if (!opened.ok) return `${opened.error.code} ${JSON.stringify(opened.error.details)}`;
  opened.value.close();
  return undefined;
}

const tell = (message: MigrationMessage) => process.send?.(message);

installPoints();
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const task = message as MigrationTask; // the parent is the only one who writes here
  points.length = 0;
  killAt = task.killAt;
  const refusal = task.isCareless ? migrateCarelessly(task) : open(task);
  tell({ kind: 'done', points: [...points], refusal });
});
tell({ kind: 'ready' });
