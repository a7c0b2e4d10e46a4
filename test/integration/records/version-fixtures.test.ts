import { existsSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/records/database.ts';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { invoiceStates } from '../../../shared/invoice/state.ts';
import { fixturePathOf, loadFixture } from '../../support/fixture-database.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

const schemaOf = (database: Database) =>
  database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all();

const versions = migrations.map(({ version }) => version);
/** Tables that hold something only while the program is in the middle of its work. */
const passing: readonly string[] = ['import_row'];

function loadInto(version: number): Database {
  const path = join(createTempFolder(), 'fixture.db');
  loadFixture(version, path);
  return new BetterSqlite3(path, { readonly: true });
}

describe('the database kept of each version', () => {
  it('is there: made while the version is the newest, by `npm run fixture`, since later nothing can make it', () => {
    expect(versions.filter((version) => !existsSync(fixturePathOf(version)))).toEqual([]);
  });

  it.each(versions)('of version %s has the schema which that version makes', (version) => {
    const fixture = loadInto(version);
    const made = openDatabase(':memory:', migrations.slice(0, version));
    if (!made.ok) throw new Error(made.error.code);
    expect(fixture.pragma('user_version', { simple: true })).toBe(version);
    expect(schemaOf(fixture)).toEqual(schemaOf(made.value));
    fixture.close();
    made.value.close();
  });

  it.each(versions)('of version %s is sound and has something of everything', (version) => {
    const fixture = loadInto(version);
    expect(fixture.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(fixture.pragma('foreign_key_check')).toEqual([]);
    const tables = fixture.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
    for (const table of tables.filter((name) => !passing.includes(name)))
      expect([table, fixture.prepare(`SELECT count(*) > 0 FROM "${table}"`).pluck().get()]).toEqual([table, 1]);
    const states = fixture.prepare('SELECT DISTINCT state FROM invoice ORDER BY state').pluck().all();
    expect(states).toEqual([...invoiceStates].sort());
    fixture.close();
  });
});
