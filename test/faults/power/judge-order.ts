import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { chanceOf } from '../network/chance.ts';
import { createDisk } from './disk.ts';
import { findLostInserts, readInvoices, writeImage } from './judge-image.ts';
import type { PowerRun } from './power-runs.ts';
import { survivalOf } from './survivals.ts';

const logFile = 'fapiao-desk.db-wal';

export interface JudgedOrder {
  readonly inserts: number;
  /** Inserts whose first byte left before the row that says so was on the disk, with how. */
  readonly early: readonly string[];
}

/**
 * At the first byte of every insert: the log has been synced since it was last written, and what was synced by then says
 * `sending`, with an attempt for each insert. Read with SQLite alone, nothing of the program's.
 */
export function judgeOrder({ initial, events, inserts }: PowerRun, folder: string): JudgedOrder {
  const disk = createDisk(initial);
  const synced = survivalOf('synced', chanceOf(0, ''));
  const image = join(folder, 'image');
  const sent = new Map<string, number>();
  const early: string[] = [];
  let applied = 0;
  for (const { event, orderId } of inserts) {
    for (; applied < event; applied += 1) {
      const one = events[applied];
      if (one) disk.apply(one);
    }
    const count = (sent.get(orderId) ?? 0) + 1;
    sent.set(orderId, count);
    const unsynced = disk.pendingIn(logFile);
    writeImage(image, disk.after(synced));
    const database = new BetterSqlite3(join(image, 'fapiao-desk.db'));
    const lost = findLostInserts(readInvoices(database), new Map([[orderId, count]]));
    const isSending = readInvoices(database).get(orderId)?.state === 'sending';
    database.close();
    const reasons = lost.map(({ text }) => text);
    if (unsynced > 0) reasons.push(`${unsynced} writes to the log wait for their sync`);
    if (lost.length === 0 && !isSending) reasons.push('it is not sending');
    if (reasons.length > 0) early.push(`${orderId}: ${reasons.join('; ')}`);
  }
  return { inserts: inserts.length, early };
}
