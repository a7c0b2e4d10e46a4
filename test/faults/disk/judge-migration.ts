import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { backupFolderOf, databaseIn } from '../../../electron/records/backup-files.ts';
import { reasonOf } from '../../../electron/records/backup-inspect.ts';
import { parseBackupName } from '../../../electron/records/backup-name.ts';
import { fingerprint } from './fingerprint.ts';
import { migrationPlans } from './migration-plans.ts';
import { type MigrationStart, openOrThrow } from './migration-start.ts';

/** What is in a database that a killed process left, looked at in a copy. */
function lookAtCopy(folder: string) {
  const copy = `${folder}-copy`;
  cpSync(folder, copy, { recursive: true });
  try {
    return fingerprint(databaseIn(copy));
  } catch (error) {
    return { unreadable: reasonOf(error) };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Why the backups in a folder are not as they should be. */
function judgeBackups(folder: string, { from, expected }: MigrationStart, isNeeded: boolean): string[] {
  const names = readdirSync(backupFolderOf(folder));
  const published = names.filter((name) => parseBackupName(name));
  const strange = names.filter(
    (name) => !published.includes(name) && !/^unfinished-[\da-f-]{36}\.tmp(-journal)?$/.test(name),
  );
  const bad = published.filter(
    (name) => !isDeepStrictEqual(fingerprint(join(backupFolderOf(folder), name)), expected.get(from)),
  );
  return [
    ...strange.map((name) => `a file that nobody knows among the backups: ${name}`),
    ...bad.map((name) => `a backup that is not what was before: ${name}`),
    ...(isNeeded && published.length === 0 ? ['migrated without a backup'] : []),
  ];
}

/** What is wrong with a folder in which a migration was killed, or came to its end. */
export function judgeMigration(folder: string, start: MigrationStart, wasKilled: boolean): string[] {
  const migrations = migrationPlans[start.plan];
  const found = lookAtCopy(folder);
  if ('unreadable' in found) return [`it does not open: ${found.unreadable}`];
  if (!isDeepStrictEqual(found, start.expected.get(found.version)))
    return [`in between: version ${found.version}, but not what that is ${found.faults.join('; ')}`];
  if (!wasKilled && found.version !== migrations.length) return [`it ended at version ${found.version}`];
  const problems = judgeBackups(folder, start, found.version > start.from);
  try {
    openOrThrow(databaseIn(folder), migrations);
  } catch (error) {
    return [...problems, `the next start fails: ${error instanceof Error ? error.message : String(error)}`];
  }
  if (!isDeepStrictEqual(fingerprint(databaseIn(folder)), start.expected.get(migrations.length)))
    problems.push('the next start ends at something else');
  // A second copy is of what the first kill left, which may be a version on the way.
  return found.version === start.from ? [...problems, ...judgeBackups(folder, start, true)] : problems;
}
