import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { type AppError, appError } from '../../shared/errors/app-error.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { databaseError } from './database.ts';

export type WriterLock = ReturnType<typeof createWriterLock>;

/**
 * Lets one process at a time issue from a data folder. It is an exclusive transaction on a file of its own, so the
 * operating system frees it when the process ends in whatever way.
 * @param onAcquired called once when the lock is taken: only now is it certain that nobody else's work is under way
 */
export function createWriterLock(dataFolder: string, program: string, onAcquired: () => void) {
  const holderFile = join(dataFolder, 'writer.json');
  let held: Database | undefined;

  function readHolder(): string {
    try {
      return readFileSync(holderFile, 'utf8');
    } catch {
      return ''; // The holder has not written its name yet; the lock itself is what counts.
    }
  }

  return {
    isHeld: (): boolean => held !== undefined,
    /** Takes the lock, or answers `database.locked` with who has it; taking it twice is harmless. */
    acquire(): Result<void, AppError> {
      if (held) return ok(undefined);
      let database: Database | undefined;
      try {
        mkdirSync(dataFolder, { recursive: true });
        database = new BetterSqlite3(join(dataFolder, 'writer.lock'), { timeout: 0 });
        database.exec('BEGIN EXCLUSIVE');
        writeFileSync(holderFile, JSON.stringify({ pid: process.pid, program, since: new Date().toISOString() }));
        // Until this is done the lock does not count as taken: the next to ask would not do it again.
        onAcquired();
      } catch (error) {
        database?.close();
        const failure = databaseError(error);
        return fail(
          failure.code === 'database.locked' ? appError('database.locked', { holder: readHolder() }) : failure,
        );
      }
      held = database;
      return ok(undefined);
    },
    release(): void {
      held?.close();
      held = undefined;
    },
  };
}
