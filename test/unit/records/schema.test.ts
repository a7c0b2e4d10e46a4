import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../../electron/records/migrations/migrations.ts';
import { openRecordsInMemory } from '../../support/records-in-memory.ts';

const snapshot = readFileSync(new URL('schema.sql', import.meta.url), 'utf8');

describe('the schema', () => {
  it('is the one in schema.sql; where a new migration changes it, the file has to be changed too', () => {
    const { database } = openRecordsInMemory();
    const statements = database
      .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name')
      .pluck()
      .all();
    const migrated = `${statements.join(';\n\n')};\n`;
    expect(migrated, `the migrated schema is now:\n\n${migrated}`).toBe(snapshot);
  });

  it('has strict tables only', () => {
    const { database } = openRecordsInMemory();
    const tables = database.prepare('PRAGMA table_list').all() as { name: string; type: string; strict: number }[];
    const own = tables.filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([]);
  });

  it('keeps amounts as integers and everything that may begin with a zero as text', () => {
    const { database } = openRecordsInMemory();
    const typeOf = (table: string, column: string) =>
      database
        .prepare<[string, string], string>('SELECT type FROM pragma_table_info(?) WHERE name = ?')
        .pluck()
        .get(table, column);
    for (const column of ['fee_fen', 'fee_without_tax_fen', 'tax_fen'])
      expect(typeOf('invoice', column)).toBe('INTEGER');
    expect(typeOf('invoice_item', 'price_fen')).toBe('INTEGER');
    for (const column of ['order_id', 'billing_no', 'billing_code', 'check_code', 'card_code'])
      expect(typeOf('invoice', column)).toBe('TEXT');
    expect(typeOf('upload', 'media_id')).toBe('TEXT');
    expect(typeOf('status_event', 'code')).toBe('TEXT');
  });

  it('comes from migrations that are numbered from 1 without gaps, each with a name of its own', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
  });

  it('finds an order, a number, a card code and a PDF by an index, not by reading every invoice', () => {
    const { database } = openRecordsInMemory();
    const plans = [
      `SELECT * FROM invoice WHERE realm = 'wechat' AND appid = 'a' AND order_id = 'o'`,
      `SELECT * FROM invoice WHERE realm = 'wechat' AND billing_code = 'c' AND billing_no = 'n' AND state IN ('prepared', 'sending', 'issued', 'unknown')`,
      `SELECT * FROM invoice WHERE account_id = 1 AND card_code = '1'`,
      'SELECT * FROM invoice WHERE pdf_id = 1',
      `SELECT * FROM upload WHERE account_id = 1 AND pdf_id = 1 AND expires_at > ''`,
    ].map((sql) => database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()[0]?.detail);
    for (const plan of plans) expect(plan).toMatch(/^SEARCH .* USING INDEX/);
  });
});
