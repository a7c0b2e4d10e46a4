import { readFileSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { databaseError } from './database.ts';
import { scanLog } from './restore-wal.ts';

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Whoever may write closes a database by emptying its log into it, and the log is evidence. */
function hasTransactionsInLog(databasePath: string): boolean {
  const log = `${databasePath}-wal`;
  return sizeOf(log) > 0 && scanLog(readFileSync(log)).committedFrames > 0;
}

/**
 * Undoes a write into the database file that a power cut or a kill ended half-way. SQLite keeps such a write's journal
 * until a database has its log, so this is about the very first start and about the first one after a restore. Nobody
 * who only reads can undo it, and until it is undone the file is not what it will be.
 */
export function undoHalfWrite(databasePath: string): void {
  if (sizeOf(databasePath) === 0 || sizeOf(`${databasePath}-journal`) === 0) return;
  if (hasTransactionsInLog(databasePath)) return;
  const database = new BetterSqlite3(databasePath);
  try {
    // The first read does it.
    database.pragma('user_version');
  } catch (error) {
    // What is damaged is found, and told with what can be done, by those who look next.
    if (databaseError(error).code !== 'database.damaged') throw error;
  } finally {
    database.close();
  }
}
