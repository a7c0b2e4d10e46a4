import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { openDatabase } from '../electron/records/database.ts';
import { migrations } from '../electron/records/migrations/migrations.ts';
import { dumpAsSql, fillFixture, fixturePathOf } from '../test/support/fixture-database.ts';
import { projectRoot } from './run.ts';

/** Writes the database of the newest version as SQL; one that is there was released and stays. */
function writeFixture(): void {
  const path = fixturePathOf(migrations.length);
  if (existsSync(path)) throw new Error(`${relative(projectRoot, path)} is there already and is never written again`);
  const opened = openDatabase(':memory:');
  if (!opened.ok) throw new Error(opened.error.code);
  fillFixture(opened.value);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, dumpAsSql(opened.value));
  opened.value.close();
  console.log(relative(projectRoot, path));
}

writeFixture();
