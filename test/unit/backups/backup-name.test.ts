import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BackupFacts, formatBackupName, parseBackupName } from '../../../electron/records/backup-name.ts';
import { backupReasons } from '../../../shared/contract/backup-operations.ts';

const facts: BackupFacts = {
  createdAt: '2026-11-23T02:00:00.000Z',
  reason: 'before-batch',
  schemaVersion: 1,
  counts: { invoices: 120, issued: 80, unknown: 3, events: 45 },
};

describe("a backup's name", () => {
  it('says when, why, which schema and how much', () => {
    expect(formatBackupName(facts)).toBe('20261123T020000000Z-before-batch-v1-i120-s80-u3-e45.db');
  });

  it('gives back every fact that was put in, and sorts by its moment', () => {
    const count = fc.nat({ max: 10_000_000 });
    const anyFacts = fc.record({
      createdAt: fc
        .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      reason: fc.constantFrom(...backupReasons),
      schemaVersion: fc.nat({ max: 999 }),
      counts: fc.record({ invoices: count, issued: count, unknown: count, events: count }),
    });
    fc.assert(
      fc.property(anyFacts, anyFacts, (one, other) => {
        expect(parseBackupName(formatBackupName(one))).toEqual(one);
        if (one.createdAt === other.createdAt) return;
        expect(formatBackupName(one) < formatBackupName(other)).toBe(one.createdAt < other.createdAt);
      }),
    );
  });

  it.each([
    'fapiao-desk.db',
    'before-migration-from-1-2026-11-23T02-00-00-000Z.db',
    '20261123T020000000Z-before-batch-v1-i120-s80-u3-e45.db-wal',
    '20261123T020000000Z-before-batch-v1-i120-s80-u3-e45.db.bak',
    'copy of 20261123T020000000Z-before-batch-v1-i120-s80-u3-e45.db',
    '../20261123T020000000Z-before-batch-v1-i120-s80-u3-e45.db',
    '20261123T020000000Z-by-magic-v1-i120-s80-u3-e45.db',
    '20261323T020000000Z-by-hand-v1-i120-s80-u3-e45.db',
    '20260231T020000000Z-by-hand-v1-i120-s80-u3-e45.db',
    '20261123T250000000Z-by-hand-v1-i120-s80-u3-e45.db',
    '20261123T020000000Z-by-hand-v1-i-1-s80-u3-e45.db',
    'unfinished-0b8f2c8e-0000-4000-8000-000000000000.tmp',
    '',
  ])('is not %j', (name) => {
    expect(parseBackupName(name)).toBeUndefined();
  });
});
