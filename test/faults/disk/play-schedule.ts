import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { type App, createApp } from '../../../electron/app.ts';
import { backupFolderOf, databaseIn, listBackups } from '../../../electron/records/backup-files.ts';
import { parseBackupName } from '../../../electron/records/backup-name.ts';
import { backupEveryMs, type Ticker } from '../../../electron/records/backup-schedule.ts';
import { openDatabase } from '../../../electron/records/database.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import type { Random } from '../../../scripts/samples/random.ts';
import { createManualClock } from '../../support/app-clock.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { writeTable } from '../../support/app-table.ts';
import { smallPdf } from '../kill/stage.ts';

/** Longer than a backup of so few records takes on a busy computer. */
const usualPatienceMs = 10_000;

export interface ManualTicker extends Ticker {
  /** Lets so much time pass. */
  pass(milliseconds: number): void;
}

/** @param slowness how many times as long as it was asked for it takes to tick */
export function createManualTicker(slowness = 1): ManualTicker {
  const timers = new Set<{ readonly every: number; readonly work: () => void; waited: number }>();
  return {
    every(milliseconds, work) {
      const timer = { every: milliseconds * slowness, work, waited: 0 };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(milliseconds) {
      for (const timer of timers) {
        timer.waited += milliseconds;
        if (timer.waited < timer.every) continue;
        timer.waited -= timer.every;
        timer.work();
      }
    },
  };
}

async function succeed(app: App, name: string, input: object): Promise<{ readonly id: number }> {
  const result = await app.call(name, input);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value as { id: number }; // what is asked for below answers something with an id, or is not looked at
}

/** Imports a batch of two invoices into a practice account. */
async function importBatch(app: App, folder: string): Promise<number> {
  const account = await succeed(app, 'account.create', { name: '练习', kind: 'practice' });
  const accountId = account.id;
  const logoUrl = 'http://mmbiz.qpic.cn/mmbiz/abc/0';
  const content = { payee: '青禾商贸有限公司', type: '增值税电子普通发票', title: '青禾商贸', logoUrl };
  const { id: templateId } = await succeed(app, 'template.create', { accountId, content });
  const invoices = [digitalInvoice(1), digitalInvoice(2)];
  const pdfFolder = join(folder, 'invoices');
  await mkdir(pdfFolder);
  for (const { orderId } of invoices) await writeFile(join(pdfFolder, `${orderId}.pdf`), smallPdf(orderId));
  await writeTable(join(folder, 'invoices.csv'), invoices);
  const admit = async (path: string) => {
    const admitted = await app.files.admit(path);
    if (!admitted.ok) throw new Error(admitted.error.code);
    return admitted.value.token;
  };
  const files = { table: await admit(join(folder, 'invoices.csv')), pdfFolder: await admit(pdfFolder) };
  return (await succeed(app, 'batch.import', { accountId, templateId, ...files })).id;
}

export interface SchedulePlan {
  readonly quarters: number;
  readonly chance: Random;
  readonly ticker: ManualTicker;
  /** How long a backup that is due is waited for. */
  readonly patienceMs?: number;
}

export interface ScheduleResult {
  readonly made: number;
  readonly problems: readonly string[];
}

/** The program, and its backups as they come. */
function startProgram(dataFolder: string, ticker: ManualTicker) {
  const clock = createManualClock();
  const log = createMemoryLog();
  const secrets = createEnvironmentSecretStore({});
  const emit = () => undefined;
  const version = '0.0.0-test';
  const created = createApp({ dataFolder, version, program: 'test', secrets, clock, log, emit, ticker });
  if (!created.ok) throw new Error(created.error.code);
  const due: string[] = [];
  return {
    app: created.value,
    clock,
    /** Names of the backups made so far. */
    made: () => log.entries.filter(({ event }) => event === 'backup.made').map(({ fields }) => String(fields['name'])),
    /** Backups that there have to be, each with when and why. */
    due,
    expectNow: (reason: string) => void due.push(`${new Date(clock.now()).toISOString()} ${reason}`),
  };
}

async function passQuarters(
  { app, clock, made, due, expectNow }: ReturnType<typeof startProgram>,
  { quarters, chance, ticker, patienceMs = usualPatienceMs }: SchedulePlan,
): Promise<void> {
  for (let quarter = 0; quarter < quarters; quarter++) {
    // The first one finds what was imported.
    const isChanged = quarter === 0 || chance.below(2) === 0;
    if (quarter > 0 && isChanged) await succeed(app, 'settings.write', { theme: chance.pick(['light', 'dark']) });
    clock.advance(backupEveryMs / 1000);
    ticker.pass(backupEveryMs);
    // It looks for a change in its turn, not at once.
    await setTimeout(1);
    if (!isChanged) continue;
    expectNow('periodic');
    const isLate = AbortSignal.timeout(patienceMs);
    while (made().length < due.length && !isLate.aborted) await setTimeout(5);
    // What did not come will not come later; the rest would only be more of the same.
    if (made().length < due.length) return;
  }
}

/**
 * The program under a clock and a ticker of the test's: a day of quarters of an hour with and without a change, then a
 * batch, then the end, then a start with a migration. What backups there have to be is written down as it goes.
 */
export async function playSchedule(folder: string, plan: SchedulePlan): Promise<ScheduleResult> {
  const dataFolder = join(folder, 'data');
  const program = startProgram(dataFolder, plan.ticker);
  const { app, clock, made, due, expectNow } = program;
  const batchId = await importBatch(app, folder);
  await passQuarters(program, plan);
  await succeed(app, 'settings.write', { language: 'en' });
  clock.advance(60);
  expectNow('before-batch');
  await succeed(app, 'batch.run', { batchId });
  clock.advance(60);
  expectNow('at-exit');
  await app.close();
  const found = made().map((name) => {
    const facts = parseBackupName(name);
    return `${facts?.createdAt} ${facts?.reason}`;
  });
  return {
    made: found.length + 1,
    problems: [...compare(due, found), ...judgeBatch(made()), ...judgeMigration(dataFolder)],
  };
}

function compare(due: readonly string[], found: readonly string[]): string[] {
  const missing = due.filter((one) => !found.includes(one)).map((one) => `no backup: ${one}`);
  return [...missing, ...found.filter((one) => !due.includes(one)).map((one) => `a backup for nothing: ${one}`)];
}

/** Before a batch means before its first card. */
function judgeBatch(names: readonly string[]): string[] {
  const before = names.map(parseBackupName).find((facts) => facts?.reason === 'before-batch');
  return before?.counts.issued === 0 ? [] : ['the backup before the batch has cards of it'];
}

function judgeMigration(dataFolder: string): string[] {
  const next = {
    version: migrations.length + 1,
    name: 'next',
    sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;',
  };
  const opened = openDatabase(databaseIn(dataFolder), [...migrations, next]);
  if (!opened.ok) return [`the migration failed: ${opened.error.code}`];
  opened.value.close();
  const [newest] = listBackups(backupFolderOf(dataFolder)).filter(({ reason }) => reason === 'before-migration');
  return newest?.schemaVersion === migrations.length ? [] : ['no backup before the migration'];
}
