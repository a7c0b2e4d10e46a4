import { mkdirSync, readFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { createEnvironmentSecretStore } from '../../../electron/accounts/secret-store.ts';
import { createApp } from '../../../electron/app.ts';
import { databaseIn } from '../../../electron/records/backup-files.ts';
import { openDatabase } from '../../../electron/records/database.ts';
import { systemClock } from '../../../electron/support/clock.ts';
import { createMemoryLog } from '../../../electron/support/log.ts';
import { addManyInvoices } from './many-invoices.ts';

/** Of several, the quickest: what disturbs a computer only ever makes things slower. */
const turns = 3;
const shown = 50;

export interface StartTimes {
  readonly megabytes: number;
  /** SQLite's own check of the file, and nothing else. */
  readonly integrityMs: number;
  /** What any program has to do that checks every byte: read the file, let SQLite check it, read what is shown first. */
  readonly rawMs: number;
  /** From nothing to the first page of invoices. */
  readonly readyMs: number;
}

/** A data folder with so many invoices, always the same ones. */
export function writeManyInvoices(dataFolder: string, count: number): void {
  mkdirSync(dataFolder);
  const opened = openDatabase(databaseIn(dataFolder));
  if (!opened.ok) throw new Error(opened.error.code);
  addManyInvoices(opened.value, count);
  opened.value.close();
}

/** The quickest of several turns; what has to be done after each is not counted. */
async function timeQuickest(turn: () => Promise<{ readonly milliseconds: number }>): Promise<number> {
  let quickest = Number.POSITIVE_INFINITY;
  for (let done = 0; done < turns; done++) quickest = Math.min(quickest, (await turn()).milliseconds);
  return quickest;
}

async function startOnce(dataFolder: string, startsBefore: number) {
  const startedAt = performance.now();
  let app = open(dataFolder);
  for (let before = 0; before < startsBefore; before++) {
    await app.close();
    app = open(dataFolder);
  }
  const listed = await app.call('invoice.list', { limit: shown });
  const milliseconds = performance.now() - startedAt;
  await app.close();
  if (!listed.ok) throw new Error(listed.error.code);
  return { milliseconds };
}

function open(dataFolder: string) {
  const created = createApp({
    dataFolder,
    version: '0.0.0-test',
    program: 'test',
    secrets: createEnvironmentSecretStore({}),
    clock: systemClock,
    log: createMemoryLog(),
    emit: () => undefined,
  });
  if (!created.ok) throw new Error(created.error.code);
  return created.value;
}

function checkOnce(path: string): { readonly milliseconds: number } {
  const startedAt = performance.now();
  const database = new BetterSqlite3(path, { readonly: true });
  const integrity: unknown = database.pragma('integrity_check(1)', { simple: true });
  const milliseconds = performance.now() - startedAt;
  database.close();
  if (integrity !== 'ok') throw new Error(String(integrity));
  return { milliseconds };
}

function rawOnce(path: string): { readonly milliseconds: number } {
  const startedAt = performance.now();
  readFileSync(path);
  checkOnce(path);
  const database = new BetterSqlite3(path, { readonly: true });
  database.prepare('SELECT * FROM invoice ORDER BY id DESC LIMIT ?').all(shown);
  database.prepare('SELECT count(*) FROM invoice').get();
  database.close();
  return { milliseconds: performance.now() - startedAt };
}

/**
 * Times the program's start against what is unavoidable, in one run and in turns, since computers differ and are shared.
 * @param startsBefore how many times it starts in vain first: the planted slowness
 */
export async function timeStart(dataFolder: string, startsBefore = 0): Promise<StartTimes> {
  const path = databaseIn(dataFolder);
  // The first start seals the file and its end makes a backup, which later ones need not.
  await startOnce(dataFolder, 0);
  const integrityMs = await timeQuickest(async () => checkOnce(path));
  const rawMs = await timeQuickest(async () => rawOnce(path));
  const readyMs = await timeQuickest(() => startOnce(dataFolder, startsBefore));
  return { megabytes: readFileSync(path).length / 1_000_000, integrityMs, rawMs, readyMs };
}
