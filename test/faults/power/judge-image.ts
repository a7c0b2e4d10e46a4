import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openRecords } from '../../../electron/records/restore-open.ts';
import type { Log } from '../../../electron/support/log.ts';
import type { FilesOfDisk } from './disk.ts';
import type { Outside } from './outside.ts';
import type { Told } from './task.ts';

export interface ImageProblem {
  /** `refused`: the program does not open it; `damaged`: SQLite finds it broken; `lost`: something known is not there. */
  readonly kind: 'refused' | 'damaged' | 'lost' | 'invented';
  readonly text: string;
}

interface Row {
  readonly id: number;
  readonly order_id: string;
  readonly state: Extract<Told, { readonly kind: 'invoice' }>['state'];
  readonly card_code: string | null;
  readonly inserts: number;
}

/** How far an invoice has come; what was told once may be overtaken, not taken back. */
const ranks: Readonly<Record<Row['state'], number>> = {
  draft: 0,
  prepared: 1,
  sending: 2,
  unknown: 2,
  rejected: 3,
  issued: 3,
};

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export function writeImage(folder: string, files: FilesOfDisk): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

export function readInvoices(database: Database): Map<string, Row> {
  const rows = database
    .prepare<[], Row>(
      `SELECT id, order_id, state, card_code,
         (SELECT count(*) FROM attempt WHERE invoice_id = invoice.id AND call = 'insert') AS inserts
       FROM invoice`,
    )
    .all();
  return new Map(rows.map((row) => [row.order_id, row]));
}

/** What is missing of the inserts that left: the invoice at least `sending`, an attempt for each. */
export function findLostInserts(rows: ReadonlyMap<string, Row>, inserts: Outside['inserts']): ImageProblem[] {
  return [...inserts].flatMap(([orderId, count]): ImageProblem[] => {
    const row = rows.get(orderId);
    if (row && ranks[row.state] >= ranks.sending && row.inserts >= count) return [];
    const found = row ? `is ${row.state} with ${row.inserts} attempts` : 'is not there';
    return [{ kind: 'lost', text: `${orderId} ${found}; its inserts on the wire: ${count}` }];
  });
}

function findLostTellings(database: Database, rows: Iterable<Row>, { told }: Outside): ImageProblem[] {
  const problems: ImageProblem[] = [];
  const byId = new Map([...rows].map((row) => [row.id, row]));
  for (const one of told) {
    const say = (text: string) => problems.push({ kind: 'lost', text });
    if (one.kind === 'account') {
      const count = database.prepare('SELECT count(*) FROM account WHERE id = ?').pluck().get(one.id);
      if (count !== 1) say(`account ${one.id} is not there`);
      continue;
    }
    const row = byId.get(one.id);
    if (!row || ranks[row.state] < ranks[one.state]) say(`invoice ${one.id} is ${row?.state}, told was ${one.state}`);
    else if (one.state === 'issued' && (row.state !== 'issued' || row.card_code !== one.cardCode))
      say(`invoice ${one.id} is ${row.state} with ${row.card_code}, told was issued with ${one.cardCode}`);
  }
  return problems;
}

/** @param cards the codes in the practice server's books, by order */
export interface Facts {
  readonly outside: Outside;
  readonly invoices: number;
  readonly cards: ReadonlyMap<string, string>;
}

function findProblems(database: Database, { outside, invoices, cards }: Facts): ImageProblem[] {
  const integrity = String(database.pragma('integrity_check', { simple: true }));
  if (integrity !== 'ok') return [{ kind: 'damaged', text: integrity }];
  const rows = readInvoices(database);
  const problems = findLostInserts(rows, outside.inserts);
  problems.push(...findLostTellings(database, rows.values(), outside));
  if (rows.size < invoices) problems.push({ kind: 'lost', text: `${rows.size} of ${invoices} invoices are there` });
  for (const { order_id: orderId, state, card_code: code } of rows.values())
    if (state === 'issued' && (!outside.inserts.has(orderId) || (code !== null && code !== cards.get(orderId))))
      problems.push({ kind: 'invented', text: `${orderId} is issued with ${code}, its card is ${cards.get(orderId)}` });
  return problems;
}

/** Opens what a power cut left, as the program does at its next start, and looks for what must be in it. */
export function judgeImage(folder: string, files: FilesOfDisk, facts: Facts): ImageProblem[] {
  writeImage(folder, files);
  const opened = openRecords({ dataFolder: folder, program: 'after the power cut', nowMs: Date.now(), log: silent });
  if (!opened.ok) {
    const { code, details } = opened.error;
    return [{ kind: 'refused', text: `${code}: ${String(details['reason'])}` }];
  }
  try {
    return findProblems(opened.value.database, facts);
  } finally {
    opened.value.close();
  }
}
