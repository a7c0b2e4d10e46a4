import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { backupFolderOf, databaseIn } from '../../../electron/records/backup-files.ts';
import { openDatabase } from '../../../electron/records/database.ts';
import type { Migration } from '../../../electron/records/migrations/migration.ts';
import { loadFixture } from '../../support/fixture-database.ts';
import { type Fingerprint, findAltered, fingerprint } from './fingerprint.ts';
import { addManyInvoices } from './many-invoices.ts';
import { migrationPlans, type PlanName } from './migration-plans.ts';

/** A database of an earlier version, and what it is at each version on its way when nothing disturbs it. */
export interface MigrationStart {
  readonly name: string;
  readonly plan: PlanName;
  readonly from: number;
  /** Whether it takes long enough to be met in the middle. */
  readonly isLarge: boolean;
  readonly folder: string;
  readonly expected: ReadonlyMap<number, Fingerprint>;
  /** What is wrong before anything was killed. */
  readonly faults: readonly string[];
}

export function openOrThrow(path: string, migrations: readonly Migration[]): void {
  const opened = openDatabase(path, migrations);
  if (!opened.ok) throw new Error(`${opened.error.code} ${JSON.stringify(opened.error.details)}`);
  opened.value.close();
}

export interface StartPlan {
  readonly plan: PlanName;
  readonly from: number;
  /** Beside those of the fixture. */
  readonly invoices: number;
  /** Whether the last run of the old program was killed, so that its last write stands in the log only. */
  readonly wasKilled: boolean;
}

function writeStart(folder: string, { plan, from, invoices, wasKilled }: StartPlan): void {
  const made = `${folder}-made`;
  mkdirSync(made);
  mkdirSync(folder);
  loadFixture(plan === 'product' ? from : 1, databaseIn(made));
  openOrThrow(databaseIn(made), migrationPlans[plan].slice(0, from));
  const database = new BetterSqlite3(databaseIn(made));
  if (invoices > 0) addManyInvoices(database, invoices);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.exec(`INSERT INTO setting (key, value) VALUES ('theme', '"dark"')`);
  if (!wasKilled) database.close();
  for (const suffix of ['', '-wal'])
    if (existsSync(`${databaseIn(made)}${suffix}`))
      cpSync(`${databaseIn(made)}${suffix}`, `${databaseIn(folder)}${suffix}`);
  if (wasKilled) database.close();
  rmSync(made, { recursive: true });
}

function expectVersions(folder: string, { plan, from }: StartPlan): Pick<MigrationStart, 'expected' | 'faults'> {
  const migrations = migrationPlans[plan];
  const expected = new Map<number, Fingerprint>();
  const look = `${folder}-look`;
  cpSync(folder, look, { recursive: true });
  cpSync(folder, `${folder}-before`, { recursive: true });
  for (let version = from; version <= migrations.length; version++) {
    openOrThrow(databaseIn(look), migrations.slice(0, version));
    expected.set(version, fingerprint(databaseIn(look)));
  }
  const altered = findAltered(databaseIn(`${folder}-before`), databaseIn(look));
  const faults = [
    ...altered.map((table) => `${table} is not as it was after the migrations`),
    ...[...expected.values()].flatMap(({ faults: found }) => found),
  ];
  for (const one of [look, `${folder}-before`]) rmSync(one, { recursive: true });
  return { expected, faults };
}

export function makeStart(root: string, plan: StartPlan): MigrationStart {
  const size = plan.invoices > 0 ? `, ${plan.invoices} invoices` : '';
  const name = `${plan.plan} from ${plan.from}${plan.wasKilled ? ', killed' : ''}${size}`;
  const folder = join(root, name.replaceAll(/[ ,]+/g, '-'));
  writeStart(folder, plan);
  const isLarge = plan.invoices > 0;
  return { name, plan: plan.plan, from: plan.from, isLarge, folder, ...expectVersions(folder, plan) };
}

/** Every version that has a successor, of the product's list and of the one with every kind of step. */
export function planStarts(invoices: number): readonly StartPlan[] {
  const plans: StartPlan[] = [];
  for (const plan of ['product', 'everyStep'] as const)
    for (let from = 1; from < migrationPlans[plan].length; from++) {
      plans.push({ plan, from, invoices: 0, wasKilled: from % 2 === 1 });
      if (from === 1) plans.push({ plan, from, invoices, wasKilled: false });
    }
  return plans;
}

/** The folder of a case: the start's, to be killed in. */
export function copyStart({ folder }: MigrationStart, target: string): void {
  cpSync(folder, target, { recursive: true });
  mkdirSync(backupFolderOf(target), { recursive: true });
}
