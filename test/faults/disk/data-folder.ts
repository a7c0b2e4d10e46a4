import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { backupFolderOf, databaseName } from '../../../electron/records/backup-files.ts';
import { type Backups, createBackups } from '../../../electron/records/backups.ts';
import { createRecords, type Records } from '../../../electron/records/records.ts';
import { openRecords } from '../../../electron/records/restore-open.ts';
import { createMemoryLog, type MemoryLog } from '../../../electron/support/log.ts';
import type { Backup } from '../../../shared/contract/backup-operations.ts';
import type { InvoiceEvent } from '../../../shared/invoice/state.ts';
import { createManualClock, type ManualClock } from '../../support/app-clock.ts';
import { digitalInvoice } from '../../support/app-invoices.ts';
import { happen } from '../../support/happen.ts';

const now = '2026-11-23T02:00:00.000Z';
const requestBody = new TextEncoder().encode('{"order_id":"…"}');

const ways = {
  draft: [],
  unknown: ['prepare', 'send', 'lose'],
  issued: ['prepare', 'send', 'accept'],
  sending: ['prepare', 'send'],
} as const satisfies Record<string, readonly InvoiceEvent[]>;
export type AddedState = keyof typeof ways;

export interface OpenFolder {
  readonly dataFolder: string;
  readonly database: Database;
  readonly records: Records;
  readonly backups: Backups;
  readonly clock: ManualClock;
  readonly log: MemoryLog;
  /** Takes a new invoice into a state, with a status event where it was issued. */
  add(state: AddedState): void;
  /** A backup that has to succeed. */
  backUp(): Promise<Backup>;
  close(): void;
}

export const openOptions = (dataFolder: string) => ({
  dataFolder,
  program: 'test',
  nowMs: Date.UTC(2026, 10, 23, 2),
  log: createMemoryLog(),
});

/** Opens the records of a data folder as the program does. */
export function openFolder(dataFolder: string, clock = createManualClock()): OpenFolder {
  const options = openOptions(dataFolder);
  const opened = openRecords(options);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const { database, close } = opened.value;
  const records = createRecords(database);
  const backups = createBackups({ dataFolder, database, clock, log: options.log });
  const account =
    records.accounts.list()[0] ??
    records.accounts.create({
      name: '青禾',
      kind: 'wechat',
      appid: 'wx0',
      baseUrl: '',
      colour: 'green',
      createdAt: now,
    });
  let serial = Number(database.prepare('SELECT count(*) FROM invoice').pluck().get());
  let isOpen = true;
  const closeOnce = () => {
    if (isOpen) close();
    isOpen = false;
  };
  const insertEvent = database.prepare(
    `INSERT INTO status_event (account_id, dedupe_key, event, card_id, code, status, openid, create_time, source,
       authenticated, received_at, raw)
     VALUES (:account, :key, 'update_invoice_status', 'card', :code, 'INVOICE_REIMBURSE_INIT', 'o', 1795104000, 'push', 1,
       '2026-11-23T02:00:00.000Z', '<xml/>')`,
  );
  return {
    dataFolder,
    database,
    records,
    backups,
    clock,
    log: options.log,
    add(state) {
      serial += 1;
      records.inTransaction(() => {
        const content = {
          fields: digitalInvoice(serial),
          templateId: null,
          batchId: null,
          pdfId: null,
          tripPdfId: null,
        };
        const { id } = records.invoices.createDraft(account, content, now);
        for (const event of ways[state]) happen(records, id, event, now, event === 'prepare' ? { requestBody } : {});
        if (state === 'issued')
          insertEvent.run({ account: account.id, key: `event ${serial}`, code: String(serial).padStart(12, '0') });
      });
    },
    async backUp() {
      clock.advance(1);
      const made = await backups.make('by-hand');
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      return made.value;
    },
    close: closeOnce,
  };
}

const databaseFiles = [databaseName, `${databaseName}-wal`, `${databaseName}-shm`, `${databaseName}.seal`];

/** The database's files as they stand, by name; where the program is open, as a kill at this moment would leave them. */
export function readFiles(dataFolder: string): ReadonlyMap<string, Buffer> {
  return new Map(
    databaseFiles
      .filter((name) => existsSync(join(dataFolder, name)))
      .map((name) => [name, readFileSync(join(dataFolder, name))]),
  );
}

/** Copies the database's files and its backups into another folder, as a kill at this moment would leave them. */
export function copyAsKilled(dataFolder: string, target: string): void {
  mkdirSync(backupFolderOf(target), { recursive: true });
  for (const name of readFiles(dataFolder).keys()) copyFileSync(join(dataFolder, name), join(target, name));
  if (!existsSync(backupFolderOf(dataFolder))) return;
  for (const name of readdirSync(backupFolderOf(dataFolder)))
    copyFileSync(join(backupFolderOf(dataFolder), name), join(backupFolderOf(target), name));
}
