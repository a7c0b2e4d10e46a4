import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import type { BackupCounts } from '../../shared/contract/backup-operations.ts';
import { fail, type Result } from '../../shared/result.ts';
import { startThread } from '../support/thread.ts';
import { countRecords, inspectDatabaseFile, reasonOf, verifyCopy } from './backup-inspect.ts';
import type { Inspection } from './backup-name.ts';

type Task =
  | { readonly task: 'copy-database'; readonly source: string; readonly target: string }
  | { readonly task: 'inspect-database'; readonly path: string };

function isTask(data: unknown): data is Task {
  if (typeof data !== 'object' || data === null || !('task' in data)) return false;
  return data.task === 'copy-database' || data.task === 'inspect-database';
}

/**
 * Copies by SQLite's online backup out of one read transaction: writers go on meanwhile, and the copy is the one moment
 * at which the records were counted.
 */
async function copySnapshot(source: string, target: string): Promise<BackupCounts> {
  const database = new BetterSqlite3(source, { readonly: true, fileMustExist: true });
  try {
    database.exec('BEGIN');
    const counts = countRecords(database);
    // All pages in one step: between steps a writer of another connection would make the copy begin anew.
    await database.backup(target, { progress: () => 0x7fff_ffff });
    return counts;
  } finally {
    database.close();
  }
}

/** A copy that is one file: as a WAL database it would want two more beside it each time it is looked at. */
function makeSelfContained(path: string): void {
  const copy = new BetterSqlite3(path);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

async function copyAndVerify(source: string, target: string): Promise<Result<Inspection, string>> {
  try {
    const counts = await copySnapshot(source, target);
    makeSelfContained(target);
    return verifyCopy(target, counts);
  } catch (error) {
    return fail(reasonOf(error));
  }
}

// This module is its own worker: whoever imports it gets the address under which it is found, bundled or not.
if (!isMainThread && isTask(workerData)) {
  const answer =
    workerData.task === 'copy-database'
      ? await copyAndVerify(workerData.source, workerData.target)
      : inspectDatabaseFile(workerData.path);
  parentPort?.postMessage(answer);
}

async function runInWorker(task: Task): Promise<Result<Inspection, string>> {
  try {
    return await startThread<Result<Inspection, string>>({ module: import.meta.url, task }).next();
  } catch (error) {
    // How the thread ended; what fails in its work it answers.
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Copies and verifies in a thread of its own, so that the caller's never waits; fails with the reason. */
export function copyInWorker(source: string, target: string): Promise<Result<Inspection, string>> {
  return runInWorker({ task: 'copy-database', source, target });
}

/** As {@link inspectDatabaseFile}, in a thread of its own. */
export function inspectInWorker(path: string): Promise<Result<Inspection, string>> {
  return runInWorker({ task: 'inspect-database', path });
}
